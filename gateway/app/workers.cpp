#include "gateway/app/workers.hpp"

#include <thread>

namespace headgate {

Result<void> Workers::listen(std::shared_ptr<const Snapshot> snapshot, Essentials& services,
                             const std::function<Stages()>& stages, const MakeView& view) {
    std::size_t count = snapshot->config.workers;
    if (count == 0) count = std::max(1u, std::thread::hardware_concurrency());
    // The first finds the port when the address leaves it open.
    std::string address = snapshot->config.api_address;
    for (std::size_t i = 0; i < count; ++i) {
        auto worker = std::make_unique<Worker>("worker-" + std::to_string(i), services, stages(), view);
        worker->publish(snapshot);
        if (auto listening = worker->listen(address, snapshot->config.limits, count > 1); !listening) return listening;
        address = worker->address();
        workers_.push_back(std::move(worker));
    }
    return Done{};
}

void Workers::publish(std::shared_ptr<const Snapshot> snapshot) {
    for (auto& worker : workers_) worker->publish(snapshot);
}

void Workers::drain(SteadyTime deadline) {
    for (auto& worker : workers_) worker->drain(deadline);
}

void Workers::stop() {
    for (auto& worker : workers_) worker->stop();
}

}  // namespace headgate
