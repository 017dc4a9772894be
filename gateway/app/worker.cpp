#include "gateway/app/worker.hpp"

namespace headgate {

std::string with_port(const std::string& address, std::uint16_t port) {
    return address.substr(0, address.rfind(':') + 1) + std::to_string(port);
}

Worker::Worker(std::string name, Essentials& services, Stages stages, MakeView view)
    : view_(std::move(view)), loop_(std::move(name)), pipeline_(services, std::move(stages)) {}

void Worker::publish(std::shared_ptr<const Snapshot> snapshot) {
    loop_.run_on([&] { pipeline_.publish(view_(std::move(snapshot), loop_.http())); });
}

Result<void> Worker::listen(const std::string& address, const Config::Limits& limits, bool share_port) {
    HttpServerLimits server_limits;
    server_limits.body_bytes = limits.body_bytes;
    server_limits.header_bytes = limits.header_bytes;
    server_limits.connections = limits.connections;
    std::optional<Error> failure;
    loop_.run_on([&] {
        auto listening = listen_http(loop_.context(), address, share_port, server_limits, pipeline_);
        if (!listening) {
            failure = std::move(listening).error();
            return;
        }
        server_ = std::move(*listening);
        address_ = with_port(address, server_->port());
    });
    if (failure) return std::move(*failure);
    return Done{};
}

void Worker::drain(SteadyTime deadline) {
    if (server_) loop_.await_on([&] { return server_->drain(deadline); });
}

void Worker::stop() {
    if (!loop_.running()) return;
    loop_.run_on([&] {
        server_.reset();
        pipeline_.publish(nullptr);
    });
    loop_.stop();
}

}  // namespace headgate
