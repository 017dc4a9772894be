// The listener: accepts connections into sessions, bounded, unharmed by a lack of descriptors, drained on request.
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <charconv>

#include "base/telemetry/log.hpp"
#include "gateway/net/session.hpp"

namespace headgate::net {
namespace {

constexpr milliseconds back_off{20};

// A descriptor kept in reserve: at EMFILE it is given up for the moment that it takes to accept and close one
// connection, so that its peer hears at once instead of waiting in a queue that the listener can't empty.
class SpareDescriptor {
  public:
    SpareDescriptor() : fd_(::open("/dev/null", O_RDONLY | O_CLOEXEC)) {}
    ~SpareDescriptor() { give_up(); }
    SpareDescriptor(const SpareDescriptor&) = delete;
    SpareDescriptor& operator=(const SpareDescriptor&) = delete;

    void shed_one(int listener) {
        give_up();
        int shed = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (shed >= 0) ::close(shed);
        fd_ = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    }

  private:
    void give_up() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }
    int fd_;
};

bool lacks_resources(const ErrorCode& error) {
    return error == asio::error::no_descriptors || error.value() == ENFILE || error == asio::error::no_buffer_space ||
           error == asio::error::no_memory;
}

// Sessions run as parameters of a named function: the coroutine owns them, not a lambda that is gone.
Task<void> run_session(SessionHost& host, Socket socket) {
    Session session(host, std::move(socket));
    co_await session.run();
}
Task<void> turn_away(SessionHost& host, Socket socket) {
    Session session(host, std::move(socket));
    co_await session.turn_away();
}

void report_bug(std::exception_ptr bug) {
    try {
        std::rethrow_exception(bug);
    } catch (const std::exception& e) {
        log::error("connection-failed", {{"what", e.what()}});
    } catch (...) {
        log::error("connection-failed");
    }
}

class Server final : public HttpServer {
  public:
    Server(Acceptor acceptor, const HttpServerLimits& limits, HttpHandler& handler)
        : acceptor_(std::move(acceptor)),
          pause_(acceptor_.get_executor()),
          host_(std::make_shared<SessionHost>(SessionHost{limits, handler})),
          tasks_(acceptor_.get_executor(), report_bug) {
        port_ = acceptor_.local_endpoint().port();
        tasks_.spawn(accept());
    }

    std::uint16_t port() const override { return port_; }
    std::size_t connections() const override { return host_->sessions.size(); }

    Task<void> drain(SteadyTime deadline) override {
        host_->draining = true;
        ErrorCode ignored;
        acceptor_.close(ignored);
        pause_.cancel();
        for (Session* session : host_->sessions) session->end_if_idle();
        Timer cut(acceptor_.get_executor());
        cut.expires_at(deadline);
        cut.async_wait([host = host_](ErrorCode error) {
            if (error) return;
            for (Session* session : host->sessions) session->cut();
        });
        co_await tasks_.drain();
        tasks_.close();
    }

  private:
    Task<void> accept() {
        while (!host_->draining) {
            ErrorCode error;
            Socket socket = co_await acceptor_.async_accept(asio::redirect_error(use_task, error));
            if (!acceptor_.is_open()) break;
            if (lacks_resources(error)) {
                spare_.shed_one(acceptor_.native_handle());
                log::warning("accept-failed", {{"what", error.message()}, {"connections", connections()}});
                pause_.expires_after(back_off);
                co_await pause_.async_wait(asio::redirect_error(use_task, error));
                continue;
            }
            if (error) continue;  // the peer gave up while it waited
            // By tasks, for a session that was just spawned may not have entered itself yet; one is this loop.
            std::size_t held = tasks_.running() - 1, bound = host_->limits.connections;
            // Beyond the bound some are told so; far beyond it even that would be without bound.
            if (held < bound)
                tasks_.spawn(run_session(*host_, std::move(socket)));
            else if (held < bound + 1 + bound / 8)
                tasks_.spawn(turn_away(*host_, std::move(socket)));
        }
    }

    Acceptor acceptor_;
    Timer pause_;
    SpareDescriptor spare_;
    std::shared_ptr<SessionHost> host_;
    TaskGroup tasks_;
    std::uint16_t port_ = 0;
};

Result<Tcp::endpoint> parse_address(const std::string& address) {
    auto fail = [&](std::string_view why) {
        return Error{ErrorKind::configuration, "can't listen on '" + address + "': " + std::string(why)};
    };
    auto colon = address.rfind(':');
    if (colon == std::string::npos) return fail("host:port is expected");
    std::string host = address.substr(0, colon), port = address.substr(colon + 1);
    if (host.size() > 2 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    unsigned number = 0;
    auto [end, bad] = std::from_chars(port.data(), port.data() + port.size(), number);
    if (bad != std::errc() || end != port.data() + port.size() || number > 65535)
        return fail("the port is not a number");
    ErrorCode error;
    auto ip = asio::ip::make_address(host, error);
    if (error) return fail("the host must be a numeric address");
    return Tcp::endpoint(ip, static_cast<std::uint16_t>(number));
}

}  // namespace
}  // namespace headgate::net

namespace headgate {

Result<std::unique_ptr<HttpServer>> listen_http(asio::io_context& context, const std::string& address, bool share_port,
                                                const HttpServerLimits& limits, HttpHandler& handler) {
    auto endpoint = net::parse_address(address);
    if (!endpoint) return std::move(endpoint).error();
    net::Acceptor acceptor(context.get_executor());
    net::ErrorCode error;
    acceptor.open(endpoint->protocol(), error);
    if (!error) acceptor.set_option(net::Acceptor::reuse_address(true), error);
    int on = 1;
    if (!error && share_port && ::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on) != 0)
        error.assign(errno, boost::system::system_category());
    if (!error) acceptor.bind(*endpoint, error);
    if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) return Error{ErrorKind::configuration, "can't listen on '" + address + "': " + error.message()};
    return std::unique_ptr<HttpServer>(std::make_unique<net::Server>(std::move(acceptor), limits, handler));
}

}  // namespace headgate
