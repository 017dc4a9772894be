#include "gateway/pipeline/worker_view.hpp"

#include "adapters/stepped_system.hpp"
#include "gateway/pipeline/drift_watch.hpp"
#include "gateway/pipeline/measured_system.hpp"

namespace headgate {

OperationMetrics::OperationMetrics(Metrics& metrics, const std::string& operation)
    : metrics_(&metrics),
      operation_(operation),
      latency_(metrics.latency("headgate_request_seconds", "Requests of callers, by operation",
                               {{"operation", operation}})) {}

void OperationMetrics::served(std::string_view side, int status, double seconds) {
    latency_.observe(seconds);
    auto found = by_status_.find({side, status});
    if (found == by_status_.end())
        found =
            by_status_
                .emplace(
                    std::pair(side, status),
                    metrics_->counter(
                        "headgate_requests_total", "Requests of callers, by operation, side, status",
                        {{"operation", operation_}, {"side", std::string(side)}, {"status", std::to_string(status)}}))
                .first;
    found->second.add();
}

WorkerView::WorkerView(std::shared_ptr<const Snapshot> snapshot, Metrics& metrics) : snapshot_(std::move(snapshot)) {
    for (const auto& operation : snapshot_->contracts->operations()) {
        OperationView view;
        view.route = snapshot_->route(operation.get());
        view.metrics = std::make_unique<OperationMetrics>(metrics, operation->name);
        view.lifecycle = LifecycleHeaders(*operation, *snapshot_->contracts);
        operations_.emplace(operation.get(), std::move(view));
    }
}

WorkerView::WorkerView(std::shared_ptr<const Snapshot> snapshot, HttpClient& http, const RouteStates& states,
                       Metrics& metrics, DriftBook& drift, const std::string& purpose)
    : WorkerView(std::move(snapshot), metrics) {
    SystemByName by_name = [this](std::string_view name) -> System* {
        auto host = snapshot_->systems.find(std::string(name));
        return host == snapshot_->systems.end() ? nullptr : &system(host->second.get());
    };
    for (const auto& spec : snapshot_->config.systems) {
        SystemHost& host = *snapshot_->systems.at(spec.name);
        auto adapter = measured(host.for_worker(http),
                                {{"system", spec.name}, {"adapter", spec.adapter}, {"for", purpose}}, metrics);
        systems_[&host] = drift_watched(stepped(std::move(adapter), by_name), spec.name, purpose, drift);
    }
    if (auto own = snapshot_->order_source; own && own->bound())
        systems_[own.get()] =
            measured(own->for_worker(http),
                     {{"system", orders::order_source_name}, {"adapter", "store"}, {"for", purpose}}, metrics);
    if (auto own = snapshot_->read_model; own && own->bound())
        systems_[own.get()] =
            measured(own->for_worker(http),
                     {{"system", feeds::read_model_name}, {"adapter", "store"}, {"for", purpose}}, metrics);
    for (const auto& operation : snapshot_->contracts->operations()) {
        OperationView& view = operations_.at(operation.get());
        view.share_ppm = states.share_ppm(operation->name);
        view.request_fields = snapshot_->request_fields.at(operation.get());
    }
}

Task<Result<SystemReply>> ask(System& system, const Target& target, const Operation& operation, Value message,
                              Builder& builder, CallContext context) {
    context.deadline = context.deadline.within(Deadline::in(target.host->deadline()));
    SystemCall call{&operation, target.plan, message, builder, context};
    auto reply = co_await system.call(call);
    // A mapping makes the contract's success, whose status is the contract's own.
    if (reply && target.plan && reply->status == 200) reply->status = operation.success_status;
    co_return reply;
}

}  // namespace headgate
