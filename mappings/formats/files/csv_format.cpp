#include "mappings/formats/files/csv_format.hpp"

#include <algorithm>
#include <set>

#include "contracts/document/builder.hpp"
#include "mappings/formats/charset/charset.hpp"
#include "mappings/formats/csv/reader.hpp"
#include "mappings/formats/csv/writer.hpp"

namespace headgate {
namespace {

constexpr std::string_view row = "row";

Error unfit(std::string why) {
    return Error{ErrorKind::invalid_message, "the message can't be told to this system as it is", std::move(why)};
}

class CsvFormat : public FileFormat {
  public:
    CsvFormat(std::shared_ptr<const CsvLayout> layout, const Charset& charset)
        : layout_(std::move(layout)), page_(charset), charset_(charset.name()) {
        LegacyNode rows = layout_->shape;
        rows.name = row;
        if (layout_->message == CsvLayout::Message::record) {
            shape_ = std::move(rows);
            shape_.repeated = false;
            return;
        }
        rows.repeated = true;
        rows.optional = layout_->message == CsvLayout::Message::file;
        for (const auto& column : layout_->shape.children)
            if (in_head(column.name)) shape_.children.push_back(column);
        std::erase_if(rows.children, [&](const LegacyNode& column) { return in_head(column.name); });
        shape_.children.push_back(std::move(rows));
    }

    std::string_view name() const override { return "csv"; }
    const std::string& charset() const override { return charset_; }
    const LegacyNode& shape() const override { return shape_; }

    Result<std::string> write(const Value& document, const FileEnvelope&) const override {
        Arena arena;
        Builder builder(arena);
        builder.begin_array();
        if (layout_->message == CsvLayout::Message::record) {
            builder.value(document);
        } else {
            if (!document.is_object()) return unfit("CSV: an object with '" + std::string(row) + "' is expected");
            for (const Member& member : document.members())
                if (member.key != row && !in_head(member.key))
                    return unfit("CSV: '" + std::string(member.key) + "' is not in the layout");
            const Value* rows = document.find(row);
            if (rows && !rows->is_null() && !rows->is_array()) put_row(document, *rows, builder);
            if (rows && rows->is_array())
                for (const Value& one : *rows) put_row(document, one, builder);
        }
        builder.end_array();
        return write_csv(*layout_, page_, builder.take());
    }

    FileReading read(std::string_view bytes) const override {
        FileReading out;
        out.arenas.push_back(std::make_unique<Arena>());
        Arena& arena = *out.arenas.back();
        auto records = read_csv(*layout_, page_, bytes, arena, out.drift);
        if (!records) {
            out.faults.push_back({records.error().detail, false});
            return out;
        }
        if (!out.drift.empty()) *records = known(*records, arena);
        switch (layout_->message) {
            case CsvLayout::Message::file: {
                Builder builder(arena);
                builder.begin_object();
                builder.key(row);
                builder.value(*records);
                builder.end_object();
                out.documents.push_back({builder.take(), {}});
                break;
            }
            case CsvLayout::Message::record:
                for (std::uint32_t i = 0; i < records->size(); ++i)
                    out.documents.push_back({(*records)[i], "record " + std::to_string(i + 1)});
                break;
            case CsvLayout::Message::key: by_key(*records, arena, out); break;
        }
        return out;
    }

  private:
    // Without the columns that the layout has not: they were told.
    Value known(const Value& records, Arena& arena) const {
        Builder builder(arena);
        builder.begin_array();
        for (const Value& record : records) {
            builder.begin_object();
            for (const Member& member : record.members())
                if (layout_->shape.child(member.key)) builder.key(member.key), builder.value(member.value);
            builder.end_object();
        }
        builder.end_array();
        return builder.take();
    }
    bool in_head(std::string_view column) const {
        return std::find(layout_->head.begin(), layout_->head.end(), column) != layout_->head.end();
    }
    void put_row(const Value& document, const Value& one, Builder& builder) const {
        if (layout_->head.empty() || !one.is_object()) return builder.value(one);
        builder.begin_object();
        for (const auto& column : layout_->head)
            if (const Value* value = document.find(column)) builder.key(column), builder.value(*value);
        for (const Member& member : one.members()) builder.key(member.key), builder.value(member.value);
        builder.end_object();
    }

    static std::string text_of(const Value& record, std::string_view column) {
        const Value* value = record.find(column);
        return value && !value->is_null() ? "'" + std::string(value->text()) + "'" : "nothing";
    }
    std::string key_of(const Value& record) const {
        std::string key;
        for (std::size_t i = 0; i < layout_->keys; ++i)
            key += (i > 0 ? ", " : "") + layout_->head[i] + " " + text_of(record, layout_->head[i]);
        return key;
    }
    // The column of the head in which two records of one key differ; empty: none.
    std::string_view difference(const Value& a, const Value& b) const {
        for (const auto& column : layout_->head)
            if (text_of(a, column) != text_of(b, column)) return column;
        return {};
    }
    // Records of one key follow one another; what is the same of all of them is told once.
    void by_key(const Value& records, Arena& arena, FileReading& out) const {
        std::set<std::string> seen;
        auto refuse = [&](std::uint32_t at, std::string_view column, const std::string& why) {
            out.documents.clear();
            out.faults.push_back(
                {"CSV: record " + std::to_string(at + 1) + " (" + std::string(column) + "): " + why, false});
        };
        for (std::uint32_t from = 0, to = 0; from < records.size(); from = to) {
            auto key = key_of(records[from]);
            if (!seen.insert(key).second)
                return refuse(from, layout_->head[0], "records of " + key + " stood before others already");
            for (to = from + 1; to < records.size() && key_of(records[to]) == key; ++to)
                if (auto column = difference(records[from], records[to]); !column.empty())
                    return refuse(to, column,
                                  text_of(records[to], column) + ", and record " + std::to_string(from + 1) +
                                      " of the same " + key + " has " + text_of(records[from], column));
            Builder builder(arena);
            builder.begin_object();
            for (const Member& member : records[from].members())
                if (in_head(member.key)) builder.key(member.key), builder.value(member.value);
            builder.key(row);
            builder.begin_array();
            for (auto i = from; i < to; ++i) {
                builder.begin_object();
                for (const Member& member : records[i].members())
                    if (!in_head(member.key)) builder.key(member.key), builder.value(member.value);
                builder.end_object();
            }
            builder.end_array();
            builder.end_object();
            out.documents.push_back({builder.take(), "record " + std::to_string(from + 1)});
        }
    }

    std::shared_ptr<const CsvLayout> layout_;
    const Charset& page_;
    std::string charset_;
    LegacyNode shape_;
};

}  // namespace

std::shared_ptr<const FileFormat> csv_format(std::shared_ptr<const CsvLayout> layout, const Charset& charset) {
    return std::make_shared<CsvFormat>(std::move(layout), charset);
}

}  // namespace headgate
