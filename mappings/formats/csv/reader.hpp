// Reads CSV (RFC 4180, strictly) by a layout, record by record from chunks of any size, or a whole file at once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/document/arena.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/csv/layout.hpp"
#include "mappings/formats/csv/limits.hpp"
#include "mappings/formats/csv/scanner.hpp"
#include "mappings/formats/drift.hpp"

namespace headgate {

class Charset;

// Holds one record, whatever the size of the file. Refuses ragged records, quotes within unquoted fields, text behind a
// closing quote, NUL, a quote that is never closed, and values that are not what their column holds. Fails with
// bad_answer; `detail` has line, column (in characters) and the column's name: 'CSV: line 3, column 7 (qty): ...'.
class CsvReader {
  public:
    // All are borrowed.
    CsvReader(const CsvLayout& layout, const Charset& charset, DriftLog& drift, const CsvLimits& limits = {});

    // Takes bytes from the front of `chunk` until a record is complete (true) or the chunk is used up (false). Once it
    // has failed it fails again.
    Result<bool> read(std::string_view& chunk);
    // At the end of the file; true: one record more, which had no line end. Call until it is false.
    Result<bool> finish();

    // The record that is complete, until the next call: an object in the file's order of columns, column -> text, or
    // null where an unquoted field was empty. Keys of declared columns point into the layout.
    Value record(Arena& arena) const;

  private:
    struct Column {
        std::string_view name;
        const LegacyNode* declared = nullptr;  // nullptr: drift
    };

    bool complete();
    bool is_header() const;
    bool take_header();
    bool declare_all();
    bool decode(std::size_t index);
    bool check(std::size_t index);
    void begin();
    Result<bool> outcome();
    bool fail(const TextPlace& place, const std::string& why, std::string_view column = {});
    std::string_view text(std::size_t index) const {
        return std::string_view(text_).substr(ends_[index], ends_[index + 1] - ends_[index]);
    }

    const CsvLayout& layout_;
    const Charset& charset_;
    DriftLog& drift_;
    csv::Scanner scanner_;
    std::vector<std::string> drifted_;  // names of columns that the layout has not
    std::vector<Column> columns_;       // in the file's order; none until the first line was read
    std::string text_;                  // the record's fields one behind the other
    std::vector<std::size_t> ends_;     // 0, and where each ends in it
    bool complete_ = false;
    std::optional<Error> error_;
};

// The whole file: an array of records.
Result<Value> read_csv(const CsvLayout& layout, const Charset& charset, std::string_view bytes, Arena& arena,
                       DriftLog& drift, const CsvLimits& limits = {});

}  // namespace headgate
