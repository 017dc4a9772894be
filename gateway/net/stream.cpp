#include "gateway/net/stream.hpp"

#include <algorithm>
#include <boost/asio/redirect_error.hpp>
#include <cstring>

namespace headgate::net {

void TimedStream::prepare() {
    ErrorCode ignored;
    socket_.set_option(Tcp::no_delay(true), ignored);
    socket_.non_blocking(true, ignored);
}

void TimedStream::until(SteadyTime deadline) {
    deadline_ = deadline;
    expired_ = false;
    if (deadline == SteadyTime::max() || (armed_ && armed_for_ <= deadline)) return;
    arm();
}

void TimedStream::arm() {
    armed_ = true;
    armed_for_ = deadline_;
    timer_.expires_at(deadline_);
    timer_.async_wait([self = shared_from_this(), generation = ++generation_](ErrorCode error) {
        if (error || generation != self->generation_) return;
        self->armed_ = false;
        if (!self->socket_.is_open() || self->deadline_ == SteadyTime::max()) return;
        if (system_clock().steady_now() < self->deadline_) return self->arm();
        self->expired_ = true;
        if (self->close_when_expired_) return self->close();
        self->interrupt();
    });
}

void TimedStream::interrupt() {
    ErrorCode ignored;
    socket_.cancel(ignored);
}

void TimedStream::close() {
    ErrorCode ignored;
    socket_.close(ignored);
    ++generation_;
    armed_ = false;
    timer_.cancel();
}

Task<std::size_t> TimedStream::read_some(asio::mutable_buffer into, ErrorCode& error) {
    if (expired_) {
        error = asio::error::timed_out;
        co_return 0;
    }
    co_return co_await socket_.async_read_some(into, asio::redirect_error(use_task, error));
}

std::size_t TimedStream::write_now(std::string_view bytes, ErrorCode& error) {
    // Asio sends with MSG_NOSIGNAL: a peer that is gone is an error here, not a SIGPIPE.
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        sent += socket_.write_some(asio::buffer(bytes.data() + sent, bytes.size() - sent), error);
        if (error == asio::error::would_block) {
            error = {};
            break;
        }
        if (error) break;
    }
    return sent;
}

Task<std::size_t> TimedStream::write_some(std::string_view bytes, ErrorCode& error) {
    if (expired_) {
        error = asio::error::timed_out;
        co_return 0;
    }
    co_return co_await socket_.async_write_some(asio::buffer(bytes.data(), bytes.size()),
                                                asio::redirect_error(use_task, error));
}

void InputBuffer::compact() {
    if (begin_ == 0) return;
    std::memmove(data_.get(), data_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
}

void InputBuffer::grow_to(std::size_t wanted) {
    if (wanted <= capacity_) return;
    std::size_t capacity = std::max(wanted, 2 * capacity_);
    std::unique_ptr<char[]> data(new char[capacity]);
    std::memcpy(data.get(), data_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    data_ = std::move(data);
    capacity_ = capacity;
}

}  // namespace headgate::net
