// headgate order list | show | retry
#include <iostream>
#include <nlohmann/json.hpp>

#include "gateway/app/cli/commands.hpp"

namespace headgate::cli {
namespace {

using nlohmann::json;

std::string count(const json& value, const char* key) { return value.value(key, json(0)).dump(); }

}  // namespace

int order_list(const ServerOptions& server) {
    auto reply = call_admin(server, "GET", "/api/v1/orders");
    if (reply.exit != Exit::ok) return reply.exit;
    auto list = json::parse(reply.body, nullptr, false);
    if (server.output == "json") {
        std::cout << list.dump(2) << "\n";
        return Exit::ok;
    }
    std::vector<std::vector<std::string>> rows{{"ORDER", "DONE", "WAITING", "HELD"}};
    for (const auto& order : list["orders"]) {
        const auto& steps = order["steps"];
        rows.push_back({order["orderId"], count(steps, "done"), count(steps, "ready"), count(steps, "held")});
    }
    std::cout << table(rows) << "open intents " << count(list, "openIntents") << ", steps waiting "
              << count(list, "openSteps") << ", held " << count(list, "heldSteps") << ", stock to give back "
              << count(list, "openReleases") << "\n";
    return Exit::ok;
}

int order_show(const ServerOptions& server, const std::string& order_id) {
    auto reply = call_admin(server, "GET", "/api/v1/orders/" + order_id);
    if (reply.exit != Exit::ok) return reply.exit;
    auto order = json::parse(reply.body, nullptr, false);
    if (server.output == "json") {
        std::cout << order.dump(2) << "\n";
        return Exit::ok;
    }
    std::cout << order["orderId"].get<std::string>() << "\n";
    std::vector<std::vector<std::string>> rows{{"STEP", "STATE", "ATTEMPTS", "CHANGED", "NOTE"}};
    for (const auto& step : order["steps"])
        rows.push_back({step["step"], step["state"], step["attempts"].dump(), step["changed"], step["note"]});
    std::cout << table(rows);
    for (const auto& [system, key] : order["crossReferences"].items())
        std::cout << "known to " << system << " as " << key.get<std::string>() << "\n";
    return Exit::ok;
}

int order_retry(const ServerOptions& server, const std::string& order_id, const std::string& why) {
    auto reply = call_admin(server, "POST", "/api/v1/orders/" + order_id + "/retry", json{{"why", why}}.dump());
    if (reply.exit == Exit::ok)
        std::cout << json::parse(reply.body, nullptr, false).value("retried", 0) << " steps are tried again\n";
    return reply.exit;
}

}  // namespace headgate::cli
