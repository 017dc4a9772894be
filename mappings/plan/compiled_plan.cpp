// Compiles a mapping's sections against both schemas and runs the result.
#include "mappings/plan/compiled_plan.hpp"

#include <date/tz.h>

#include <set>

#include "base/file.hpp"
#include "mappings/plan/compile/bridge_checks.hpp"
#include "mappings/plan/compile/compile.hpp"
#include "mappings/plan/compile/mapping_checks.hpp"
#include "mappings/plan/message_shape.hpp"
#include "mappings/plan/run/pointers.hpp"

namespace headgate::mappings {

namespace {

// FNV-1a, 64 bits.
void mix(std::uint64_t& hash, std::string_view text) {
    for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
}

void mix_file(std::uint64_t& hash, const std::string& path) {
    if (auto text = read_file(path, SIZE_MAX)) mix(hash, *text);  // whoever read it has bounded it
}

const date::time_zone* find_zone(const Mapping& mapping, Diagnostics& diagnostics) {
    if (mapping.legacy.tz.empty()) return nullptr;
    try {
        return date::locate_zone(mapping.legacy.tz);
    } catch (const std::exception&) {
        diagnostics.error(mapping.legacy.tz_mark, "unknown time zone '" + mapping.legacy.tz + "'", "tz: Europe/Berlin");
        return nullptr;
    }
}

// Rules of both directions tell some faults in each.
Diagnostics once(const Diagnostics& all) {
    Diagnostics out;
    std::set<std::string> told;
    for (const auto& one : all.all())
        if (told.insert(std::to_string(one.mark.line) + ":" + std::to_string(one.mark.column) + one.message).second)
            one.error ? out.error(one.mark, one.message, one.hint) : out.warning(one.mark, one.message, one.hint);
    return out;
}

// What the contract's side of the mapping means: an operation, or a component whose messages are carried on.
struct ContractSide {
    std::unique_ptr<const Shape> message;  // owned: parameters and body
    const Shape* request = nullptr;
    const Shape* reply = nullptr;  // nullptr: a step's answer
    SourceMark mark;
};

bool find_contract(const Mapping& mapping, const Registry& contracts, ContractSide& out, Diagnostics& diagnostics) {
    auto slash = mapping.contract_side.find('/');
    auto contract = mapping.contract_side.substr(0, slash), thing = mapping.contract_side.substr(slash + 1);
    if (const auto* operation = contracts.find(mapping.contract_side)) {
        out.message = request_shape(*operation);
        out.request = out.message.get();
        const auto* answer = operation->response_schema(operation->success_status);
        out.reply = answer ? &answer->shape() : nullptr;
        out.mark = operation->mark;
        return true;
    }
    if (const auto* component = contracts.find_schema(contract, thing)) {
        out.request = &component->shape();
        out.mark = component->shape().mark();
        return true;
    }
    std::vector<std::string_view> names;
    for (const auto& operation : contracts.operations()) names.push_back(operation->name);
    auto near = nearest(mapping.contract_side, names);
    diagnostics.error(mapping.contract_mark,
                      "no contract has the operation or component '" + mapping.contract_side + "'",
                      near.empty() ? "" : "did you mean '" + near + "'?");
    return false;
}

}  // namespace

std::unique_ptr<CompiledPlan> CompiledPlan::compile(const Mapping& mapping, const Registry& contracts,
                                                    Diagnostics& diagnostics, MappingReport* report) {
    Diagnostics own;
    ContractSide contract;
    bool known = find_contract(mapping, contracts, contract, own);
    if (known && mapping.bridge && !contracts.find(mapping.contract_side)) {
        own.error(mapping.contract_mark, "'" + mapping.contract_side + "' is no operation",
                  "a bridge joins operations");
        known = false;
    }
    auto side = open_legacy_side(mapping, contracts, own);
    const auto* zone = find_zone(mapping, own);
    if (known && side)
        if (const auto* other = std::get_if<ContractCall>(&side->call))
            known = check_kind(mapping, *contracts.find(mapping.contract_side), *other->operation, own);
    if (!known || !side || own.has_errors()) return diagnostics.add(own), nullptr;

    auto plan = std::make_unique<CompiledPlan>();
    plan->mapping_ = mapping;
    plan->name_ = mapping.name;
    plan->contract_side_ = mapping.contract_side;
    plan->system_ = mapping.system;
    plan->call_name_ = mapping.call;
    plan->mark_ = mapping.mark;
    plan->faults_ = mapping.faults;
    plan->report_.draft = mapping.draft;
    const auto* bridged = std::get_if<ContractCall>(&side->call);
    std::set<const CannotSay*> said;
    CompileSetup request{mapping,
                         mapping.request,
                         Direction::to_legacy,
                         contract.request,
                         contract.request,
                         side->request,
                         false,
                         zone,
                         !bridged || bridged->operation->safe,
                         &said,
                         &plan->report_};
    const auto* drop = std::get_if<FileDrop>(&side->call);
    if (!side->writes) {
        if (mapping.request.written)
            own.error(mapping.request.mark, "this mapping reads its files, and nothing is written",
                      "'<->' in map: for both directions");
    } else if (!mapping.request.written && side->request) {
        own.error(mapping.mark, "this mapping needs request: rules that write the call");
    } else {
        plan->request_ = compile_transfer(request, own);
    }
    // A file that is read is the message itself, not an answer to it.
    CompileSetup reply{mapping,
                       mapping.reply,
                       Direction::to_contract,
                       drop && drop->reads ? contract.request : contract.reply,
                       contract.request,
                       side->reply,
                       side->rows,
                       zone,
                       request.safe,
                       &said,
                       &plan->report_};
    if (drop && drop->reads && !mapping.reply.written)
        own.error(mapping.mark, "this mapping needs out: rules that read the file");
    else if (mapping.reply.written && !side->reply)
        own.error(mapping.reply.mark, "nothing comes back from this call", "leave the section out");
    else if (mapping.reply.written && mapping.bridge && !contract.reply)
        own.error(mapping.reply.mark, mapping.contract_side + " answers nothing", "leave the section out");
    else if (!mapping.reply.written && contract.reply && !(drop && drop->reads))
        own.error(mapping.mark, "the operation answers, and this mapping has no rules that make the answer",
                  side->rows ? "out:" : "reply:");
    else if (side->reply && (reply.contract || !mapping.bridge))
        plan->reply_ = compile_transfer(reply, own);
    if (plan->request_) bind_parameters(mapping, *plan->request_, *side, own);
    check_mapping(mapping, contract.request, side->call, own);
    if (bridged) check_bridge(mapping, *contracts.find(mapping.contract_side), *bridged->operation, said, own);

    plan->fingerprint_ = 14695981039346656037ull;
    mix_file(plan->fingerprint_, mapping.file->path);
    mix(plan->fingerprint_, mapping.name);
    for (const auto& file : side->files) mix_file(plan->fingerprint_, file);
    if (!contract.mark.file.empty()) mix_file(plan->fingerprint_, contract.mark.file);
    plan->side_ = std::move(side);
    diagnostics.add(mapping.shared ? once(own) : own);
    if (report) *report = plan->report_;
    if (own.has_errors()) return nullptr;
    return plan;
}

Result<Value> CompiledPlan::write(const Value& message, Builder& builder, PlanTrace* trace) const {
    if (!request_) return Value::object(nullptr, 0);
    return run_transfer(*request_, message, message, builder, trace);
}

Result<Value> CompiledPlan::read(const Value& legacy, const Value& request, Builder& builder, PlanTrace* trace,
                                 DriftLog* drift) const {
    if (!reply_) return Value::null();
    return run_transfer(*reply_, legacy, request, builder, trace, drift);
}

Result<Value> CompiledPlan::to_legacy(const Value& message, Builder& builder) const {
    return write(message, builder, nullptr);
}
Result<Value> CompiledPlan::to_contract(const Value& legacy, const Value& request, Builder& builder,
                                        DriftLog* drift) const {
    return read(legacy, request, builder, nullptr, drift);
}
Result<Value> CompiledPlan::trace_to_legacy(const Value& message, Builder& builder, PlanTrace& trace) const {
    return write(message, builder, &trace);
}
Result<Value> CompiledPlan::trace_to_contract(const Value& legacy, const Value& request, Builder& builder,
                                              PlanTrace& trace, DriftLog* drift) const {
    return read(legacy, request, builder, &trace, drift);
}

std::optional<std::string> CompiledPlan::contract_pointer(std::string_view legacy_pointer) const {
    if (legacy_pointer.empty()) return std::string();
    return request_ ? source_pointer(*request_, legacy_pointer) : std::nullopt;
}

FaultVerdict CompiledPlan::fault(std::string_view code, const Value&) const {
    for (const auto& rule : faults_) {
        bool all = rule.code.ends_with('*');
        auto stem = std::string_view(rule.code).substr(0, rule.code.size() - (all ? 1 : 0));
        if (all ? !code.starts_with(stem) : code != stem) continue;
        FaultVerdict verdict;
        verdict.outcome = rule.outcome == FaultRule::Outcome::rejected ? FaultVerdict::Outcome::rejected
                          : rule.outcome == FaultRule::Outcome::retry  ? FaultVerdict::Outcome::retry
                                                                       : FaultVerdict::Outcome::failed;
        verdict.code = rule.business_code;
        verdict.pointer = rule.pointer;
        return verdict;
    }
    return {};
}

}  // namespace headgate::mappings
