#include "gateway/app/admin_port.hpp"

#include "gateway/app/worker.hpp"

namespace headgate {

AdminPort::AdminPort(MakeView view, SnapshotSource snapshot)
    : make_view_(std::move(view)), snapshot_(std::move(snapshot)), loop_("admin") {}

Result<void> AdminPort::listen(std::vector<Endpoint> table) {
    std::optional<Error> failure;
    std::string configured = snapshot_()->config.admin_address;
    loop_.run_on([&] {
        api_ = std::make_unique<AdminApi>(std::move(table), pool_, snapshot_);
        auto listening = listen_http(loop_.context(), configured, false, HttpServerLimits{}, *api_);
        if (!listening) {
            failure = std::move(listening).error();
            return;
        }
        server_ = std::move(*listening);
        address_ = with_port(configured, server_->port());
    });
    if (failure) return std::move(*failure);
    return Done{};
}

void AdminPort::publish(std::shared_ptr<const Snapshot> snapshot) {
    loop_.run_on([&] { view_ = make_view_(std::move(snapshot), loop_.http()); });
}

Task<void> AdminPort::probe(WorkerView& view, const std::string& name, ReadinessCheck& check) {
    CallContext context;
    context.trace = begin_trace();
    context.deadline = Deadline::in(milliseconds(1'000));
    auto alive = co_await view.system(view.snapshot().systems.at(name).get()).probe(context);
    if (!alive) check.failure = std::string(headgate::name(alive.error().kind)) + ", " + alive.error().message;
}

std::vector<ReadinessCheck> AdminPort::readiness(bool verbose, store::Store& store) {
    std::vector<ReadinessCheck> checks;
    checks.push_back({"listening", true, ready_ ? "" : "starting or draining"});
    auto counted = store.count("order-intent", true);
    checks.push_back({"store", true, counted ? "" : counted.error().message});
    if (!verbose) return checks;
    std::shared_ptr<WorkerView> view;
    loop_.run_on([&] { view = view_; });
    std::size_t first = checks.size();
    for (const auto& [name, host] : view->snapshot().systems) checks.push_back({"system " + name, false, {}});
    loop_.await_on([&]() -> Task<void> { return probe_all(*view, checks, first); });
    loop_.run_on([&] { view.reset(); });
    return checks;
}

Task<void> AdminPort::probe_all(WorkerView& view, std::vector<ReadinessCheck>& checks, std::size_t first) {
    TaskGroup probes(loop_.context().get_executor(), [](std::exception_ptr) {});
    for (const auto& [name, host] : view.snapshot().systems) probes.spawn(probe(view, name, checks[first++]));
    co_await probes.drain();
}

void AdminPort::drain(SteadyTime deadline) {
    if (server_) loop_.await_on([&] { return server_->drain(deadline); });
    pool_.join();
}

void AdminPort::stop() {
    if (!loop_.running()) return;
    pool_.join();
    loop_.run_on([this] {
        server_.reset();
        view_.reset();
    });
    loop_.stop();
}

}  // namespace headgate
