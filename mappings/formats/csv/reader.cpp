#include "mappings/formats/csv/reader.hpp"

#include <algorithm>
#include <memory>
#include <new>

#include "mappings/formats/charset/charset.hpp"
#include "mappings/formats/csv/column_check.hpp"

namespace headgate {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

constexpr std::size_t longest_name = 200;

std::string said(const TextPlace& place) {
    return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
}

}  // namespace

CsvReader::CsvReader(const CsvLayout& layout, const Charset& charset, DriftLog& drift, const CsvLimits& limits)
    : layout_(layout), charset_(charset), drift_(drift), limits_(limits) {
    if (layout.header == CsvLayout::Header::none) declare_all();
}

Result<bool> CsvReader::read(std::string_view& chunk) {
    if (complete_) clear();
    std::size_t used = 0;
    while (!error_ && !complete_ && used < chunk.size()) complete_ = take(chunk[used++]);
    chunk.remove_prefix(used);
    if (error_) return *error_;
    return complete_;
}

Result<bool> CsvReader::finish() {
    if (complete_) clear();
    if (state_ == State::mark) {
        state_ = State::field;
        for (char c : byte_order_mark.substr(0, mark_)) step(c);
    }
    if (error_) return *error_;
    if (state_ == State::quoted)
        fail(fields_.back().place, "a quote that is never closed", name_of(fields_.size() - 1));
    if (state_ == State::carriage_return) fail(line_end_, "a carriage return without a line feed");
    bool begun = state_ != State::field || !fields_.empty();
    if (begun && !error_) {
        if (state_ == State::field) begin_field();
        line_end_ = at_;
        complete_ = !error_ && complete();
        state_ = State::field;
    }
    if (!error_ && columns_.empty() && layout_.header == CsvLayout::Header::required)
        fail(at_, "the header is missing");
    if (error_) return *error_;
    return complete_;
}

bool CsvReader::take(char c) {
    if (state_ != State::mark) return step(c);
    if (c == byte_order_mark[mark_]) {
        if (++mark_ < byte_order_mark.size()) return false;
        if (!layout_.tolerates_bom || !charset_.is_utf8()) return fail(at_, "a byte order mark of UTF-8");
        state_ = State::field;
        return false;
    }
    state_ = State::field;
    for (char withheld : byte_order_mark.substr(0, mark_)) step(withheld);  // none of them ends a record
    return step(c);
}

bool CsvReader::step(char c) {
    bool done = false;
    if (c == '\0') return fail(at_, "a NUL byte");
    switch (state_) {
        case State::quoted:
            if (c == layout_.quote)
                state_ = State::closed;
            else
                append(c);
            break;
        case State::carriage_return:
            if (c != '\n') return fail(line_end_, "a carriage return without a line feed");
            done = end_line(true);
            break;
        case State::closed:
            if (c == layout_.quote) {
                state_ = State::quoted;
                append(c);
                break;
            }
            if (c != layout_.separator && c != '\n' && c != '\r')
                return fail(at_, "text behind a closing quote", name_of(fields_.size() - 1));
            done = unquoted(c);
            break;
        case State::mark:
        case State::field:
            begin_field();
            if (c == layout_.quote) {
                fields_.back().quoted = true;
                state_ = State::quoted;
                break;
            }
            [[fallthrough]];
        case State::bare: done = unquoted(c); break;
    }
    if (c == '\n') {
        ++at_.line;
        at_.column = 1;
    } else if (!charset_.is_utf8() || (static_cast<unsigned char>(c) & 0xC0) != 0x80) {
        ++at_.column;
    }
    return done && !error_;
}

bool CsvReader::unquoted(char c) {
    if (c == layout_.separator) return state_ = State::field, false;
    if (c == '\n' || c == '\r') line_end_ = at_;
    if (c == '\n') return end_line(false);
    if (c == '\r') {
        if (!layout_.crlf && !layout_.tolerates_other_line_end)
            return fail(at_, "a carriage return outside quotes: the layout's line end is lf");
        return state_ = State::carriage_return, false;
    }
    if (c == layout_.quote) return fail(at_, "a quote within a field that is not quoted", name_of(fields_.size() - 1));
    state_ = State::bare;
    append(c);
    return false;
}

bool CsvReader::end_line(bool crlf) {
    if (!crlf && layout_.crlf && !layout_.tolerates_other_line_end)
        return fail(at_, "a line feed alone: the layout's line end is crlf");
    state_ = State::field;
    return complete();
}

void CsvReader::begin_field() {
    if (!columns_.empty() && fields_.size() == columns_.size()) ragged(at_);
    if (fields_.size() == limits_.columns) fail(at_, "more than " + std::to_string(limits_.columns) + " fields");
    fields_.push_back({raw_.size(), 0, false, at_});
}

void CsvReader::append(char c) {
    Field& field = fields_.back();
    if (++field.size > limits_.field)
        fail(field.place, "more than " + std::to_string(limits_.field) + " bytes", name_of(fields_.size() - 1));
    if (raw_.size() == limits_.record)
        fail(fields_.front().place, "a record of more than " + std::to_string(limits_.record) + " bytes");
    raw_ += c;
}

