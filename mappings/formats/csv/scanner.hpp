// Takes CSV apart byte by byte into lines of fields (RFC 4180), knowing where each stands; what the fields mean is the
// reader's matter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/utf8.hpp"
#include "mappings/formats/csv/layout.hpp"
#include "mappings/formats/csv/limits.hpp"

namespace headgate::csv {

struct Field {
    std::size_t begin = 0, size = 0;  // in bytes()
    bool quoted = false;
    TextPlace place;
    bool null() const { return size == 0 && !quoted; }
};

struct Fault {
    TextPlace place;
    std::string why;
    std::optional<std::size_t> field;  // whose fault it is
};

// Holds one line, which quotes may carry on over several. After a fault it is of no more use.
class Scanner {
  public:
    Scanner(const CsvLayout& layout, bool utf8, const CsvLimits& limits)
        : layout_(layout), utf8_(utf8), limits_(limits) {}

    // True: a line is complete, and stays until next().
    bool take(char c);
    bool finish();  // at the end of the file
    void next();

    // From here on each line has so many fields. False: the line that is complete has not.
    bool expect(std::size_t fields);

    const std::vector<Field>& fields() const { return fields_; }
    std::string_view bytes() const { return bytes_; }
    const TextPlace& line_end() const { return line_end_; }
    const std::optional<Fault>& fault() const { return fault_; }

  private:
    enum class State : std::uint8_t { mark, field, bare, quoted, closed, carriage_return };

    bool step(char c);
    bool unquoted(char c);
    bool end_line();
    void begin_field();
    void append(char c);
    void flush_mark();
    bool fits();
    bool fail(const TextPlace& place, std::string why, std::optional<std::size_t> field = {});
    bool fail_in_field(const TextPlace& place, std::string why) {
        return fail(place, std::move(why), fields_.size() - 1);
    }

    const CsvLayout& layout_;
    bool utf8_;
    CsvLimits limits_;
    State state_ = State::mark;
    std::size_t mark_ = 0;      // bytes of a byte order mark seen so far
    std::size_t expected_ = 0;  // fields; 0: any number
    TextPlace at_, line_end_;   // of the byte that comes next; of the line end met last
    std::vector<Field> fields_;
    std::string bytes_;
    std::optional<Fault> fault_;
};

}  // namespace headgate::csv
