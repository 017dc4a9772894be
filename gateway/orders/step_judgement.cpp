// Judging a step.
#include "gateway/orders/step_judgement.hpp"

#include <nlohmann/json.hpp>

namespace headgate::orders {

namespace {

using Kind = StepOutcome::Kind;

store::Event event(const store::Work& item, const char* kind, std::int64_t now_ms, const std::string& note) {
    nlohmann::ordered_json payload{{"step", item.kind}, {"attempt", item.attempts}};
    if (!note.empty()) payload["note"] = note;
    return store::Event{0, item.stream, kind, now_ms,
                        payload.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

// Safe words only: the legacy text stays in the log.
std::string describe(const Error& error) {
    std::string note(name(error.kind));
    if (!error.code.empty()) note += " " + error.code;
    if (!error.message.empty()) note += ": " + error.message;
    if (!error.pointer.empty()) note += " at " + error.pointer;
    return note;
}

std::string text_at(const Value& message, std::string_view outer, std::string_view inner) {
    const Value* at = message.is_object() ? message.find(outer) : nullptr;
    at = at && at->is_object() ? at->find(inner) : nullptr;
    return at && at->is_string() ? std::string(at->text()) : std::string();
}

}  // namespace

StepOutcome judge_reply(const store::Work& item, const SystemReply& reply, std::int64_t now_ms) {
    StepOutcome outcome;
    const std::string said = text_at(reply.message, "step", "outcome");
    outcome.kind = said == "rejected" ? Kind::held : Kind::done;
    if (!said.empty() && said != "accepted") outcome.note = "the system answered: " + said;
    if (const Value* xref = reply.message.is_object() ? reply.message.find("xref") : nullptr; xref && xref->is_object())
        for (const auto& member : xref->members())
            if (member.value.is_string() || member.value.is_number())
                for (auto& put : pair_keys(item.stream, std::string(member.key), std::string(member.value.text())))
                    outcome.puts.push_back(std::move(put));
    outcome.events.push_back(event(item, outcome.kind == Kind::held ? "step-held" : "step-done", now_ms, outcome.note));
    return outcome;
}

StepOutcome judge_error(const store::Work& item, const Error& error, std::int64_t now_ms) {
    StepOutcome outcome;
    outcome.note = describe(error);
    switch (error.kind) {
        case ErrorKind::rejected:
        case ErrorKind::conflict:
        case ErrorKind::invalid_message: outcome.kind = Kind::held; break;
        default: outcome.kind = Kind::retry; break;
    }
    // An event a first failure and a parking; every further attempt is counted on the item.
    if (outcome.kind == Kind::held)
        outcome.events.push_back(event(item, "step-held", now_ms, outcome.note));
    else if (item.attempts == 1)
        outcome.events.push_back(event(item, "step-failing", now_ms, outcome.note));
    return outcome;
}

StepOutcome judge_release(const store::Work& item, const Result<SystemReply>& reply, std::int64_t now_ms) {
    StepOutcome outcome;
    if (reply) {
        outcome.kind = Kind::done;
        outcome.events.push_back(event(item, "stock-released", now_ms, {}));
    } else {
        outcome.kind = Kind::retry;
        outcome.note = describe(reply.error());
    }
    return outcome;
}

}  // namespace headgate::orders
