// Reads the cases beside a mapping and runs them through its plan.
#include "mappings/plan/cases.hpp"

#include <algorithm>
#include <filesystem>

#include "base/file.hpp"
#include "contracts/document/json.hpp"
#include "contracts/document/source_value.hpp"
#include "mappings/formats/drift.hpp"
#include "mappings/plan/api_call.hpp"
#include "mappings/plan/exact.hpp"
#include "mappings/plan/file_drop.hpp"
#include "mappings/plan/steps/step_progress.hpp"

namespace headgate {

namespace {

constexpr std::size_t most_case_bytes = 16 << 20;

void put(const SourceNode& node, Builder& builder) {
    switch (node.kind) {
        case SourceKind::null: return builder.null();
        case SourceKind::sequence:
            builder.begin_array();
            for (const auto& item : node.items) put(item, builder);
            return builder.end_array();
        case SourceKind::mapping:
            builder.begin_object();
            for (const auto& entry : node.entries) {
                builder.key(entry.key);
                put(entry.value, builder);
            }
            return builder.end_object();
        case SourceKind::scalar: break;
    }
    const auto& text = node.text;
    if (auto flag = boolean_of(node)) return builder.boolean(*flag);
    bool number = !node.quoted && text.front() != '+' && text.front() != '.' && mappings::parse_exact(text);
    number ? builder.number(text) : builder.string(text);
}

std::string kind_name(ErrorKind kind) {
    switch (kind) {
        case ErrorKind::bad_answer: return "bad_answer";
        case ErrorKind::invalid_message: return "invalid_message";
        case ErrorKind::rejected: return "rejected";
        default: return "another kind";
    }
}

// A case names a position where callers send a cursor, and a position is no text.
Value with_cursor(const Value& message, std::string_view name, const Value& request, const Plan& plan,
                  Builder& builder) {
    const Value* position = message.find(name);
    if (!position || position->is_string()) return message;
    auto cursor = plan.cursor(request, *position);
    if (!cursor) return message;
    return with_member(message, {name, Value::string(builder.arena().copy(*cursor))}, builder);
}

struct CaseRun {
    const SourceFile& file;
    const SourceNode& node;
    const Plan& plan;
    Diagnostics& diagnostics;
    std::string name;
    Value request = {};

    bool fail(std::string message) const {
        diagnostics.error(file.mark(node), "case '" + name + "': " + std::move(message));
        return false;
    }

