// HttpClient: the port through which a worker calls other systems over HTTP; gateway/net implements it, tests fake it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/async.hpp"
#include "base/call_context.hpp"
#include "base/result.hpp"

namespace headgate {

struct HttpHeader {
    std::string name, value;
};

// Where a system lives; parsed once at load from a URL (http only until the front-door work).
struct HttpOrigin {
    std::string host;  // without brackets for IPv6
    std::string port;
    std::string host_header;  // as sent: host[:port]
};
struct HttpUrl {
    HttpOrigin origin;
    std::string path;  // begins with '/'; "/" when the URL has none; no trailing query
};
Result<HttpUrl> parse_http_url(std::string_view url);

// `target` is origin-form. Content-Length, Host, traceparent and the shadow mark are the client's to write.
struct HttpRequest {
    std::string_view method = "GET";
    std::string target;
    std::vector<HttpHeader> headers;
    std::string body;
    bool idempotent = false;  // may be sent again once if a pooled connection ends before the first answered byte
    bool effect = false;      // changes something: what may have been sent and got no answer fails with outcome_unknown
};

struct HttpResponse {
    int status = 0;
    std::vector<HttpHeader> headers;  // names lower-case
    std::string body;

    std::string_view header(std::string_view lower_case_name) const {
        for (const auto& h : headers)
            if (h.name == lower_case_name) return h.value;
        return {};
    }
};

// One object a worker, used on that worker's thread alone; must outlive its calls. Answers are bounded in size
// (too_large becomes bad_answer) and in time (context.deadline). Fails with system_unavailable (nothing answered),
// deadline_exceeded, outcome_unknown (in place of both, of what has an effect and was sent), bad_answer (not HTTP, or
// over the bound), overloaded (too many wait for a connection) or internal (a request that can't be written safely).
// Name the request and std::move it into the call: GCC 12 frees a braced one twice.
class HttpClient {
  public:
    virtual ~HttpClient() = default;
    virtual Task<Result<HttpResponse>> send(const HttpOrigin& to, HttpRequest request, const CallContext& context) = 0;
};

}  // namespace headgate
