#include "mappings/formats/csv/reader.hpp"

#include <algorithm>
#include <memory>
#include <new>

#include "mappings/formats/charset/charset.hpp"
#include "mappings/formats/csv/column_check.hpp"

namespace headgate {
namespace {

constexpr std::size_t longest_name = 200;

std::string said(const TextPlace& place) {
    return "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
}

}  // namespace

CsvReader::CsvReader(const CsvLayout& layout, const Charset& charset, DriftLog& drift, const CsvLimits& limits)
    : layout_(layout), charset_(charset), drift_(drift), scanner_(layout, charset.is_utf8(), limits) {
    if (layout.header == CsvLayout::Header::none) declare_all();
}

Result<bool> CsvReader::read(std::string_view& chunk) {
    begin();
    std::size_t used = 0;
    while (!error_ && !complete_ && !scanner_.fault() && used < chunk.size())
        if (scanner_.take(chunk[used++])) complete_ = complete();
    chunk.remove_prefix(used);
    return outcome();
}

Result<bool> CsvReader::finish() {
    begin();
    if (!error_ && scanner_.finish()) complete_ = complete();
    if (!error_ && !scanner_.fault() && columns_.empty() && layout_.header == CsvLayout::Header::required)
        fail({}, "the header is missing");
    return outcome();
}

// The record that was complete is over.
void CsvReader::begin() {
    if (complete_) scanner_.next();
    complete_ = false;
}

Result<bool> CsvReader::outcome() {
    if (const auto& fault = scanner_.fault())
        fail(fault->place, fault->why,
             fault->field && *fault->field < columns_.size() ? columns_[*fault->field].name : std::string_view());
    if (error_) return *error_;
    return complete_;
}

// True: the line is a record.
bool CsvReader::complete() {
    text_.clear();
    ends_.assign(1, 0);
    for (std::size_t i = 0; i < scanner_.fields().size(); ++i)
        if (!decode(i)) return false;
    if (columns_.empty()) {
        if (layout_.header == CsvLayout::Header::required || is_header())
            return take_header() && scanner_.expect(columns_.size()) && (scanner_.next(), false);
        if (!declare_all()) return false;
    }
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (!check(i)) return false;
    return true;
}

bool CsvReader::decode(std::size_t index) {
    const csv::Field& field = scanner_.fields()[index];
    std::size_t bad = charset_.decode(scanner_.bytes().substr(field.begin, field.size), text_);
    if (bad != std::string_view::npos)
        return fail(field.place,
                    "byte " + std::to_string(bad + 1) + " of the field means nothing in " + charset_.name(),
                    columns_.empty() ? std::string_view() : columns_[index].name);
    ends_.push_back(text_.size());
    return true;
}

bool CsvReader::is_header() const {
    for (std::size_t i = 0; i < scanner_.fields().size(); ++i)
        if (layout_.shape.child(text(i))) return true;
    return false;
}

bool CsvReader::take_header() {
    drifted_.reserve(scanner_.fields().size());
    for (std::size_t i = 0; i < scanner_.fields().size(); ++i) {
        auto name = text(i);
        const TextPlace& place = scanner_.fields()[i].place;
        if (name.empty()) return fail(place, "a column without a name");
        if (name.size() > longest_name) return fail(place, "a column's name of more than 200 bytes");
        auto same = [&](const Column& other) { return other.name == name; };
        if (std::any_of(columns_.begin(), columns_.end(), same)) return fail(place, "the column is named twice", name);
        const LegacyNode* declared = layout_.shape.child(name);
        if (!declared) {
            drift_.add("column", name, said(place));
            drifted_.emplace_back(name);
        }
        columns_.push_back({declared ? std::string_view(declared->name) : drifted_.back(), declared});
    }
    for (const LegacyNode& column : layout_.shape.children) {
        auto same = [&](const Column& other) { return other.declared == &column; };
        if (std::none_of(columns_.begin(), columns_.end(), same))
            return fail(scanner_.line_end(), "the column is missing in the header", column.name);
    }
    return true;
}

bool CsvReader::declare_all() {
    for (const LegacyNode& column : layout_.shape.children) columns_.push_back({column.name, &column});
    return scanner_.expect(columns_.size());
}

bool CsvReader::check(std::size_t index) {
    const LegacyNode* column = columns_[index].declared;
    const csv::Field& field = scanner_.fields()[index];
    if (!column || (field.null() && column->optional)) return true;
    std::string problem = field.null() ? "empty, and the layout has no '?' for this column"
                                       : csv::column_problem(*column, text(index), layout_.decimal_mark);
    if (!problem.empty()) return fail(field.place, problem, column->name);
    if (column->type == LegacyType::decimal && layout_.decimal_mark != '.')
        if (auto mark = text(index).find(layout_.decimal_mark); mark != std::string_view::npos)
            text_[ends_[index] + mark] = '.';
    return true;
}

bool CsvReader::fail(const TextPlace& place, const std::string& why, std::string_view column) {
    if (error_) return false;
    std::string named = column.empty() ? "" : " (" + std::string(column) + ")";
    error_ =
        Error{ErrorKind::bad_answer, "the system's file can't be read", "CSV: " + said(place) + named + ": " + why};
    return false;
}

Value CsvReader::record(Arena& arena) const {
    Member* members = arena.allocate<Member>(columns_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const Column& column = columns_[i];
        auto value = scanner_.fields()[i].null() ? Value::null() : Value::string(arena.copy(text(i)));
        new (members + i) Member{column.declared ? column.name : arena.copy(column.name), value};
    }
    return Value::object(members, static_cast<std::uint32_t>(columns_.size()));
}

Result<Value> read_csv(const CsvLayout& layout, const Charset& charset, std::string_view bytes, Arena& arena,
                       DriftLog& drift, const CsvLimits& limits) {
    auto too_large = [](std::size_t most, const char* what) {
        return Error{ErrorKind::bad_answer, "the system's file can't be read",
                     "CSV: more than " + std::to_string(most) + what};
    };
    if (bytes.size() > limits.file) return too_large(limits.file, " bytes");
    CsvReader reader(layout, charset, drift, limits);
    std::vector<Value> records;
    std::size_t values = 0;
    for (bool ended = false;;) {
        auto more = ended ? reader.finish() : reader.read(bytes);
        if (!more) return more.error();
        if (*more) {
            records.push_back(reader.record(arena));
            if ((values += records.back().size()) > limits.values) return too_large(limits.values, " values");
        } else if (ended)
            break;
        else
            ended = true;
    }
    Value* items = arena.allocate<Value>(records.size());
    std::uninitialized_copy(records.begin(), records.end(), items);
    return Value::array(items, static_cast<std::uint32_t>(records.size()));
}

}  // namespace headgate
