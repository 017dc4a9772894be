// The row's decisions, its text and its commits.
#include "gateway/writes/key_row.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/digest.hpp"

namespace headgate::writes {

namespace {

constexpr const char* state_names[] = {"open", "answered", "unknown"};

bool holder_is_gone(const KeyRow& row, const Moment& moment) {
    return row.generation < moment.generation || row.expires_ms <= moment.now_ms;
}

store::Commit move(const KeyRow& row, std::int64_t revision, std::int64_t due_ms) {
    store::Commit commit;
    commit.conditions.push_back({write_keys, row.name(), revision});
    commit.puts.push_back({write_keys, row.name(), write_key_row(row), due_ms});
    return commit;
}

}  // namespace

std::string KeyRow::told_key() const {
    constexpr std::size_t bytes = 20;
    const Digest digest = sha256(name());
    std::string out;
    for (std::size_t i = 0; i < bytes; ++i)
        for (int half : {digest[i] >> 4, digest[i] & 15}) out += "0123456789abcdef"[half];
    return out;
}

std::string write_key_row(const KeyRow& row) {
    nlohmann::ordered_json json{{"state", state_names[static_cast<int>(row.state)]},
                                {"fingerprint", row.fingerprint},
                                {"caller", row.caller},
                                {"operation", row.operation},
                                {"key", row.key},
                                {"system", row.system},
                                {"traceparent", row.traceparent},
                                {"repeatable", row.repeatable},
                                {"begunMs", row.begun_ms},
                                {"generation", row.generation},
                                {"expiresMs", row.expires_ms}};
    if (row.state == KeyState::answered) {
        auto headers = nlohmann::ordered_json::object();
        for (const auto& header : row.answer.headers) headers[header.name] = header.value;
        json["status"] = row.answer.status;
        json["contentType"] = row.answer.content_type;
        json["headers"] = std::move(headers);
        json["body"] = row.answer.body;  // as a string: its text must come back byte for byte
    }
    return json.dump();
}

Result<KeyRow> read_key_row(const std::string& payload) {
    const auto json = nlohmann::ordered_json::parse(payload, nullptr, false);
    Error wrong{ErrorKind::internal, "a stored Idempotency-Key can't be read", payload.substr(0, 200), "store"};
    if (!json.is_object()) return wrong;
    try {
        KeyRow row;
        const auto state = json.at("state").get<std::string>();
        const auto* known = std::find(std::begin(state_names), std::end(state_names), state);
        if (known == std::end(state_names)) return wrong;
        row.state = static_cast<KeyState>(known - std::begin(state_names));
        row.fingerprint = json.at("fingerprint");
        row.caller = json.at("caller");
        row.operation = json.at("operation");
        row.key = json.at("key");
        row.system = json.at("system");
        row.traceparent = json.at("traceparent");
        row.repeatable = json.at("repeatable");
        row.begun_ms = json.at("begunMs");
        row.generation = json.at("generation");
        row.expires_ms = json.at("expiresMs");
        if (row.state != KeyState::answered) return row;
        row.answer.status = json.at("status");
        row.answer.content_type = json.at("contentType");
        for (const auto& [name, value] : json.at("headers").items()) row.answer.headers.push_back({name, value});
        row.answer.body = json.at("body");
        return row;
    } catch (const nlohmann::json::exception&) {
        return wrong;
    }
}

Begin decide(const std::optional<KeyRow>& standing, const KeyRow& wanted, const Moment& moment) {
    if (!standing) return Begin::start;
    if (standing->fingerprint != wanted.fingerprint) return Begin::key_reused;
    if (standing->state == KeyState::answered) return Begin::replay;
    if (standing->state == KeyState::open && !holder_is_gone(*standing, moment)) return Begin::in_progress;
    // Who carried it out first must be who is asked again, and both times in a way that is recognised.
    bool recognised = standing->repeatable && wanted.repeatable && standing->system == wanted.system;
    return recognised ? Begin::repeat : Begin::unknown;
}

Effect judge(const Error& error, bool atomic) {
    switch (error.kind) {
        case ErrorKind::rejected:
        case ErrorKind::conflict:
        case ErrorKind::invalid_message: return Effect::refused;
        // What was sent and never answered is outcome_unknown (adapters/system.hpp).
        case ErrorKind::overloaded:
        case ErrorKind::configuration:
        case ErrorKind::forbidden:
        case ErrorKind::deadline_exceeded:
        case ErrorKind::system_unavailable: return Effect::none;
        case ErrorKind::outcome_unknown:
        case ErrorKind::internal: return Effect::unknown;
        default: return atomic ? Effect::none : Effect::unknown;
    }
}

store::Commit announce(const KeyRow& row, std::int64_t revision) {
    auto commit = move(row, revision, row.expires_ms);
    if (revision > 0) commit.erases.push_back({unknown_write_keys, row.name()});
    return commit;
}

store::Commit keep(KeyRow row, std::int64_t revision, KeptAnswer answer, std::int64_t until_ms) {
    row.state = KeyState::answered;
    row.answer = std::move(answer);
    return move(row, revision, until_ms);
}

store::Commit forget(const KeyRow& row, std::int64_t revision) {
    store::Commit commit;
    commit.conditions.push_back({write_keys, row.name(), revision});
    commit.erases.push_back({write_keys, row.name()});
    commit.erases.push_back({unknown_write_keys, row.name()});
    return commit;
}

store::Commit let_go(KeyRow row, std::int64_t revision, std::int64_t now_ms) {
    // A retry may begin at once; where none comes, the sweeper makes it known.
    row.expires_ms = std::min(row.expires_ms, now_ms);
    return move(row, revision, row.expires_ms);
}

store::Commit give_up(KeyRow row, std::int64_t revision, std::int64_t until_ms) {
    row.state = KeyState::unknown;
    auto commit = move(row, revision, until_ms);
    commit.puts.push_back({unknown_write_keys, row.name(), "{}", {}});
    return commit;
}

}  // namespace headgate::writes
