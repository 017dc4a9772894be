#include "gateway/app/wiring.hpp"

#include <filesystem>
#include <set>

#include "base/telemetry/log.hpp"
#include "gateway/admin/admin_api.hpp"
#include "gateway/admin/endpoints.hpp"
#include "gateway/app/admin_port.hpp"
#include "gateway/app/bindings.hpp"
#include "gateway/app/feeds.hpp"
#include "gateway/app/loop.hpp"
#include "gateway/app/order_log.hpp"
#include "gateway/app/published.hpp"
#include "gateway/app/stored_usage.hpp"
#include "gateway/app/workers.hpp"
#include "gateway/orders/capture.hpp"
#include "gateway/orders/metrics.hpp"
#include "gateway/orders/order_index.hpp"
#include "gateway/pipeline/drift_book.hpp"
#include "gateway/pipeline/shadow_side.hpp"
#include "gateway/pipeline/usage_metrics.hpp"
#include "gateway/store/control_numbers.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"
#include "gateway/writes/write_keys.hpp"
#include "shadow/mirror/metrics.hpp"

namespace headgate {

// In the order of construction; destroyed in reverse after drain() has ended the threads in its own order.
struct Gateway::Parts {
    Published published;
    Metrics metrics;
    std::unique_ptr<store::Store> store;
    BlockingPool store_readers{2, 512};
    StoredRoutes stored_routes;
    StoredFindings stored_findings;
    StoredUsage stored_usage;
    store::StoredControlNumbers control_numbers;
    RouteStates routes;
    DriftBook drift;
    FindingBook findings;
    Mirror mirror;
    std::unique_ptr<HttpClient> shadow_http;  // lives on the mirror's thread
    ShadowSide shadow_side;
    orders::Capture capture;
    writes::WriteKeys writes;
    UsageBook usage;
    Services services;
    OrderLog order_log;
    Feeds feeds;
    Workers workers;
    std::unique_ptr<AdminPort> admin;
    std::set<std::string> exported;  // operations whose tally is among the metrics
    bool drained = false;

    Parts(std::shared_ptr<const Snapshot> snapshot, std::unique_ptr<store::Store> opened)
        : published(snapshot),
          store(std::move(opened)),
          stored_routes(*store),
          stored_findings(*store),
          stored_usage(*store),
          control_numbers(*store),
          routes(stored_routes),
          drift(metrics, system_clock()),
          mirror(mirror_limits(snapshot->config.shadow), findings),
          shadow_http(make_http_client(mirror.io_context())),
          shadow_side(*shadow_http, routes, metrics, drift),
          capture(store::AsyncStore(*store, store_readers), system_clock()),
          writes(store::AsyncStore(*store, store_readers), system_clock(), writes::WriteMetrics(metrics)),
          usage(count_calls(metrics)),
          services{{system_clock(), metrics}, routes, mirror, shadow_side, capture, writes, usage},
          order_log(store::AsyncStore(*store, store_readers), routes, metrics, drift),
          feeds(*store, control_numbers, metrics, drift) {
        snapshot->order_source->bind(store::AsyncStore(*store, store_readers));
        snapshot->read_model->bind(store::AsyncStore(*store, store_readers), feeds.freshness(), system_clock());
    }

    static MirrorLimits mirror_limits(const Config::Shadow& shadow) {
        return {shadow.queue, shadow.concurrency, shadow.bytes, shadow.compare_threads};
    }

    // What is sent is numbered out of the store.
    void number(const Snapshot& snapshot) {
        for (const auto& [name, host] : snapshot.systems) host->number_by(control_numbers);
    }
    // Shares that stand in the store; the configuration gives first values.
    Result<void> open_routes(const Snapshot& snapshot) {
        for (const auto& route : snapshot.routes) {
            if (route.bridge) continue;  // its shares are those of the version behind
            const std::string& operation = route.config->operation;
            if (auto opened = routes.open(operation, route.config->share_ppm); !opened) return opened;
            if (route.candidate && exported.insert(operation).second) export_tally(metrics, mirror, {operation});
        }
        return Done{};
    }

    Result<void> restore_evidence() {
        auto kept = stored_findings.load();
        if (!kept) return std::move(kept).error();
        for (const auto& evidence : *kept) mirror.restore(evidence);
        return Done{};
    }

    // What was counted before, then the fields as they are now.
    Result<void> restore_usage(const Snapshot& snapshot) {
        auto kept = stored_usage.load();
        if (!kept) return std::move(kept).error();
        for (const auto& record : *kept) usage.restore(record);
        publish_fields(snapshot);
        metrics.before_scrape([this] { usage.collect(); });
        return Done{};
    }
    void publish_fields(const Snapshot& snapshot) {
        for (const auto& [operation, fields] : snapshot.request_fields) usage.publish(fields);
    }

    // `purpose` labels the calls that are made through it.
    MakeView view(std::string purpose) {
        return [this, purpose = std::move(purpose)](std::shared_ptr<const Snapshot> snapshot, HttpClient& http) {
            return std::make_shared<WorkerView>(std::move(snapshot), http, routes, metrics, drift, purpose);
        };
    }

