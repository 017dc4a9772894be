// The chunked decoder (RFC 9112 section 7.1), stricter than the grammar: no extensions, no trailers, bounded on the
// wire.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace headgate::net {

// A value; no I/O. One per body.
class ChunkedDecoder {
  public:
    enum class State { more, done, malformed, too_large };

    // `body_limit` bounds what is decoded; the wire may carry twice that and 4 KiB, so that tiny chunks stay possible
    // and framing without content does not.
    explicit ChunkedDecoder(std::size_t body_limit) : body_limit_(body_limit) {}

    // Appends what `bytes` carries to `body` and says in `used` how many of them belonged to this body (all, until
    // done).
    State feed(std::string_view bytes, std::string& body, std::size_t& used);
    // A literal that is safe to show, once malformed or too large.
    std::string_view why() const { return why_; }

  private:
    enum class At { size_first, size, size_lf, data, data_cr, data_lf, last_cr, last_lf, ended };
    State fail(State state, std::string_view why) { return why_ = why, state_ = state; }

    std::size_t body_limit_, wire_ = 0;
    std::uint64_t left_ = 0;  // of this chunk; while its size is read: the size so far
    int digits_ = 0;
    At at_ = At::size_first;
    State state_ = State::more;
    std::string_view why_ = {};
};

}  // namespace headgate::net
