// headgate route list | get | set | history
#include <iostream>
#include <nlohmann/json.hpp>

#include "gateway/app/cli/commands.hpp"

namespace headgate::cli {
namespace {

using nlohmann::json;

std::string word(const json& value, const char* key) {
    auto found = value.find(key);
    if (found == value.end() || found->is_null()) return "-";
    return found->is_string() ? found->get<std::string>() : found->dump();
}

int print_routes(const AdminReply& reply, const std::string& output) {
    if (reply.exit != Exit::ok) return reply.exit;
    auto routes = json::parse(reply.body, nullptr, false);
    if (output == "json") {
        std::cout << routes.dump(2) << "\n";
        return Exit::ok;
    }
    if (routes.is_object()) routes = json::array({routes});
    std::vector<std::vector<std::string>> rows{
        {"OPERATION", "LEGACY", "CANDIDATE", "SHARE", "SHADOW", "SET BY", "WHY"}};
    for (const auto& route : routes) {
        if (route.contains("bridge")) {
            rows.push_back({word(route, "operation"), "bridge to " + word(route, "bridge"), "-", "-", "-", "-", "-"});
            continue;
        }
        if (route.contains("capture")) {
            rows.push_back({word(route, "operation"), "captured", "-", "-", "-", "-", "-"});
            continue;
        }
        auto shadow = route.value("shadow", json());
        rows.push_back({word(route, "operation"), word(route, "legacy"), word(route, "candidate"), word(route, "share"),
                        shadow.is_object() ? word(shadow, "sample") : "-", word(route, "who"), word(route, "why")});
    }
    std::cout << table(rows);
    return Exit::ok;
}

}  // namespace

int route_list(const ServerOptions& server) {
    return print_routes(call_admin(server, "GET", "/api/v1/routes"), server.output);
}

int route_get(const ServerOptions& server, const std::string& operation) {
    return print_routes(call_admin(server, "GET", "/api/v1/routes/" + operation), server.output);
}

int route_set(const ServerOptions& server, const std::string& operation, const std::string& share,
              const std::string& why, std::optional<std::uint64_t> if_revision) {
    json body{{"share", share}, {"why", why}};
    if (if_revision) body["ifRevision"] = *if_revision;
    return print_routes(call_admin(server, "PUT", "/api/v1/routes/" + operation + "/share", body.dump()),
                        server.output);
}

int route_history(const ServerOptions& server, const std::string& operation) {
    auto reply = call_admin(server, "GET", "/api/v1/routes/" + operation + "/history");
    if (reply.exit != Exit::ok) return reply.exit;
    auto changes = json::parse(reply.body, nullptr, false);
    if (server.output == "json") {
        std::cout << changes.dump(2) << "\n";
        return Exit::ok;
    }
    std::vector<std::vector<std::string>> rows{{"REVISION", "WHEN", "SHARE", "WHO", "WHY"}};
    for (const auto& change : changes)
        rows.push_back({word(change, "revision"), word(change, "when"), word(change, "share"), word(change, "who"),
                        word(change, "why")});
    std::cout << table(rows);
    return Exit::ok;
}

}  // namespace headgate::cli
