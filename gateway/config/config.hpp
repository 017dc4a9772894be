// Config: the typed settings of headgate.yaml. Configuration says what may happen; the store remembers what is
// happening.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/system.hpp"
#include "base/clock.hpp"
#include "base/diagnostics.hpp"
#include "base/telemetry/log.hpp"
#include "contracts/document/source.hpp"

namespace headgate {

// Each role may do what the ones before it may: a caller calls contracts, a viewer reads the admin API, a reviewer
// gives verdicts, an operator changes routes.
enum class Role : std::uint8_t { caller, viewer, reviewer, operator_ };
std::string_view name(Role role);

struct CallerConfig {
    std::string name;
    std::array<unsigned char, 32> token_sha256{};
    Role role = Role::caller;
    std::string relies_on;  // the file of its caller contract; empty: it declares none
};

// Where the customer's identity is read for a sticky share: the first header that is present.
struct RouteConfig {
    std::string operation;
    std::string legacy, candidate;        // system names; candidate may be empty
    std::string bridge;                   // the other version's operation that answers instead: excludes all below
    std::vector<std::string> sticky;      // header names, lower-case
    std::uint32_t share_ppm = 0;          // first value only; the store has the current one
    std::uint32_t shadow_sample_ppm = 0;  // 0: not mirrored
    bool shadow_sticky = true;            // sampled by customer, else by request
    struct Capture {                      // orders are captured instead of called through
        std::string reserve;              // system with mappings `<contract>/Order -> system.reserve` and `.release`
        std::vector<std::string> steps;   // systems told afterwards, from the order log
        milliseconds intent{30'000};      // an intent without an order is revoked after this
    };
    std::optional<Capture> capture;
    SourceMark mark, legacy_mark, candidate_mark, capture_mark, bridge_mark;
};

// Files of a system that are read: which, by which mapping, and what becomes of their messages.
struct FeedConfig {
    std::string name, system;
    std::string files;    // pattern of names
    std::string mapping;  // contract/component that is read; empty: of acknowledgements
    bool answer = false;
    milliseconds settle{2'000};
    std::size_t largest = 16u << 20;
    struct Keep {
        std::vector<std::string> key, by;
        milliseconds kept_for{0}, stale{0};
        SourceMark mark;
    } keep;
    struct Acknowledges {
        std::string call, guide;
        milliseconds within{0};
        SourceMark mark;
    };
    std::optional<Acknowledges> acknowledges;
    SourceMark mark, files_mark, system_mark, mapping_mark;
};

struct Config {
    std::string path, folder;  // relative paths in it are relative to its folder
    std::string api_address = "127.0.0.1:8080", admin_address = "127.0.0.1:9900";
    bool disclose_side = false;  // answers carry `headgate-side: legacy|candidate`
    std::size_t workers = 0;     // 0: one a core
    std::string state = "var/headgate.db";
    std::vector<std::string> contracts, mappings;
    bool drafts = false;  // mappings that say `draft: true` are served
    std::vector<CallerConfig> callers;
    std::string app_build = "x-app-build";  // the header that tells the build of a caller's app, lower-case
    bool anonymous = false;                 // callers may come without a token (a lab, a mock); never the admin API
    std::vector<SystemSpec> systems;
    std::vector<RouteConfig> routes;
    std::vector<FeedConfig> feeds;
    struct Limits {
        std::size_t in_flight = 1000, body_bytes = 1024 * 1024, header_bytes = 16 * 1024, connections = 10'000;
        milliseconds request{5'000};  // the whole of one request, unless its route is slower
        milliseconds drain{10'000};
        milliseconds write_kept{86'400'000};  // how long the end of a write is remembered for its Idempotency-Key
        std::size_t write_keys = 500'000;     // and of how many
    } limits;
    struct Shadow {
        std::size_t queue = 1000, concurrency = 32, bytes = 64u << 20;
        milliseconds deadline{2'000};
        std::size_t compare_threads = 1;
    } shadow;
    log::Level log_level = log::Level::info;
    std::shared_ptr<const SourceFile> file;
};

// Nothing, with diagnostics, when the file can't be read. Otherwise all faults are reported at once.
std::optional<Config> load_config(const std::string& path, Diagnostics& diagnostics);
// The parts that a mock needs: where to listen, workers, contracts, limits, log; no other is looked at.
std::optional<Config> load_mock_config(const std::string& path, Diagnostics& diagnostics);
// host:port or [host]:port
bool is_address(std::string_view text);

}  // namespace headgate
