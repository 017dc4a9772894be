// The HTTP/1.1 front (RFC 9110, 9112): a hardened listener that hands whole requests to a handler. Nothing here knows
// contracts; nothing of Beast shows.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/async.hpp"
#include "base/clock.hpp"
#include "base/http_client.hpp"
#include "base/task_group.hpp"

namespace headgate {

// Views into the connection's buffer: valid until the handler's coroutine ends.
struct IncomingRequest {
    std::string_view method;
    std::string_view target;  // as sent: a path, or an http URI, whose host stands in Host then
    std::string_view path;    // of the target, "/" when it has none
    std::string_view query;   // after '?', may be empty
    std::string_view body;
    struct HeaderView {
        std::string_view name, value;  // name as sent
    };
    std::vector<HeaderView> headers;
    // Case-insensitive; data() == nullptr when absent.
    std::string_view header(std::string_view name) const;
    // How often a header came; more than once is ambiguous where one is meant.
    std::size_t count(std::string_view name) const;
    // Whether there is a body, coded otherwise than `identity` (Content-Encoding, RFC 9110 section 8.4).
    bool coded() const;
};

struct OutgoingResponse {
    int status = 200;
    std::string content_type;  // empty: none
    std::vector<HttpHeader> headers;
    std::string body;
    bool close = false;  // end the connection after this answer
};

// One object a worker. An exception that escapes is a bug: the session logs it and answers 500.
class HttpHandler {
  public:
    virtual ~HttpHandler() = default;
    virtual Task<void> handle(const IncomingRequest& request, OutgoingResponse& response) = 0;
    // The answer to a request that never became one (400, 408, 413, 414, 417, 431, 501, 505), to a connection over the
    // bound (503) or to one whose handling threw (500); `why` is safe to show.
    virtual void refuse(int status, std::string_view why, OutgoingResponse& response) = 0;
};

struct HttpServerLimits {
    std::size_t header_bytes = 16 * 1024;
    std::size_t headers = 100;
    std::size_t body_bytes = 1024 * 1024;
    std::size_t connections = 10'000;  // of this listener
    milliseconds header_time{10'000};
    milliseconds body_time{30'000};
    milliseconds idle_time{60'000};
    milliseconds write_time{30'000};
    milliseconds linger_time{1'000};  // how long a closed connection is read on, so that its answer isn't reset
    // The minimum rate while a body arrives or an answer is taken; it binds once `rate_grace` is over.
    std::size_t body_bytes_per_s = 1024;
    milliseconds rate_grace{5'000};
};

// One a worker and address (SO_REUSEPORT lets several workers share one). Used on the io_context's thread.
class HttpServer {
  public:
    virtual ~HttpServer() = default;
    virtual std::uint16_t port() const = 0;
    // Stops accepting; sessions answer what they have begun with Connection: close; at the deadline the rest are cut.
    // Completes when all have ended: a handler that still runs then is waited for, within its own deadline. Must have
    // completed before destruction.
    virtual Task<void> drain(SteadyTime deadline) = 0;
    virtual std::size_t connections() const = 0;
};

// Listens at once; `address` is "127.0.0.1:8080" or "[::1]:0" (port 0: any). The handler must outlive the server.
Result<std::unique_ptr<HttpServer>> listen_http(asio::io_context& context, const std::string& address, bool share_port,
                                                const HttpServerLimits& limits, HttpHandler& handler);

struct HttpClientLimits {
    std::size_t connections_per_origin = 64;
    std::size_t header_bytes = 64 * 1024;
    std::size_t body_bytes = 16 * 1024 * 1024;
    milliseconds connect_time{2'000};
    milliseconds idle_time{30'000};  // a pooled connection is closed after this
};
// The pooled client of one worker.
std::unique_ptr<HttpClient> make_http_client(asio::io_context& context, const HttpClientLimits& limits = {});

}  // namespace headgate
