// The layout of a file of fixed-width records: record types, their order and nesting, fields at byte positions; a YAML
// file that goes with a mapping.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "contracts/document/source.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate {

struct FixedField {
    enum class Kind : std::uint8_t {
        text,
        digits,  // a number in the set's digits: COBOL's DISPLAY
        packed,  // two digits a byte, the sign in the last half: COMP-3
        binary   // big-endian, two's complement: COMP
    };
    enum class Sign : std::uint8_t {
        none,
        leading,   // a byte of its own, + or -, before the digits
        trailing,  // behind them
        overpunch  // in the zone of the last digit; of packed and binary any but `none` means signed
    };

    std::string name;
    std::size_t at = 0, length = 0;  // bytes in the record, from 0
    Kind kind = Kind::text;
    LegacyType type = LegacyType::text;
    Sign sign = Sign::none;
    std::size_t digits = 0, places = 0;  // of numbers: all digits, and those behind the implied point
    char fill = ' ';
    bool right = false;                 // filled up on the left
    bool optional = false;              // blanks alone are null
    std::string value;                  // a constant, of texts
    std::vector<std::size_t> count_of;  // records whose number it tells, by their index
    bool counts_below = false;          // those inside its own record; else those beside it

    bool signed_number() const { return sign != Sign::none; }
    bool by_writer() const { return !value.empty() || !count_of.empty(); }  // a constant, a count
};

// A type of record, and the records that follow each of it.
struct FixedRecord {
    std::string name;       // as documents call it
    std::string code;       // as the file calls it
    std::size_t index = 0;  // over the whole layout, in its order
    std::size_t length = 0;
    bool required = false;
    std::size_t at_most = 1;                                // more: an array in the document
    std::vector<FixedField> fields;                         // in the record's order
    std::vector<std::pair<std::size_t, std::size_t>> gaps;  // bytes that no field covers: blanks; where and how many
    std::vector<FixedRecord> records;
    const FixedRecord* parent = nullptr;

    bool by_writer() const;  // a trailer of counts: the writer knows all of it
};

// Immutable once loaded.
struct FixedWidthLayout {
    enum class Terminator : std::uint8_t { none, lf, crlf, nel };
    struct Tolerances {
        bool short_records, long_records, unknown_records, counts, filler, signs, last_terminator, other_line_end;
    };

    std::string path;
    Terminator terminator = Terminator::none;
    std::size_t record_length = 0;  // of records that don't say their own
    // The field that tells a record's type; length 0: there is one type. Without a name it is no part of documents.
    FixedField record_by;
    Tolerances tolerates{};
    std::vector<FixedRecord> records;
    std::vector<const FixedRecord*> all;  // by their index
    // Ends of records are found by the terminator, else by their lengths: bytes of packed and binary numbers may look
    // like one.
    bool by_lines = false;
    // The record at the top that each message of a mapping has one of; empty: a message is the whole file.
    std::string message;
    // What mappings see: records by their names. Constants and counts are optional there, the writer knows them.
    LegacyNode shape;

    const FixedRecord* find(std::string_view code) const;  // nullptr when unknown
};

// nullptr, with diagnostics, when the layout is wrong.
std::shared_ptr<const FixedWidthLayout> load_fixed_width_layout(const std::string& path, Diagnostics& diagnostics);
std::shared_ptr<FixedWidthLayout> fixed_width_layout(const SourceFile& file, Diagnostics& diagnostics);

// The words of `tolerate` that make sense for this layout, and whether what they name is let pass. False: unknown.
std::vector<std::string_view> tolerance_words(const FixedWidthLayout& layout);
bool set_tolerance(FixedWidthLayout& layout, std::string_view word, bool tolerated);

}  // namespace headgate
