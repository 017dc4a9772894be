// The commands of the executable, one function each; main.cpp binds them to words. All return an exit code.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/app/cli/client.hpp"
#include "gateway/config/mock_snapshot.hpp"

namespace headgate::cli {

int serve(const std::string& config_path);
int serve_mock(const MockSettings& settings);
int check(const std::string& config_path);

struct ValidateOptions {
    std::string schema;                  // a file, and '#' with a JSON Pointer where it isn't the whole
    std::vector<std::string> instances;  // files
    std::string suite, remotes;          // folders; empty: none
    std::string output = "table";
    bool assert_format = false;
};
int contract_validate(const ValidateOptions& options);

int route_list(const ServerOptions& server);
int route_get(const ServerOptions& server, const std::string& operation);
int route_set(const ServerOptions& server, const std::string& operation, const std::string& share,
              const std::string& why, std::optional<std::uint64_t> if_revision);
int route_history(const ServerOptions& server, const std::string& operation);

int report(const ServerOptions& server, const std::string& operation);
int finding_list(const ServerOptions& server, const std::string& operation);
// `system` empty: all.
int write_list(const ServerOptions& server);
int drift_list(const ServerOptions& server, const std::string& system);

// `what`: a contract, an operation, or empty: all contracts. `caller` empty: all callers.
int contract_list(const ServerOptions& server);
// A contract, or one operation of it.
int contract_show(const ServerOptions& server, const std::string& what);
int contract_usage(const ServerOptions& server, const std::string& what, const std::string& caller);

int order_list(const ServerOptions& server);
int order_show(const ServerOptions& server, const std::string& order_id);
int order_retry(const ServerOptions& server, const std::string& order_id, const std::string& why);

// What came as files; exit code 1 when there are bad ones. `file`: as the list names it.
int feed_list(const ServerOptions& server);
int feed_retry(const ServerOptions& server, const std::string& file, const std::string& why);

}  // namespace headgate::cli
