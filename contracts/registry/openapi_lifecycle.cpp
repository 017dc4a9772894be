// x-lifecycle: the state of a contract or operation, and the dates that its callers are told.
#include "contracts/registry/openapi.hpp"
#include "contracts/schema/formats.hpp"

namespace headgate {
namespace {

// A date is its first moment in UTC; a date-time is taken with its offset, without fractions.
std::optional<WallTime> moment_of(std::string_view text) {
    using schema::Format;
    bool with_time = schema::conforms(Format::date_time, text);
    if (!with_time && !schema::conforms(Format::date, text)) return std::nullopt;
    auto number = [&](std::size_t at, std::size_t count) { return std::stoi(std::string(text.substr(at, count))); };
    using namespace std::chrono;
    sys_seconds moment = sys_days(year(number(0, 4)) / month(static_cast<unsigned>(number(5, 2))) /
                                  day(static_cast<unsigned>(number(8, 2))));
    if (!with_time) return moment;
    moment += hours(number(11, 2)) + minutes(number(14, 2)) + seconds(number(17, 2));
    if (std::size_t sign = text.find_first_of("+-", 19); sign != std::string_view::npos) {
        minutes offset = hours(number(sign + 1, 2)) + minutes(number(sign + 4, 2));
        moment += text[sign] == '-' ? offset : -offset;
    }
    return moment;
}

}  // namespace

Lifecycle OpenApiReader::read_lifecycle(const At& holder, const std::string& contract, const std::string& operation) {
    Lifecycle out;
    const SourceNode* node = holder.node->find("x-lifecycle");
    if (!node) return out;
    At at{node, holder.resource};
    const char* what = "x-lifecycle";
    if (!keys(at, what, {"state", "deprecated", "sunset", "successor"})) return out;
    for (const auto& entry : node->entries)
        if (entry.key.starts_with("x-")) fault(entry, at, "unknown key '" + entry.key + "' of x-lifecycle");
    std::string state = text(at, "state", what, true);
    if (state == "draft")
        out.state = Lifecycle::State::draft;
    else if (state == "deprecated")
        out.state = Lifecycle::State::deprecated;
    else if (state != "active" && node->find("state"))
        fault(here(at, "state"), "unknown state '" + state + "'", "draft, active or deprecated");
    auto moment = [&](const char* key, std::optional<WallTime>& to) {
        if (!node->find(key)) return;
        to = moment_of(text(at, key, what));
        if (!to)
            fault(here(at, key), std::string("'") + key + "' must be a date or date-time", "for example 2027-06-30");
    };
    moment("deprecated", out.deprecated);
    moment("sunset", out.sunset);
    out.successor = text(at, "successor", what);
    if (!out.successor.empty()) successors_.push_back({here(at, "successor"), out.successor, contract, operation});
    bool deprecated = out.state == Lifecycle::State::deprecated;
    if (deprecated && !out.deprecated && !node->find("deprecated"))
        fault(at, "a deprecated contract must say since when", "deprecated: 2026-12-01");
    if (!deprecated && out.deprecated)
        fault(here(at, "deprecated"), "a date of deprecation, but the state is " + std::string(name(out.state)),
              "state: deprecated");
    if (!deprecated && out.sunset)
        fault(here(at, "sunset"), "a sunset, but the state is " + std::string(name(out.state)), "state: deprecated");
    // RFC 9745, section 4: the sunset must not be before the deprecation.
    if (out.deprecated && out.sunset && *out.sunset < *out.deprecated)
        fault(here(at, "sunset"), "the sunset is before the deprecation");
    return out;
}

void OpenApiReader::check_successors(const Registry& registry) {
    std::map<std::string_view, const Contract*> contracts;
    for (const auto& contract : registry.contracts()) contracts.emplace(contract->name, contract.get());
    for (const auto& [at, name, contract, operation] : successors_) {
        if (name == contract) {
            fault(at, "the successor of " + contract + " is " + contract + " itself");
            continue;
        }
        if (!contracts.contains(name)) {
            std::vector<std::string_view> others;
            for (const auto& [known, unused] : contracts)
                if (known != contract) others.push_back(known);
            std::string near = nearest(name, others);
            // It may be served elsewhere; callers are not led to it from here.
            diagnostics_.warning(mark(at), "the successor '" + name + "' is no contract here",
                                 near.empty() ? "" : "did you mean '" + near + "'?");
            continue;
        }
        // Callers are led from an operation to the same one, else to the contract.
        std::set<std::string> seen;
        std::string way = contract, next = name;
        while (!next.empty() && seen.insert(next).second) {
            way += " -> " + next;
            if (next == contract) {
                fault(at, "the successors lead in a ring: " + way, "the one that stays has no successor");
                break;
            }
            auto known = contracts.find(next);
            const Operation* same = operation.empty() ? nullptr : registry.find(next + "/" + operation);
            next = same                       ? same->lifecycle.successor
                   : known != contracts.end() ? known->second->lifecycle.successor
                                              : "";
        }
    }
    successors_.clear();
}

}  // namespace headgate
