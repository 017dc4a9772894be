// headgate feed list | retry
#include <iostream>
#include <nlohmann/json.hpp>

#include "gateway/app/cli/commands.hpp"

namespace headgate::cli {
namespace {

using nlohmann::ordered_json;

// Numbers that follow one another as 3-7.
std::string ranges(const ordered_json& numbers) {
    std::string out;
    for (std::size_t i = 0, j = 0; i < numbers.size(); i = j) {
        auto from = numbers[i].get<std::int64_t>(), to = from;
        for (j = i + 1; j < numbers.size() && numbers[j].get<std::int64_t>() == to + 1; ++j) ++to;
        out += (out.empty() ? "" : ", ") + std::to_string(from) + (to > from ? "-" + std::to_string(to) : "");
    }
    return out;
}

std::string first_line(const ordered_json& file) {
    std::string reason = file.value("reason", "");
    return reason.substr(0, reason.find('\n'));
}

}  // namespace

int feed_list(const ServerOptions& server) {
    auto reply = call_admin(server, "GET", "/api/v1/feeds");
    if (reply.exit != Exit::ok) return reply.exit;
    auto all = ordered_json::parse(reply.body);
    bool bad = false;
    for (const auto& file : all["files"]) bad = bad || file["outcome"] != "read";
    if (server.output == "json") {
        std::cout << all.dump(2) << "\n";
        return bad ? Exit::findings : Exit::ok;
    }
    std::vector<std::vector<std::string>> rows{
        {"FEED", "SYSTEM", "FILES", "READ", "PARTLY", "REFUSED", "REPEATED", "LAST"}};
    for (const auto& feed : all["feeds"])
        rows.push_back({feed["feed"], feed["system"], feed["files"], feed["read"].dump(), feed["partly"].dump(),
                        feed["refused"].dump(), feed["repeated"].dump(), feed.value("lastFile", "-")});
    std::cout << table(rows);
    std::vector<std::vector<std::string>> files{{"BAD FILE", "FEED", "OUTCOME", "READ AT", "REASON"}};
    for (const auto& file : all["files"])
        if (file["outcome"] != "read")
            files.push_back({file["file"], file["feed"], file["outcome"], file["readAt"], first_line(file)});
    if (bad) std::cout << "\n" << table(files);
    for (const auto& one : all["missing"])
        std::cout << "never came from " << one["system"].get<std::string>() << ", "
                  << one["sequence"].get<std::string>() << ": " << ranges(one["numbers"]) << "\n";
    return bad ? Exit::findings : Exit::ok;
}

int feed_retry(const ServerOptions& server, const std::string& file, const std::string& why) {
    auto reply =
        call_admin(server, "POST", "/api/v1/feeds/files/" + file + "/retry", ordered_json{{"why", why}}.dump());
    if (reply.exit == Exit::ok) std::cout << file << " is read again\n";
    return reply.exit;
}

}  // namespace headgate::cli
