// The head scanner: from the raw bytes of a message's head to a scanned head or a refusal; no I/O, no allocation of its
// own.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/net/http_server.hpp"

namespace headgate::net {

// Why bytes are not a message we accept; `why` is a literal and safe to show.
struct Refusal {
    int status = 0;  // 0: not refused
    std::string_view why = {};
    explicit operator bool() const { return status != 0; }
};

// Finds the empty line that ends a head, however the bytes arrive, and refuses bare LF as soon as it is seen: a
// sender that ends lines so would otherwise wait for an answer until its time is up.
class HeadFinder {
  public:
    // `bytes` is all that has arrived of this message so far (what was fed before stays in front). True when the head
    // is complete (size() is set) or refused (refusal() is set).
    bool feed(std::string_view bytes);
    std::size_t size() const { return size_; }  // including the empty line
    bool first_line_seen() const { return lines_ > 0; }
    const Refusal& refusal() const { return refusal_; }

  private:
    std::size_t line_ = 0, scanned_ = 0, lines_ = 0, size_ = 0;
    Refusal refusal_;
};

// How the end of the body is told (RFC 9112 section 6.3).
enum class Framing { none, length, chunked, until_close };

using Fields = std::vector<IncomingRequest::HeaderView>;

struct RequestHead {
    std::string_view method;
    std::string_view target;       // as sent
    std::string_view path, query;  // of it
    bool http_1_0 = false;
    bool keep_alive = false;
    bool expects_continue = false;
    Framing framing = Framing::none;
    std::uint64_t content_length = 0;
};

struct ResponseHead {
    int status = 0;
    bool keep_alive = false;
    Framing framing = Framing::none;
    std::uint64_t content_length = 0;
};

// RFC 9110 and 9112, read strictly: what two implementations might frame or route differently is refused (obs-fold,
// bare CR or LF, control bytes, names that are not tokens or hold '_', blanks before ':', repeated or missing Host,
// repeated Content-Length, Content-Type or Authorization, Transfer-Encoding that is not exactly `chunked`, both of
// them, either on the wrong version, targets that are neither a path nor an http URI). Where the target names a host,
// Host among the fields is that one. `head` ends with the empty line; the views point into it.
Refusal scan_request_head(std::string_view head, std::size_t max_fields, RequestHead& out, Fields& fields);

// The same strictness for what a system answers; '_' in names is let through. `to_head` says that the request was HEAD.
Refusal scan_response_head(std::string_view head, std::size_t max_fields, bool to_head, ResponseHead& out,
                           Fields& fields);

// A field's value without control bytes: what may be written.
bool is_field_value(std::string_view text);

}  // namespace headgate::net
