#include "gateway/app/order_log.hpp"

#include <unistd.h>

namespace headgate {

OrderLog::OrderLog(store::AsyncStore store, RouteStates& routes, Metrics& metrics, DriftBook& drift)
    : store_(store), routes_(routes), metrics_(metrics), drift_(drift), loop_("order-log") {}

void OrderLog::start(std::shared_ptr<const Snapshot> snapshot) {
    const auto limits = snapshot->config.limits;
    publish(std::move(snapshot));
    loop_.run_on([this, &limits] {
        auto executor = loop_.context().get_executor();
        auto resolver = [this](const orders::StepName& step) { return resolve(step); };
        orders::WorkRunnerSettings settings;
        settings.owner = "headgate-" + std::to_string(::getpid());
        orders::SweeperSettings sweeping;
        sweeping.release.owner = settings.owner;
        relay_.emplace(executor, store_, system_clock(), resolver, settings);
        sweeper_.emplace(executor, store_, system_clock(), resolver, sweeping);
        relay_->start();
        sweeper_->start();
        key_sweeper_.emplace(executor, store_, system_clock(), writes::WriteMetrics(metrics_),
                             writes::KeySweeperSettings{.kept = limits.write_kept, .most_keys = limits.write_keys});
        key_sweeper_->start();
    });
}

void OrderLog::publish(std::shared_ptr<const Snapshot> snapshot) {
    loop_.run_on([&] {
        view_ = std::make_shared<WorkerView>(std::move(snapshot), loop_.http(), routes_, metrics_, drift_, "order-log");
    });
}

Result<orders::StepTarget> OrderLog::resolve(const orders::StepName& step) const {
    const Snapshot& snapshot = view_->snapshot();
    auto host = snapshot.systems.find(step.system);
    const Plan* plan = snapshot.plans->find_call(step.system, step.call);
    if (host == snapshot.systems.end() || !plan)
        return Error{ErrorKind::configuration, "'" + step.text() + "' is no longer configured"};
    return orders::StepTarget{&view_->system(host->second.get()), plan, host->second->deadline(), view_};
}

void OrderLog::drain() {
    if (!relay_) return;
    loop_.await_on([this] { return relay_->drain(); });
    loop_.await_on([this] { return sweeper_->drain(); });
    loop_.await_on([this] { return key_sweeper_->drain(); });
}

void OrderLog::stop() {
    if (!loop_.running()) return;
    loop_.run_on([this] {
        relay_.reset();
        sweeper_.reset();
        key_sweeper_.reset();
        view_.reset();
    });
    loop_.stop();
}

}  // namespace headgate
