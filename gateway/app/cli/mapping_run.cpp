#include "gateway/app/cli/mapping_run.hpp"

#include <ctime>
#include <fstream>
#include <iostream>
#include <system_error>

#include "base/clock.hpp"
#include "contracts/registry/request_check.hpp"
#include "gateway/app/cli/client.hpp"
#include "gateway/app/cli/contract_folders.hpp"
#include "gateway/app/cli/file_watch.hpp"
#include "mappings/plan/steps/step_progress.hpp"

namespace headgate::cli {
namespace {

void add_issues(MappingOutcome& out, const std::string& of, const std::vector<SchemaIssue>& issues) {
    for (const auto& issue : issues) out.problems.push_back({of, issue.pointer, issue.message, issue.schema});
}

void add_error(MappingOutcome& out, const std::string& of, const Error& error) {
    out.problems.push_back({of, error.pointer, error.detail.empty() ? error.message : error.detail, {}});
}

// The component that a mapping carries on; nullptr: its contract side is an operation.
const Schema* component_of(const Registry& contracts, const Plan& plan) {
    const auto& side = plan.contract_side();
    auto slash = side.find('/');
    return contracts.find_schema(side.substr(0, slash), side.substr(slash + 1));
}

// Each answer is of a step. False after a diagnostic.
bool hold_answers(MappingOutcome& out, const std::string& of) {
    auto refuse = [&](std::string message, std::string hint) {
        return out.diagnostics.error({of, 1, 1}, std::move(message), std::move(hint)), false;
    };
    const auto* calls = std::get_if<StepCalls>(&out.plan->call());
    if (!calls) return refuse("this mapping has no steps whose answers there could be", "leave --answers out");
    if (!out.answers.value->is_object())
        return refuse("the answers are an object by the steps' names", "{ orders: ... }");
    std::vector<std::string_view> names;
    for (const auto& step : calls->steps) names.push_back(step->name());
    for (const auto& member : out.answers.value->members()) {
        if (std::find(names.begin(), names.end(), member.key) != names.end()) continue;
        auto near = nearest(member.key, names);
        return refuse("no step is named '" + std::string(member.key) + "'",
                      near.empty() ? "" : "did you mean '" + near + "'?");
    }
    return true;
}

void hold_request(MappingOutcome& out, const std::string& of, const Value& message) {
    std::vector<SchemaIssue> issues;
    if (const auto* operation = out.contracts->find(out.plan->contract_side()))
        check_request(*operation, message, out.arena, issues);
    else if (const auto* component = component_of(*out.contracts, *out.plan))
        component->validate(message, &issues);
    add_issues(out, of, issues);
}

std::string means(const FaultVerdict& verdict) {
    switch (verdict.outcome) {
        case FaultVerdict::Outcome::rejected: return "rejected " + verdict.code;
        case FaultVerdict::Outcome::retry: return "retry";
        case FaultVerdict::Outcome::failed: break;
    }
    return "failed";
}

std::string utc_now(const char* pattern) {
    auto now = std::chrono::system_clock::to_time_t(system_clock().wall_now());
    std::tm parts{};
    gmtime_r(&now, &parts);
    char text[16];
    return {text, std::strftime(text, sizeof text, pattern, &parts)};
}

}  // namespace

int MappingOutcome::exit() const {
    if (diagnostics.has_errors()) return Exit::usage;
    return problems.empty() ? Exit::ok : Exit::findings;
}

MappingRunner::MappingRunner(MappingRunOptions options) : options_(std::move(options)) {
    if (auto hash = options_.mapping.find('#'); hash != std::string::npos && options_.name.empty()) {
        options_.name = options_.mapping.substr(hash + 1);
        options_.mapping.resize(hash);
    }
    folders_ = contract_folders(options_.contracts, of_contracts_);
}

std::unique_ptr<MappingOutcome> MappingRunner::run() {
    auto out = std::make_unique<MappingOutcome>();
    if (!contracts_ && !folders_.empty()) {
        of_contracts_ = {};
        contracts_ = load_contracts(folders_, of_contracts_);
    }
    out->contracts = contracts_;
    out->diagnostics.add(of_contracts_);
    if (!out->diagnostics.has_errors())
        out->plan = load_mapping(options_.mapping, options_.name, *out->contracts, out->diagnostics);
    if (!out->plan) return out;
    const auto* file = std::get_if<FileDrop>(&out->plan->call());
    if (file && !file->writes) options_.reverse = true;  // there is one way
    if (options_.reverse && file && !file->reads)
        out->diagnostics.error({options_.mapping, 0, 0}, "this mapping writes its files: nothing is read",
                               "'<->' in map: for both directions");
    else
        options_.reverse ? read(*out) : write(*out);
    return out;
}

void MappingRunner::write(MappingOutcome& out) const {
    read_document(options_.input, out.input, out.diagnostics);
    if (!out.input.value) return;
    const Value& message = *out.input.value;
    hold_request(out, options_.input, message);
    if (!options_.answers.empty()) {
        read_document(options_.answers, out.answers, out.diagnostics);
        if (out.answers.value && !hold_answers(out, options_.answers)) return;
    }
    Builder builder(out.arena);
    if (const auto* calls = std::get_if<StepCalls>(&out.plan->call()); calls && out.answers.value) {
        auto written =
            mappings::write_steps(*calls, message, *out.answers.value, builder, options_.trace ? &out.trace : nullptr);
        if (!written) return add_error(out, options_.input, written.error());
        out.document = *written;
        return;
    }
    auto legacy =
        options_.trace ? out.plan->trace_to_legacy(message, builder, out.trace) : out.plan->to_legacy(message, builder);
    if (!legacy) return add_error(out, options_.input, legacy.error());
    out.document = *legacy;
    auto bytes = write_legacy(*out.plan, *legacy);
    bytes ? void(out.bytes = std::move(*bytes)) : add_error(out, options_.input, bytes.error());
}

void MappingRunner::read(MappingOutcome& out) const {
    if (!options_.request.empty()) read_document(options_.request, out.request, out.diagnostics);
    auto answer = read_legacy(*out.plan, options_.input, out.input, out.diagnostics);
    if (!answer || out.diagnostics.has_errors()) return;
    if (!*answer) return add_error(out, options_.input, answer->error());
    LegacyAnswer& legacy = **answer;
    if (legacy.fault) {
        out.fault = legacy.fault_code + (legacy.fault_text.empty() ? "" : ": " + legacy.fault_text);
        out.fault_means = means(out.plan->fault(legacy.fault_code, legacy.document));
    } else if (legacy.file) {
        out.file = std::move(legacy.file);
        read_file(out);
    } else {
        out.drift = std::move(legacy.drift);
        out.document = read_one(out, legacy.document, "the message");
    }
}

// Nothing after a problem.
std::optional<Value> MappingRunner::read_one(MappingOutcome& out, const Value& legacy, const std::string& of) const {
    Builder builder(out.arena);
    Value request = out.request.value.value_or(Value());
    auto message = options_.trace ? out.plan->trace_to_contract(legacy, request, builder, out.trace, &out.drift)
                                  : out.plan->to_contract(legacy, request, builder, &out.drift);
    if (!message) return add_error(out, of == "the message" ? options_.input : of, message.error()), std::nullopt;
    if (std::holds_alternative<FileDrop>(out.plan->call())) {  // the file is the message itself
        hold_request(out, of, *message);
        return *message;
    }
    const auto* operation = out.contracts->find(out.plan->contract_side());
    const auto* schema = operation ? operation->response_schema(operation->success_status) : nullptr;
    std::vector<SchemaIssue> issues;
    if (schema) schema->validate(*message, &issues);
    add_issues(out, of, issues);
    return *message;
}

void MappingRunner::read_file(MappingOutcome& out) const {
    for (const auto& fault : out.file->faults)
        if (fault.tolerated)
            out.diagnostics.warning({options_.input, 0, 0}, fault.text, "let pass");
        else
            out.problems.push_back({options_.input, {}, fault.text, {}});
    out.drift = out.file->drift;
    for (const auto& one : out.file->documents) {
        auto message = read_one(out, one.document, one.place.empty() ? "the message" : one.place);
        if (message) out.messages.push_back({one.place, *message});
    }
    const auto& format = *std::get<FileDrop>(out.plan->call()).format;
    auto answers = format.acknowledge(*out.file, utc_now("%Y%m%d"), utc_now("%H%M"), 1);
    if (!answers) return add_error(out, options_.input, answers.error());
    out.acknowledgements = std::move(*answers);
    if (options_.acknowledgement.empty()) return;
    std::ofstream to(options_.acknowledgement, std::ios::binary);
    for (const auto& answer : out.acknowledgements) to << answer;
    to.close();
    if (!to) out.diagnostics.error({options_.acknowledgement, 0, 0}, "this file can't be written");
}

int mapping_run(const MappingRunOptions& options) {
    MappingRunner runner(options);
    std::optional<FileWatch> watch;
    try {
        if (options.watch) watch.emplace();
    } catch (const std::system_error& error) {
        std::cerr << "files can't be watched: " << error.what() << "\n";
        return Exit::usage;
    }
    for (;;) {
        // Before anything is read: no change is missed.
        if (watch) watch->watch(runner.files(), runner.folders());
        auto outcome = runner.run();
        std::cerr << run_faults(*outcome) << std::flush;
        std::cout << (options.output == "json" ? run_json(*outcome, runner.options(), options.watch)
                                               : run_text(*outcome, runner.options()))
                  << std::flush;
        if (!watch) return outcome->exit();
        outcome.reset();
        watch->watch(runner.files(), runner.folders());  // what the contracts refer to is known now
        auto paths = watch->wait();
        if (paths.empty()) return Exit::ok;
        if (options.output == "text") std::cout << "\n--- " << paths.front() << " has changed\n" << std::flush;
        runner.changed(paths);
    }
}

}  // namespace headgate::cli
