// ScopeCompiler: compiles the rules of one scope (the message, or the items of a list) and of the scopes inside it.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>

#include "mappings/plan/compile/compile.hpp"
#include "mappings/plan/compile/ledger.hpp"

namespace headgate::mappings {

// What the rules of a section say of both messages, gathered by all its scopes.
struct Ledgers {
    Ledger contract, legacy;
};

// Lives for the compilation of one scope; `parent` is the scope around it. Reports and goes on, so that one run tells
// all faults.
class ScopeCompiler {
  public:
    ScopeCompiler(const CompileSetup& setup, Scope& scope, const Shape* contract, const LegacyNode* legacy,
                  Ledgers& ledgers, Diagnostics& diagnostics)
        : setup_(setup),
          scope_(scope),
          contract_(contract),
          legacy_(legacy),
          ledgers_(ledgers),
          diagnostics_(diagnostics) {}
    // Of the items of a list; the paths lead to it from the scope around.
    ScopeCompiler(ScopeCompiler& around, Scope& scope, const Shape* contract, const LegacyNode* legacy,
                  const Rule& list, const std::vector<const Condition*>& when);

    void compile(const std::vector<Rule>& rules, const SourceMark& mark);
    void compile_tests(const Condition& condition) { tests({&condition}); }

  private:
    struct Pending {  // a rule whose results exist and whose step is still to be made
        const Rule* rule;
        std::vector<int> results;
        std::vector<const Condition*> when;
    };
    struct Place {  // where a path leads
        bool known = false;
        const Shape* contract = nullptr;
        const LegacyNode* legacy = nullptr;
        bool repeated = false;
    };
    using When = std::vector<const Condition*>;  // of this scope
    bool reading() const { return setup_.direction == Direction::to_contract; }
    // The scope's source is several rows: of a group, or of what is one thing.
    bool of_group() const {
        return reading() && setup_.rows && (group_ || (!parent_ && !setup_.mapping.legacy.one.empty()));
    }
    bool parameters() const { return !reading() && !setup_.legacy; }
    // Both sides have typed values, which are carried as they are.
    bool bridge() const { return setup_.mapping.bridge || !setup_.mapping.source.empty(); }
    std::string legacy_name() const { return bridge() ? setup_.mapping.system : "legacy"; }

    // paths.cpp
    std::optional<Place> contract_place(const Path& path);
    std::optional<Place> legacy_place(const Path& path);
    bool has_contract_field(const std::vector<std::string>& steps) const;
    int slot(const std::vector<std::string>& steps);
    int null_slot(const std::vector<std::string>& steps);

    // targets.cpp
    Outlet* target(const Path& path, const Rule& rule, std::string_view braces = {});
    void order_members(std::vector<Outlet>& members, const Shape* contract, const LegacyNode* legacy);
    void check_required(const std::vector<Outlet>& members, const Shape* contract, const LegacyNode* legacy, Steps& at,
                        const SourceMark& mark);

    // claims.cpp
    void collect(const std::vector<Rule>& rules, std::vector<const Condition*>& when, std::vector<Pending>& pending);
    void collect_field(const Rule& rule, const std::vector<const Condition*>& when, std::vector<Pending>& pending);
    void collect_drop(const Rule& rule, const When& when);
    void note(const Rule& rule, const When& when);
    Steps from_top(const Steps& prefix, const Path& path) const;
    bool claims(const Path& path, std::string_view braces, const std::vector<const Condition*>& when,
                const SourceMark& mark);

    // references.cpp
    std::vector<int> tests(const std::vector<const Condition*>& when);
    Clauses clauses_of(const When& when) const;
    // `found`: the scope that has it.
    std::optional<Reference> contract_reference(const std::vector<std::string>& steps, const std::string& text,
                                                const SourceMark& mark, ScopeCompiler** found = nullptr);
    bool check_condition(const Condition& condition);
    void note_reference(const ScopeCompiler& found, const std::vector<std::string>& steps, const SourceMark& mark);

    // fields.cpp
    void compile_field(const Pending& pending);
    void compile_set(const Pending& pending);

    // widths.cpp and codes.cpp: towards systems alone
    void check_widths(const Rule& rule, const LegacyNode* legacy, const Shape* shape, const Chain& chain);
    void check_written_width(const Rule& rule, const LegacyNode& legacy, const Shape& shape, Width given,
                             const Chain& chain);
    void check_codes(const Rule& rule, const LegacyNode* legacy, const Shape* shape, const Step& step);
    // False after a fault that says all of the rule's codes.
    bool check_sent_codes(const Rule& rule, const LegacyNode& legacy, const Shape* shape, const Chain& chain);
    bool check_absence(const Rule& rule, const Shape* shape, const Step& step);
    bool check_else(const Rule& rule, const Shape* shape);

