// Usage: what has been counted of one operation, as one caller calls it from one build of its app.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/result.hpp"

namespace headgate {

struct UsageKey {
    std::string operation;  // inventory.v2/getAvailability
    std::string caller;     // anonymous: came without a token
    std::string build;      // app_build.hpp; unknown: it was not told; other: one of too many
    auto operator<=>(const UsageKey&) const = default;
};

struct Usage {
    std::uint64_t calls = 0;    // all, the refused ones too
    std::uint64_t refused = 0;  // whose message broke the contract: what they had in it is not counted
    WallTime first_seen = {}, last_seen = {};
    std::map<std::string, std::uint64_t, std::less<>> fields = {};  // how many calls had it, by place (field_index.hpp)

    void add(const Usage& more);
};

struct UsageRecord {
    UsageKey key;
    Usage usage;
};

inline constexpr std::string_view anonymous_caller = "anonymous";

// The payload in which a store keeps it: JSON with a version; reading checks everything.
std::string write_usage(const UsageRecord& record);
Result<UsageRecord> read_usage(std::string_view json);

}  // namespace headgate
