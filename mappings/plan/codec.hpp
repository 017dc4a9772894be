// Codec: one step between a legacy value and a contract value, with its inverse, its type rule and its examples.
// Adding one is a file in codecs/ and a line in codecs/codecs.cpp.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/arena.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/legacy_schema.hpp"
#include "mappings/language/mapping.hpp"

namespace date {
class time_zone;
}

namespace headgate::mappings {

// What a value is between two codecs. `raw`: still the legacy text, of which the legacy schema says that it is a number
// or a time; codecs that take texts accept it, codecs that take numbers do too.
struct ChainType {
    enum class Kind : std::uint8_t { text, integer, decimal, boolean, date, datetime, time } kind = Kind::text;
    bool raw = false;
    int length = 0;                 // longest text or total digits; 0: unbounded
    int fraction = 0;               // of a decimal
    std::string_view told_by = {};  // the codec that made it the contract's: none for legacy texts may follow
    bool xml_schema = false;        // raw, and of a type of XML Schema
    bool numeric() const { return kind == Kind::integer || kind == Kind::decimal; }
    bool textual() const { return kind == Kind::text || raw; }
};
std::string_view name(ChainType::Kind kind);

// How large a value can be: characters of a text, digits before the point of a number; 0: any.
struct Width {
    std::size_t characters = 0;
    int digits = 0;
};

// One value's way through a chain. `problem` is a static text: what was expected.
struct CodecRun {
    Arena& arena;
    const Value* references = nullptr;  // other fields a chain asked for, in its order
    std::string_view problem = {};
    bool drifted = false;           // a code was unknown, and else() said what it means
    std::string_view unknown = {};  // that code
    bool fail(std::string_view expected) { return problem = expected, false; }
};

// Immutable once made; used by any thread. Values are strings or numbers (their text counts) or booleans; null is 'no
// value' and passes a codec by unless it says that it handles it.
class Codec {
  public:
    virtual ~Codec() = default;
    virtual bool read(Value& value, CodecRun& run) const = 0;   // towards the contract
    virtual bool write(Value& value, CodecRun& run) const = 0;  // towards legacy
    // What is read is written back as it was, by its value, and what is written is read so; else once normalised.
    virtual bool exact() const { return true; }
    // How large what it writes is, of values of `given` width.
    virtual Width written(Width given) const { return given; }
    bool handles_null = false;
};

// What a codec is made from. `type` is the legacy side's on entry, the contract side's on return.
struct CodecSetup {
    const CodecCall& call;
    ChainType type;
    bool reads = true, writes = true;  // the directions in which the rule runs
    const std::map<std::string, Table, std::less<>>* tables = nullptr;
    const date::time_zone* zone = nullptr;
    std::string ambiguous_time = {}, skipped_time = {};  // earlier, later; empty: an error
    SourceMark legacy_mark = {};                         // of the legacy path: where a codec stands that no rule names
    // Index in CodecRun::references of another field: of the contract, or of the legacy message; -1 after a fault.
    std::function<int(const CodecArgument&)> contract_field = {}, legacy_field = {};
    std::string problem = {}, hint = {};
    SourceMark problem_mark = {};

    std::nullptr_t fail(std::string message, std::string advice = {}) {
        return fail_at(call.mark, std::move(message), std::move(advice));
    }
    std::nullptr_t fail_at(SourceMark mark, std::string message, std::string advice = {}) {
        problem_mark = std::move(mark);
        problem = std::move(message);
        hint = std::move(advice);
        return nullptr;
    }
    // Argument `index` as a number; -1 after a fault.
    int number(std::size_t index, int least, int most) { return number(call.arguments[index], least, most); }
    int number(const CodecArgument& argument, int least, int most);
    // How many there are without a name, and which names there may be.
    bool arguments(std::size_t least, std::size_t most, const std::vector<std::string_view>& options = {});
    const CodecArgument* option(std::string_view name) const;  // nullptr: not given
    bool needs_text();
    // After a codec that makes a text of the contract there is no legacy text any more.
    bool behind_contract_text();
    bool needs_number();
    // A day or moment of XML Schema has one pattern, that of ISO 8601; false after a fault.
    bool fits_xml_schema(const CodecArgument* pattern, ChainType::Kind made);
};

// A documented example, which is a test: `chain` between legacy text and contract JSON. nullptr on the side that is
// made: refused. "absent" on either side: no value.
struct CodecExample {
    const char* chain;
    const char* legacy;
    Direction direction;
    const char* contract;
};

struct CodecDefinition {
    std::string_view name, usage, summary;
    bool normalises = false;  // what is written back is equal only after normalising: `<->` must say `!`
    std::unique_ptr<Codec> (*make)(CodecSetup&) = nullptr;
    std::vector<CodecExample> examples;  // docs/reference/mapping.md shows the first
};

// The table of all codecs, by name.
const std::vector<CodecDefinition>& codec_definitions();
const CodecDefinition* find_codec(std::string_view name);

// Of a value that is a string or a number.
inline std::string_view text_of(const Value& value) {
    return value.is_string() || value.is_number() ? value.text() : std::string_view();
}

}  // namespace headgate::mappings
