#include "mappings/formats/files/fixed_width_format.hpp"

#include "mappings/formats/fixed_width/document.hpp"

namespace headgate {
namespace {

class FixedWidthFormat : public FileFormat {
  public:
    FixedWidthFormat(std::shared_ptr<const FixedWidthLayout> layout, const CodePage& page)
        : layout_(std::move(layout)), page_(page), charset_(page.name()), shape_(layout_->shape) {
        for (auto& record : shape_.children)
            if (record.name == layout_->message) record.repeated = record.optional = false;
    }

    std::string_view name() const override { return "fixed-width"; }
    const std::string& charset() const override { return charset_; }
    const LegacyNode& shape() const override { return shape_; }

    Result<std::string> write(const Value& document, const FileEnvelope&) const override {
        return write_fixed_width(*layout_, page_, document);
    }

    FileReading read(std::string_view bytes) const override {
        FileReading out;
        out.arenas.push_back(std::make_unique<Arena>());
        Builder builder(*out.arenas.back());
        auto document = read_fixed_width(*layout_, page_, bytes, builder, out.drift);
        if (!document) {
            out.faults.push_back({document.error().detail, false});
        } else if (layout_->message.empty()) {
            out.documents.push_back({*document, {}});
        } else if (const Value* all = document->find(layout_->message)) {
            for (std::uint32_t i = 0; i < all->size(); ++i)
                out.documents.push_back({alone(*document, (*all)[i], *out.arenas.back()),
                                         layout_->message + "[" + std::to_string(i + 1) + "]"});
        }
        return out;
    }

  private:
    Value alone(const Value& file, const Value& record, Arena& arena) const {
        Member* members = arena.allocate<Member>(file.size());
        std::uint32_t count = 0;
        for (const Member& member : file.members())
            new (members + count++) Member{member.key, member.key == layout_->message ? record : member.value};
        return Value::object(members, count);
    }

    std::shared_ptr<const FixedWidthLayout> layout_;
    const CodePage& page_;
    std::string charset_;
    LegacyNode shape_;
};

}  // namespace

std::shared_ptr<const FileFormat> fixed_width_format(std::shared_ptr<const FixedWidthLayout> layout,
                                                     const CodePage& page) {
    return std::make_shared<FixedWidthFormat>(std::move(layout), page);
}

}  // namespace headgate
