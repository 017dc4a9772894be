// Compiles the rules of a bridge that carry a value as it is: one value, a list or a whole part of the message.
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

namespace {

constexpr ValueKind kinds[] = {ValueKind::null,   ValueKind::boolean, ValueKind::number,
                               ValueKind::string, ValueKind::array,   ValueKind::object};

bool has(const std::vector<std::string_view>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

using Sayings = std::vector<Saying>;

bool said(const Sayings& sayings, std::string_view word, bool null) {
    return std::any_of(sayings.begin(), sayings.end(),
                       [&](const Saying& s) { return s.null == null && s.value == word; });
}

// Why a value of `from` may be none of `to`; empty when each is one. Lives for one question.
class Fit {
  public:
    // What cannot-say declares is met before anything is copied.
    explicit Fit(const Sayings& sayings) : sayings_(sayings) {}

    std::string misfit(const Shape* from, const Shape* to, const std::string& at = {}) {
        std::string where = at.empty() ? "" : " in '" + at + "'";
        if (!to || from == to) return {};
        if (!from) return "any value" + where;
        // Schemas may hold themselves, or one part at many places: each pair is asked once.
        if (!asked_.emplace(from, to).second) return {};
        if (asked_.size() > most_pairs) return "something too large to compare" + where;
        bool top = asked_.size() == 1;
        for (auto kind : kinds)
            if (from->allows(kind) && !to->allows(kind) &&
                !(top && kind == ValueKind::null && said(sayings_, "", true)))
                return "a value of type " + std::string(name(kind)) + where;
        if (to->integer() && from->allows(ValueKind::number) && !from->integer())
            return "a number that is not whole" + where;
        if (from->allows(ValueKind::string)) {
            if (auto word = first_unknown(*from, *to, top); !word.empty()) return word + where;
            if (!to->format().empty() && from->format() != to->format() && from->enumeration().empty())
                return "a text that is no " + std::string(to->format()) + where;
        }
        if (from->allows(ValueKind::array))
            if (auto why = misfit(from->items(), to->items(), at + "[]"); !why.empty()) return why;
        return from->allows(ValueKind::object) ? object_misfit(*from, *to, at) : std::string();
    }

  private:
    std::string first_unknown(const Shape& from, const Shape& to, bool top) const {
        auto words = to.enumeration(), given = from.enumeration();
        if (words.empty()) return {};
        if (given.empty()) return "any text";
        for (auto word : given)
            if (!has(words, word) && !(top && said(sayings_, word, false))) return "'" + std::string(word) + "'";
        return {};
    }

    std::string object_misfit(const Shape& from, const Shape& to, const std::string& at) {
        auto inner = [&](std::string_view member) { return (at.empty() ? "" : at + "/") + std::string(member); };
        for (auto member : from.property_names()) {
            const Shape* taken = to.property(member);
            if (!taken) return "an object with '" + inner(member) + "', which the other side does not know";
            if (at.size() > longest) return "something nested too deep in '" + at + "'";
            if (auto why = misfit(from.property(member), taken, inner(member)); !why.empty()) return why;
        }
        for (auto member : to.property_names())
            if (to.required(member) && !from.required(member))
                return "an object without '" + inner(member) + "', which the other side requires";
        return {};
    }

    static constexpr std::size_t most_pairs = 20'000, longest = 4'000;
    const Sayings& sayings_;
    std::set<std::pair<const Shape*, const Shape*>> asked_;
};

}  // namespace

void ScopeCompiler::compile_copy(const Pending& pending, const Place& contract, const Place& legacy) {
    const Rule& rule = *pending.rule;
    if (rule.contract.list && !contract.repeated)
        return diagnostics_.error(rule.contract.mark, "'" + rule.contract.text + "' is no list");
    if (rule.legacy.list && !legacy.repeated)
        return diagnostics_.error(rule.legacy.mark, "'" + rule.legacy.text + "' is no list");
    const Shape* ours = contract.contract;
    const Shape* theirs = legacy.legacy->shape;
    Step step;
    step.kind = Step::Kind::copy;
    step.mark = rule.mark;
    step.contract = pointer_of(rule.contract.steps);
    step.legacy = joined(rule.legacy.steps, '/');
    step.results = pending.results;
    const Path& source = reading() ? rule.legacy : rule.contract;
    const Path& to = reading() ? rule.contract : rule.legacy;
    if (!add_sayings(rule, legacy, ours, step)) return;
    const Shape *from = reading() ? theirs : ours, *into = reading() ? ours : theirs;
    auto why = Fit(step.sayings).misfit(from, into);
    if (rule.contract.list && !step.sayings.empty()) {  // each value is told by itself
        step.kind = Step::Kind::list;
        why = Fit(step.sayings).misfit(from->items(), into->items());
        if (from->allows(ValueKind::null) || from->items()->allows(ValueKind::null)) why = "null";
    }
    if (!why.empty())
        return diagnostics_.error(
            to.mark,
            "'" + source.text + "' of " + source_name() + " may be " + why + ": '" + to.text + "' can't say it",
            reading() ? "declare it under cannot-say:, or write a rule with codecs for each part"
                      : "write a rule with codecs, or for each part");
    step.slots = {slot(source.steps)};
    if (from && from->allows(ValueKind::null)) {
        step.null_slot = null_slot(source.steps);
        step.null_result = scope_.results++;
        if (auto* outlet = target(to, rule)) outlet->null_results.push_back(step.null_result);
    }
    step.law = step.sayings.empty() ? Law::exact : Law::one_way;
    report_law(rule, step.law);
    supply(pending);
    step.tests = tests(pending.when);
    scope_.steps.push_back(std::move(step));
}

// What a rule with codecs needs more than towards a system: each word told, null told apart from absent.
bool ScopeCompiler::compile_bridged(const Pending& pending, const Place& contract, const Place& legacy,
                                    const Shape* shape, Step& step) {
    const Rule& rule = *pending.rule;
    auto before = diagnostics_.errors();
    if (step.kind != Step::Kind::split && !add_sayings(rule, legacy, shape, step)) return false;
    if (step.kind != Step::Kind::split) check_words(rule, legacy, shape, step);
    const Path& source = reading() ? rule.legacy : rule.contract;
    const Shape* from = reading() ? legacy.legacy->shape : contract.contract;
    bool told = std::any_of(step.sayings.begin(), step.sayings.end(), [](const Saying& s) { return s.null; });
    for (const auto& codec : rule.codecs)
        told = told || codec.name == "default" || codec.name == "null" || (!reading() && codec.name == "none");
    if (from && from->allows(ValueKind::null)) {
        if (!told)
            diagnostics_.error(source.mark, "'" + source.text + "' of " + source_name() + " may be null",
                               reading() ? "default(...), or declare null under cannot-say:" : "none(...)");
        step.null_slot = null_slot(source.steps);
    }
    const Shape* items = from ? from->items() : nullptr;
    if (step.kind == Step::Kind::list && items && items->allows(ValueKind::null))
        diagnostics_.error(source.mark, "the values of '" + source.text + "' may be null");
    return diagnostics_.errors() == before;
}

}  // namespace headgate::mappings
