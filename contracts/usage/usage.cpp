#include "contracts/usage/usage.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace headgate {
namespace {

using Json = nlohmann::ordered_json;
constexpr int version = 1;

std::int64_t to_ms(WallTime when) { return std::chrono::floor<milliseconds>(when).time_since_epoch().count(); }
WallTime from_ms(std::int64_t ms) { return WallTime(milliseconds(ms)); }

}  // namespace

void Usage::add(const Usage& more) {
    if (more.calls == 0) return;
    first_seen = calls == 0 ? more.first_seen : std::min(first_seen, more.first_seen);
    last_seen = calls == 0 ? more.last_seen : std::max(last_seen, more.last_seen);
    calls += more.calls;
    refused += more.refused;
    for (const auto& [path, count] : more.fields) fields[path] += count;
}

std::string write_usage(const UsageRecord& record) {
    const auto& [key, usage] = record;
    Json fields = Json::object();
    for (const auto& [path, count] : usage.fields) fields[path] = count;
    Json json{{"version", version},
              {"operation", key.operation},
              {"caller", key.caller},
              {"build", key.build},
              {"calls", usage.calls},
              {"refused", usage.refused},
              {"firstSeenMs", to_ms(usage.first_seen)},
              {"lastSeenMs", to_ms(usage.last_seen)},
              {"fields", std::move(fields)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<UsageRecord> read_usage(std::string_view text) {
    try {
        Json json = Json::parse(text);
        if (json.at("version").get<int>() != version)
            return Error{ErrorKind::internal, "stored usage is of another version"};
        UsageRecord record;
        record.key = {json.at("operation").get<std::string>(), json.at("caller").get<std::string>(),
                      json.at("build").get<std::string>()};
        record.usage.calls = json.at("calls").get<std::uint64_t>();
        record.usage.refused = json.at("refused").get<std::uint64_t>();
        record.usage.first_seen = from_ms(json.at("firstSeenMs").get<std::int64_t>());
        record.usage.last_seen = from_ms(json.at("lastSeenMs").get<std::int64_t>());
        for (const auto& [path, count] : json.at("fields").items())
            record.usage.fields[path] = count.get<std::uint64_t>();
        return record;
    } catch (const std::exception& e) {
        return Error{ErrorKind::internal, "stored usage can't be read", e.what()};
    }
}

}  // namespace headgate
