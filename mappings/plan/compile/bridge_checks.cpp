// Holds the two operations of a bridge against each other.
#include "mappings/plan/compile/bridge_checks.hpp"

#include <algorithm>

namespace headgate::mappings {

namespace {

constexpr std::string_view key_header = "Idempotency-Key";

// The key goes over as it came: a constant or a key that was changed would make two orders one, or one two. Or the
// message has an identity of its own, of several fields, that takes its place.
void check_key(const Mapping& mapping, const Operation& from, const Operation& over, Diagnostics& diagnostics) {
    bool has = from.parameter(key_header), wants = over.parameter(key_header);
    if (!has && !wants) return;
    auto refuse = [&](const SourceMark& mark, std::string message) {
        diagnostics.error(mark, std::move(message), "Idempotency-Key -> Idempotency-Key, on both sides");
    };
    if (has != wants)
        return refuse(mapping.system_mark, (has ? over : from).name + " has no Idempotency-Key, and " +
                                               (has ? from : over).name + " has one");
    for (const Rule& rule : mapping.request.rules)
        if (rule.legacy.steps == std::vector<std::string>{std::string(key_header)} && !rule.contract.braces.empty())
            return;
    for (const Rule& rule : mapping.request.rules) {
        bool to_key = rule.legacy.steps.size() == 1 && rule.legacy.steps[0] == key_header;
        bool from_key = rule.contract.steps.size() == 1 && rule.contract.steps[0] == key_header;
        if (rule.kind == Rule::Kind::field && to_key && from_key && rule.codecs.empty()) return;
        if (to_key || from_key) return refuse(rule.mark, "the Idempotency-Key goes over as it came");
    }
    refuse(mapping.request.written ? mapping.request.mark : mapping.mark, "nothing carries the Idempotency-Key");
}

// A status that this version does not declare is told as a wrong answer of a system behind.
void check_statuses(const Mapping& mapping, const Operation& from, const Operation& over, Diagnostics& diagnostics) {
    for (const auto& [status, response] : over.responses) {
        bool range = status < 10;
        if (status == over.success_status || (range ? status : status / 100) == 2) continue;
        if (from.response(range ? status * 100 : status)) continue;
        diagnostics.warning(mapping.contract_mark,
                            over.name + " may answer " + std::to_string(status) + (range ? "xx" : "") + ", which " +
                                from.name + " does not declare",
                            "callers get 502 then; declare it, or a default");
    }
}

}  // namespace

bool check_kind(const Mapping& mapping, const Operation& from, const Operation& over, Diagnostics& diagnostics) {
    if (from.safe == over.safe) return true;
    diagnostics.error(mapping.system_mark,
                      over.name + (over.safe ? " only reads, and " : " writes, and ") + from.name +
                          (from.safe ? " only reads" : " writes"),
                      "a bridge joins operations of one kind");
    return false;
}

void check_bridge(const Mapping& mapping, const Operation& from, const Operation& over,
                  const std::set<const CannotSay*>& said, Diagnostics& diagnostics) {
    check_key(mapping, from, over, diagnostics);
    check_statuses(mapping, from, over, diagnostics);
    if (diagnostics.has_errors()) return;  // a faulty rule may be the one that is missed
    for (const auto& one : mapping.cannot_say)
        if (!said.contains(&one))
            diagnostics.error(one.mark, "no rule carries '" + one.field.text + "' of " + over.name,
                              "the path from the top of the answer: items/locations/status");
}

}  // namespace headgate::mappings
