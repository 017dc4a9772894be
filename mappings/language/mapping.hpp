// Mapping: one mapping document as it was written, parsed but not yet held against any schema; every part has its
// place.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostics.hpp"
#include "contracts/document/source.hpp"

namespace headgate::mappings {

enum class Direction : std::uint8_t { both, to_legacy, to_contract };  // <->, ->, <-
std::string_view sign(Direction direction);

// A path of either side: `delivery.address.city`, `ord/pos`, `@nr`, `:sku`, `skus[]`, `customer.{last,first}`.
struct Path {
    SourceMark mark;
    std::string text;                 // as written
    std::vector<std::string> steps;   // without [] and ':'; empty: the scope itself (`row`)
    bool list = false;                // `skus[]`: each item of a list of single values
    bool parameter = false;           // `:sku`
    std::vector<std::string> braces;  // of the last step: the parts of a split
};

// One argument of a codec; `quoted` tells "01" from 01 where it matters.
struct CodecArgument {
    std::string text;
    bool quoted = false;
    SourceMark mark;
};
// `pivot: 70` among the arguments.
struct NamedArgument {
    std::string name;
    SourceMark mark;
    CodecArgument value;
};
struct CodecCall {
    std::string name;
    std::vector<CodecArgument> arguments;
    std::vector<NamedArgument> named;  // behind the others
    bool normalises = false;           // `!`
    SourceMark mark;
};

// `delivery.method == "pickup"`, `delivery.address present`.
struct Condition {
    enum class Test : std::uint8_t { equal, not_equal, present, absent } test = Test::equal;
    Path field;
    std::string literal;
    SourceMark literal_mark;
};

// The expression of `calc:`, over fields of the contract and exact decimals; sum(lines.quantity) folds a list of the
// message that is written, sum(pos/menge) one of the answer that is read.
struct Expression {
    enum class Kind : std::uint8_t {
        literal,
        field,
        add,
        subtract,
        multiply,
        minimum,
        maximum,
        sum
    } kind = Kind::literal;
    SourceMark mark;
    std::string literal;  // of sum: what an absent value counts; empty: none may be absent
    Path field;
    bool legacy = false;  // of sum: `field` is a legacy path
    std::vector<Expression> operands;
};

// Items that were asked for and have no rows: `missing: { over: skus, set: { known: false, locations: [] } }`.
struct Missing {
    SourceMark mark;
    Path over;
    std::vector<std::pair<Path, const SourceNode*>> set;  // borrowed from the mapping's file
};

// An item that can't be read: `bad-item: omit`, `bad-item: missing` (told as one that did not come), or
// `bad-item: { set: { known: false } }`.
struct BadItemRule {
    SourceMark mark;
    enum class Then : std::uint8_t { omit, as_missing, set } then = Then::omit;
    std::vector<std::pair<Path, const SourceNode*>> set;  // borrowed from the mapping's file
};

struct Rule {
    enum class Kind : std::uint8_t { field, each, when, set, drop, calc, xref } kind = Kind::field;
    SourceMark mark;
    Direction direction = Direction::both;
    Path contract, legacy;          // one of them alone for set and drop
    std::vector<CodecCall> codecs;  // from legacy to contract
    std::vector<Rule> rules;        // of each and when
    std::optional<Condition> when;
    Path key;                        // of each
    std::string group;               // `each: items <- group(ARTNR)`: the column
    bool by_row = false;             // `each: locations <- row`
    std::optional<Missing> missing;  // of each
    std::optional<BadItemRule> bad_item;
    const SourceNode* value = nullptr;  // of set, borrowed
    std::string system;                 // of xref
    Expression expression;              // of calc
    // of drop
    std::string why, until;  // until: a month or a day, 2027-06 or 2027-06-30; empty: for good
    bool rest = false;       // `metadata.*`: what no rule carries
};

// Rules of one direction of the call: what is asked (`request`/`in`), what comes back (`reply`/`out`).
struct Section {
    SourceMark mark;  // the mapping's when it is not written
    std::vector<Rule> rules;
    bool written = false;
};

// `on-duplicate:` with a question: which outcome each value of the answer has.
struct DuplicateCheck {
    std::string sql;
    SourceMark sql_mark;
    std::vector<std::pair<std::string, std::string>> outcomes;
};
struct Statement {
    SourceMark mark, sql_mark;
    std::string sql;
    std::string each;
    SourceMark each_mark;
    int expect_rows = -1;
    std::string on_mismatch, on_duplicate;
    std::string pointer;  // of on_mismatch: where the contract's message is at fault
    SourceMark pointer_mark;
    DuplicateCheck check;
};

struct FaultRule {
    SourceMark mark;
    std::string code;  // `*` matches any
    enum class Outcome : std::uint8_t { rejected, retry, failed } outcome = Outcome::failed;
    std::string business_code, pointer;
};

struct Table {
    SourceMark mark;
    struct Entry {
        SourceMark mark;
        std::string contract;
        std::vector<std::pair<std::string, SourceMark>> legacy;  // the first is written
    };
    std::vector<Entry> entries;
};

struct Column {
    SourceMark mark;
    std::string name, type;  // as written: decimal(9,3)?
};

// The `legacy:` block: what the call is, in the words of its format.
struct LegacyBlock {
    SourceMark mark;
    std::string wsdl, guide, edi, layout, sql, file;  // paths relative to the mapping's file
    std::string soap;                                 // beside wsdl: 1.1 or 1.2; empty: as the WSDL has it
    std::string openapi, operation;                   // an OpenAPI document; its operation, empty: as the call is named
    SourceMark openapi_mark, operation_mark;
    std::vector<Path> fault_codes;  // of openapi: where a refusal's body has its code
    SourceMark wsdl_mark, soap_mark, guide_mark, edi_mark, layout_mark, sql_mark, file_mark, tz_mark, charset_mark;
    std::vector<Column> columns;
    std::string one;  // all rows are one thing; the business code of there being none
    SourceMark one_mark;
    // Of files: texts of the envelope (marks of their keys and of themselves); what readers let pass, or refuse.
    struct EnvelopeText {
        SourceMark key_mark, mark;
        std::string key, text;
    };
    std::vector<EnvelopeText> envelope;
    struct Tolerance {
        SourceMark mark;
        std::string word;
        bool tolerated = true;
    };
    std::vector<Tolerance> tolerances;
    std::string charset = "UTF-8", tz;
    std::string ambiguous_time;  // a local time that exists twice: earlier, later; empty: an error
    std::string skipped_time;    // one that doesn't exist: earlier, later; empty: an error

