// Plain sockets.
#include "tests/simulator/http/loopback.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

namespace simulator {

int bound_socket(int port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const int one = 1;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0 ||
        bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        if (fd >= 0) close(fd);
        throw std::runtime_error("port " + std::to_string(port) + ": " + std::strerror(errno));
    }
    return fd;
}

int listening_socket(int port) {
    const int fd = bound_socket(port);
    if (listen(fd, 1024) == 0) return fd;
    close(fd);
    throw std::runtime_error("port " + std::to_string(port) + ": " + std::strerror(errno));
}

int port_of(int socket) {
    sockaddr_in address{};
    socklen_t length = sizeof address;
    getsockname(socket, reinterpret_cast<sockaddr*>(&address), &length);
    return ntohs(address.sin_port);
}

void abort_connection(int socket) {
    sockaddr nobody{};
    nobody.sa_family = AF_UNSPEC;
    (void)connect(socket, &nobody, sizeof nobody);
}

}  // namespace simulator
