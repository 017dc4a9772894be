// headgate report, headgate finding list
#include <iostream>
#include <nlohmann/json.hpp>

#include "gateway/app/cli/commands.hpp"

namespace headgate::cli {

int report(const ServerOptions& server, const std::string& operation) {
    std::string target = "/api/v1/report" + (operation.empty() ? "" : "?operation=" + operation);
    auto reply = call_admin(server, "GET", target, {}, server.output == "json" ? "application/json" : "text/plain");
    if (reply.exit == Exit::ok) std::cout << reply.body << "\n";
    return reply.exit;
}

int finding_list(const ServerOptions& server, const std::string& operation) {
    std::string target = "/api/v1/findings" + (operation.empty() ? "" : "?operation=" + operation);
    auto reply = call_admin(server, "GET", target);
    if (reply.exit != Exit::ok) return reply.exit;
    auto list = nlohmann::json::parse(reply.body, nullptr, false);
    if (server.output == "json") {
        std::cout << list.dump(2) << "\n";
    } else {
        std::vector<std::vector<std::string>> rows{{"ID", "OPERATION", "KIND", "PATH", "COUNT", "LEGACY", "CANDIDATE"}};
        for (const auto& finding : list) {
            auto text = [&](const char* key) {
                auto value = finding.value(key, nlohmann::json());
                return value.is_string() ? value.get<std::string>() : value.is_null() ? "-" : value.dump();
            };
            rows.push_back({text("id"), text("operation"), text("kind"), text("path"), text("count"), text("legacy"),
                            text("candidate")});
        }
        std::cout << table(rows);
    }
    return list.empty() ? Exit::ok : Exit::findings;
}

}  // namespace headgate::cli
