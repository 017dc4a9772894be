#include "gateway/app/cli/client.hpp"

#include <boost/asio/co_spawn.hpp>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "gateway/net/http_server.hpp"

namespace headgate::cli {
namespace {

Task<void> send(HttpClient& http, const HttpOrigin& origin, HttpRequest request,
                std::optional<Result<HttpResponse>>& out) {
    CallContext context;
    context.deadline = Deadline::in(milliseconds(30'000));
    context.trace = begin_trace();
    out = co_await http.send(origin, std::move(request), context);
}

void tell_problem(const HttpResponse& response) {
    auto problem = nlohmann::json::parse(response.body, nullptr, false);
    if (!problem.is_object()) {
        std::cerr << "the server answered " << response.status << "\n";
        return;
    }
    std::cerr << problem.value("title", "failed") << ": " << problem.value("detail", "") << "\n";
    for (const auto& error : problem.value("errors", nlohmann::json::array()))
        std::cerr << "  " << error.value("pointer", "") << " " << error.value("detail", "") << "\n";
}

}  // namespace

AdminReply call_admin(const ServerOptions& server, const std::string& method, const std::string& target,
                      const std::string& body, const std::string& accept) {
    auto url = parse_http_url(server.url);
    if (!url) {
        std::cerr << url.error().message << "\n";
        return {Exit::usage, {}};
    }
    std::string token = server.token;
    if (const char* environment = std::getenv("HEADGATE_TOKEN"); token.empty() && environment) token = environment;
    HttpRequest request;
    request.method = method;
    request.target = (url->path == "/" ? "" : url->path) + target;
    request.headers = {{"Accept", accept}};
    if (!token.empty()) request.headers.push_back({"Authorization", "Bearer " + token});
    if (!body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    request.body = body;

    asio::io_context context(1);
    auto http = make_http_client(context);
    std::optional<Result<HttpResponse>> response;
    asio::co_spawn(context.get_executor(), send(*http, url->origin, std::move(request), response),
                   [&](std::exception_ptr) { http.reset(); });
    context.run();
    if (!response || !response->ok()) {
        std::cerr << "no answer from " << server.url << ": " << (response ? response->error().message : "failed")
                  << "\n  hint: is `headgate serve` running, and is this its admin address? (--server URL)\n";
        return {Exit::unreachable, {}};
    }
    if ((**response).status >= 400) {
        tell_problem(**response);
        return {(**response).status >= 500 ? Exit::unreachable : Exit::usage, {}};
    }
    return {Exit::ok, std::move((**response).body)};
}

std::string table(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows)
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (widths.size() <= i) widths.push_back(0);
            widths[i] = std::max(widths[i], row[i].size());
        }
    std::string out;
    for (const auto& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size()) line.append(widths[i] - row[i].size() + 2, ' ');
        }
        out += line + '\n';
    }
    return out;
}

}  // namespace headgate::cli
