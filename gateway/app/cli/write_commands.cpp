// headgate write list
#include <iostream>
#include <nlohmann/json.hpp>

#include "gateway/app/cli/commands.hpp"

namespace headgate::cli {

int write_list(const ServerOptions& server) {
    auto reply = call_admin(server, "GET", "/api/v1/writes/unknown");
    if (reply.exit != Exit::ok) return reply.exit;
    auto answer = nlohmann::ordered_json::parse(reply.body);
    const auto& unknown = answer.at("unknown");
    if (server.output == "json") {
        std::cout << answer.dump(2) << "\n";
    } else {
        std::vector<std::vector<std::string>> rows{{"OPERATION", "CALLER", "KEY", "SYSTEM", "BEGUN", "TRACEPARENT"}};
        for (const auto& one : unknown)
            rows.push_back({one.at("operation"), one.at("caller"), one.at("key"), one.at("system"), one.at("begun"),
                            one.at("traceparent")});
        std::cout << table(rows);
    }
    return unknown.empty() ? Exit::ok : Exit::findings;
}

}  // namespace headgate::cli
