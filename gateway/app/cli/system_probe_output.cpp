// The report of `headgate system probe`, for people and for programs.
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "gateway/app/cli/system_probe.hpp"

namespace headgate::cli {
namespace {

using nlohmann::json;
using Part = SystemChange::Part;

std::string place_of(const SystemChange& change) {
    std::string out = change.part == Part::request ? "request" : change.part == Part::answer ? "answer" : "call";
    for (const auto& step : change.change.path) out += (&step == &change.change.path.front() ? " " : "/") + step;
    return out;
}

// What becomes of it, in words.
std::string words(const SystemChange& change) {
    const auto& [kind, path, was, is] = change.change;
    static const std::map<std::string, std::string> sayings{{"added", "is new"},
                                                            {"gone", "is gone"},
                                                            {"name", "is called otherwise"},
                                                            {"type", "is of another type"},
                                                            {"narrower", "is narrower"},
                                                            {"wider", "is wider"},
                                                            {"places", "has other decimal places"},
                                                            {"required", "is required now"},
                                                            {"optional", "may be absent now"},
                                                            {"list", "is a list now"},
                                                            {"single", "is no list any more"},
                                                            {"null", "may be null now"},
                                                            {"not-null", "is never null now"},
                                                            {"code-added", "has a new code"},
                                                            {"code-gone", "lacks a code"},
                                                            {"namespace", "is in another namespace"},
                                                            {"order", "stands in another order"},
                                                            {"types", "has other types"},
                                                            {"operation-gone", "is gone"},
                                                            {"action", "has another action"},
                                                            {"one-way", "answers otherwise"},
                                                            {"version", "is bound to another version"},
                                                            {"refused", "is refused"}};
    auto saying = sayings.find(kind);
    std::string out = saying == sayings.end() ? kind : saying->second;
    if (!was.empty() && !is.empty()) return out + ": was " + was + ", is " + is;
    if (!was.empty()) return out + ": was " + was;
    return is.empty() ? out : out + ": " + is;
}

// Where it is felt in the mapping: rules, a statement, else the mapping itself.
std::vector<SourceMark> hits(const Plan& plan, const SystemChange& change) {
    std::vector<SourceMark> out;
    if (change.line > 0)
        out.push_back({plan.mark().file, change.line, 0});
    else if (change.part != Part::call)
        out = plan.rules_of(change.part == Part::answer, change.change.path);
    if (out.empty()) out.push_back(plan.mark());
    return out;
}

std::string text(const SourceMark& mark, bool whole) {
    auto file = whole ? mark.file : std::filesystem::path(mark.file).filename().string();
    return file + ":" + std::to_string(mark.line);
}

}  // namespace

std::string probe_text(const std::string& system, const Examination& examination) {
    std::string out = system + (examination.at.empty() ? "" : "  " + examination.at) + "\n";
    for (const Examined& examined : examination.plans) {
        auto count = examined.changes.size();
        out += "  " + examined.plan->name() +
               (count == 0 ? "  same\n"
                           : "  " + std::to_string(count) + (count == 1 ? " difference\n" : " differences\n"));
        for (const SystemChange& change : examined.changes) {
            out += "    " + place_of(change) + " " + words(change) + "  (";
            for (const auto& mark : hits(*examined.plan, change))
                out += (out.ends_with('(') ? "" : ", ") + text(mark, false);
            out += ")\n";
        }
    }
    return out;
}

std::string probe_json(const std::string& system, const Examination& examination) {
    json mappings = json::array();
    bool same = true;
    for (const Examined& examined : examination.plans) {
        json differences = json::array();
        for (const SystemChange& change : examined.changes) {
            std::string path;
            for (const auto& step : change.change.path) path += (path.empty() ? "" : "/") + step;
            json rules = json::array();
            for (const auto& mark : hits(*examined.plan, change)) rules.push_back(text(mark, true));
            json one{{"kind", change.change.kind},
                     {"in", change.part == Part::request  ? "request"
                            : change.part == Part::answer ? "answer"
                                                          : "call"},
                     {"rules", std::move(rules)}};
            if (!path.empty()) one["path"] = path;
            if (!change.change.was.empty()) one["was"] = change.change.was;
            if (!change.change.is.empty()) one["is"] = change.change.is;
            differences.push_back(std::move(one));
        }
        same = same && differences.empty();
        mappings.push_back({{"map", examined.plan->name()},
                            {"at", text(examined.plan->mark(), true)},
                            {"same", differences.empty()},
                            {"differences", std::move(differences)}});
    }
    json out{{"system", system}, {"same", same}, {"mappings", std::move(mappings)}};
    if (!examination.at.empty()) out["at"] = examination.at;
    // A driver's words may be in any charset.
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace headgate::cli
