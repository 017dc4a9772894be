#include "mappings/plan/scope_compiler.hpp"

namespace headgate::mappings {

namespace {

bool applies(const Rule& rule, Direction direction) {
    return rule.direction == Direction::both || rule.direction == direction;
}

// Two writers of one target are fine when their conditions on one field exclude each other.
bool exclusive(const std::vector<const Condition*>& a, const std::vector<const Condition*>& b) {
    using Test = Condition::Test;
    for (const auto* x : a)
        for (const auto* y : b) {
            if (x->field.steps != y->field.steps) continue;
            bool opposite = (x->test == Test::present && y->test == Test::absent) ||
                            (x->test == Test::absent && y->test == Test::present);
            bool other = x->test == Test::equal && y->test == Test::equal && x->literal != y->literal;
            bool negated = ((x->test == Test::equal && y->test == Test::not_equal) ||
                            (x->test == Test::not_equal && y->test == Test::equal)) &&
                           x->literal == y->literal;
            if (opposite || other || negated) return true;
        }
    return false;
}

}  // namespace

void ScopeCompiler::compile(const std::vector<Rule>& rules, const SourceMark& mark) {
    std::vector<const Condition*> when;
    std::vector<Pending> pending;
    auto before = diagnostics_.all().size();
    collect(rules, when, pending);
    for (const auto& one : pending) {
        if (one.rule->kind == Rule::Kind::set)
            compile_set(one);
        else if (one.rule->kind == Rule::Kind::calc)
            compile_calc(one);
        else
            compile_field(one);
    }
    // Lists come after the fields around them: their items may refer to those.
    std::vector<std::pair<const Rule*, std::vector<const Condition*>>> lists;
    auto find_lists = [&](auto&& self, const std::vector<Rule>& all) -> void {
        for (const auto& rule : all) {
            if (rule.kind == Rule::Kind::when) {
                when.push_back(&*rule.when);
                self(self, rule.rules);
                when.pop_back();
            } else if (rule.kind == Rule::Kind::each) {
                lists.emplace_back(&rule, when);
            }
        }
    };
    find_lists(find_lists, rules);
    for (const auto& [rule, conditions] : lists) compile_each(*rule, conditions);

    const Shape* contract = reading() ? contract_ : nullptr;
    const LegacyNode* legacy = reading() ? nullptr : legacy_;
    order_members(scope_.members, contract, legacy);
    // A faulty rule's target is no missing one.
    if (diagnostics_.all().size() == before) check_required(scope_.members, contract, legacy, "", mark);
    order_steps();
}

void ScopeCompiler::collect(const std::vector<Rule>& rules, std::vector<const Condition*>& when,
                            std::vector<Pending>& pending) {
    for (const auto& rule : rules) {
        switch (rule.kind) {
            case Rule::Kind::when:
                when.push_back(&*rule.when);
                collect(rule.rules, when, pending);
                when.pop_back();
                break;
            case Rule::Kind::each: break;
            case Rule::Kind::drop:
                if (rule.contract.steps.empty() ? legacy_ && !setup_.rows && !legacy_place(rule.legacy)
                                                : !contract_place(rule.contract))
                    break;
                break;
            default:
                if (rule.kind != Rule::Kind::set && !applies(rule, setup_.direction)) {
                    diagnostics_.error(rule.mark,
                                       reading() ? "'->' in a section that reads the answer"
                                                 : "'<-' in a section that writes the request",
                                       reading() ? "use '<-' or '<->'" : "use '->' or '<->'");
                    break;
                }
                collect_field(rule, when, pending);
        }
    }
}

bool ScopeCompiler::claims(const Path& path, std::string_view braces, const std::vector<const Condition*>& when,
                           const SourceMark& mark) {
    auto text = joined(path.steps, reading() ? '.' : '/');
    if (!braces.empty()) text += (text.empty() ? "" : ".") + std::string(braces);
    for (const auto& claim : claims_) {
        if (claim.path != text || exclusive(claim.when, when)) continue;
        diagnostics_.error(mark, "'" + text + "' is written by two rules",
                           "the first is in line " + std::to_string(claim.mark.line));
        return false;
    }
    claims_.push_back({text, when, mark});
    return true;
}

// First pass: which results there are, so that rules may refer to each other in any order.
void ScopeCompiler::collect_field(const Rule& rule, const std::vector<const Condition*>& when,
                                  std::vector<Pending>& pending) {
    const Path& to = reading() ? rule.contract : rule.legacy;
    if (to.steps.empty() && to.braces.empty()) {  // set: of the other direction
        diagnostics_.error(rule.mark,
                           "this section does not write the " + std::string(reading() ? "legacy side" : "contract"));
        return;
    }
    bool known = true;
    if (!rule.contract.steps.empty() || !rule.contract.braces.empty())
        known = contract_place(rule.contract).has_value();
    if (!rule.legacy.steps.empty()) known = legacy_place(rule.legacy).has_value() && known;
    if (!known) return;
    Pending out{&rule, {}, when};
    if (reading() && !to.braces.empty()) {
        for (const auto& brace : to.braces) {
            if (!claims(to, brace, when, to.mark)) return;
            out.results.push_back(scope_.results);
            auto steps = to.steps;
            steps.push_back(brace);
            results_[joined(steps, '.')] = scope_.results++;
            if (auto* outlet = target(to, rule, brace)) outlet->results.push_back(out.results.back());
        }
    } else {
        if (!claims(to, {}, when, to.mark)) return;
        out.results.push_back(scope_.results);
        if (reading()) results_[joined(to.steps, '.')] = scope_.results;
        ++scope_.results;
        auto* outlet = target(to, rule);
        if (!outlet) return;
        outlet->results.push_back(out.results.back());
        outlet->strong = outlet->strong && rule.kind != Rule::Kind::set;
    }
    pending.push_back(std::move(out));
}

std::vector<int> ScopeCompiler::tests(const std::vector<const Condition*>& when) {
    std::vector<int> out;
    for (const auto* condition : when) {
        if (!contract_place(condition->field)) continue;
        auto reference = contract_reference(condition->field.steps, condition->field.text, condition->field.mark);
        if (!reference) continue;
        out.push_back(static_cast<int>(scope_.tests.size()));
        scope_.tests.push_back({*reference, condition->test, condition->literal});
    }
    return out;
}

// Another field of the contract: where it comes from when writing, what makes it when reading; the nearest scope wins.
std::optional<Reference> ScopeCompiler::contract_reference(const std::vector<std::string>& steps,
                                                           const std::string& text, const SourceMark& mark) {
    int up = 0;
    for (auto* scope = this; scope; scope = scope->parent_, ++up) {
        if (reading()) {
            auto made = scope->results_.find(joined(steps, '.'));
            if (made != scope->results_.end()) return Reference{up, true, made->second};
        } else if (scope->has_contract_field(steps)) {
            return Reference{up, false, scope->slot(steps)};
        }
    }
    diagnostics_.error(mark, reading() ? "no rule makes '" + text + "'" : "the contract has no field '" + text + "'");
    return std::nullopt;
}

bool ScopeCompiler::check_contract_type(const Rule& rule, const ChainType& type, const Shape* shape) {
    if (!shape) return true;
    using Kind = ChainType::Kind;
    auto mark = rule.codecs.empty() ? rule.legacy.mark : rule.codecs.back().mark;
    std::string what = rule.legacy.text + ": " + std::string(name(type.kind)) +
                       (type.kind == Kind::decimal ? "(" + std::to_string(type.fraction) + ")" : "");
    auto refuse = [&](std::string_view wanted, std::string hint) {
        diagnostics_.error(mark, what + " feeds the " + std::string(wanted) + " " + rule.contract.text,
                           std::move(hint));
        return false;
    };
    bool number = shape->allows(ValueKind::number), text = shape->allows(ValueKind::string),
         flag = shape->allows(ValueKind::boolean);
    switch (type.kind) {
        case Kind::decimal:
            if (!number)
                return refuse(text   ? "text"
                              : flag ? "boolean"
                                     : "field",
                              text ? "a decimal is no text of the contract" : "");
            if (shape->integer()) return refuse("integer", "add exact-int");
            return true;
        case Kind::integer:
            return number || refuse(text ? "text" : "field", text ? "leave int out, or add digits(n)" : "");
        case Kind::boolean:
            return flag || refuse(text ? "text" : number ? "number" : "field", "a flag makes a boolean");
        case Kind::date:
        case Kind::datetime:
            if (!text) return refuse(number ? "number" : "field", "");
            if (!shape->format().empty() && shape->format() != (type.kind == Kind::date ? "date" : "date-time"))
                return refuse(shape->format(), "");
            return true;
        case Kind::text:
            if (text) return true;
            return refuse(number ? (shape->integer() ? "integer" : "number")
                          : flag ? "boolean"
                                 : "field",
                          number ? (shape->integer() ? "add int" : "add decimal(n)")
                          : flag ? "add flag(J,N)"
                                 : "");
    }
    return true;
}

// Every word of the contract's enumeration has a code when we write; every word of the table is one of the contract.
void ScopeCompiler::check_table(const Rule& rule, const Shape* shape) {
    const CodecCall* call = nullptr;
    for (const auto& codec : rule.codecs)
        if (codec.name == "table") call = &codec;
    if (!call || call->arguments.empty()) return;
    auto table = setup_.mapping.tables.find(call->arguments[0].text);
    if (table == setup_.mapping.tables.end()) return;
    std::vector<std::string_view> words = shape ? shape->enumeration() : std::vector<std::string_view>();
    if (!shape && rule.contract.text == "step.outcome") words = {"accepted", "held", "rejected"};
    if (words.empty()) return;
    for (const auto& entry : table->second.entries)
        if (std::find(words.begin(), words.end(), entry.contract) == words.end()) {
            auto near = nearest(entry.contract, words);
            diagnostics_.error(entry.mark, "'" + entry.contract + "' is no value of " + rule.contract.text,
                               near.empty() ? "" : "did you mean '" + near + "'?");
        }
    if (reading() && rule.direction != Direction::both) return;
    for (auto word : words)
        if (std::none_of(table->second.entries.begin(), table->second.entries.end(),
                         [&](const auto& e) { return e.contract == word; }))
            diagnostics_.error(call->mark, "table '" + table->first + "' has no code for '" + std::string(word) +
                                               "' of " + rule.contract.text);
}

void ScopeCompiler::compile_field(const Pending& pending) {
    const Rule& rule = *pending.rule;
    auto contract = contract_place(rule.contract);
    auto legacy = legacy_place(rule.legacy);
    if (!contract || !legacy) return;
    if (!rule.contract.list && contract->repeated)
        return diagnostics_.error(rule.contract.mark, "'" + rule.contract.text + "' is a list", "use each: or []");
    if (rule.contract.list && contract->contract && !contract->repeated)
        return diagnostics_.error(rule.contract.mark, "'" + rule.contract.text + "' is no list");
    if (!rule.legacy.list && legacy->repeated)
        return diagnostics_.error(rule.legacy.mark, "legacy '" + rule.legacy.text + "' is repeated", "use each: or []");
    if (rule.legacy.list && !parameters() && !legacy->repeated)
        return diagnostics_.error(rule.legacy.mark, "legacy '" + rule.legacy.text + "' occurs once");
    const LegacyNode* text = legacy->legacy;
    if (text && !text->children.empty() && text->type == LegacyType::group) {
        text = text->child("#text");
        if (!text)
            return diagnostics_.error(rule.legacy.mark, "legacy '" + rule.legacy.text + "' is a group, not a value");
    }
    Step step;
    step.kind = rule.contract.list             ? Step::Kind::list
                : rule.contract.braces.empty() ? Step::Kind::chain
                                               : Step::Kind::split;
    step.mark = rule.mark;
    step.contract = pointer_of(rule.contract.steps);
    step.legacy = (rule.legacy.parameter ? ":" : setup_.rows ? "column " : "") + joined(rule.legacy.steps, '/');
    step.results = pending.results;

    static const CodecCall none;
    CodecSetup codec{none,
                     {},
                     reading() || rule.direction == Direction::both,
                     !reading() || rule.direction == Direction::both,
                     &setup_.mapping.tables,
                     setup_.zone,
                     setup_.mapping.legacy.ambiguous_time};
    codec.contract_field = [&](const CodecArgument& argument) {
        auto reference = contract_reference(field_steps(argument.text), argument.text, argument.mark);
        if (!reference) return -1;
        step.references.push_back(*reference);
        return static_cast<int>(step.references.size()) - 1;
    };
    codec.legacy_field = [&](const CodecArgument& argument) {
        Path path;
        path.mark = argument.mark;
        path.text = argument.text;
        path.steps = {argument.text};
        if (!reading() || !legacy_place(path)) return -1;
        step.references.push_back({0, false, slot(path.steps)});
        return static_cast<int>(step.references.size()) - 1;
    };
    auto chain = compile_chain(rule.codecs, text, codec, rule.direction == Direction::both, diagnostics_);
    if (!chain) return;
    step.chain = std::move(*chain);
    if ((step.kind == Step::Kind::split) != !step.chain.separator().empty())
        return diagnostics_.error(rule.contract.mark,
                                  step.kind == Step::Kind::split ? "the braces need split() at the end of the codecs"
                                                                 : "split() needs its parts in braces",
                                  "customer.{last,first} <-> name | split(\", \")");
    const Shape* shape = contract->contract;
    if (rule.contract.list && shape) shape = shape->items();
    if (!check_contract_type(rule, step.chain.contract_type(), shape)) return;
    check_table(rule, shape);

    if (reading()) {
        step.slots = {slot(rule.legacy.steps)};
    } else if (step.kind == Step::Kind::split) {
        for (const auto& brace : rule.contract.braces) {
            auto steps = rule.contract.steps;
            steps.push_back(brace);
            step.slots.push_back(slot(steps));
        }
    } else {
        step.slots = {slot(rule.contract.steps)};
    }
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
    if (reading()) {
        const Shape* shape = contract_place(rule.contract)->contract;
        bool flag = !rule.value->quoted && (step.constant == "true" || step.constant == "false");
        bool number = !rule.value->quoted && parse_exact(step.constant);
        if (flag && (!shape || shape->allows(ValueKind::boolean)))
            step.constant_kind = ChainType::Kind::boolean;
        else if (number && (!shape || shape->allows(ValueKind::number)))
            step.constant_kind = ChainType::Kind::decimal;
        else if (shape && !shape->allows(ValueKind::string))
            return diagnostics_.error(mark, "'" + step.constant + "' is no value of " + rule.contract.text);
        auto words = shape ? shape->enumeration() : std::vector<std::string_view>();
        if (!words.empty() && std::find(words.begin(), words.end(), step.constant) == words.end())
            return diagnostics_.error(mark, "'" + step.constant + "' is no value of " + rule.contract.text);
    } else if (auto place = legacy_place(rule.legacy); place && place->legacy) {
        const auto& node = *place->legacy;
        if (node.length > 0 && code_points(step.constant) > static_cast<std::size_t>(node.length))
            return diagnostics_.error(mark, "'" + step.constant + "' is longer than " + std::to_string(node.length) +
                                                " characters of " + rule.legacy.text);
        if (!node.codes.empty() && std::find(node.codes.begin(), node.codes.end(), step.constant) == node.codes.end())
            return diagnostics_.error(mark, "'" + step.constant + "' is no code of " + rule.legacy.text);
        if (!node.children.empty() && node.type == LegacyType::group)
            return diagnostics_.error(rule.legacy.mark, "legacy '" + rule.legacy.text + "' is a group, not a value");
    }
    step.tests = tests(pending.when);
    scope_.steps.push_back(std::move(step));
}

// Steps in an order in which each finds its results made.
void ScopeCompiler::order_steps() {
    std::vector<Step> ordered;
    std::vector<bool> made(static_cast<std::size_t>(scope_.results), false);
    for (int result = 0; result < scope_.results; ++result) {
        bool any = std::any_of(scope_.steps.begin(), scope_.steps.end(), [&](const Step& s) {
            return std::find(s.results.begin(), s.results.end(), result) != s.results.end();
        });
        made[static_cast<std::size_t>(result)] = !any;  // of a rule with a fault
    }
    auto ready = [&](const Step& step) {
        auto there = [&](const Reference& r) {
            return r.up > 0 || !r.result || made[static_cast<std::size_t>(r.index)];
        };
        for (const auto& reference : step.references)
            if (!there(reference)) return false;
        for (const auto& operation : step.program)
            if (!there(operation.field)) return false;
        for (int test : step.tests)
            if (!there(scope_.tests[static_cast<std::size_t>(test)].field)) return false;
        return true;
    };
    // Two steps may make one result (under different conditions); it counts as made after the last of them.
    while (!scope_.steps.empty()) {
        auto next = std::find_if(scope_.steps.begin(), scope_.steps.end(), ready);
        if (next == scope_.steps.end()) {
            diagnostics_.error(scope_.steps.front().mark,
                               "'" + scope_.steps.front().contract.substr(1) + "' depends on itself");
            return;
        }
        for (int result : next->results) made[static_cast<std::size_t>(result)] = true;
        ordered.push_back(std::move(*next));
        scope_.steps.erase(next);
    }
    scope_.steps = std::move(ordered);
}

}  // namespace headgate::mappings
