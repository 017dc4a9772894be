// Servers: where an API is to be found.
#include <map>

#include "contracts/evolution/comparers.hpp"

namespace headgate::evolution {
namespace {

// By URL. Nobody said any: this one, as the specification has it.
std::map<std::string, Place> servers_of(ApiFiles& files, Place list, Place otherwise) {
    std::map<std::string, Place> servers;
    if (list) files.see(list);
    for (std::size_t i = 0; list && i < list.node->items.size(); ++i) {
        Place server = files.item(list, i);
        files.see(server);
        std::string url(files.child(server, "url").text());
        if (url.size() > 1 && url.ends_with('/')) url.pop_back();
        servers.emplace(std::move(url), server);
    }
    if (servers.empty()) servers.emplace("/", otherwise);
    return servers;
}

}  // namespace

void compare_servers(Comparison& comparison, const Frame& frame, Both list, Both places) {
    auto before = servers_of(comparison.before_files, list.before, places.before);
    auto after = servers_of(comparison.after_files, list.after, places.after);
    Both at{list.before ? list.before : places.before, list.after ? list.after : places.after};
    for (const auto& [url, was] : before) {
        auto found = after.find(url);
        if (found == after.end()) {
            comparison.tell(frame, "server-removed", {was, at.after}, "the server " + url + " is gone");
            continue;
        }
        Both server{list.before ? was : Place(), list.after ? found->second : Place()};
        Both variables = comparison.child(server, "variables");
        if (!comparison.same_meaning(variables))
            comparison.tell(frame, "server-changed", {was, found->second}, "the variables of " + url + " have changed");
        if (server.before && server.after) comparison.compare_rest(frame, server, {"url", "variables"});
    }
    for (const auto& [url, is] : after)
        if (!before.contains(url))
            comparison.tell(frame, "server-added", {at.before, is}, "the server " + url + " is new");
}

}  // namespace headgate::evolution
