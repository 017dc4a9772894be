// Compiles a mapping's sections against both schemas and runs the result.
#include "mappings/plan/compiled_plan.hpp"

#include <set>

#include "base/file.hpp"
#include "mappings/plan/compile/bridge_checks.hpp"
#include "mappings/plan/compile/compile.hpp"
#include "mappings/plan/compile/mapping_checks.hpp"
#include "mappings/plan/contract_end.hpp"
#include "mappings/plan/fault_error.hpp"
#include "mappings/plan/run/pointers.hpp"
#include "mappings/plan/steps/stepped_plan.hpp"

namespace headgate::mappings {

namespace {

// FNV-1a, 64 bits.
void mix(std::uint64_t& hash, std::string_view text) {
    for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
}

void mix_file(std::uint64_t& hash, const std::string& path) {
    if (auto text = read_file(path, SIZE_MAX)) mix(hash, *text);  // whoever read it has bounded it
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

}  // namespace

std::unique_ptr<CompiledPlan> CompiledPlan::compile(const Mapping& mapping, const Registry& contracts,
                                                    Diagnostics& diagnostics, MappingReport* report) {
    if (!mapping.steps.empty()) return SteppedPlan::compile(mapping, contracts, diagnostics, report);
    Diagnostics own;
    ContractEnd contract;
    bool known = find_contract(mapping, contracts, contract, own);
    if (known && mapping.bridge && !contracts.find(mapping.contract_side)) {
        own.error(mapping.contract_mark, "'" + mapping.contract_side + "' is no operation",
                  "a bridge joins operations");
        known = false;
    }
    std::unique_ptr<const Paging> paging;
    if (known && mapping.page) {
        paging = Paging::compile(mapping, contract, own);
        known = paging != nullptr;
        if (paging) contract.request = &paging->request(), contract.reply = &paging->reply();
    }
    auto side = open_legacy_side(mapping, contracts, own);
    const auto* zone = find_zone(mapping, own);
    if (known && side)
        if (const auto* other = std::get_if<ContractCall>(&side->call))
            known = check_kind(mapping, *contracts.find(mapping.contract_side), *other->operation, own);
    if (!known || !side || own.has_errors()) return diagnostics.add(own), nullptr;

    auto plan = std::make_unique<CompiledPlan>();
    plan->begin(mapping);
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
    check_repeatable(mapping, contracts.find(mapping.contract_side), own);
    if (bridged) check_bridge(mapping, *contracts.find(mapping.contract_side), *bridged->operation, said, own);

    plan->mix_files(side->files, contract.mark);
    plan->side_ = std::move(side);
    plan->paging_ = std::move(paging);
    diagnostics.add(mapping.shared ? once(own) : own);
    if (report) *report = plan->report_;
    if (own.has_errors()) return nullptr;
    return plan;
}

void CompiledPlan::begin(const Mapping& mapping) {
    mapping_ = mapping;
    name_ = mapping.name;
    contract_side_ = mapping.contract_side;
    system_ = mapping.system;
    call_name_ = mapping.call;
    mark_ = mapping.mark;
    faults_ = mapping.faults;
    report_.draft = mapping.draft;
}

void CompiledPlan::mix_files(const std::vector<std::string>& files, const SourceMark& contract) {
    fingerprint_ = 14695981039346656037ull;
    mix_file(fingerprint_, mapping_.file->path);
    mix(fingerprint_, name_);
    for (const auto& file : files) mix_file(fingerprint_, file);
    if (!contract.file.empty()) mix_file(fingerprint_, contract.file);
}

Result<Value> CompiledPlan::write(const Value& message, Builder& builder, PlanTrace* trace) const {
    if (!request_) return Value::object(nullptr, 0);
    if (!paging_) return run_transfer(*request_, message, message, builder, trace);
    auto asked = paging_->asked(message, builder);
    if (!asked) return asked;
    auto made = run_transfer(*request_, *asked, *asked, builder, trace);
    return made ? made : paging_->placed(std::move(made).error());
}

Result<Value> CompiledPlan::read(const Value& legacy, const Value& request, Builder& builder, PlanTrace* trace,
                                 DriftLog* drift) const {
    if (!reply_) return Value::null();
    auto made = run_transfer(*reply_, legacy, request, builder, trace, drift);
    if (!made || !paging_) return made;
    auto rows = side_->rows && legacy.is_array() ? std::optional<std::size_t>(legacy.size()) : std::nullopt;
    return paging_->page(*made, rows, request, builder);
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
    auto place = request_ ? source_pointer(*request_, legacy_pointer) : std::nullopt;
    return place && paging_ ? paging_->placed(std::move(*place)) : place;
}

std::optional<std::string> CompiledPlan::cursor(const Value& request, const Value& position) const {
    return paging_ ? std::optional(paging_->cursor(request, position)) : std::nullopt;
}

FaultVerdict CompiledPlan::fault(std::string_view code, const Value&) const {
    for (const auto& rule : faults_) {
        if (!meets(rule.code, code)) continue;
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
