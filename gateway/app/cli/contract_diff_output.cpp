// The changes for people and for programs.
#include <nlohmann/json.hpp>

#include "gateway/app/cli/contract_diff.hpp"

namespace headgate::cli {
namespace {

using nlohmann::json;

// Names come from files that may hold anything: no control character reaches a terminal.
std::string shown(std::string_view text) {
    std::string out;
    for (char c : text) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    return out;
}

std::string place(const SourceMark& mark) {
    std::string out = mark.file;
    if (mark.line > 0) out += ':' + std::to_string(mark.line) + ':' + std::to_string(mark.column);
    return out;
}

std::string callers_line(const ReportedChange& one) {
    if (!one.callers) return {};
    if (one.callers->empty())
        return std::string(name(one.change.level)) + ", but no caller uses it (as far as is recorded)";
    std::string out = "callers: ";
    for (const auto& caller : *one.callers) out += (out.size() > 9 ? ", " : "") + caller;
    return out;
}

// A line a mapping, with its legacy fields and the places of their rules; they come sorted by mapping.
std::string mapping_lines(const std::vector<TouchedMapping>& mappings) {
    std::string out;
    for (std::size_t i = 0; i < mappings.size(); ++i) {
        const auto& one = mappings[i];
        bool first = i == 0 || mappings[i - 1].mapping != one.mapping;
        if (first) out += "    mapping " + one.mapping + ": ";
        out += (first ? "" : ", ") + one.legacy + " (" +
               (first ? place(one.mark) : ":" + std::to_string(one.mark.line)) + ")";
        if (i + 1 == mappings.size() || mappings[i + 1].mapping != one.mapping) out += "\n";
    }
    return out;
}

std::string entry(const ReportedChange& one) {
    const auto& change = one.change;
    std::string head = "  " + (change.operation.empty() ? change.contract : change.operation);
    if (!change.where.empty()) head += "  " + change.where;
    if (!change.path.empty()) head += "  " + change.path;
    if (change.elsewhere) head += " (and at further places)";
    std::string out = head + "\n    " + change.rule + ": " + change.message + "\n";
    out += "    " + (change.before ? place(*change.before) : std::string("(nothing)")) + " -> " +
           (change.after ? place(*change.after) : std::string("(nothing)")) + "\n";
    out += mapping_lines(one.mappings);
    if (std::string line = callers_line(one); !line.empty()) out += "    " + line + "\n";
    if (!change.hint.empty()) out += "    hint: " + change.hint + "\n";
    std::string safe;
    for (std::size_t begin = 0; begin < out.size();) {
        std::size_t end = out.find('\n', begin);
        safe += shown(std::string_view(out).substr(begin, end - begin)) + '\n';
        begin = end + 1;
    }
    return safe;
}

std::string counts(const DiffSummary& summary) {
    return std::to_string(summary.breaking) + " breaking, " + std::to_string(summary.risky) + " risky, " +
           std::to_string(summary.compatible) + " compatible";
}

json mark_json(const SourceMark& mark) { return {{"file", mark.file}, {"line", mark.line}, {"column", mark.column}}; }

}  // namespace

std::string diff_table(const std::vector<ReportedChange>& changes, const DiffSummary& summary) {
    if (changes.empty()) return "no changes\n";
    std::string out;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        auto level = changes[i].change.level;
        if (i == 0 || changes[i - 1].change.level != level) out += (i ? "\n" : "") + std::string(name(level)) + "\n";
        out += entry(changes[i]);
    }
    return out + "\n" + counts(summary) + "\n";
}

std::string diff_json(const std::vector<ReportedChange>& changes, const DiffSummary& summary) {
    json list = json::array();
    for (const auto& one : changes) {
        const auto& change = one.change;
        json entry{
            {"rule", change.rule},
            {"level", name(change.level)},
            {"direction", change.direction == evolution::Direction::none ? json() : json(name(change.direction))},
            {"contract", change.contract},
            {"operation", change.operation.empty() ? json() : json(change.operation)},
            {"where", change.where},
            {"path", change.path},
            {"message", change.message},
            {"before", change.before ? mark_json(*change.before) : json()},
            {"after", change.after ? mark_json(*change.after) : json()}};
        if (!change.hint.empty()) entry["hint"] = change.hint;
        if (change.elsewhere) entry["elsewhere"] = true;
        json mappings = json::array();
        for (const auto& mapping : one.mappings) {
            json touched = mark_json(mapping.mark);
            touched["mapping"] = mapping.mapping;
            touched["legacy"] = mapping.legacy;
            mappings.push_back(std::move(touched));
        }
        if (!mappings.empty()) entry["mappings"] = std::move(mappings);
        if (one.callers) entry["callers"] = *one.callers;
        list.push_back(std::move(entry));
    }
    json out{{"summary",
              {{"breaking", summary.breaking},
               {"risky", summary.risky},
               {"compatible", summary.compatible},
               {"failed", summary.failed}}},
             {"changes", std::move(list)}};
    return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace headgate::cli