    Result<void> listen() {
        return workers.listen(
            published.get(), services, [this] { return make_stages(services); }, view("serving"));
    }

    Result<void> open_admin() {
        std::vector<Endpoint> table;
        SnapshotSource snapshot = [this] { return published.get(); };
        admin = std::make_unique<AdminPort>(view("probe"), snapshot);
        add_health_endpoints(table, metrics, [this](bool verbose) { return admin->readiness(verbose, *store); });
        add_route_endpoints(table, routes, snapshot);
        add_report_endpoints(table, mirror, snapshot);
        add_order_endpoints(table, *store);
        add_write_endpoints(table, *store);
        add_feed_endpoints(table, *store, snapshot);
        add_contract_endpoints(table, snapshot);
        add_contract_pages(table, snapshot);
        add_usage_endpoints(table, usage, snapshot, system_clock());
        add_drift_endpoints(table, drift, snapshot);
        return admin->listen(std::move(table));
    }

    void publish(std::shared_ptr<const Snapshot> snapshot) {
        log::set_threshold(snapshot->config.log_level);
        published.set(snapshot);
        publish_fields(*snapshot);
        workers.publish(snapshot);
        order_log.publish(snapshot);
        feeds.publish(snapshot);
        admin->publish(snapshot);
    }
};

Gateway::Gateway(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Result<std::unique_ptr<Gateway>> Gateway::start(const std::string& config_path) {
    Diagnostics diagnostics;
    auto snapshot = load_snapshot(config_path, nullptr, diagnostics);
    if (!snapshot) return Error{ErrorKind::configuration, "the configuration is not usable", diagnostics.text()};
    std::filesystem::path state = snapshot->config.state;
    std::error_code ignored;
    if (state.has_parent_path()) std::filesystem::create_directories(state.parent_path(), ignored);
    store::SqliteOptions options;
    options.file = state.string();
    auto store = store::open_sqlite_store(options);
    if (!store) return std::move(store).error();
    auto parts = std::make_unique<Parts>(snapshot, std::move(*store));
    auto gateway = std::unique_ptr<Gateway>(new Gateway(std::move(parts)));
    Parts& p = *gateway->parts_;
    log::set_threshold(snapshot->config.log_level);
    p.number(*snapshot);
    if (auto opened = p.open_routes(*snapshot); !opened) return std::move(opened).error();
    if (auto restored = p.restore_evidence(); !restored) return std::move(restored).error();
    if (auto restored = p.restore_usage(*snapshot); !restored) return std::move(restored).error();
    if (auto indexed = orders::index_earlier_orders(*p.store); !indexed) return std::move(indexed).error();
    orders::export_order_counts(p.metrics, *p.store, system_clock());
    writes::export_unknown_count(p.metrics, *p.store);
    p.order_log.start(snapshot);
    p.feeds.start(snapshot);
    if (auto opened = p.open_admin(); !opened) return std::move(opened).error();
    p.admin->publish(snapshot);
    if (auto listening = p.listen(); !listening) return std::move(listening).error();
    p.admin->set_ready(true);
    return gateway;
}

Result<void> Gateway::reload() {
    Diagnostics diagnostics;
    auto standing = parts_->published.get();
    auto snapshot = load_snapshot(standing->config.path, standing.get(), diagnostics);
    if (!snapshot) return Error{ErrorKind::configuration, "the new configuration is not usable", diagnostics.text()};
    parts_->number(*snapshot);
    if (auto opened = parts_->open_routes(*snapshot); !opened) return opened;
    parts_->publish(std::move(snapshot));
    return Done{};
}

void Gateway::save_evidence() {
    for (const auto& evidence : parts_->mirror.evidence())
        if (auto saved = parts_->stored_findings.save(evidence); !saved)
            log::warning("evidence-not-saved", {{"operation", evidence.operation}, {"message", saved.error().message}});
    if (auto saved = parts_->stored_usage.save(parts_->usage); !saved)
        log::warning("usage-not-saved", {{"message", saved.error().message}});
    parts_->published.reap();
}

void Gateway::drain() {
    if (std::exchange(parts_->drained, true)) return;
    auto deadline = std::chrono::steady_clock::now() + parts_->published.get()->config.limits.drain;
    if (parts_->admin) parts_->admin->set_ready(false);
    // Callers first: nothing new begins, what has begun is answered.
    parts_->workers.drain(deadline);
    // Then what they fed: the mirror's last pairs are compared, the order log's running steps end.
    parts_->mirror.shut_down();
    parts_->order_log.drain();
    parts_->feeds.stop();
    save_evidence();
    // Then who looks on, and last the store, which all of them used.
    if (parts_->admin) parts_->admin->drain(deadline);
    for (auto& [name, host] : parts_->published.get()->systems) host->shut_down();
    parts_->store_readers.join();
    parts_->store->close();
    parts_->workers.stop();
    parts_->order_log.stop();
    if (parts_->admin) parts_->admin->stop();
}

Gateway::~Gateway() { drain(); }

std::string Gateway::api_address() const { return parts_->workers.address(); }
std::string Gateway::admin_address() const { return parts_->admin->address(); }

}  // namespace headgate
