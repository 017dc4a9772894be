// ScriptedServer: a TCP server of a few lines whose connections do what a test's script says: answer, hang, reset, lie.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace headgate {

// One accepted connection, used on its own thread.
class ScriptedConnection {
  public:
    ScriptedConnection(int fd, const std::atomic<bool>& stopping) : fd_(fd), stopping_(stopping) {}

    // The next request's bytes by its Content-Length; empty when the peer has gone or the server stops.
    std::string read_request() {
        std::size_t end;
        while ((end = input_.find("\r\n\r\n")) == std::string::npos)
            if (!fill()) return {};
        std::size_t length = 0;
        if (auto at = input_.find("Content-Length: "); at < end)
            length = static_cast<std::size_t>(std::atoll(input_.c_str() + at + 16));
        while (input_.size() < end + 4 + length)
            if (!fill()) return {};
        std::string request = input_.substr(0, end + 4 + length);
        input_.erase(0, end + 4 + length);
        return request;
    }
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    bool answer(std::string_view body, int status = 200) {
        return send("HTTP/1.1 " + std::to_string(status) + " X\r\nContent-Length: " + std::to_string(body.size()) +
                    "\r\n\r\n" + std::string(body));
    }
    // Until the peer closes or the server stops.
    void hang() {
        while (fill()) {
        }
    }
    void reset() {
        linger now{1, 0};
        ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
    }

  private:
    bool fill() {
        while (!stopping_) {
            pollfd wait{fd_, POLLIN, 0};
            if (::poll(&wait, 1, 20) == 0) continue;
            char bytes[16 * 1024];
            auto n = ::recv(fd_, bytes, sizeof bytes, 0);
            if (n <= 0) return false;
            input_.append(bytes, static_cast<std::size_t>(n));
            return true;
        }
        return false;
    }

    int fd_;
    const std::atomic<bool>& stopping_;
    std::string input_;
};

// Listens on the loopback at port 0. Connection n follows scripts[n], the last script serves all that come after; a
// connection is closed when its script returns.
class ScriptedServer {
  public:
    using Script = std::function<void(ScriptedConnection&)>;

    explicit ScriptedServer(std::vector<Script> scripts)
        : scripts_(std::move(scripts)), fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        ::bind(fd_, reinterpret_cast<sockaddr*>(&at), sizeof at);
        ::listen(fd_, 128);
        socklen_t size = sizeof at;
        ::getsockname(fd_, reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        acceptor_ = std::jthread([this] { accept(); });
    }
    ~ScriptedServer() {
        stopping_ = true;
        acceptor_.join();
        connections_.clear();
        ::close(fd_);
    }
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::uint16_t port() const { return port_; }
    int accepted() const { return accepted_; }

    // Answers every request of a connection alike.
    static Script always(std::string body) {
        return [body = std::move(body)](ScriptedConnection& connection) {
            while (!connection.read_request().empty()) connection.answer(body);
        };
    }
    // Sends these bytes after the first request and closes.
    static Script once(std::string bytes) {
        return [bytes = std::move(bytes)](ScriptedConnection& connection) {
            if (!connection.read_request().empty()) connection.send(bytes);
        };
    }

  private:
    void accept() {
        while (!stopping_) {
            pollfd wait{fd_, POLLIN, 0};
            if (::poll(&wait, 1, 20) <= 0) continue;
            int fd = ::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC);
            if (fd < 0) continue;
            auto n = static_cast<std::size_t>(accepted_++);
            const Script& script = scripts_[std::min(n, scripts_.size() - 1)];
            connections_.emplace_back([this, fd, &script] {
                ScriptedConnection connection(fd, stopping_);
                script(connection);
                ::close(fd);
            });
        }
    }

    std::vector<Script> scripts_;
    int fd_;
    std::uint16_t port_ = 0;
    std::atomic<int> accepted_{0};
    std::atomic<bool> stopping_{false};
    std::vector<std::jthread> connections_;
    std::jthread acceptor_;
};

}  // namespace headgate
