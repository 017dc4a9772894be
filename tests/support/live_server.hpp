// LiveServer: the real listener on port 0 with a handler made of a lambda, drained when the test ends.
#pragma once

#include <atomic>
#include <functional>

#include "gateway/net/http_server.hpp"
#include "tests/support/io_thread.hpp"

namespace headgate {

// Answers by a function; refusals are `<status> <why>` as text.
class FunctionHandler final : public HttpHandler {
  public:
    using Function = std::function<Task<void>(const IncomingRequest&, OutgoingResponse&)>;
    explicit FunctionHandler(Function function) : function_(std::move(function)) {}

    Task<void> handle(const IncomingRequest& request, OutgoingResponse& response) override {
        ++handled;
        return function_(request, response);
    }
    void refuse(int status, std::string_view why, OutgoingResponse& response) override {
        ++refused;
        response.status = status;
        response.content_type = "text/plain";
        response.body = std::to_string(status) + " " + std::string(why);
    }
    std::atomic<int> handled{0}, refused{0};

  private:
    Function function_;
};

// `<method> <target> <body>` as text.
inline Task<void> echo(const IncomingRequest& request, OutgoingResponse& response) {
    response.content_type = "text/plain";
    response.body.append(request.method).append(" ").append(request.target).append(" ").append(request.body);
    co_return;
}

class LiveServer {
  public:
    explicit LiveServer(HttpServerLimits limits = {}, FunctionHandler::Function function = echo)
        : handler(std::move(function)) {
        server = io.call(
            [&] { return std::move(listen_http(io.context(), "127.0.0.1:0", false, limits, handler)).value(); });
        port = server->port();
    }
    ~LiveServer() {
        drain(std::chrono::seconds(0));
        io.call([&] { return std::exchange(server, nullptr) == nullptr; });
    }
    void drain(std::chrono::milliseconds within) { io.run(server->drain(system_clock().steady_now() + within)); }

    IoThread io;
    FunctionHandler handler;
    std::unique_ptr<HttpServer> server;
    std::uint16_t port = 0;
};

}  // namespace headgate
