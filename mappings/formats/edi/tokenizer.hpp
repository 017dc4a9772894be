// Cuts bytes that come in pieces into segments. Any split of the bytes gives the same segments, offsets and faults.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "mappings/formats/charset/iso2022.hpp"
#include "mappings/formats/edi/segment.hpp"

namespace headgate::edi {

// What a reader lets pass, because the mapping says so. Whatever is let pass is told in the receipt.
struct Tolerances {
    bool bom = false;                // a UTF-8 byte order mark at the beginning
    bool crlf = false;               // a carriage return beside a terminator; a line feed alone always may stand there
    bool last_terminator = false;    // the file's last segment ends with the file
    bool message_count = false;      // SE01, UNT 01
    bool group_count = false;        // GE01, UNE 01
    bool interchange_count = false;  // IEA01, UNZ 01
    bool control_number = false;     // header and trailer disagree, or one is used twice
    bool charset = false;            // EDIFACT: what UNOA and UNOB lack is read as UNOC has it
};

// What the beginning of an interchange says: ISA's fixed width; UNA, or its absence.
struct Head {
    std::size_t needs = 0;   // more bytes than these are needed to tell, this many in all
    std::size_t taken = 0;   // bytes that are dealt with
    bool segment = false;    // ...and are a segment, but for their last byte, which is its terminator
    std::string fault = {};  // what is wrong, at `fault_at`
    std::size_t fault_at = 0;
};
using ReadHead = std::function<Head(std::string_view bytes, Separators& separators)>;

class Tokenizer {
  public:
    Tokenizer(const Limits& limits, const Tolerances& tolerances, ReadHead read_head)
        : limits_(limits), tolerances_(tolerances), read_head_(std::move(read_head)) {}

    enum class Step : std::uint8_t { more, segment, fault };
    // Takes bytes from the front until a segment is whole or none are left.
    Step next(std::string_view& bytes, RawSegment& out);
    // After the last byte: `segment` for one without its terminator, where that is tolerated; `more`: the end is clean.
    Step finish(RawSegment& out);
    // The interchange is closed: what follows is another, or the end.
    void expect_head() { phase_ = Phase::gap; }

    const Finding& fault() const { return fault_; }
    Separators& separators() { return separators_; }
    // What was let pass since the last call, in words.
    std::vector<std::string> take_tolerated() { return std::exchange(tolerated_, {}); }
    // Of the next segment.
    Place here() const { return {number_ + 1, 0, offset_, {}, 0, 0, 0}; }

  private:
    enum class Phase : std::uint8_t { gap, head, body };
    Step fail(Fault fault, std::uint64_t offset, std::string why);
    bool skip_line_ends(std::string_view& bytes, Step& step);
    Step head(std::string_view& bytes, RawSegment& out);
    Step body(std::string_view& bytes, RawSegment& out);
    void let_pass(const char* what);
    std::size_t find_terminator(std::string_view bytes);
    Step emit(std::string_view text, RawSegment& out);
    void take(std::string_view& bytes, std::size_t count);

    const Limits limits_;
    const Tolerances tolerances_;
    ReadHead read_head_;
    Separators separators_;
    Phase phase_ = Phase::gap;
    std::string buffer_;        // the beginning of what is not whole yet
    std::uint64_t offset_ = 0;  // of the next byte
    std::uint64_t start_ = 0;   // of buffer_, or of the segment that begins
    bool used_ = false;         // buffer_ was given out and is to be cleared
    bool released_ = false;     // the next byte is no separator
    Iso2022State escapes_;
    std::uint32_t number_ = 0;
    Finding fault_;
    std::vector<std::string> tolerated_;
};

}  // namespace headgate::edi
