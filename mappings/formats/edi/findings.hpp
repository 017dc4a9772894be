// What is wrong with an EDI file, each thing with its place, in words for people and as a kind that acknowledgements
// translate to their codes; and drift, what a partner began to send that the guide does not know.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace headgate::edi {

enum class Level : std::uint8_t { interchange, group, message, segment, element };

enum class Fault : std::uint8_t {
    // of an element
    element_missing,
    companion_missing,  // given without the one it goes with, or the other way round
    too_many_elements,  // one that the guide does not know
    too_many_components,
    too_many_repetitions,
    too_short,
    too_long,
    bad_character,
    bad_number,
    bad_code,
    bad_date,
    bad_time,
    // of a segment
    segment_unknown,
    segment_unexpected,  // known, but not here
    segment_misplaced,   // known here, but too late
    segment_missing,
    segment_too_often,
    loop_too_often,
    bad_parent,  // HL02 names no HL that came before, or HL01 a number that is taken
    // of a message, a group or an interchange
    unsupported,          // there is no guide for this message
    unsupported_version,  // there is one, but for another version
    other_group,          // the group says that it holds other messages
    trailer_missing,
    control_mismatch,
    control_taken,  // a control number twice within one envelope
    bad_control,
    count_mismatch,
    bad_header,
    structure,  // something else stands where the envelope's next segment should
    cut_off,
    too_large,
    bad_bytes  // before and between segments: a byte order mark, a line end, a wrong separator
};

// Where: the segment's number in the file (from 1) and in its message (the header is 1), the byte's offset in the file.
struct Place {
    std::uint32_t segment = 0, in_message = 0;
    std::uint64_t offset = 0;
    std::string id;  // as it stands: PO1
    int element = 0, component = 0, repetition = 0;

    // segment 14 (PO1) at offset 412, element 04/02
    std::string text() const;
};

struct Finding {
    Level level = Level::interchange;
    Fault fault = Fault::structure;
    Place place;
    std::string subject;  // what it is about, as the guide calls it: N1[01=ST]; of a missing segment its id
    std::string why;      // 'x1' is not a decimal number
    std::string value;    // the bad value, at most 35 printable characters
    bool tolerated = false;

    // segment 14 (PO1) at offset 412, element 04 (unit price): 'x1' is not a decimal number
    std::string text() const;
};

// Whether one of them is not tolerated.
bool refuses(const std::vector<Finding>& findings);

enum class DriftKind : std::uint8_t { segment, element, code };
std::string_view name(DriftKind kind);

struct DriftEntry {
    DriftKind kind;
    std::string name;  // 850 REF[01=ZZ], 850 PO1/09, 850 PO1/03=XX
    Place first;
    std::uint64_t count = 1;
};

// Bounded: what is new once the list is full is counted alone.
class Drift {
  public:
    void add(DriftKind kind, std::string name, const Place& place);
    const std::vector<DriftEntry>& entries() const { return entries_; }
    std::uint64_t more() const { return more_; }

  private:
    std::vector<DriftEntry> entries_;
    std::uint64_t more_ = 0;
};

// For messages: what is no printable ASCII as \xNN, at most `most` characters.
std::string printable(std::string_view text, std::size_t most = 35);

// What a whole file is refused with.
Error refusal(const Finding& finding);

}  // namespace headgate::edi
