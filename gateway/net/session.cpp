#include "gateway/net/session.hpp"

#include <boost/asio/error.hpp>

#include "base/telemetry/log.hpp"
#include "gateway/net/chunked.hpp"

namespace headgate::net {
namespace {

constexpr std::size_t first_buffer_bytes = 4096;
constexpr std::size_t read_room_bytes = 1024;          // behind a head there is always room to read into
constexpr std::size_t kept_output_bytes = 256 * 1024;  // a connection doesn't hold on to more than this
constexpr std::size_t linger_bytes = 4 * 1024 * 1024;

SteadyTime now() { return system_clock().steady_now(); }

milliseconds time_for(std::size_t bytes, std::size_t bytes_per_s) {
    return milliseconds(bytes_per_s == 0 ? 0 : bytes * 1000 / bytes_per_s);
}

}  // namespace

Session::Session(SessionHost& host, Socket socket)
    : host_(host), stream_(std::make_shared<TimedStream>(std::move(socket))), input_(first_buffer_bytes) {
    stream_->prepare();
    host_.sessions.insert(this);
}

Session::~Session() {
    host_.sessions.erase(this);
    stream_->close();
}

void Session::end_if_idle() {
    if (idle_) stream_->interrupt();
}

Task<void> Session::run() {
    while (true) {
        Step step = co_await read_head();
        if (step == Step::done) step = co_await read_body();
        if (step == Step::gone) co_return;
        if (step == Step::refused) {
            co_await refuse();
            break;
        }
        co_await handle();
        AnswerStyle style{head_.method == "HEAD", head_.http_1_0,
                          !head_.keep_alive || response_.close || host_.draining};
        input_.consume(message_size_);
        bool sent = co_await send(style);
        if (!sent) co_return;
        if (style.close) break;
    }
    co_await linger();
}

Task<void> Session::turn_away() {
    refusal_ = {503, "too many connections"};
    co_await refuse();
    co_await linger();
}

Task<Session::Step> Session::read_head() {
    const auto& limits = host_.limits;
    HeadFinder finder;
    bool blank_skipped = false, begun = false;
    input_.compact();
    stream_->until(now() + limits.idle_time);
    while (true) {
        // RFC 9112 section 2.2: one empty line before a request is forgiven.
        if (!blank_skipped && input_.view().starts_with("\r\n")) {
            input_.consume(2);
            input_.compact();
            finder = {};
            blank_skipped = true;
        }
        if (finder.feed(input_.view())) break;
        if (input_.size() >= limits.header_bytes) {
            if (finder.first_line_seen()) co_return refused({431, "the headers are too large"});
            co_return refused({414, "the request target is too long"});
        }
        if (input_.empty() && host_.draining) co_return Step::gone;
        if (!input_.empty() && !begun) {
            begun = true;
            stream_->until(now() + limits.header_time);
        }
        if (input_.capacity() < input_.size() + read_room_bytes) input_.grow_to(input_.size() + read_room_bytes);
        ErrorCode error;
        idle_ = input_.empty();
        std::size_t n = co_await stream_->read_some(input_.tail(), error);
        idle_ = false;
        if (error) {
            if (input_.empty()) co_return Step::gone;
            if (stream_->expired()) co_return refused({408, "the headers took too long"});
            if (error == asio::error::eof) co_return refused({400, "the request ends within its headers"});
            co_return Step::gone;
        }
        input_.commit(n);
    }
    if (finder.refusal()) co_return refused(finder.refusal());
    head_size_ = finder.size();
    if (head_size_ > limits.header_bytes) co_return refused({431, "the headers are too large"});
    input_.grow_to(head_size_ + read_room_bytes);  // before there are views
    auto refusal = scan_request_head(input_.view().substr(0, head_size_), limits.headers, head_, request_.headers);
    if (refusal) co_return refused(refusal);
    request_.method = head_.method;
    request_.target = head_.target;
    request_.path = head_.path;
    request_.query = head_.query;
    co_return Step::done;
}

Task<Session::Step> Session::read_body() {
    message_size_ = head_size_;
    request_.body = {};
    if (head_.framing == Framing::none) co_return Step::done;
    if (head_.framing == Framing::length) {
        if (head_.content_length > host_.limits.body_bytes) co_return refused({413, "the body is too large"});
        auto length = static_cast<std::size_t>(head_.content_length);
        if (input_.size() - head_size_ >= length) {
            request_.body = input_.view().substr(head_size_, length);
            message_size_ = head_size_ + length;
            co_return Step::done;
        }
    }
    if (head_.expects_continue && input_.size() == head_size_) {
        bool sent = co_await send_bytes("HTTP/1.1 100 Continue\r\n\r\n");
        if (!sent) co_return Step::gone;
    }
    body_began_ = now();
    if (head_.framing == Framing::chunked) co_return co_await read_chunked_body();
    co_return co_await read_long_body(static_cast<std::size_t>(head_.content_length));
}

Task<Session::Step> Session::read_paced(asio::mutable_buffer into, std::size_t received, std::size_t& n) {
    const auto& limits = host_.limits;
    stream_->until(std::min(body_began_ + limits.body_time,
                            body_began_ + limits.rate_grace + time_for(received, limits.body_bytes_per_s)));
    ErrorCode error;
    n = co_await stream_->read_some(into, error);
    if (!error) co_return Step::done;
    if (stream_->expired()) co_return refused({408, "the body took too long"});
    if (error == asio::error::eof) co_return refused({400, "the request ends within its body"});
    co_return Step::gone;
}

Task<Session::Step> Session::read_long_body(std::size_t length) {
    std::size_t n = 0;
    if (head_size_ + length <= input_.capacity()) {
        // The input stands at the buffer's front while a request is read, so the body fits where it arrives.
        while (input_.size() - head_size_ < length) {
            Step step = co_await read_paced(input_.tail(), input_.size() - head_size_, n);
            if (step != Step::done) co_return step;
            input_.commit(n);
        }
        request_.body = input_.view().substr(head_size_, length);
        message_size_ = head_size_ + length;
        co_return Step::done;
    }
    // Memory follows what arrives, not what is announced; exactly the body is read, no byte after it.
    body_.assign(input_.view().substr(head_size_));
    input_.truncate(head_size_);
    std::size_t filled = body_.size();
    while (filled < length) {
        if (filled == body_.size()) body_.resize(std::min(length, std::max<std::size_t>(2 * filled, 16 * 1024)));
        Step step = co_await read_paced({body_.data() + filled, body_.size() - filled}, filled, n);
        if (step != Step::done) co_return step;
        filled += n;
    }
    request_.body = body_;
    co_return Step::done;
}

Task<Session::Step> Session::read_chunked_body() {
    ChunkedDecoder decoder(host_.limits.body_bytes);
    body_.clear();
    std::size_t received = 0;
    while (true) {
        std::size_t used = 0, n = 0;
        auto state = decoder.feed(input_.view().substr(head_size_), body_, used);
        if (state == ChunkedDecoder::State::malformed) co_return refused({400, decoder.why()});
        if (state == ChunkedDecoder::State::too_large) co_return refused({413, decoder.why()});
        received += used;
        if (state == ChunkedDecoder::State::done) {
            request_.body = body_;
            message_size_ = head_size_ + used;
            co_return Step::done;
        }
        input_.truncate(head_size_);
        Step step = co_await read_paced(input_.tail(), received, n);
        if (step != Step::done) co_return step;
        input_.commit(n);
    }
}

Task<void> Session::handle() {
    response_ = {};
    std::string bug;
    try {
        co_await host_.handler.handle(request_, response_);
        co_return;
    } catch (const std::exception& e) {
        bug = e.what();
    } catch (...) {
        bug = "not a std::exception";
    }
    log::error("handler-threw", {{"what", bug}, {"method", request_.method}, {"path", request_.path}});
    response_ = {};
    host_.handler.refuse(500, "an error inside the gateway", response_);
    response_.close = true;
}

Task<void> Session::refuse() {
    response_ = {};
    host_.handler.refuse(refusal_.status, refusal_.why, response_);
    co_await send({false, false, true});
}

Task<bool> Session::send(const AnswerStyle& style) {
    output_.clear();
    write_answer(response_, style, host_.date.now(), output_);
    ErrorCode error;
    std::size_t sent = stream_->write_now(output_, error);
    if (error) co_return false;
    bool ok = true;
    if (sent < output_.size()) ok = co_await send_bytes(std::string_view(output_).substr(sent));
    if (output_.capacity() > kept_output_bytes) output_ = {};
    if (body_.capacity() > kept_output_bytes) body_ = {};
    co_return ok;
}

Task<bool> Session::send_bytes(std::string_view bytes) {
    const auto& limits = host_.limits;
    auto began = now();
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        stream_->until(began + limits.write_time + time_for(sent, limits.body_bytes_per_s));
        ErrorCode error;
        sent += co_await stream_->write_some(bytes.substr(sent), error);
        if (error) co_return false;
    }
    co_return true;
}

Task<void> Session::linger() {
    ErrorCode error;
    stream_->socket().shutdown(Socket::shutdown_send, error);
    if (error) co_return;
    stream_->until(now() + host_.limits.linger_time);
    for (std::size_t read = 0; !error && read < linger_bytes;) {
        input_.clear();
        read += co_await stream_->read_some(input_.tail(), error);
    }
}

}  // namespace headgate::net
