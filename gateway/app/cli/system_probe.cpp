#include "gateway/app/cli/system_probe.hpp"

#include <filesystem>
#include <iostream>

#include "base/file.hpp"
#include "gateway/app/cli/client.hpp"
#include "gateway/app/loop.hpp"
#include "gateway/config/snapshot.hpp"
#include "mappings/formats/edi/receipt.hpp"
#include "mappings/formats/file_format.hpp"

namespace headgate::cli {
namespace {

constexpr milliseconds examination_takes_at_most{30'000};
constexpr std::size_t file_bytes_at_most = 16 << 20, files_at_most = 100'000;

Task<void> examine(System& system, std::vector<const Plan*> plans, std::optional<Result<Examination>>& out) {
    CallContext context;
    context.deadline = Deadline::in(examination_takes_at_most);
    out = co_await system.examine(std::move(plans), context);
}

Result<Examination> examine_live(SystemHost& host, const std::vector<const Plan*>& plans) {
    std::optional<Result<Examination>> out;
    Loop loop("probe");
    std::unique_ptr<System> system;
    loop.run_on([&] { system = host.for_worker(loop.http()); });
    loop.await_on([&]() { return examine(*system, plans, out); });
    loop.run_on([&] { system.reset(); });
    host.shut_down();
    loop.stop();
    return *out;
}

int fail(const std::string& message, const std::string& hint = {}) {
    std::cerr << "headgate: " << message << "\n";
    if (!hint.empty()) std::cerr << "  hint: " << hint << "\n";
    return Exit::usage;
}

// The file that the system wrote last into its outbox; empty when there is none, or the system exchanges no files.
std::string newest_file(const Config& config, const std::string& system) {
    namespace fs = std::filesystem;
    std::string newest;
    fs::file_time_type written;
    for (const SystemSpec& spec : config.systems) {
        const SourceNode* outbox =
            spec.name == system && spec.adapter == "files" ? spec.settings->find("outbox") : nullptr;
        if (!outbox) continue;
        std::error_code error;
        fs::directory_iterator entries(fs::path(spec.folder) / outbox->text, error), end;
        for (std::size_t seen = 0; !error && entries != end && seen < files_at_most; ++seen, entries.increment(error)) {
            auto time = entries->last_write_time(error);
            bool hidden = entries->path().filename().string().starts_with('.');
            if (error || hidden || !entries->is_regular_file(error) || (!newest.empty() && time <= written)) continue;
            newest = entries->path().string();
            written = time;
        }
    }
    return newest;
}

void add(Examined& out, const std::string& kind, const std::string& where, std::string is) {
    std::vector<std::string> path;
    for (std::size_t at = 0; !where.empty() && at != std::string::npos;) {
        auto slash = where.find('/', at);
        path.push_back(where.substr(at, slash == std::string::npos ? slash : slash - at));
        at = slash == std::string::npos ? slash : slash + 1;
    }
    out.changes.push_back({SystemChange::Part::request, {kind, std::move(path), "", std::move(is)}, 0});
}

// What is new or wrong in an interchange, as its guide sees it.
void told(const edi::Receipt& receipt, Examined& out) {
    for (const auto& entry : receipt.drift.entries())
        add(out, "added", entry.name.substr(entry.name.find(' ') + 1), "first in " + entry.first.text());
    receipt.each_finding([&](const edi::Finding& finding) { add(out, "refused", finding.subject, finding.text()); });
}

// In any other file, as its layout sees it.
void told(const FileReading& reading, Examined& out) {
    for (const auto& drift : reading.drift.all()) add(out, "added", drift.name, "first in " + drift.place);
    for (const auto& fault : reading.faults) add(out, "refused", "", fault.text);
}

}  // namespace

Result<Examination> examine_file(const std::string& path, const std::vector<const Plan*>& plans) {
    auto bytes = read_file(path, file_bytes_at_most);
    if (!bytes) return bytes.error();
    Examination out{path, {}};
    for (const Plan* plan : plans) {
        const auto* drop = std::get_if<FileDrop>(&plan->call());
        if (!drop || !drop->format) continue;
        auto reading = drop->format->read(*bytes);
        Examined examined{plan, {}};
        if (reading.receipt)
            told(*reading.receipt, examined);
        else
            told(reading, examined);
        out.plans.push_back(std::move(examined));
    }
    if (out.plans.empty()) return Error{ErrorKind::configuration, "no mapping of this system reads or writes files"};
    return out;
}

int system_probe(const SystemProbeOptions& options) {
    Diagnostics diagnostics;
    auto snapshot = load_snapshot(options.config, nullptr, diagnostics);
    if (!snapshot) {
        std::cerr << diagnostics.text();
        return Exit::usage;
    }
    auto host = snapshot->systems.find(options.system);
    if (host == snapshot->systems.end()) {
        std::vector<std::string_view> names;
        for (const auto& [known, ignored] : snapshot->systems) names.push_back(known);
        auto near = nearest(options.system, names);
        return fail(options.config + " has no system '" + options.system + "'",
                    near.empty() ? "" : "did you mean '" + near + "'?");
    }
    std::vector<const Plan*> plans;
    auto take = [&](const Plan& plan) {
        if (plan.system() == options.system) plans.push_back(&plan);
    };
    for (const auto& plan : snapshot->plans->plans()) {
        const auto* calls = std::get_if<StepCalls>(&plan->call());
        if (!calls) take(*plan);
        for (const auto& step : calls ? calls->steps : std::vector<std::shared_ptr<const CallStep>>())
            take(step->plan());
    }
    if (plans.empty())
        return fail("no mapping speaks to '" + options.system + "': there is nothing to hold it against");
    std::string file = options.file.empty() ? newest_file(snapshot->config, options.system) : options.file;
    auto examination = file.empty() ? examine_live(*host->second, plans) : examine_file(file, plans);
    if (!examination) {
        const Error& error = examination.error();
        bool files = error.kind == ErrorKind::configuration && file.empty();
        return fail(options.system + ": " + error.message + (error.detail.empty() ? "" : ": " + error.detail),
                    files ? "--file FILE: one that the system wrote" : "");
    }
    std::cout << (options.output == "json" ? probe_json(options.system, *examination)
                                           : probe_text(options.system, *examination));
    for (const Examined& examined : examination->plans)
        if (!examined.changes.empty()) return Exit::findings;
    return Exit::ok;
}

}  // namespace headgate::cli
