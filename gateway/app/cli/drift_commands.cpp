// headgate drift list
#include <iostream>
#include <nlohmann/json.hpp>

#include "gateway/app/cli/commands.hpp"

namespace headgate::cli {

int drift_list(const ServerOptions& server, const std::string& system) {
    auto reply = call_admin(server, "GET", "/api/v1/drift" + (system.empty() ? "" : "?system=" + system));
    if (reply.exit != Exit::ok) return reply.exit;
    auto answer = nlohmann::ordered_json::parse(reply.body);
    const auto& drift = answer.at("drift");
    const auto& left_out = answer.at("leftOut");
    if (server.output == "json") {
        std::cout << answer.dump(2) << "\n";
    } else {
        std::vector<std::vector<std::string>> rows{
            {"SYSTEM", "CALL", "KIND", "PATH", "COUNT", "FIRST SEEN", "LAST SEEN", "EXAMPLE", "PLACE"}};
        for (const auto& one : drift) {
            auto text = [&](const char* key) { return one.value(key, std::string("-")); };
            rows.push_back({text("system"), text("call"), text("kind"), text("path"), one.at("count").dump(),
                            text("firstSeen"), text("lastSeen"), text("example"), text("place")});
        }
        std::cout << table(rows);
        for (const auto& [name, sightings] : left_out.items())
            std::cout << name << ": " << sightings.dump() << " more found no room\n";
    }
    return drift.empty() && left_out.empty() ? Exit::ok : Exit::findings;
}

}  // namespace headgate::cli
