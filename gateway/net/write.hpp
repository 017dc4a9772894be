// What we put on the wire: heads and bodies of answers and requests as one contiguous string, injection made
// impossible.
#pragma once

#include <ctime>
#include <string>
#include <string_view>

#include "base/http_client.hpp"
#include "base/result.hpp"
#include "gateway/net/http_server.hpp"

namespace headgate::net {

// The Date header's value (RFC 9110 section 5.6.7), rendered once a second. One a worker's thread.
class DateCache {
  public:
    std::string_view now();

  private:
    std::time_t at_ = 0;
    std::string text_;
};

// How one answer is put; the connection's business, not the handler's.
struct AnswerStyle {
    bool to_head = false;   // the request was HEAD: length of the body, but no body
    bool http_1_0 = false;  // keep-alive must be said
    bool close = false;
};

// Appends status line, headers and body to `out`. Control bytes in values become blanks; headers that aren't tokens or
// belong to the connection (Content-Length, Transfer-Encoding, Connection, ...) are left out.
void write_answer(const OutgoingResponse& response, const AnswerStyle& style, std::string_view date, std::string& out);

// Appends the request to `out`; fails (internal) when method, target or a header could be read as something else.
Result<void> write_request(const HttpOrigin& to, const HttpRequest& request, const CallContext& context,
                           std::string& out);

}  // namespace headgate::net
