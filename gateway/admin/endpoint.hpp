// Endpoint: one line of the admin API's table: method, path, the least role that may call it, and what it does.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/http_client.hpp"
#include "base/result.hpp"
#include "gateway/config/config.hpp"

namespace headgate {

struct AdminRequest {
    std::string method, path, query, accept, accept_encoding, if_none_match, body;
    std::string authorization;
    std::string caller;                        // after authentication
    std::map<std::string, std::string> named;  // {parts} of the path
    // The decoded value of a query parameter, or empty.
    std::string parameter(std::string_view key) const;
};

struct AdminAnswer {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::vector<HttpHeader> headers = {};
};

// `open` endpoints need no token: they tell nothing but health, counts and the contracts themselves.
struct Endpoint {
    std::string method, path;  // "/api/v1/routes/{contract}/{operation}"
    bool open = false;
    Role least = Role::viewer;
    std::function<Result<AdminAnswer>(const AdminRequest&)> answer;  // blocking; runs on the admin pool
};

// Why somebody did something, as it is kept: 1 to 500 bytes without control characters. Empty when it is good.
std::string fault_of_why(std::string_view why);
// The `why` of a JSON body; an Error where it is not good.
Result<std::string> read_why(const std::string& body);

// Fills `named` when the path fits the pattern.
bool fits(std::string_view pattern, std::string_view path, std::map<std::string, std::string>& named);

}  // namespace headgate