    // copies.cpp and words.cpp: bridges alone
    void compile_copy(const Pending& pending, const Place& contract, const Place& legacy);
    bool compile_bridged(const Pending& pending, const Place& contract, const Place& legacy, const Shape* shape,
                         Step& step);
    bool add_sayings(const Rule& rule, const Place& legacy, const Shape* contract, Step& step);
    void check_words(const Rule& rule, const Place& legacy, const Shape* contract, const Step& step);
    bool required_here(const std::vector<std::string>& steps) const;
    std::string source_name() const;

    // supplies.cpp
    struct Supply {
        const Path* source;  // nullptr: a constant; of a computed value a field that may be absent, or nullptr
        SourceMark mark;
        bool optional = false, within_optional = false;  // it may be absent; something around it may
        std::vector<const Condition*> when;
        bool strong = true;  // a group is there because of it
        bool computed = false;
        std::vector<Steps> gaps = {};  // the parts of the source that may be absent, on the way to it and itself
    };
    Supply supply_of(const Path& source, const Rule& rule, const When& when) const;
    void supply(const Pending& pending);
    void supply_list(const Rule& rule, const Place& contract, const LegacyNode* legacy, const When& when);
    // `alone`: it is of an optional group that is there because of one value.
    void check_supplies(const std::vector<Outlet>& members, const std::string& prefix, bool within_optional,
                        const std::vector<When>& contexts, bool alone = false);
    void check_supply(const std::string& path, bool within_optional, const std::vector<When>& contexts, bool alone);
    int count_strong(const std::vector<Outlet>& members, const std::string& prefix) const;
    const Supply* constant_in(const std::vector<Outlet>& members, const std::string& prefix) const;
    void gather_contexts(const std::vector<Outlet>& members, const std::string& prefix, std::vector<When>& out) const;
    bool certain(const std::vector<Supply>& supplies, const When& context) const;

    // pairs.cpp: elements that stand exactly where another does
    void check_pairs(const std::vector<Outlet>& members, const LegacyNode& legacy, const std::string& prefix,
                     bool always);
    struct Pair {
        const LegacyNode &element, &other;
        std::string path, other_path;
    };
    struct Present {
        Clauses when;
        bool strong;
    };
    std::vector<Present> presence(const std::vector<const Supply*>& supplies);
    void check_pair(const Pair& pair, const std::vector<const Supply*>& around, bool always);
    std::vector<const Supply*> supplies_below(const std::string& path) const;

    // laws.cpp
    // What a chain of the rule's codecs is made from; the references that it asks for go to `step`.
    CodecSetup codec_setup(const Rule& rule, Step& step);
    Law law_of(const Rule& rule, const LegacyNode* legacy, const Chain& chain);
    void report_law(const Rule& rule, Law law);

    // calc.cpp
    void compile_calc(const Pending& pending);
    bool compile_expression(const Expression& expression, Step& step, int depth);
    bool compile_legacy_sum(const Expression& expression, CalcOp& operation);
    void refuse_absent(const Expression& sum);
    bool computes_whole(const Expression& expression);
    Supply supply_of_calc(const Pending& pending);

    // lists.cpp
    void compile_each(const Rule& rule, const std::vector<const Condition*>& when);
    bool is_constant(int result) const;
    void compile_missing(const Rule& rule, ScopeCompiler& items, Scope& scope);
    void compile_bad_item(const Rule& rule, ScopeCompiler& items, Scope& scope);
    struct Told {  // what is told in an item's place, as it was written
        const SourceMark& mark;
        const std::vector<std::pair<Path, const SourceNode*>>& set;
        std::string_view item;  // a missing item, a bad item
    };
    bool compile_told(const Rule& rule, const Told& told, ScopeCompiler& items, ToldItem& out);

    // step_order.cpp
    void order_steps();

    const CompileSetup& setup_;
    Scope& scope_;
    const Shape* contract_;
    const LegacyNode* legacy_;
    Ledgers& ledgers_;
    Diagnostics& diagnostics_;
    ScopeCompiler* parent_ = nullptr;
    bool group_ = false;  // of the items of a group()
    std::map<std::string, int> results_;  // reading: contract path -> the result that makes it
    struct Claim {
        std::string path;
        Clauses when;
        SourceMark mark;
    };
    std::vector<Claim> claims_;

    Clauses around_;                                       // under which the lists around have rules
    const std::vector<Rule>* rules_ = nullptr;             // of this scope
    Clauses here_;                                         // of the rule that is compiled
    Steps contract_prefix_, legacy_prefix_;                // of the lists around, from the top of the messages
    std::map<std::string, std::vector<Supply>> supplies_;  // by the target's path in this scope
    std::map<const Condition*, bool> conditions_;          // those that were checked
    std::deque<Condition> made_conditions_;                // that clauses borrow
    bool partial_ = false;                                 // some of the items can't be told back
};

// "did you mean ...": the nearest known name at the first step that leads nowhere; empty when none is near.
std::string near_field(const Shape* shape, const std::vector<std::string>& steps);
// `a.b` -> {a, b}; `/a/b` of a path.
std::vector<std::string> field_steps(std::string_view text);
std::string pointer_of(const std::vector<std::string>& steps);
std::string joined(const std::vector<std::string>& steps, char separator);

}  // namespace headgate::mappings
