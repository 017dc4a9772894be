// RawClient: a blocking TCP client that sends exactly the bytes a test wants sent and reads what comes back.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace headgate {

struct RawAnswer {
    int status = 0;
    std::string head, body;
    bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

// Connects to the loopback; every read waits at most ten seconds, so that a hanging server fails the test.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        int on = 1;
        ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        connected_ = ::connect(fd_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    }
    ~RawClient() { close(); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    bool connected() const { return connected_; }
    int fd() const { return fd_; }
    // False when the peer is gone.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }
    void finish_sending() { ::shutdown(fd_, SHUT_WR); }
    void close() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }
    // Everything until the peer closes.
    std::string read_to_end() {
        while (fill()) {
        }
        return std::exchange(input_, {});
    }
    // One answer by its Content-Length (none: no body); nothing when the peer closes before it is complete.
    std::optional<RawAnswer> read_answer(bool to_head = false) {
        std::size_t end;
        while ((end = input_.find("\r\n\r\n")) == std::string::npos)
            if (!fill()) return std::nullopt;
        RawAnswer answer;
        answer.head = input_.substr(0, end + 4);
        input_.erase(0, end + 4);
        answer.status = answer.head.size() > 12 ? std::atoi(answer.head.c_str() + 9) : 0;
        std::size_t length = 0;
        if (auto at = answer.head.find("Content-Length: "); at != std::string::npos && !to_head)
            length = static_cast<std::size_t>(std::atoll(answer.head.c_str() + at + 16));
        while (input_.size() < length)
            if (!fill()) return std::nullopt;
        answer.body = input_.substr(0, length);
        input_.erase(0, length);
        return answer;
    }
    // Has the peer closed, with nothing more to read?
    bool at_end() { return input_.empty() && !fill() && closed_; }

  private:
    bool fill() {
        pollfd wait{fd_, POLLIN, 0};
        if (::poll(&wait, 1, 10'000) <= 0) {
            ADD_FAILURE() << "nothing arrived within ten seconds";
            return false;
        }
        char bytes[16 * 1024];
        auto n = ::recv(fd_, bytes, sizeof bytes, 0);
        if (n <= 0) {
            closed_ = true;
            reset_ = n < 0;
            return false;
        }
        input_.append(bytes, static_cast<std::size_t>(n));
        return true;
    }

    int fd_;
    bool connected_ = false, closed_ = false, reset_ = false;
    std::string input_;
};

}  // namespace headgate
