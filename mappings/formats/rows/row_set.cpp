#include "mappings/formats/rows/row_set.hpp"

#include <algorithm>
#include <new>

#include "mappings/formats/charset/charset.hpp"

namespace headgate {

void RowSet::append(const RowSet& other) {
    if (columns_.empty()) columns_ = other.columns_;
    for (const Cell& cell : other.cells_) cells_.push_back({cell.offset + bytes_.size(), cell.size});
    bytes_ += other.bytes_;
}

Result<Value> RowSet::document(const std::vector<std::string>& expected, const Charset& charset, Arena& arena) const {
    auto bad = [](std::string detail) {
        return Error{ErrorKind::bad_answer, "the system's answer can't be read", "rows: " + std::move(detail)};
    };
    for (const std::string& column : expected)
        if (std::find(columns_.begin(), columns_.end(), column) == columns_.end())
            return bad("the column " + column + " is missing in the result");
    std::vector<std::string_view> keys;
    for (const std::string& column : columns_) {
        if (std::find(keys.begin(), keys.end(), column) != keys.end())
            return bad("the column " + column + " occurs twice");
        keys.push_back(arena.copy(column));
    }
    std::size_t count = rows();
    Value* items = arena.allocate<Value>(count);
    std::string decoded;
    for (std::size_t row = 0; row < count; ++row) {
        Member* members = arena.allocate<Member>(keys.size());
        for (std::size_t column = 0; column < keys.size(); ++column) {
            Value value;
            if (!is_null(row, column)) {
                decoded.clear();
                if (charset.decode(text(row, column), decoded) != std::string_view::npos)
                    return bad("row " + std::to_string(row + 1) + ", column " + columns_[column] +
                               ": bytes that mean nothing in " + charset.name());
                value = Value::string(arena.copy(decoded));
            }
            new (members + column) Member{keys[column], value};
        }
        new (items + row) Value(Value::object(members, static_cast<std::uint32_t>(keys.size())));
    }
    return Value::array(items, static_cast<std::uint32_t>(count));
}

}  // namespace headgate
