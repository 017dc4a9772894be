#include "gateway/net/chunked.hpp"

#include <algorithm>

namespace headgate::net {
namespace {

int hex(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

ChunkedDecoder::State ChunkedDecoder::feed(std::string_view bytes, std::string& body, std::size_t& used) {
    used = 0;
    while (state_ == State::more && used < bytes.size()) {
        if (at_ == At::data) {
            auto n = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - used));
            body.append(bytes.substr(used, n));
            used += n;
            wire_ += n;
            left_ -= n;
            if (left_ == 0) at_ = At::data_cr;
            continue;
        }
        char c = bytes[used++];
        if (++wire_ > 2 * body_limit_ + 4096) return fail(State::too_large, "the chunked body is too large");
        switch (at_) {
            case At::size_first:
            case At::size:
                if (int digit = hex(c); digit >= 0) {
                    // Eight digits are 4 GiB: no chunk of ours needs more, and nothing can overflow.
                    if (++digits_ > 8) return fail(State::malformed, "a chunk size has too many digits");
                    left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
                    at_ = At::size;
                } else if (at_ == At::size && c == '\r') {
                    at_ = At::size_lf;
                } else if (at_ == At::size && c == ';') {
                    return fail(State::malformed, "chunk extensions are not accepted");
                } else {
                    return fail(State::malformed, "a chunk size is malformed");
                }
                break;
            case At::size_lf:
                if (c != '\n') return fail(State::malformed, "a chunk size does not end with CR LF");
                if (left_ > body_limit_ || body.size() > body_limit_ - left_)
                    return fail(State::too_large, "the chunked body is too large");
                at_ = left_ > 0 ? At::data : At::last_cr;
                digits_ = 0;
                break;
            case At::data_cr:
                if (c != '\r') return fail(State::malformed, "a chunk does not end with CR LF");
                at_ = At::data_lf;
                break;
            case At::data_lf:
                if (c != '\n') return fail(State::malformed, "a chunk does not end with CR LF");
                at_ = At::size_first;
                break;
            case At::last_cr:
                if (c != '\r') return fail(State::malformed, "trailers are not accepted");
                at_ = At::last_lf;
                break;
            case At::last_lf:
                if (c != '\n') return fail(State::malformed, "the last chunk does not end with CR LF");
                at_ = At::ended;
                state_ = State::done;
                break;
            case At::data:
            case At::ended: break;
        }
    }
    return state_;
}

}  // namespace headgate::net
