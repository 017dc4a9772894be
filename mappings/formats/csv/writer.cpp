#include "mappings/formats/csv/writer.hpp"

#include <algorithm>

#include "contracts/document/utf8.hpp"
#include "mappings/formats/charset/charset.hpp"
#include "mappings/formats/csv/column_check.hpp"

namespace headgate {
namespace {

class Writer {
  public:
    Writer(const CsvLayout& layout, const Charset& charset, std::string& out)
        : layout_(layout), charset_(charset), out_(out) {}

    // What is wrong, with its column in front; empty when nothing is.
    std::string header() {
        for (const LegacyNode& column : layout_.shape.children)
            if (auto problem = text(column, column.name); !problem.empty()) return problem;
        end_record();
        return {};
    }

    std::string record(const Value& record) {
        if (!record.is_object()) return "an object is expected";
        for (const Member& member : record.members())
            if (!layout_.shape.child(member.key)) return named(member.key) + "not in the layout";
        for (const LegacyNode& column : layout_.shape.children) {
            const Value* value = record.find(column.name);
            auto problem = value && !value->is_null() ? cell(column, *value)
                           : !column.optional         ? named(column.name) + "a value is required"
                                                      : (separate(), std::string());
            if (!problem.empty()) return problem;
        }
        end_record();
        return {};
    }

  private:
    static std::string named(std::string_view column) { return "(" + std::string(column) + "): "; }

    std::string cell(const LegacyNode& column, const Value& value) {
        if (!value.is_string() && !value.is_number()) return named(column.name) + "a text is expected";
        auto problem = csv::column_problem(column, value.text(), '.');
        if (!problem.empty()) return named(column.name) + problem;
        if (column.type != LegacyType::decimal || layout_.decimal_mark == '.') return text(column, value.text());
        std::string marked(value.text());
        std::replace(marked.begin(), marked.end(), '.', layout_.decimal_mark);
        return text(column, marked);
    }

    std::string text(const LegacyNode& column, std::string_view utf8) {
        separate();
        bytes_.clear();
        if (auto bad = charset_.encode(utf8, bytes_, Charset::Unfit::refuse); bad != std::string_view::npos) {
            auto place = count_code_points(utf8.substr(0, bad)) + 1;
            return named(column.name) + "character " + std::to_string(place) + " is not in " + charset_.name();
        }
        if (!layout_.quote_all && !needs_quotes(bytes_)) return out_ += bytes_, std::string();
        out_ += layout_.quote;
        for (char c : bytes_) {
            if (c == layout_.quote) out_ += c;
            out_ += c;
        }
        out_ += layout_.quote;
        return {};
    }

    bool needs_quotes(std::string_view bytes) const {
        auto special = [&](char c) { return c == layout_.separator || c == layout_.quote || c == '\r' || c == '\n'; };
        return bytes.empty() || std::any_of(bytes.begin(), bytes.end(), special) ||
               bytes.starts_with("\xEF\xBB\xBF");  // at the file's beginning it would be a byte order mark
    }

    void separate() {
        if (!first_) out_ += layout_.separator;
        first_ = false;
    }
    void end_record() {
        out_ += layout_.crlf ? "\r\n" : "\n";
        first_ = true;
    }

    const CsvLayout& layout_;
    const Charset& charset_;
    std::string& out_;
    std::string bytes_;
    bool first_ = true;
};

Result<void> outcome(const std::string& place, const std::string& problem) {
    if (problem.empty()) return {};
    return Error{ErrorKind::invalid_message, "the message can't be told to this system as it is",
                 "CSV: " + place + (problem.starts_with('(') ? " " : ": ") + problem};
}

}  // namespace

Result<void> write_csv_header(const CsvLayout& layout, const Charset& charset, std::string& out) {
    if (layout.header == CsvLayout::Header::none) return {};
    return outcome("header", Writer(layout, charset, out).header());
}

Result<void> write_csv_record(const CsvLayout& layout, const Charset& charset, const Value& record, std::size_t number,
                              std::string& out) {
    return outcome("record " + std::to_string(number), Writer(layout, charset, out).record(record));
}

Result<std::string> write_csv(const CsvLayout& layout, const Charset& charset, const Value& records) {
    if (!records.is_array()) return outcome("file", "an array of records is expected").error();
    std::string out;
    auto done = write_csv_header(layout, charset, out);
    std::size_t number = 0;
    for (const Value& record : records)
        if (done) done = write_csv_record(layout, charset, record, ++number, out);
    if (!done) return done.error();
    return out;
}

}  // namespace headgate
