// Compiles one step: its call over the request and what earlier steps kept, and what it keeps of its own answer.
#include "mappings/plan/steps/step_plan.hpp"

#include <algorithm>
#include <set>

#include "contracts/document/json.hpp"
#include "mappings/plan/compile/compile.hpp"
#include "mappings/plan/compile/ledger.hpp"
#include "mappings/plan/compile/mapping_checks.hpp"
#include "mappings/plan/contract_end.hpp"

namespace headgate::mappings {

namespace {

// More are no list to ask with at once.
constexpr std::size_t most_kept = 1'000;

// As the compiler of a section judges a source: it may be absent in what the schema allows.
bool may_be_absent(const Rule& rule, const LegacyNode& answer, bool rows) {
    bool absent = rows;  // there may be no row
    const LegacyNode* node = &answer;
    for (const auto& step : rule.legacy.steps) {
        node = node ? node->child(step) : nullptr;
        absent = absent || (node && (node->optional || node->nillable));
    }
    for (const auto& codec : rule.codecs) {
        if (codec.name == "default" || codec.name == "null") absent = false;
        if (codec.name == "none") absent = true;
    }
    return absent;
}

std::vector<std::string> words_of(const Rule& rule, const Mapping& mapping) {
    std::vector<std::string> words;
    for (const auto& codec : rule.codecs) {
        if (codec.name != "table" || codec.arguments.empty()) continue;
        auto table = mapping.tables.find(codec.arguments[0].text);
        if (table == mapping.tables.end()) continue;
        for (const auto& entry : table->second.entries) words.push_back(entry.contract);
    }
    return words;
}

}  // namespace

Result<Value> StepPlan::judged(Result<Value> made) const {
    if (made) return made;
    auto& error = made.error();
    auto name = std::string_view(error.pointer).substr(0, error.pointer.find('/', 1));
    if (name.starts_with('/') && std::find(before_.begin(), before_.end(), name.substr(1)) != before_.end()) {
        error.kind = ErrorKind::bad_answer;
        error.message = "a system's answer can't be used";
        error.pointer.clear();
    }
    return made;
}

Result<Value> StepPlan::to_legacy(const Value& message, Builder& builder) const {
    return judged(write(message, builder, nullptr));
}

Result<Value> StepPlan::trace_to_legacy(const Value& message, Builder& builder, PlanTrace& trace) const {
    return judged(write(message, builder, &trace));
}

bool CompiledStep::compile_request(const Mapping& step, const Setup& setup, const date::time_zone* zone, Ledger& ledger,
                                   Diagnostics& diagnostics) {
    message_ = std::make_unique<StepMessage>(setup.request);
    for (const auto& before : setup.before) {
        plan_->before_.push_back(before->name());
        if (before->keep_) message_->add(before->name(), before->kept_, !before->when_);
    }
    CompileSetup request{step, step.request, Direction::to_legacy, message_.get(), message_.get(), nullptr, false, zone,
                         true, nullptr,      &setup.report};
    request.contract_ledger = &ledger;
    if (step.when) {
        Ledger of_condition;
        auto asked = request;
        asked.contract_ledger = &of_condition;
        when_ = compile_condition(asked, *step.when, diagnostics);
        if (!when_) return false;
        // Where it is called, what the condition names is there.
        if (step.when->test != Condition::Test::absent) met_ = met(*message_, step.when->field.steps);
        if (met_) request.contract = met_.get();
        ledger.add(of_condition, diagnostics);
    }
    request.legacy = plan_->side_->request;
    if (!step.request.written && request.legacy) {
        diagnostics.error(step.mark, "step '" + step.step + "' needs in: rules that write its call");
        return false;
    }
    Ledger of_rules;
    request.contract_ledger = &of_rules;
    plan_->request_ = compile_transfer(request, diagnostics);
    ledger.add(of_rules, diagnostics);
    if (!plan_->request_) return false;
    bind_parameters(step, *plan_->request_, *plan_->side_, diagnostics);
    check_mapping(step, &setup.request, plan_->side_->call, diagnostics);
    return true;
}

bool CompiledStep::compile_keep(const Mapping& step, const Setup& setup, const date::time_zone* zone,
                                Diagnostics& diagnostics) {
    used_ = std::make_shared<Ledger>();
    if (!step.reply.written) return true;
    const auto* answer = plan_->side_->reply;
    if (!answer) {
        diagnostics.error(step.reply.mark, "nothing comes back from this call", "leave keep: out");
        return false;
    }
    auto before = diagnostics.errors();
    kept_rules_ = step.reply;
    for (auto& rule : kept_rules_.rules) {
        bool list = rule.contract.list;
        if (list && !plan_->side_->rows)
            diagnostics.error(rule.mark, "a list is kept of a query's rows, and this call answers a document");
        else if (list != step.reply.rules[0].contract.list)
            diagnostics.error(rule.mark, "a step keeps lists of all its rows, or values of the only one",
                              "refs[] <- REF[], or a step for each");
        lists_ = lists_ || list;
        rule.contract.list = rule.legacy.list = false;
    }
    if (diagnostics.errors() != before) return false;
    for (const auto& rule : step.reply.rules)
        kept_.add(rule.contract.steps[0], !lists_ && !may_be_absent(rule, *answer, plan_->side_->rows));
    CompileSetup keep{step,           kept_rules_, Direction::to_contract, &kept_,
                      &setup.request, answer,      plan_->side_->rows,     zone,
                      true,           nullptr,     &setup.report};
    keep.legacy_ledger = used_.get();
    Ledger of_kept;
    keep.contract_ledger = &of_kept;
    plan_->reply_ = compile_transfer(keep, diagnostics);
    if (!plan_->reply_) return false;
    for (const auto& rule : step.reply.rules)
        for (const auto& made : plan_->reply_->root.steps)
            if (made.contract == "/" + rule.contract.steps[0])
                kept_.set_type(rule.contract.steps[0], made.chain.contract_type(), words_of(rule, step), lists_);
    keep_ = std::move(plan_->reply_);
    return true;
}

void CompiledStep::place(const Setup& setup, const Ledger& ledger) {
    for (std::size_t i = 0; i < setup.before.size(); ++i) {
        const auto& before = *setup.before[i];
        bool needed = ledger.names({before.name()});
        if (needed) needs_.push_back(i);
        if (needed || effect()) wave_ = std::max(wave_, before.wave_ + 1);
    }
}

std::shared_ptr<CompiledStep> CompiledStep::compile(const Mapping& step, const Setup& setup, Ledger& ledger,
                                                    Diagnostics& diagnostics) {
    auto before = diagnostics.errors();
    auto out = std::make_shared<CompiledStep>();
    auto& plan = *out->plan_;
    plan.begin(step);
    auto names = setup.request.property_names();
    if (std::find(names.begin(), names.end(), step.step) != names.end())
        diagnostics.error(step.step_mark,
                          "the step '" + step.step + "' has the name of a field of " + step.contract_side);
    const auto* zone = find_zone(step, diagnostics);
    plan.side_ = open_legacy_side(step, setup.contracts, diagnostics);
    if (!plan.side_ || diagnostics.errors() != before) return nullptr;
    out->compile_request(step, setup, zone, ledger, diagnostics);
    out->compile_keep(step, setup, zone, diagnostics);
    if (diagnostics.errors() != before) return nullptr;
    out->place(setup, ledger);
    return out;
}

Result<Value> CompiledStep::keep(const Value& answer, Builder& builder) const {
    if (!keep_) return Value::null();
    if (lists_) return keep_lists(answer, builder);
    Value source = answer;
    if (plan_->rows()) {
        if (source.is_array() && source.size() > 1)
            return Error{ErrorKind::bad_answer, "a system's answer can't be used",
                         std::to_string(source.size()) + " rows, and what is kept comes from one (" +
                             plan_->mark().file + ":" + std::to_string(plan_->mapping().reply.mark.line) + ")"};
        source = source.is_array() && source.size() == 1 ? source[0] : Value::null();
    }
    auto kept = run_transfer(*keep_, source, Value(), builder);
    if (!kept) kept.error().pointer.clear();  // no place of the contract's message
    return kept;
}

// Each value once, in the order of its first row. A list without values is absent.
Result<Value> CompiledStep::keep_lists(const Value& rows, Builder& builder) const {
    std::vector<std::vector<Value>> lists(kept_rules_.rules.size());
    std::vector<std::set<std::string>> seen(lists.size());
    for (std::size_t row = 0; rows.is_array() && row < rows.size(); ++row) {
        auto kept = run_transfer(*keep_, rows[row], Value(), builder);
        if (!kept) {
            kept.error().pointer.clear();  // no place of the contract's message
            return kept;
        }
        for (std::size_t i = 0; i < lists.size(); ++i) {
            const Value* value = kept->find(kept_rules_.rules[i].contract.steps[0]);
            if (!value || value->is_null() || !seen[i].insert(to_json(*value)).second) continue;
            lists[i].push_back(*value);
            if (lists[i].size() > most_kept)
                return Error{ErrorKind::bad_answer, "a system's answer can't be used",
                             "more than " + std::to_string(most_kept) + " values of '" +
                                 kept_rules_.rules[i].contract.steps[0] + "' to keep (" + plan_->mark().file + ":" +
                                 std::to_string(kept_rules_.rules[i].mark.line) + ")"};
        }
    }
    builder.begin_object();
    for (std::size_t i = 0; i < lists.size(); ++i) {
        if (lists[i].empty()) continue;
        builder.key(kept_rules_.rules[i].contract.steps[0]);
        builder.begin_array();
        for (const auto& value : lists[i]) builder.value(value);
        builder.end_array();
    }
    builder.end_object();
    return builder.take();
}

}  // namespace headgate::mappings
