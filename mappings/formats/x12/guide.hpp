// A partner's guide to one X12 transaction set: which segments and elements are used, in which order, how long; a YAML
// file (docs in mappings/catalog/legacy/940.guide.yaml). Mappings see it as a LegacyNode tree, the writer follows it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate {

// X12 data types as far as guides use them: AN text, ID code, Nn implied decimals, R decimal, DT date, TM time.
enum class X12Type : std::uint8_t { an, id, n, r, dt, tm };

struct X12Element {
    std::string position;  // "02"
    std::string name;      // 'depositor order number', for messages
    X12Type type = X12Type::an;
    int min_length = 0, max_length = 0;
    int implied_decimals = 0;  // of Nn
    bool required = false;
    std::vector<std::string> codes;  // allowed values; a single one is a constant, which the writer fills in itself
    std::string with;                // written exactly when this other element is: a qualifier, by its position
};

// A segment, or a loop of segments (`loop` holds them; the first is the loop's trigger and required). In the document a
// segment is an object of its elements by position; a loop is an array of objects that hold the trigger's own elements
// under their positions and the inner segments under their names: LX: [{"01": "1", "W01": {"01": "2"}}].
struct X12Segment {
    std::string id;                             // N1
    std::string name;                           // as documents call it: `N1[01=ST]` when qualified, else the id
    std::string qualifier_position, qualifier;  // "01", "ST"; the writer fills the qualifier in itself
    bool required = false;
    int at_most = 1;  // repetitions of a loop
    std::vector<X12Element> elements;
    bool is_loop = false;
    std::vector<X12Segment> loop;  // of a loop: what follows the trigger in each repetition
};

enum class X12Charset : std::uint8_t {
    basic,                // X12 basic: upper case letters, digits, most punctuation
    extended,             // X12 extended: also lower case and more punctuation, all ASCII
    ascii_transliterated  // extended; letters beyond ASCII are written as their usual ASCII spelling (ä as ae)
};

// Immutable once loaded. ST, SE and the envelope are the writer's own and are not part of `segments`.
struct X12Guide {
    std::string path;
    std::string version;           // 4010
    std::string transaction_set;   // 940
    std::string functional_group;  // OW (GS01)
    X12Charset charset = X12Charset::basic;
    char element_separator = '*', component_separator = '>', segment_terminator = '~';
    std::string segment_suffix = "\n";  // after each terminator, for people's sake; may be empty
    std::vector<X12Segment> segments;
    // The same as mappings see it: the root is named by the transaction set; qualifiers and constants are optional
    // there (the writer knows them), so a mapping need not set them.
    LegacyNode shape;
};

// nullptr, with diagnostics, when the guide is wrong. A plan keeps it in its FileDrop, the adapter writes by it.
std::shared_ptr<const X12Guide> load_guide(const std::string& path, Diagnostics& diagnostics);

}  // namespace headgate