// At the end of a line that no quote carries on; true: it is a record.
bool CsvReader::complete() {
    if (error_) return false;
    bool blank = fields_.size() == 1 && fields_[0].null();
    if (blank && layout_.tolerates_blank_lines) return clear(), false;
    for (std::size_t i = 0; i < fields_.size(); ++i)
        if (!decode(i)) return false;
    if (columns_.empty()) {
        if (layout_.header == CsvLayout::Header::required || is_header()) return take_header(), clear(), false;
        declare_all();
    }
    if (fields_.size() > columns_.size()) return ragged(fields_[columns_.size()].place);
    if (fields_.size() < columns_.size()) return ragged(line_end_, columns_[fields_.size()].name);
    for (std::size_t i = 0; i < fields_.size() && !error_; ++i) check(i);
    return !error_;
}

bool CsvReader::ragged(const TextPlace& place, std::string_view missing) {
    std::string expected = std::to_string(columns_.size()) + " fields are expected";
    return fail(place, (missing.empty() ? "the line goes on, " : "the line ends, ") + expected, missing);
}

bool CsvReader::decode(std::size_t index) {
    Field& field = fields_[index];
    std::size_t begin = text_.size();
    std::size_t bad = charset_.decode(std::string_view(raw_).substr(field.begin, field.size), text_);
    if (bad != std::string_view::npos)
        return fail(field.place,
                    "byte " + std::to_string(bad + 1) + " of the field means nothing in " + charset_.name(),
                    name_of(index));
    field.begin = begin;
    field.size = text_.size() - begin;
    return true;
}

bool CsvReader::is_header() const {
    return std::any_of(fields_.begin(), fields_.end(), [&](const Field& f) { return layout_.shape.child(text(f)); });
}

void CsvReader::take_header() {
    drifted_.reserve(fields_.size());
    for (const Field& field : fields_) {
        auto name = text(field);
        if (name.empty()) return void(fail(field.place, "a column without a name"));
        if (name.size() > longest_name) return void(fail(field.place, "a column's name of more than 200 bytes"));
        auto same = [&](const Column& other) { return other.name == name; };
        if (std::any_of(columns_.begin(), columns_.end(), same))
            return void(fail(field.place, "the column is named twice", name));
        const LegacyNode* declared = layout_.shape.child(name);
        if (!declared) {
            drift_.add("column", name, said(field.place));
            drifted_.emplace_back(name);
        }
        columns_.push_back({declared ? std::string_view(declared->name) : drifted_.back(), declared});
    }
    for (const LegacyNode& column : layout_.shape.children) {
        auto same = [&](const Column& other) { return other.declared == &column; };
        if (std::none_of(columns_.begin(), columns_.end(), same))
            return void(fail(line_end_, "the column is missing in the header", column.name));
    }
}

void CsvReader::declare_all() {
    for (const LegacyNode& column : layout_.shape.children) columns_.push_back({column.name, &column});
}

void CsvReader::check(std::size_t index) {
    const Field& field = fields_[index];
    const LegacyNode* column = columns_[index].declared;
    if (!column) return;
    std::string problem = !field.null()      ? csv::column_problem(*column, text(field), layout_.decimal_mark)
                          : column->optional ? ""
                                             : "empty, and the layout has no '?' for this column";
    if (!problem.empty()) return void(fail(field.place, problem, column->name));
    if (column->type == LegacyType::decimal && layout_.decimal_mark != '.')
        if (auto mark = text(field).find(layout_.decimal_mark); mark != std::string_view::npos)
            text_[field.begin + mark] = '.';
}

std::string_view CsvReader::name_of(std::size_t index) const {
    return index < columns_.size() ? columns_[index].name : std::string_view();
}

void CsvReader::clear() {
    fields_.clear();
    raw_.clear();
    text_.clear();
    complete_ = false;
}

bool CsvReader::fail(const TextPlace& place, const std::string& why, std::string_view column) {
    if (error_) return false;
    std::string named = column.empty() ? "" : " (" + std::string(column) + ")";
    error_ =
        Error{ErrorKind::bad_answer, "the system's file can't be read", "CSV: " + said(place) + named + ": " + why};
    return false;
}

Value CsvReader::record(Arena& arena) const {
    Member* members = arena.allocate<Member>(fields_.size());
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        const Column& column = columns_[i];
        auto value = fields_[i].null() ? Value::null() : Value::string(arena.copy(text(fields_[i])));
        new (members + i) Member{column.declared ? column.name : arena.copy(column.name), value};
    }
    return Value::object(members, static_cast<std::uint32_t>(fields_.size()));
}

Result<Value> read_csv(const CsvLayout& layout, const Charset& charset, std::string_view bytes, Arena& arena,
                       DriftLog& drift, const CsvLimits& limits) {
    if (bytes.size() > limits.file)
        return Error{ErrorKind::bad_answer, "the system's file can't be read",
                     "CSV: larger than " + std::to_string(limits.file) + " bytes"};
    CsvReader reader(layout, charset, drift, limits);
    std::vector<Value> records;
    for (bool ended = false;;) {
        auto more = ended ? reader.finish() : reader.read(bytes);
        if (!more) return more.error();
        if (*more)
            records.push_back(reader.record(arena));
        else if (ended)
            break;
        else
            ended = true;
    }
    Value* items = arena.allocate<Value>(records.size());
    std::uninitialized_copy(records.begin(), records.end(), items);
    return Value::array(items, static_cast<std::uint32_t>(records.size()));
}

}  // namespace headgate
