// The intent's decisions and its text.
#include "gateway/orders/intent.hpp"

#include <nlohmann/json.hpp>

namespace headgate::orders {

namespace {
constexpr const char* state_names[] = {"open", "committed", "revoked"};
}

std::string intent_key(const std::string& caller, const std::string& key) { return caller + '\x1f' + key; }

std::string write_intent(const Intent& intent) {
    nlohmann::ordered_json json{{"state", state_names[static_cast<int>(intent.state)]},
                                {"fingerprint", intent.fingerprint},
                                {"orderId", intent.order_id},
                                {"try", intent.try_number}};
    if (intent.state == IntentState::open) {
        json["takeovers"] = intent.takeovers;
        json["generation"] = intent.generation;
        json["expiresMs"] = intent.expires_ms;
        json["release"] = {{"system", intent.release.system}, {"call", intent.release.call}};
        json["order"] = intent.order;  // as a string: its text must come back byte for byte
    }
    return json.dump();
}

Result<Intent> read_intent(const std::string& payload) {
    const auto json = nlohmann::json::parse(payload, nullptr, false);
    Error wrong{ErrorKind::internal, "a stored order intent can't be read", payload.substr(0, 200), "store"};
    if (!json.is_object()) return wrong;
    try {
        Intent intent;
        const auto state = json.at("state").get<std::string>();
        const auto* known = std::find(std::begin(state_names), std::end(state_names), state);
        if (known == std::end(state_names)) return wrong;
        intent.state = static_cast<IntentState>(known - std::begin(state_names));
        intent.fingerprint = json.at("fingerprint");
        intent.order_id = json.at("orderId");
        intent.try_number = json.at("try");
        if (intent.state != IntentState::open) return intent;
        intent.takeovers = json.at("takeovers");
        intent.generation = json.at("generation");
        intent.expires_ms = json.at("expiresMs");
        intent.release = {json.at("release").at("system"), json.at("release").at("call")};
        intent.order = json.at("order");
        return intent;
    } catch (const nlohmann::json::exception&) {
        return wrong;
    }
}

Begin decide_begin(const std::optional<Intent>& standing, const std::string& fingerprint, const Moment& moment) {
    if (!standing) return Begin::create;
    // Nothing was ever acknowledged under a revoked intent, so any request may begin anew.
    if (standing->state == IntentState::revoked) return Begin::next_try;
    if (standing->fingerprint != fingerprint) return Begin::key_reused;
    if (standing->state == IntentState::committed) return Begin::replay;
    const bool holder_is_gone = standing->generation < moment.generation || standing->expires_ms <= moment.now_ms;
    return holder_is_gone ? Begin::take_over : Begin::in_progress;
}

Reserved judge_reserve(const Result<void>& answer) {
    if (answer) return Reserved::yes;
    switch (answer.error().kind) {
        // The stock system refused and rolled back, or was never asked.
        case ErrorKind::rejected:
        case ErrorKind::conflict:
        case ErrorKind::overloaded:
        case ErrorKind::invalid_message:
        case ErrorKind::configuration: return Reserved::refused;
        default: return Reserved::unknown;
    }
}

Then decide_after_reserve(const Intent& held, Reserved reserved) {
    if (reserved == Reserved::yes) return Then::commit;
    if (reserved == Reserved::unknown) return Then::let_go;
    if (held.takeovers > 0) return Then::revoke;
    return held.try_number > 0 ? Then::revoke_unneeded : Then::forget;
}

bool sweepable(const Intent& intent, std::int64_t now_ms, std::int64_t grace_ms) {
    return intent.state == IntentState::open && intent.expires_ms + grace_ms <= now_ms;
}

}  // namespace headgate::orders
