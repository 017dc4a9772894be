// RowSet: what a database answered, as text: owned, so that a driver may fill it on its own thread; becomes a document
// of the shape that mappings of rows read: an array of objects, column in upper case -> string or null.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/document/arena.hpp"
#include "contracts/document/value.hpp"

namespace headgate {

class Charset;
class DriftLog;

class RowSet {
  public:
    void set_columns(std::vector<std::string> upper_case_names) { columns_ = std::move(upper_case_names); }
    const std::vector<std::string>& columns() const { return columns_; }
    // Cells are added row by row, a row's in the order of the columns; the bytes are in the system's charset.
    void add(std::string_view bytes) {
        cells_.push_back({bytes_.size(), static_cast<std::int64_t>(bytes.size())});
        bytes_ += bytes;
    }
    void add_null() { cells_.push_back({bytes_.size(), -1}); }

    std::size_t rows() const { return columns_.empty() ? 0 : cells_.size() / columns_.size(); }
    std::size_t bytes() const { return bytes_.size(); }
    bool is_null(std::size_t row, std::size_t column) const { return cell(row, column).size < 0; }
    std::string_view text(std::size_t row, std::size_t column) const {
        const Cell& at = cell(row, column);
        return at.size < 0 ? std::string_view()
                           : std::string_view(bytes_).substr(at.offset, static_cast<std::size_t>(at.size));
    }

    // Another batch's rows, of the same columns.
    void append(const RowSet& other);

    // The document in the arena, cells decoded from `charset`. Every column of `expected` must be there; others are
    // drift, and left out. Fails with bad_answer, `detail` naming row and column.
    Result<Value> document(const std::vector<std::string>& expected, const Charset& charset, Arena& arena,
                           DriftLog* drift = nullptr) const;

  private:
    struct Cell {
        std::size_t offset;
        std::int64_t size;  // -1: null
    };
    const Cell& cell(std::size_t row, std::size_t column) const { return cells_[row * columns_.size() + column]; }

    std::vector<std::string> columns_;
    std::vector<Cell> cells_;
    std::string bytes_;
};

}  // namespace headgate
