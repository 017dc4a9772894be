#include "gateway/app/mock.hpp"

#include "base/telemetry/log.hpp"
#include "gateway/admin/endpoints.hpp"
#include "gateway/app/admin_port.hpp"
#include "gateway/app/published.hpp"
#include "gateway/app/workers.hpp"

namespace headgate {

// In the order of construction; destroyed in reverse after drain() has ended the threads.
struct MockGateway::Parts {
    MockSettings settings;
    Published published;
    Metrics metrics;
    Essentials services{system_clock(), metrics};
    Workers workers;
    std::unique_ptr<AdminPort> admin;
    bool drained = false;

    Parts(MockSettings from, std::shared_ptr<const Snapshot> snapshot)
        : settings(std::move(from)), published(std::move(snapshot)) {}

    MakeView view() {
        return [this](std::shared_ptr<const Snapshot> snapshot, HttpClient&) {
            return std::make_shared<WorkerView>(std::move(snapshot), metrics);
        };
    }

    Result<void> listen() {
        return workers.listen(
            published.get(), services, [this] { return make_mock_stages(services); }, view());
    }

    // Health and the contracts: all that there is. It knows no caller, so nothing needs a token.
    Result<void> open_admin() {
        std::vector<Endpoint> table;
        SnapshotSource snapshot = [this] { return published.get(); };
        admin = std::make_unique<AdminPort>(view(), snapshot);
        add_health_endpoints(table, metrics, [this](bool) {
            return std::vector<ReadinessCheck>{{"listening", true, admin->ready() ? "" : "starting or draining"}};
        });
        add_contract_endpoints(table, snapshot);
        add_contract_pages(table, snapshot);
        for (Endpoint& endpoint : table) endpoint.open = true;
        return admin->listen(std::move(table));
    }
};

MockGateway::MockGateway(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Result<std::unique_ptr<MockGateway>> MockGateway::start(const MockSettings& settings) {
    Diagnostics diagnostics;
    auto snapshot = load_mock_snapshot(settings, nullptr, diagnostics);
    if (!snapshot) return Error{ErrorKind::configuration, "the contracts are not usable", diagnostics.text()};
    log::set_threshold(snapshot->config.log_level);
    auto gateway =
        std::unique_ptr<MockGateway>(new MockGateway(std::make_unique<Parts>(settings, std::move(snapshot))));
    Parts& p = *gateway->parts_;
    if (auto opened = p.open_admin(); !opened) return std::move(opened).error();
    if (auto listening = p.listen(); !listening) return std::move(listening).error();
    p.admin->set_ready(true);
    return gateway;
}

Result<void> MockGateway::reload() {
    Diagnostics diagnostics;
    auto standing = parts_->published.get();
    auto snapshot = load_mock_snapshot(parts_->settings, standing.get(), diagnostics);
    if (!snapshot) return Error{ErrorKind::configuration, "the new contracts are not usable", diagnostics.text()};
    standing.reset();
    log::set_threshold(snapshot->config.log_level);
    parts_->published.set(snapshot);
    parts_->workers.publish(snapshot);
    parts_->published.reap();
    return Done{};
}

void MockGateway::drain() {
    if (std::exchange(parts_->drained, true)) return;
    auto deadline = std::chrono::steady_clock::now() + parts_->published.get()->config.limits.drain;
    if (parts_->admin) parts_->admin->set_ready(false);
    parts_->workers.drain(deadline);
    if (parts_->admin) parts_->admin->drain(deadline);
    parts_->workers.stop();
    if (parts_->admin) parts_->admin->stop();
}

MockGateway::~MockGateway() { drain(); }

std::string MockGateway::api_address() const { return parts_->workers.address(); }
std::string MockGateway::admin_address() const { return parts_->admin->address(); }

}  // namespace headgate
