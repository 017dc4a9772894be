// AdminClient: how the command line speaks to a running gateway's admin API.
#pragma once

#include <string>

#include "base/http_client.hpp"

namespace headgate::cli {

// Exit codes of every command.
enum Exit : int { ok = 0, findings = 1, usage = 2, unreachable = 3, not_enough_evidence = 4 };

struct ServerOptions {
    std::string url = "http://127.0.0.1:9900";
    std::string token;  // else $HEADGATE_TOKEN
    std::string output = "table";
};

struct AdminReply {
    int exit = Exit::ok;  // already told on stderr when not ok
    std::string body;
};

// One blocking call. Prints what went wrong on stderr.
AdminReply call_admin(const ServerOptions& server, const std::string& method, const std::string& target,
                      const std::string& body = {}, const std::string& accept = "application/json");

// Rows under headings, columns padded; for -o table.
std::string table(const std::vector<std::vector<std::string>>& rows);

}  // namespace headgate::cli
