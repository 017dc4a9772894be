#include "mappings/formats/rows/row_set.hpp"

#include <algorithm>
#include <new>

#include "mappings/formats/charset/charset.hpp"
#include "mappings/formats/drift.hpp"

namespace headgate {

void RowSet::append(const RowSet& other) {
    if (columns_.empty()) columns_ = other.columns_;
    for (const Cell& cell : other.cells_) cells_.push_back({cell.offset + bytes_.size(), cell.size});
    bytes_ += other.bytes_;
}

Result<Value> RowSet::document(const std::vector<std::string>& expected, const Charset& charset, Arena& arena,
                               DriftLog* drift) const {
    auto bad = [](std::string detail) {
        return Error{ErrorKind::bad_answer, "the system's answer can't be read", "rows: " + std::move(detail)};
    };
    auto in = [](const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const std::string& column : expected)
        if (!in(columns_, column)) return bad("the column " + column + " is missing in the result");
    struct Told {
        std::string_view key;
        std::size_t column;
    };
    std::vector<Told> told;
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        if (!in(expected, columns_[column])) {
            if (drift) drift->add("column", columns_[column], "column " + columns_[column]);
            continue;
        }
        for (const Told& other : told)
            if (other.key == columns_[column]) return bad("the column " + columns_[column] + " occurs twice");
        told.push_back({arena.copy(columns_[column]), column});
    }
    std::size_t count = rows();
    Value* items = arena.allocate<Value>(count);
    std::string decoded;
    for (std::size_t row = 0; row < count; ++row) {
        Member* members = arena.allocate<Member>(told.size());
        std::size_t at = 0;
        for (const auto& [key, column] : told) {
            Value value;
            if (!is_null(row, column)) {
                decoded.clear();
                if (charset.decode(text(row, column), decoded) != std::string_view::npos)
                    return bad("row " + std::to_string(row + 1) + ", column " + columns_[column] +
                               ": bytes that mean nothing in " + charset.name());
                value = Value::string(arena.copy(decoded));
            }
            new (members + at++) Member{key, value};
        }
        new (items + row) Value(Value::object(members, static_cast<std::uint32_t>(told.size())));
    }
    return Value::array(items, static_cast<std::uint32_t>(count));
}

}  // namespace headgate
