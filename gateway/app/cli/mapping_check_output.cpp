// The report of `headgate mapping check`, for people and for programs.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "gateway/app/cli/mapping_check.hpp"

namespace headgate::cli {
namespace {

using nlohmann::json;

constexpr Law laws[] = {Law::exact, Law::normalising, Law::updating, Law::one_way};

std::string listed(const std::vector<std::pair<int, std::string>>& counts) {
    std::string out;
    for (const auto& [count, what] : counts)
        if (count > 0) out += (out.empty() ? "" : ", ") + std::to_string(count) + " " + what;
    return out;
}

std::string told(const MappingReport::Side& side) {
    auto kinds =
        listed({{side.mapped, "mapped"}, {side.computed, "computed"}, {side.set, "set"}, {side.dropped, "dropped"}});
    return std::to_string(side.accounted()) + "/" + std::to_string(side.total) + " accounted" +
           (kinds.empty() ? "" : " (" + kinds + ")");
}

// file:line:column without the folders, which the mapping's own place says.
std::string place(const SourceMark& mark) {
    auto out = std::filesystem::path(mark.file).filename().string();
    return mark.line == 0 ? out : out + ":" + std::to_string(mark.line) + ":" + std::to_string(mark.column);
}

void tell_diagnostics(const Diagnostics& diagnostics, std::string& out) {
    auto sorted = diagnostics.all();
    std::stable_sort(sorted.begin(), sorted.end(), [](const Diagnostic& a, const Diagnostic& b) {
        return std::tie(a.mark.file, a.mark.line, a.mark.column) < std::tie(b.mark.file, b.mark.line, b.mark.column);
    });
    for (const auto& one : sorted)
        out += "  " + place(one.mark) + "  " + (one.error ? "" : "warning: ") + one.message +
               (one.hint.empty() ? "" : " (" + one.hint + ")") + "\n";
}

void tell_unmapped(const char* side, const std::vector<std::string>& paths, std::string& out) {
    if (paths.empty()) return;
    out += std::string("  unmapped ") + side + ": ";
    for (const auto& path : paths) out += (&path == &paths.front() ? "" : ", ") + path;
    out += "\n";
}

std::string told(const std::optional<mappings::RoundTripResult>& result, const char* done) {
    if (!result) return {};
    return std::to_string(result->documents) + " " + done + " (" + std::to_string(result->refused) + " refused)";
}

void tell_documents(const CheckedMapping& one, std::string& out) {
    if (!one.request && !one.reply) return;
    auto written = told(one.request, "written"), read = told(one.reply, "read");
    bool broken = (one.request && one.request->failure) || (one.reply && one.reply->failure);
    out += "  documents: " + written + (written.empty() || read.empty() ? "" : ", ") + read +
           (broken                                                 ? ""
            : fits_nothing(one.request) || fits_nothing(one.reply) ? ": none fits"
                                                                   : ", laws hold") +
           "\n";
    for (const auto* result : {&one.request, &one.reply})
        if (*result && (*result)->failure) out += "  " + (*result)->failure->text() + "\n";
}

json documents_json(const std::optional<mappings::RoundTripResult>& result) {
    if (!result) return nullptr;
    json out{{"documents", result->documents}, {"refused", result->refused}};
    if (const auto& failure = result->failure)
        out["failure"] = {{"seed", failure->seed},          {"file", failure->mark.file}, {"line", failure->mark.line},
                          {"column", failure->mark.column}, {"rule", failure->rule},      {"what", failure->what},
                          {"document", failure->document}};
    return out;
}

json side_json(const MappingReport::Side& side) {
    return {{"accounted", side.accounted()}, {"total", side.total}, {"mapped", side.mapped},
            {"computed", side.computed},     {"set", side.set},     {"dropped", side.dropped},
            {"unmapped", side.unmapped}};
}

json mark_json(const SourceMark& mark) { return {{"file", mark.file}, {"line", mark.line}, {"column", mark.column}}; }

json diagnostics_json(const Diagnostics& diagnostics) {
    json out = json::array();
    for (const auto& one : diagnostics.all()) {
        auto told = mark_json(one.mark);
        told["severity"] = one.error ? "error" : "warning";
        told["message"] = one.message;
        told["hint"] = one.hint;
        out.push_back(std::move(told));
    }
    return out;
}

json mapping_json(const CheckedMapping& one) {
    const auto& check = one.check;
    const auto& report = check.report;
    json rules = json::array(), drops = json::array(), counts = json::object();
    for (const auto& rule : report.rules) {
        auto told = mark_json(rule.mark);
        told["rule"] = rule.text;
        told["section"] = rule.request ? "request" : "reply";
        told["law"] = name(rule.law);
        rules.push_back(std::move(told));
    }
    for (const auto& drop : report.drops) {
        auto told = mark_json(drop.mark);
        told[drop.contract ? "contract" : "legacy"] = drop.path;
        told["why"] = drop.why;
        if (!drop.until.empty()) told["until"] = drop.until;
        drops.push_back(std::move(told));
    }
    for (auto law : laws) counts[std::string(name(law))] = report.count(law);
    auto out = mark_json(check.mark);
    out["mapping"] = check.name;
    out["good"] = one.good();
    out["draft"] = report.draft;
    out["contract"] = side_json(report.contract);
    out["legacy"] = side_json(report.legacy);
    out["laws"] = std::move(counts);
    out["rules"] = std::move(rules);
    out["drops"] = std::move(drops);
    out["diagnostics"] = diagnostics_json(check.diagnostics);
    out["cases"] = {{"run", one.cases}, {"failed", one.cases_failed}};
    out["documents"] = {{"request", documents_json(one.request)}, {"reply", documents_json(one.reply)}};
    return out;
}

}  // namespace

bool MappingFindings::good() const {
    return !cases.has_errors() &&
           std::all_of(mappings.begin(), mappings.end(), [](const auto& one) { return one.good(); });
}

std::string as_table(const MappingFindings& findings) {
    std::string out;
    for (const auto& one : findings.mappings) {
        const auto& report = one.check.report;
        out += one.check.name;
        if (report.contract.total + report.legacy.total > 0)
            out += "  contract " + told(report.contract) + "  legacy " + told(report.legacy);
        out += std::string(" -> ") + (!one.good() ? "FAIL" : report.draft ? "draft" : "ok") + "\n";
        tell_diagnostics(one.check.diagnostics, out);
        tell_unmapped("contract", report.contract.unmapped, out);
        tell_unmapped("legacy", report.legacy.unmapped, out);
        std::vector<std::pair<int, std::string>> counts;
        for (auto law : laws) counts.emplace_back(report.count(law), name(law));
        if (auto kept = listed(counts); !kept.empty()) out += "  laws: " + kept + "\n";
        if (one.check.plan)
            out += "  cases: " + std::to_string(one.cases - one.cases_failed) + " of " + std::to_string(one.cases) +
                   " hold\n";
        tell_documents(one, out);
    }
    if (!findings.cases.all().empty()) out += findings.cases.text();
    return out;
}

std::string as_json(const MappingFindings& findings) {
    json all = json::array();
    for (const auto& one : findings.mappings) all.push_back(mapping_json(one));
    return json{{"good", findings.good()}, {"mappings", std::move(all)}, {"cases", diagnostics_json(findings.cases)}}
               .dump(2, ' ', false, json::error_handler_t::replace) +
           "\n";
}

}  // namespace headgate::cli
