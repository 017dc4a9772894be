#include "gateway/net/pool.hpp"

#include <sys/socket.h>

#include <boost/asio/redirect_error.hpp>

namespace headgate::net {
namespace {

constexpr std::chrono::seconds name_lifetime{30};
constexpr std::size_t waiting_per_connection = 8;

SteadyTime now() { return system_clock().steady_now(); }

// Nothing may have arrived on an idle connection: an end means that it is gone, and bytes that nobody asked for would
// be taken for the next answer.
bool is_sound(TimedStream& stream) {
    if (!stream.is_open() || stream.expired()) return false;
    char byte;
    return ::recv(stream.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
           (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace

OriginPool::OriginPool(Executor executor, HttpOrigin origin, const HttpClientLimits& limits)
    : executor_(executor), origin_(std::move(origin)), limits_(limits), resolver_(executor) {
    ErrorCode not_numeric;
    auto ip = asio::ip::make_address(origin_.host, not_numeric);
    // parse_http_url has checked the port.
    if (!not_numeric) endpoints_.emplace_back(ip, static_cast<std::uint16_t>(std::atoi(origin_.port.c_str())));
}

void OriginPool::release() {
    if (waiting_.empty())
        --active_;
    else
        waiting_.front()->wake();
}

Task<Result<OriginPool::Permit>> OriginPool::acquire(Deadline deadline) {
    if (active_ < limits_.connections_per_origin) {
        ++active_;
        co_return Permit(shared_from_this());
    }
    if (waiting_.size() >= limits_.connections_per_origin * waiting_per_connection)
        co_return Error{ErrorKind::overloaded, "too many calls are waiting for this system"};
    Waiter waiter(waiting_, executor_);
    waiter.timer.expires_at(deadline.when());
    ErrorCode ignored;
    co_await waiter.timer.async_wait(asio::redirect_error(use_task, ignored));
    if (waiter.woken) co_return Permit(shared_from_this());
    co_return Error{ErrorKind::deadline_exceeded, "the system did not answer in time", "no connection came free"};
}

std::unique_ptr<Connection> OriginPool::take_idle() {
    while (!idle_.empty()) {
        auto connection = std::move(idle_.back());
        idle_.pop_back();
        if (is_sound(*connection->stream)) {
            connection->stream->close_when_expired(false);
            return connection;
        }
        connection->stream->close();
    }
    return nullptr;
}

void OriginPool::put_idle(std::unique_ptr<Connection> connection) {
    connection->stream->close_when_expired(true);
    connection->stream->until(now() + limits_.idle_time);
    // What expired while its neighbours were used stands at the front.
    while (!idle_.empty() && !idle_.front()->stream->is_open()) idle_.erase(idle_.begin());
    idle_.push_back(std::move(connection));
}

void OriginPool::begin_resolving() {
    if (resolving_) return;
    resolving_ = true;
    // getaddrinfo can't be stopped: the handler owns what it touches, and calls wait on timers of their own.
    resolver_.async_resolve(origin_.host, origin_.port,
                            [self = shared_from_this()](ErrorCode error, const Resolver::results_type& found) {
                                self->resolving_ = false;
                                // A name that fails to resolve again keeps its old addresses for now.
                                if (!error) self->endpoints_.assign(found.begin(), found.end());
                                self->resolve_again_ = now() + name_lifetime;
                                while (!self->waiting_for_name_.empty()) self->waiting_for_name_.front()->wake();
                            });
}

Task<Result<OriginPool::Endpoints>> OriginPool::endpoints(Deadline deadline) {
    if (endpoints_.empty()) {
        begin_resolving();
        Waiter waiter(waiting_for_name_, executor_);
        waiter.timer.expires_at(deadline.when());
        ErrorCode ignored;
        co_await waiter.timer.async_wait(asio::redirect_error(use_task, ignored));
        if (!waiter.woken)
            co_return Error{ErrorKind::deadline_exceeded, "the system did not answer in time",
                            "the name was not resolved"};
        if (endpoints_.empty())
            co_return Error{ErrorKind::system_unavailable, "the system can't be reached", "the name is not known"};
    } else if (resolve_again_ <= now()) {
        begin_resolving();  // beside the call, which goes where the last one went
    }
    co_return endpoints_;
}

Task<Result<std::unique_ptr<Connection>>> OriginPool::connect(Deadline deadline) {
    deadline = deadline.within(Deadline::in(limits_.connect_time));
    auto found = co_await endpoints(deadline);
    if (!found) co_return std::move(found).error();
    ErrorCode error;
    for (std::size_t i = 0; i < found->size(); ++i) {
        auto stream = std::make_shared<TimedStream>(Socket(executor_));
        // One address that swallows packets leaves time for the others.
        auto share = (deadline.when() - now()) / static_cast<int>(found->size() - i);
        stream->until(now() + share);
        co_await stream->socket().async_connect((*found)[i], asio::redirect_error(use_task, error));
        if (!error && !stream->expired()) {
            stream->prepare();
            auto connection = std::make_unique<Connection>();
            connection->stream = std::move(stream);
            co_return connection;
        }
        stream->close();
        if (deadline.expired()) break;
    }
    if (resolve_again_ != SteadyTime::max()) resolve_again_ = now();
    if (deadline.expired())
        co_return Error{ErrorKind::deadline_exceeded, "the system did not answer in time", "while connecting"};
    co_return Error{ErrorKind::system_unavailable, "the system can't be reached", error.message()};
}

}  // namespace headgate::net
