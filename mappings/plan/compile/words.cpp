// Words of a bridge: each that one version knows has its word in the other, or is declared under cannot-say.
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

// Attaches what cannot-say declares of this rule's field; false after a diagnostic.
bool ScopeCompiler::add_sayings(const Rule& rule, const Place& legacy, const Shape* contract, Step& step) {
    if (!reading()) return true;
    auto way = from_top(legacy_prefix_, rule.legacy);
    bool good = true;
    auto refuse = [&](const SourceMark& mark, std::string message, std::string hint = {}) {
        diagnostics_.error(mark, std::move(message), std::move(hint));
        good = false;
    };
    for (const auto& said : setup_.mapping.cannot_say) {
        if (said.field.steps != way) continue;
        setup_.said->insert(&said);
        if (legacy.legacy->repeated && !rule.legacy.list)
            refuse(rule.legacy.mark, "'" + rule.legacy.text + "' is a list, and stands under cannot-say",
                   "write [] on both sides: each value is told by itself");
        const auto& codes = legacy.legacy->codes;
        for (const auto& word : said.values) {
            std::vector<std::string_view> known(codes.begin(), codes.end());
            if (word.null ? !legacy.legacy->nillable || rule.legacy.list
                          : std::find(codes.begin(), codes.end(), word.text) == codes.end()) {
                auto near = nearest(word.text, known);
                refuse(word.mark, "'" + (word.null ? "null" : word.text) + "' is no value of " + said.field.text,
                       near.empty() ? "" : "did you mean '" + near + "'?");
            }
            for (const auto& other : step.sayings)
                if (other.null == word.null && other.value == word.text)
                    refuse(word.mark, "'" + (word.null ? "null" : word.text) + "' is declared twice");
            step.sayings.push_back({word.text, word.null, said.then, said.as});
        }
        const Shape* told = contract && rule.contract.list && contract->items() ? contract->items() : contract;
        auto words = told ? told->enumeration() : std::vector<std::string_view>();
        if (said.then == CannotSay::Then::say &&
            ((told && !told->allows(ValueKind::string)) ||
             (!words.empty() && std::find(words.begin(), words.end(), said.as) == words.end()))) {
            auto near = nearest(said.as, words);
            refuse(said.as_mark, "'" + said.as + "' is no value of " + rule.contract.text,
                   near.empty() ? "" : "did you mean '" + near + "'?");
        }
        if (said.then == CannotSay::Then::leave_out_item && !parent_ && !rule.legacy.list)
            refuse(said.mark, "there is no item to leave out: " + said.field.text + " stands in no list",
                   "leave-out: field, or refuse: answer");
        if (said.then == CannotSay::Then::leave_out_field && rule.legacy.list)
            refuse(said.mark, "a list's value is an item, not a field", "leave-out: item");
        else if (said.then == CannotSay::Then::leave_out_field && required_here(rule.contract.steps))
            refuse(said.mark, "'" + rule.contract.text + "' can't be left out: the contract requires it",
                   "as: another word, leave-out: item, or refuse: answer");
        if (said.then == CannotSay::Then::refuse && !setup_.safe)
            refuse(said.mark, "the answer of an operation that writes can't be refused: it has taken effect",
                   "as: another word, or leave-out: field");
    }
    return good;
}

std::string ScopeCompiler::source_name() const {
    return reading() ? setup_.mapping.system + (setup_.mapping.bridge ? "/" : ".") + setup_.mapping.call
                     : setup_.mapping.contract_side;
}

bool ScopeCompiler::required_here(const std::vector<std::string>& steps) const {
    const Shape* shape = contract_;
    for (std::size_t i = 0; shape && i + 1 < steps.size(); ++i) shape = shape->property(steps[i]);
    return shape && shape->required(steps.back());
}

// Runs each word of the source through the rule's codecs, as a message would.
void ScopeCompiler::check_words(const Rule& rule, const Place& legacy, const Shape* contract, const Step& step) {
    auto ours = contract ? contract->enumeration() : std::vector<std::string_view>();
    const auto& codes = legacy.legacy->codes;
    std::vector<std::string_view> theirs(codes.begin(), codes.end());
    const auto& given = reading() ? theirs : ours;
    const auto& taken = reading() ? ours : theirs;
    const auto& mark = rule.codecs.back().mark;
    const Path& source = reading() ? rule.legacy : rule.contract;
    const Path& to = reading() ? rule.contract : rule.legacy;
    auto told = "'" + source.text + "' of " + source_name();
    auto said = [&](std::string_view word) {
        return std::any_of(step.sayings.begin(), step.sayings.end(),
                           [&](const Saying& s) { return !s.null && s.value == word; });
    };
    bool table = std::any_of(rule.codecs.begin(), rule.codecs.end(), [](const auto& c) { return c.name == "table"; });
    if (given.empty()) {
        bool ours_alone =
            !setup_.mapping.bridge && table;  // names of the configuration, of which it tells those it knows
        if ((!taken.empty() || table) && !ours_alone)
            diagnostics_.error(mark, told + " is any text, and '" + to.text + "' knows some words alone");
        return;
    }
    if (!step.references.empty()) return;
    for (auto word : given) {
        Arena arena(256);
        CodecRun run{arena};
        Value value = Value::string(word);
        bool made = reading() ? step.chain.read(value, run) : step.chain.write(value, run);
        bool fits = made && (taken.empty() ||
                             (value.is_string() && std::find(taken.begin(), taken.end(), value.text()) != taken.end()));
        if (fits && said(word))
            diagnostics_.error(mark, "'" + std::string(word) + "' of " + source.text +
                                         " has a word here, and stands under cannot-say");
        else if (!fits && !said(word))
            diagnostics_.error(
                mark, told + " may be '" + std::string(word) + "', for which '" + to.text + "' has no word",
                reading() ? "add it to the table, or declare it under cannot-say:" : "add it to the table");
    }
}

}  // namespace headgate::mappings
