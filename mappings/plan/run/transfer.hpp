// Transfer: one direction of a mapping, compiled. A scope's source is dispatched in one pass into slots, its rules turn
// slots into results in an order in which each finds what it needs, and the target's tree is appended from the results.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "contracts/document/builder.hpp"
#include "mappings/plan/chain.hpp"
#include "mappings/plan/exact.hpp"
#include "mappings/plan/report.hpp"
#include "mappings/plan/run/intake.hpp"
#include "mappings/plan/trace.hpp"

namespace headgate {
class DriftLog;
}

namespace headgate::mappings {

// A value of this scope (up = 0) or of one around it.
struct Reference {
    int up = 0;
    bool result = false;  // else a slot
    int index = 0;
};

struct Test {
    Reference field;
    Condition::Test test = Condition::Test::equal;
    std::string literal;
};

// A calc expression in postfix order.
struct CalcOp {
    Expression::Kind kind = Expression::Kind::literal;
    Exact number;
    bool counts_absent = false;  // of sum: as `number`
    Reference field;
    int operands = 0;
    Intake item;  // of sum: what is added of each item
};

// A value of a bridge's other version that the contract's field has no word for, and what becomes of it.
struct Saying {
    std::string value;
    bool null = false;
    CannotSay::Then then = CannotSay::Then::refuse;
    std::string as;
};

// Makes results of slots. Where it was written is kept for messages alone.
struct Step {
    enum class Kind : std::uint8_t { chain, list, split, calc, constant, copy } kind = Kind::chain;
    std::vector<int> slots, results;
    Chain chain;
    std::vector<Reference> references;
    std::vector<CalcOp> program;
    std::string constant;
    ChainType::Kind constant_kind = ChainType::Kind::text;
    std::vector<Saying> sayings;           // met before the value is read
    bool empty_list = false;               // of a list: none is an empty one
    bool no_empty_list = false;            // of a list: an empty one is none
    bool bare = false;                     // the legacy value is a text without attributes
    int null_slot = -1, null_result = -1;  // of a bridge: that the value is there, and null
    std::vector<int> tests;                // all must hold
    std::string contract, legacy;          // JSON Pointer part; legacy location
    SourceMark mark;
    Law law = Law::one_way;
};

struct Scope;

// One member of the target, in the target's order.
struct Outlet {
    enum class Kind : std::uint8_t { value, group, list } kind = Kind::value;
    std::string name;
    bool required = false;
    bool null_when_absent = false;  // parameters; nillable elements when the mapping says so
    bool strong = true;             // counts when a group is looked at for being empty; a constant does not
    std::vector<int> results;       // the first that is there is written
    std::vector<int> null_results;  // any that is there says null
    bool exact = false;             // of a list: an empty one is written as it came
    bool nil_is_none = false;       // of a list that is read: an xsi:nil is no item, alone or among others
    std::vector<Outlet> children;
    // of a list
    enum class Items : std::uint8_t { slot, rows, groups } items = Items::slot;
    int slot = -1;
    std::string column;   // of groups
    bool nested = false;  // of groups: within another one, or within what is one thing
    std::string key;      // the items' member that tells them apart; empty: none was named
    std::vector<int> tests;
    std::unique_ptr<Scope> scope;
    std::string contract, legacy;
    SourceMark mark;
};

// What is told in an item's place: its key, and constants.
struct ToldItem {
    int key_result = -1;  // in the items' scope
    std::string key_name;
    std::vector<std::pair<std::string, Value>> set;
    std::vector<std::unique_ptr<std::string>> texts;  // behind `set`
};
struct MissingItems {
    Intake over;  // of the request: its one slot is the list
    ToldItem told;
};
// What becomes of an item that can't be read.
struct BadItem {
    bool omit = false;
    ToldItem told;  // unless it is left out
};

struct Scope {
    Intake intake;
    int slots = 0, results = 0;
    std::vector<Test> tests;
    std::vector<Step> steps;
    std::vector<Outlet> members;
    std::unique_ptr<MissingItems> missing;
    std::unique_ptr<BadItem> bad;
};

// Immutable once compiled; run by any number of threads at once.
struct Transfer {
    Direction direction = Direction::to_legacy;
    std::string name;  // of the mapping, for messages
    std::vector<std::string> nulls_read;
    std::string one;  // all rows are one group; the business code of there being none. Empty: they are not
    Scope root;
};

// Whether all the tests of a scope hold of its source: a condition that stands before anything is transferred.
bool tests_hold(const Scope& scope, const Value& source);

// `request`: the request message, when an answer is read. The result lives in the builder's arena, in the source's and
// in the transfer itself. `trace`: nullptr, or where it is told what each rule makes. `drift`: nullptr, or where it is
// told what the source holds beyond what the mapping knows.
Result<Value> run_transfer(const Transfer& transfer, const Value& source, const Value& request, Builder& builder,
                           PlanTrace* trace = nullptr, DriftLog* drift = nullptr);

}  // namespace headgate::mappings