    // The result against `wanted`, or against `fails:`.
    bool check(const Result<Value>& result, const SourceNode* wanted, const SourceNode* fails,
               std::string_view what) const {
        if (fails) {
            if (result) return fail(std::string(what) + " should fail, and gives " + to_json(*result));
            const auto& error = result.error();
            auto told = [&](std::string_view key, const std::string& got, bool whole) {
                const auto* want = fails->find(key);
                if (!want || (whole ? got == want->text : got.find(want->text) != std::string::npos)) return true;
                return fail(std::string(key) + " should be '" + want->text + "', and is '" + got + "'");
            };
            return told("kind", kind_name(error.kind), true) && told("code", error.code, true) &&
                   told("pointer", error.pointer, true) && told("detail", error.detail, false);
        }
        if (!result) return fail(std::string(what) + " fails: " + error_text(result.error()));
        Arena arena;
        Builder builder(arena);
        Value document = wanted ? to_document(*wanted, builder) : Value();
        auto expected = to_json(with_cursor(document, "nextCursor", request, plan, builder));
        auto got = to_json(*result);
        return got == expected || fail(std::string(what) + "\n  should give " + expected + "\n  and gives   " + got);
    }
    // What is told of the answer, against `drift:`; none is to be told of an answer that says nothing of it.
    bool check_drift(const DriftLog& drift) const {
        std::vector<std::string> wanted, got;
        if (const auto* list = node.find("drift")) {
            for (const auto& one : list->items) {
                auto text = [&](std::string_view key) {
                    const auto* value = one.find(key);
                    return value ? value->text : std::string();
                };
                wanted.push_back(text("kind") + " " + text("path"));
                if (one.find("example")) wanted.back() += " '" + text("example") + "'";
            }
            if (!list->is_sequence() || wanted.empty())
                return fail("drift: is a list of { kind: element, path: pos/rabatt }");
        }
        for (const Drift& seen : drift.all()) {
            got.push_back(seen.kind + " " + seen.name);
            auto with_example = got.back() + " '" + seen.example + "'";
            if (std::find(wanted.begin(), wanted.end(), with_example) != wanted.end()) got.back() = with_example;
        }
        if (got == wanted) return true;
        auto shown = [](const std::vector<std::string>& all) {
            std::string out;
            for (const auto& one : all) out += (out.empty() ? "" : ", ") + one;
            return out.empty() ? std::string("nothing") : out;
        };
        return fail("the drift should be " + shown(wanted) + ", and is " + shown(got));
    }
    static std::string error_text(const Error& error) {
        return error.detail.empty() ? error.message : error.detail + " at '" + error.pointer + "'";
    }
};

// `request` and `file`: what is written, byte for byte.
bool run_written_file(const CaseRun& run, const Plan& plan, const FileDrop& drop, const Value& message,
                      const std::string& bytes, const SourceNode* fails) {
    Arena arena;
    Builder builder(arena);
    auto legacy = plan.to_legacy(message, builder);
    if (!legacy) return run.check(legacy, nullptr, fails, "the request");
    auto head = drop_head(drop, *legacy);
    auto written = head ? drop.format->write(*legacy, head->envelope) : head.error();
    if (!written || fails)
        return run.check(written ? Result<Value>(*legacy) : Result<Value>(written.error()), nullptr, fails, "the file");
    if (*written == bytes) return true;
    auto differ = std::mismatch(written->begin(), written->end(), bytes.begin(), bytes.end()).first - written->begin();
    return run.fail("the file differs from byte " + std::to_string(differ) + " on: it is written as\n" + *written);
}

// `file` and `reads`: the messages in it, one or a list; and `fails`: the first thing that is wrong.
bool run_read_file(const CaseRun& run, const Plan& plan, const FileDrop& drop, const std::string& bytes,
                   const SourceNode* fails) {
    auto reading = drop.format->read(bytes);
    DriftLog drift = reading.drift;
    Arena arena;
    Builder builder(arena);
    std::string got, expected, fault;
    for (const auto& one : reading.faults)
        if (!one.tolerated && fault.empty()) fault = one.text;
    for (const auto& one : reading.documents) {
        auto message = plan.to_contract(one.document, Value(), builder, &drift);
        if (message)
            got += "\n  " + to_json(*message);
        else if (fault.empty() && fails)
            return run.check(message, nullptr, fails, "the file");
        else if (fault.empty())
            fault = CaseRun::error_text(message.error());
    }
    const auto* detail = fails ? fails->find("detail") : nullptr;
    if (fails ? !detail || fault.empty() || fault.find(detail->text) == std::string::npos : !fault.empty())
        return run.fail(fault.empty() ? "the file should be refused, and gives" + got
                                      : "the file is refused: " + fault);
    const auto* reads = run.node.find("reads");
    if (!reads) return fails || run.fail("give reads: with the messages of the file");
    auto add = [&](const SourceNode& node) { expected += "\n  " + to_json(to_document(node, builder)); };
    if (reads->is_sequence())
        for (const auto& item : reads->items) add(item);
    else
        add(*reads);
    if (got != expected) return run.fail("the file\n should give" + expected + "\n and gives" + got);
    return fails || run.check_drift(drift);
}

bool run_file_case(const CaseRun& run, const Plan& plan, const SourceNode& file, const SourceNode* request,
                   const SourceNode* fails) {
    const auto* drop = std::get_if<FileDrop>(&plan.call());
    if (!drop) return run.fail("'file' is of mappings whose system speaks in files");
    auto path = std::filesystem::path(run.file.path).parent_path() / file.text;
    auto bytes = read_file(path.string(), most_case_bytes);
    if (!bytes) return run.fail("the file '" + file.text + "' can't be read");
    if (!request) return run_read_file(run, plan, *drop, *bytes, fails);
    Arena arena;
    Builder builder(arena);
    Value message = to_document(*request, builder);
    return run_written_file(run, plan, *drop, message, *bytes, fails);
}

// `answers:` has those of the steps, `writes:` what they were asked.
bool run_steps(const CaseRun& run, const Plan& plan, const StepCalls& calls, const Value& message, Builder& builder) {
    const auto *answers = run.node.find("answers"), *writes = run.node.find("writes"), *reads = run.node.find("reads"),
               *fails = run.node.find("fails");
    if (!writes && !reads && !fails) return run.fail("give writes:, reads: or fails:, and answers: of the steps");
    Value legacy = answers ? to_document(*answers, builder) : Value();
    auto written = mappings::write_steps(calls, message, legacy, builder, nullptr);
    if (!written && fails) return run.check(written, nullptr, fails, "a request");
    if (writes && !run.check(written, writes, nullptr, "the requests")) return false;
    if (!reads && !fails) return true;
    DriftLog drift;
    auto result = plan.to_contract(legacy, message, builder, &drift);
    return run.check(result, reads, fails, "the answers") && (fails || run.check_drift(drift));
}

// Of a JSON API: an answer of success that `faults:` names is none.
std::optional<Error> refused_answer(const Plan& plan, const Value& answer, Builder& builder) {
    const auto* call = std::get_if<ApiCall>(&plan.call());
    if (!call) return std::nullopt;
    const auto& api = *call->operation;
    return refused_with_success(plan, *call, api.operation.success_status, body_of(api, answer, builder));
}

bool run_case(CaseRun& run, const Plan& plan) {
    Arena arena;
    Builder builder(arena);
    const auto* request = run.node.find("request");
    const auto* answer = run.node.find("answer");
    const auto* fault = run.node.find("fault");
    const auto* fails = run.node.find("fails");
    if (fault) {
        auto verdict = plan.fault(fault->text, Value());
        std::string got = verdict.outcome == FaultVerdict::Outcome::rejected ? "rejected " + verdict.code
                          : verdict.outcome == FaultVerdict::Outcome::retry  ? "retry"
                                                                             : "failed";
        const auto* means = run.node.find("means");
        return (means && means->text == got) || run.fail("the fault means " + got);
    }
    if (const auto* file = run.node.find("file")) return run_file_case(run, plan, *file, request, fails);
    Value message = request ? to_document(*request, builder) : Value();
    message = run.request = with_cursor(message, "cursor", message, plan, builder);
    if (const auto* calls = std::get_if<StepCalls>(&plan.call())) return run_steps(run, plan, *calls, message, builder);
    if (answer) {
        Value legacy = to_document(*answer, builder);
        DriftLog drift;
        auto refused = refused_answer(plan, legacy, builder);
        auto result = refused ? Result<Value>(std::move(*refused)) : plan.to_contract(legacy, message, builder, &drift);
        return run.check(result, run.node.find("reads"), fails, "the answer") && (fails || run.check_drift(drift));
    }
    if (!request) return run.fail("give request: with writes:, answer: with reads:, or fault: with means:");
    auto legacy = plan.to_legacy(message, builder);
    if (const auto* call = std::get_if<ApiCall>(&plan.call()); call && legacy)
        if (auto written = write_api_call(plan, *call, *legacy); !written) legacy = std::move(written).error();
    return run.check(legacy, run.node.find("writes"), fails, "the request");
}

const Plan* find_mapping(const std::string& text, const PlanSet& plans) {
    auto dot = text.find('.');
    return dot == std::string::npos ? nullptr : plans.find_call(text.substr(0, dot), text.substr(dot + 1));
}

// By the version that is served by it.
const Plan* find_bridge(const std::string& from, const PlanSet& plans) {
    for (const auto& plan : plans.plans())
        if (plan->contract_side() == from && std::holds_alternative<ContractCall>(plan->call())) return plan.get();
    return nullptr;
}

}  // namespace

Value to_document(const SourceNode& node, Builder& builder) {
    put(node, builder);
    return builder.take();
}

std::vector<CaseCount> run_cases(const std::string& path, const PlanSet& plans, Diagnostics& diagnostics,
                                 const std::set<std::string>& refused) {
    std::vector<CaseCount> counts;
    auto file = read_source(path, diagnostics);
    if (!file) return {{path, 0, 1}};
    for (const auto& document : file->documents) {
        const auto* map = document.find("map");
        const auto* bridge = document.find("bridge");
        const auto* cases = document.find("cases");
        CaseCount count{map ? map->text : bridge ? bridge->text : path};
        if (refused.contains(count.call)) continue;
        const Plan* plan = map ? find_mapping(map->text, plans) : bridge ? find_bridge(bridge->text, plans) : nullptr;
        if (!plan || !cases || !cases->is_sequence()) {
            diagnostics.error(file->mark(map ? *map : document), "a file of cases names its mapping and lists cases",
                              "map: shop.orderCreate, or bridge: inventory.v1/getAvailability");
            ++count.failed;
        } else {
            for (const auto& node : cases->items) {
                ++count.run;
                const auto* name = node.find("name");
                CaseRun run{*file, node, *plan, diagnostics, name ? name->text : "unnamed"};
                if (!run_case(run, *plan)) ++count.failed;
            }
        }
        counts.push_back(std::move(count));
    }
    return counts;
}

std::vector<std::string> case_files(const std::string& folder) {
    std::vector<std::string> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().string().ends_with(".cases.yaml")) files.push_back(entry.path().string());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace headgate