    bool is_file() const { return !edi.empty() || !layout.empty(); }
};

// `cannot-say:` of a bridge: values of the other version's answer that this version has no word for.
struct CannotSay {
    struct Word {
        SourceMark mark;
        std::string text;
        bool null = false;
    };
    enum class Then : std::uint8_t { say, leave_out_item, leave_out_field, refuse } then = Then::refuse;
    SourceMark mark;  // of the field's path
    Path field;       // from the top of the other version's answer: items/locations/status
    std::vector<Word> values;
    std::string as;  // of say: the word of this version
    SourceMark as_mark;
    std::string why;
};

struct Batch {
    SourceMark mark;
    std::string over, as;
    std::size_t at_most = 0;
};

// `source: { read-model: fulfilment.v1/ShipmentAdvice, by: orderId, with: orders.v1/Order }`: which messages that came
// as files, and the field by which they are asked for.
struct KeptMessages {
    std::string component;  // contract/component
    std::string field;
    bool one = false;  // `key:`, the only one that has it; else `by:`, all that have it
    std::string with;  // contract/component of captured orders, told beside each; empty: none is
    SourceMark component_mark, field_mark, with_mark;
};

// `page:`: a list of which the system gives parts, by their number or by the key that comes next; see
// docs/reference/mapping.md.
struct Page {
    SourceMark mark;
    enum class By : std::uint8_t { number, key } by = By::number;
    std::size_t at_most = 0;  // items of a part of the system's; 0: as many as are asked for
    std::size_t first = 1;    // of `number`: what the first part is called
    std::vector<std::pair<std::string, SourceMark>> key;  // of `key`: the items' members, in the order of the list
    SourceMark rows_mark;
    std::optional<std::size_t> rows;  // of `key`, over group(): an item's most rows; 0: the query takes items whole
};

struct Mapping {
    std::shared_ptr<const SourceFile> file;  // owns what is borrowed below
    SourceMark mark;                         // of `map:`'s value
    SourceMark contract_mark, system_mark;
    std::string name;           // as written
    std::string contract_side;  // orders.v1/Order
    Direction direction = Direction::both;
    std::string system, call;  // shop, orderCreate
    bool draft = false;        // gaps are warnings
    bool repeatable = false;   // `effect: repeatable`: the system recognises a repetition
    bool bridge = false;       // `bridge:`: the system is the other version, the call its operation
    std::vector<CannotSay> cannot_say;
    std::string source;  // `source:`: answered from a store of our own; empty: by a system
    SourceMark source_mark;
    KeptMessages kept;  // of the source read-model
    LegacyBlock legacy;
    std::vector<std::string> nulls_read;  // legacy texts that mean 'no value'
    bool write_nil = false;               // else an absent value is left out
    std::map<std::string, Table, std::less<>> tables;
    Section request, reply;
    bool shared = false;                // of files: one section says both directions
    std::vector<Statement> statements;  // `do:`
    std::optional<Batch> batch;
    std::optional<Page> page;
    std::vector<FaultRule> faults;

    // `steps:`, several calls of the system: each a mapping of its own, whose answer is handed over; its `reply` holds
    // what it keeps for later steps.
    std::vector<Mapping> steps;
    // Of a step:
    std::string step;  // its name; empty: this is none
    SourceMark step_mark;
    std::optional<Condition> when;  // it is called then alone
    bool effect = false;            // it changes something
    SourceMark effect_mark;
};

// Every mapping of a *.map.yaml file; those with faults are reported and left out.
std::vector<Mapping> parse_mappings(std::shared_ptr<const SourceFile> file, Diagnostics& diagnostics);

}  // namespace headgate::mappings
