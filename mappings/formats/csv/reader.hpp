// Reads CSV (RFC 4180, strictly) by a layout, record by record from chunks of any size, or a whole file at once.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/document/arena.hpp"
#include "contracts/document/utf8.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/csv/layout.hpp"
#include "mappings/formats/drift.hpp"

namespace headgate {

class Charset;

struct CsvLimits {
    std::size_t record = 1 << 20, field = 64 << 10;  // bytes
    std::size_t columns = 1000;
    std::size_t file = 64 << 20;  // bytes; of read_csv
};

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
    struct Field {
        std::size_t begin = 0, size = 0;  // in raw_; of a complete record in text_
        bool quoted = false;
        TextPlace place;
        bool null() const { return size == 0 && !quoted; }
    };
    struct Column {
        std::string_view name;
        const LegacyNode* declared = nullptr;  // nullptr: drift
    };
    enum class State : std::uint8_t { mark, field, bare, quoted, closed, carriage_return };

    bool take(char c);  // true: a record is complete
    bool step(char c);
    bool unquoted(char c);
    bool end_line(bool crlf);
    bool complete();
    void begin_field();
    void append(char c);
    bool decode(std::size_t index);
    bool ragged(const TextPlace& place, std::string_view missing = {});
    bool is_header() const;
    void take_header();
    void declare_all();
    void check(std::size_t index);
    void clear();
    bool fail(const TextPlace& place, const std::string& why, std::string_view column = {});
    std::string_view text(const Field& field) const { return std::string_view(text_).substr(field.begin, field.size); }
    std::string_view name_of(std::size_t index) const;

    const CsvLayout& layout_;
    const Charset& charset_;
    DriftLog& drift_;
    CsvLimits limits_;
    State state_ = State::mark;
    std::size_t mark_ = 0;              // bytes of a byte order mark seen so far
    TextPlace at_, line_end_;           // of the byte that comes next; of the line end met last
    std::vector<std::string> drifted_;  // names of columns that the layout has not
    std::vector<Column> columns_;       // in the file's order; none until the first line was read
    std::vector<Field> fields_;
    std::string raw_, text_;  // the record's fields one behind the other, as bytes and decoded
    bool complete_ = false;
    std::optional<Error> error_;
};

// The whole file: an array of records.
Result<Value> read_csv(const CsvLayout& layout, const Charset& charset, std::string_view bytes, Arena& arena,
                       DriftLog& drift, const CsvLimits& limits = {});

}  // namespace headgate
