// Puts the records of a file together as a document: which record is whose follows from the layout.
#include "mappings/formats/fixed_width/document.hpp"
#include "mappings/formats/fixed_width/reader.hpp"

namespace headgate {
namespace {

Error too_large(std::size_t most, const char* what) {
    return Error{ErrorKind::bad_answer, "the system's file can't be read",
                 "fixed-width: more than " + std::to_string(most) + what};
}

class DocumentReader {
  public:
    DocumentReader(const FixedWidthLayout& layout, const CodePage& page, std::string_view bytes, Builder& builder,
                   DriftLog& drift, std::size_t most_values)
        : reader_(layout, page, drift), bytes_(bytes), builder_(builder), most_values_(most_values) {}

    Result<Value> read() {
        advance();
        builder_.begin_object();
        records_of(nullptr);
        builder_.end_object();
        Value document = builder_.take();
        if (error_) return *error_;
        return document;
    }

  private:
    void advance() {
        auto more = ended_ ? reader_.finish() : reader_.read(bytes_);
        if (more && !*more && !ended_) {
            ended_ = true;
            more = reader_.finish();
        }
        there_ = more && *more;
        if (!more) error_ = more.error();
        if (there_ && (values_ += 1 + reader_.type().fields.size()) > most_values_) {
            error_ = too_large(most_values_, " values");
            there_ = false;
        }
    }

    // The reader has seen to their order.
    void records_of(const FixedRecord* owner) {
        const FixedRecord* open = nullptr;  // the type whose member is open
        while (there_ && reader_.type().parent == owner) {
            const FixedRecord& type = reader_.type();
            if (open != &type) {
                if (open && open->at_most > 1) builder_.end_array();
                builder_.key(type.name);
                if (type.at_most > 1) builder_.begin_array();
                open = &type;
            }
            builder_.begin_object();
            reader_.append_fields(builder_);
            advance();
            records_of(&type);
            builder_.end_object();
        }
        if (open && open->at_most > 1) builder_.end_array();
    }

    FixedWidthReader reader_;
    std::string_view bytes_;
    Builder& builder_;
    std::size_t most_values_, values_ = 0;
    bool there_ = false, ended_ = false;
    std::optional<Error> error_;
};

}  // namespace

Result<Value> read_fixed_width(const FixedWidthLayout& layout, const CodePage& page, std::string_view bytes,
                               Builder& builder, DriftLog& drift, const FixedWidthLimits& limits) {
    if (bytes.size() > limits.file) return too_large(limits.file, " bytes");
    return DocumentReader(layout, page, bytes, builder, drift, limits.values).read();
}

}  // namespace headgate
