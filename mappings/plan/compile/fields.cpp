// Compiles the rules that carry one field, and those that set a constant, into steps.
#include "contracts/document/utf8.hpp"
#include "mappings/plan/compile/contract_types.hpp"
#include "mappings/plan/compile/scope_compiler.hpp"

namespace headgate::mappings {

bool within_bounds(const Shape& shape, const std::string& text, ChainType::Kind kind) {
    if (kind == ChainType::Kind::text) return shape.longest() == 0 || count_code_points(text) <= shape.longest();
    auto number = kind == ChainType::Kind::decimal ? parse_exact(text) : std::nullopt;
    auto beyond = [&](std::string_view bound, int sign) {
        auto limit = number && !bound.empty() ? parse_exact(bound) : std::nullopt;
        auto order = limit ? compare(*number, *limit) : std::nullopt;
        return order && *order == sign;
    };
    return !beyond(shape.least(), -1) && !beyond(shape.greatest(), 1);
}

namespace {

// A field beside this one whose name says that it is a currency.
std::string currency_beside(const Shape* shape, std::vector<std::string> steps) {
    if (steps.empty()) return {};
    for (std::size_t i = 0; shape && i + 1 < steps.size(); ++i) shape = shape->property(steps[i]);
    if (shape)
        for (auto name : shape->property_names())
            if (name.find("urrency") != std::string_view::npos) return steps.back() = name, joined(steps, '.');
    return {};
}

}  // namespace

void ScopeCompiler::compile_field(const Pending& pending) {
    const Rule& rule = *pending.rule;
    auto contract = contract_place(rule.contract);
    auto legacy = legacy_place(rule.legacy);
    if (!contract || !legacy) return;
    if (bridge() && rule.codecs.empty() && rule.contract.braces.empty())
        return compile_copy(pending, *contract, *legacy);
    if (!rule.contract.list && contract->repeated)
        return diagnostics_.error(rule.contract.mark, "'" + rule.contract.text + "' is a list", "use each: or []");
    if (rule.contract.list && contract->contract && !contract->repeated)
        return diagnostics_.error(rule.contract.mark, "'" + rule.contract.text + "' is no list");
    if (!rule.legacy.list && legacy->repeated)
        return diagnostics_.error(rule.legacy.mark, legacy_name() + " '" + rule.legacy.text + "' is repeated",
                                  "use each: or []");
    if (rule.legacy.list && !parameters() && !legacy->repeated && !of_group())
        return diagnostics_.error(rule.legacy.mark, legacy_name() + " '" + rule.legacy.text + "' occurs once");
    const LegacyNode* text = legacy->legacy;
    if (text && !text->children.empty() && text->type == LegacyType::group) {
        text = text->child("#text");
        if (!text)
            return diagnostics_.error(rule.legacy.mark,
                                      legacy_name() + " '" + rule.legacy.text + "' is a group, not a value");
    }
    bool nothing_known = text && text->typed && (text->type == LegacyType::any || text->type == LegacyType::group);
    if (nothing_known)
        return diagnostics_.error(rule.legacy.mark,
                                  "of " + legacy_name() + " '" + rule.legacy.text + "' no one type is known",
                                  "say its type in the document, or drop it");
    Step step;
    step.kind = rule.contract.list             ? Step::Kind::list
                : rule.contract.braces.empty() ? Step::Kind::chain
                                               : Step::Kind::split;
    step.mark = rule.mark;
    step.contract = pointer_of(rule.contract.steps);
    step.legacy = (rule.legacy.parameter ? ":" : setup_.rows ? "column " : "") + joined(rule.legacy.steps, '/');
    step.results = pending.results;

    auto codec = codec_setup(rule, step);
    auto chain = compile_chain(rule.codecs, text, codec, rule.direction == Direction::both, diagnostics_);
    if (!chain) return;
    step.law = law_of(rule, text, *chain);
    step.chain = std::move(*chain);
    if ((step.kind == Step::Kind::split) != !step.chain.separator().empty())
        return diagnostics_.error(rule.contract.mark,
                                  step.kind == Step::Kind::split ? "the braces need split() at the end of the codecs"
                                                                 : "split() needs its parts in braces",
                                  "customer.{last,first} <-> name | split(\", \")");
    const Shape* shape = contract->contract;
    if (rule.contract.list && shape) shape = shape->items();
    if (!check_contract_type(rule, step.chain.contract_type(), shape, currency_beside(contract_, rule.contract.steps),
                             diagnostics_))
        return;
    if (!check_table(setup_, rule, shape, diagnostics_)) return;
    if (bridge() && !compile_bridged(pending, *contract, *legacy, shape, step)) return;
    if (!check_absence(rule, shape, step) || !check_else(rule, shape)) return;
    if (!bridge()) {
        check_codes(rule, text, shape, step);
        check_widths(rule, text, shape, step.chain);
    }

    if (reading()) {
        step.slots = {slot(rule.legacy.steps)};
        if (rule.legacy.list && of_group()) scope_.intake.child(rule.legacy.steps[0]).every_row = true;
    } else if (step.kind == Step::Kind::split) {
        for (const auto& brace : rule.contract.braces) {
            auto steps = rule.contract.steps;
            steps.push_back(brace);
            step.slots.push_back(slot(steps));
        }
    } else {
        step.slots = {slot(rule.contract.steps)};
    }
    step.bare = reading() && text && text->children.empty() && text->name != "#text";
    step.empty_list = reading() && !bridge() && rule.contract.list && required_here(rule.contract.steps);
    step.no_empty_list = reading() && !bridge() && rule.contract.list && !step.empty_list;
    if (!step.sayings.empty()) step.law = Law::one_way;
    report_law(rule, step.law);
    supply(pending);
    step.tests = tests(pending.when);
    scope_.steps.push_back(std::move(step));
}

void ScopeCompiler::compile_set(const Pending& pending) {
    const Rule& rule = *pending.rule;
    Step step;
    step.kind = Step::Kind::constant;
    step.mark = rule.mark;
    step.results = pending.results;
    step.constant = rule.value->text;
    step.contract = pointer_of(rule.contract.steps);
    step.legacy = joined(rule.legacy.steps, '/');
    auto mark = setup_.mapping.file->mark(*rule.value);
    const Path& to = reading() ? rule.contract : rule.legacy;
    if (reading() || bridge()) {
        auto place = reading() ? contract_place(to) : legacy_place(to);
        const Shape* shape = reading() ? place->contract : place->legacy->shape;
        bool flag = !rule.value->quoted && (step.constant == "true" || step.constant == "false");
        bool number = !rule.value->quoted && parse_exact(step.constant);
        if (flag && (!shape || shape->allows(ValueKind::boolean)))
            step.constant_kind = ChainType::Kind::boolean;
        else if (number && (!shape || shape->allows(ValueKind::number)))
            step.constant_kind = ChainType::Kind::decimal;
        else if (shape && !shape->allows(ValueKind::string))
            return diagnostics_.error(mark, "'" + step.constant + "' is no value of " + to.text);
        auto words = shape ? shape->enumeration() : std::vector<std::string_view>();
        if (!words.empty() && std::find(words.begin(), words.end(), step.constant) == words.end())
            return diagnostics_.error(mark, "'" + step.constant + "' is no value of " + to.text + described(shape));
        if (shape && !within_bounds(*shape, step.constant, step.constant_kind))
            return diagnostics_.error(mark,
                                      "'" + step.constant + "' is beyond the bounds of " + to.text + described(shape));
    } else if (auto place = legacy_place(rule.legacy); place && place->legacy) {
        const auto& node = *place->legacy;
        if (node.length > 0 && count_code_points(step.constant) > static_cast<std::size_t>(node.length))
            return diagnostics_.error(mark, "'" + step.constant + "' is longer than " + std::to_string(node.length) +
                                                " characters of " + rule.legacy.text);
        auto number = parse_exact(step.constant);
        bool whole = node.type == LegacyType::integer;
        if ((whole || node.type == LegacyType::decimal) &&
            (!number || trim(*number).scale > (whole ? 0 : std::max(node.fraction, 0))))
            return diagnostics_.error(mark, "'" + step.constant + "' is no " + (whole ? "whole number" : "decimal") +
                                                " of " + rule.legacy.text);
        if (!node.codes.empty() && std::find(node.codes.begin(), node.codes.end(), step.constant) == node.codes.end())
            return diagnostics_.error(mark, "'" + step.constant + "' is no code of " + rule.legacy.text);
        if (node.typed) {
            bool flag = step.constant == "true" || step.constant == "false";
            if (node.type == LegacyType::boolean && !flag)
                return diagnostics_.error(mark, "'" + step.constant + "' is no flag of " + rule.legacy.text);
            step.constant_kind = node.type == LegacyType::boolean ? ChainType::Kind::boolean
                                 : legacy_type(&node).numeric()   ? ChainType::Kind::decimal
                                                                  : ChainType::Kind::text;
        }
        if (!node.children.empty() && node.type == LegacyType::group)
            return diagnostics_.error(rule.legacy.mark,
                                      legacy_name() + " '" + rule.legacy.text + "' is a group, not a value");
    }
    supply(pending);
    step.tests = tests(pending.when);
    scope_.steps.push_back(std::move(step));
}

}  // namespace headgate::mappings
