// A partner's guide to one EDI message, X12 or EDIFACT: which segments and elements are used, in which order, how long;
// a YAML file (docs/reference/edi.md). Mappings see it as a LegacyNode tree; readers and writers follow it.
//
// Documents and paths are the same for both standards. A segment is an object of its elements by position, a composite
// element an object of its components by position, an element that repeats an array. `PO1/04` is an element,
// `DTM[01=137]/01/02` a component of a qualified segment's first element.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "mappings/formats/edi/repertoire.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate::edi {

// X12: AN text, ID code, Nn implied decimals, R decimal, DT date, TM time. EDIFACT: a letters, an text, n number (`r`).
enum class ElementType : std::uint8_t { an, id, n, r, dt, tm, a };

struct Element {
    std::string position;  // "02"
    int number = 0;        // 2
    std::string name;      // 'depositor order number', for messages
    ElementType type = ElementType::an;
    int min_length = 0, max_length = 0;
    int implied_decimals = 0;  // of Nn
    bool required = false;
    int at_most = 1;                  // repetitions; more than one: an array in the document
    std::vector<std::string> codes;   // allowed values; a single one is a constant, which the writer fills in itself
    std::string with;                 // there exactly when this other element is: a qualifier, by its position
    std::vector<Element> components;  // of a composite, which then has no type and no length itself

    bool composite() const { return !components.empty(); }
    bool constant() const;  // the writer knows all of it
};

// A segment, or a loop (EDIFACT: segment group) of segments: `loop` holds what follows its trigger, the segment itself.
// In the document a loop's object holds the trigger's own elements under their positions and the inner segments under
// their names; what may stand more than once is an array: LX: [{"01": "1", "W01": {"01": "2"}}].
struct Segment {
    std::string id;    // N1
    std::string name;  // as documents call it: `N1[01=ST]` when qualified, else the id
    std::string qualifier_position,
        qualifier;  // "01", "ST"; of a composite its first component; the writer fills it in
    bool required = false;
    int at_most = 1;
    std::vector<Element> elements;
    std::vector<Segment> loop;

    bool repeats() const { return at_most > 1; }
    bool constant() const;  // UNS+S: the writer knows all of it
    // X12's HL loops nest by the number of their parent, wherever they stand.
    bool hierarchical() const { return id == "HL"; }
};

struct Separators {
    char element = '*', component = '>', segment = '~';
    char repetition = 0;   // 0: none
    char release = 0;      // EDIFACT's `?`
    char decimal = '.';    // in writing
    bool escapes = false;  // ISO 2022 escapes: in a two-byte set nothing is a separator
};

// Immutable once loaded. Envelopes (ISA, GS, ST; UNB, UNG, UNH and their ends) are no part of `segments`.
struct Guide {
    std::string path;
    Dialect dialect = Dialect::x12;
    std::string version;                     // 4010; D96A
    std::string message;                     // 940; ORDERS
    std::string functional_group;            // GS01: OW; UNG's 0038, by default the message
    std::string agency = "UN", association;  // EDIFACT's UNH: ORDERS:D:96A:UN:EAN008
    Repertoire repertoire;                   // of what is written; X12: of what is read too
    Separators separators;
    std::string suffix;  // after each terminator, for people's sake; line ends or nothing
    // What the guide does not know (segments, elements, codes) is told as drift and left aside; else it is refused.
    bool unknown_is_drift = false;
    std::vector<Segment> segments;
    // The same as mappings see it: the root is named by the message; qualifiers and constants are optional there (the
    // writer knows them), so a mapping need not set them.
    LegacyNode shape;

    std::string id() const;  // x12/4010/940, edifact/D96A/ORDERS
};

// nullptr, with diagnostics, when the guide is wrong. A guide may be for several versions (`guide: [x12/4010/850,
// x12/5010/850]`): `as` says which is wanted; when the file is not for that one it is loaded as its first: compare
// id().
std::shared_ptr<const Guide> load_guide(const std::string& path, Diagnostics& diagnostics, std::string_view as = {});
std::shared_ptr<const Guide> parse_guide(std::string path, std::string_view text, Diagnostics& diagnostics,
                                         std::string_view as = {});

}  // namespace headgate::edi
