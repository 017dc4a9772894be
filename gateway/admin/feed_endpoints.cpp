// Feeds: what came as files and what became of them, and trying a bad file again.
#include <nlohmann/json.hpp>

#include "base/timestamp.hpp"
#include "gateway/admin/endpoints.hpp"
#include "gateway/feeds/feeds_view.hpp"

namespace headgate {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t newest_files = 100, most_sequences = 1'000;

std::string moment(std::int64_t ms) { return rfc3339(WallTime(milliseconds(ms))); }

ordered_json feed_json(const feeds::FeedSummary& feed) {
    const auto& counts = feed.counts;
    ordered_json out{{"feed", feed.name},           {"system", feed.system},      {"files", feed.files},
                     {"read", counts.read},         {"partly", counts.partly},    {"refused", counts.refused},
                     {"repeated", counts.repeated}, {"messages", counts.messages}};
    if (!counts.last_file.empty()) out["lastFile"] = counts.last_file, out["lastAt"] = moment(counts.last_ms);
    return out;
}

ordered_json file_json(const feeds::FileAccount& file) {
    ordered_json out{{"file", file.away ? file.lies : file.file},
                     {"feed", file.feed},
                     {"outcome", feeds::name(file.outcome)},
                     {"readAt", moment(file.at_ms)},
                     {"messages", file.messages},
                     {"repeated", file.repeated}};
    if (!file.reason.empty()) out["reason"] = file.reason;
    if (!file.away) out["away"] = false;
    return out;
}

Result<AdminAnswer> list(store::Store& store, const Snapshot& snapshot) {
    auto all = feeds::list_feeds(store, snapshot.feeds);
    if (!all) return std::move(all).error();
    auto files = feeds::list_files(store, newest_files);
    if (!files) return std::move(files).error();
    auto missing = feeds::list_missing(store, most_sequences);
    if (!missing) return std::move(missing).error();
    ordered_json out{
        {"feeds", ordered_json::array()}, {"files", ordered_json::array()}, {"missing", ordered_json::array()}};
    for (const auto& feed : *all) out["feeds"].push_back(feed_json(feed));
    for (const auto& file : *files) out["files"].push_back(file_json(file));
    for (const auto& one : *missing)
        if (!one.numbers.missing.empty())
            out["missing"].push_back({{"system", one.system},
                                      {"sequence", one.sequence},
                                      {"last", one.numbers.last},
                                      {"numbers", one.numbers.missing}});
    return AdminAnswer{200, "application/json", out.dump(-1, ' ', false, ordered_json::error_handler_t::replace)};
}

Result<AdminAnswer> retry(const AdminRequest& request, store::Store& store, const Snapshot& snapshot) {
    auto why = read_why(request.body);
    if (!why) return std::move(why).error();
    auto done =
        feeds::try_again(store, snapshot.feeds,
                         {request.named.at("file"), request.caller, *why, store::to_ms(system_clock().wall_now())});
    if (!done && done.error().code == "not-found") return Error{ErrorKind::unknown_operation, done.error().message};
    if (!done) return std::move(done).error();
    return AdminAnswer{200, "application/json", ordered_json{{"retried", 1}}.dump()};
}

}  // namespace

void add_feed_endpoints(std::vector<Endpoint>& table, store::Store& store, SnapshotSource snapshot) {
    table.push_back({"GET", "/api/v1/feeds", false, Role::viewer,
                     [&store, snapshot](const AdminRequest&) { return list(store, *snapshot()); }});
    table.push_back({"POST", "/api/v1/feeds/files/{file}/retry", false, Role::operator_,
                     [&store, snapshot](const AdminRequest& request) { return retry(request, store, *snapshot()); }});
}

}  // namespace headgate
