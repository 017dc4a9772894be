// A whole pipeline over fake systems: two versions of a contract (tests/golden/bridges), the first a bridge to the
// second.
#pragma once

#include <map>

#include "contracts/usage/usage_book.hpp"
#include "gateway/orders/capture.hpp"
#include "gateway/pipeline/drift_book.hpp"
#include "gateway/pipeline/pipeline.hpp"
#include "gateway/pipeline/shadow_side.hpp"
#include "gateway/writes/write_keys.hpp"
#include "shadow/mirror/mirror.hpp"
#include "tests/support/await.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/support/fake_http_client.hpp"
#include "tests/support/fake_plan.hpp"
#include "tests/support/fake_system.hpp"
#include "tests/unit/gateway/store/fixture.hpp"

namespace headgate {

class NoRoutes final : public RouteStore {
  public:
    Result<std::vector<RouteChange>> history(const std::string&) override { return std::vector<RouteChange>(); }
    Result<void> append(const std::string&, const RouteChange&) override { return Done{}; }
};

// Dates by hand, spans by the machine: deadlines of blocking calls are real.
class FakeDates final : public Clock {
  public:
    SteadyTime steady_now() const override { return system_clock().steady_now(); }
    WallTime wall_now() const override { return dates_.wall_now(); }
    void advance(milliseconds span) { dates_.advance(span); }

  private:
    FakeClock dates_;
};

class PipelineTest : public store::StoreTest {
  protected:
    PipelineTest() {
        Diagnostics diagnostics;
        std::string golden = HEADGATE_SOURCE_DIR "/tests/golden/bridges";
        snapshot_->contracts = load_contracts({golden + "/contracts"}, diagnostics);
        snapshot_->plans = load_mappings({golden}, snapshot_->contracts, diagnostics);
        EXPECT_TRUE(diagnostics.all().empty()) << diagnostics.text();
        snapshot_->config.anonymous = true;
        system("old", old_);
        system("new", new_);
    }
    void SetUp() override {
        StoreTest::SetUp();
        capture_.emplace(store::AsyncStore(*store_, readers_), clock_);
        writes_.emplace(store::AsyncStore(*store_, readers_), clock_, writes::WriteMetrics(metrics_));
        services_.reset(new Services{{clock_, metrics_}, routes_, mirror_, shadow_side_, *capture_, *writes_, usage_});
        pipeline_.emplace(*services_, make_stages(*services_));
    }
    void TearDown() override {
        mirror_.shut_down();
        if (store_) store_->close();
        readers_.join();
    }

    void system(const std::string& name, const std::shared_ptr<FakeScript>& script) {
        snapshot_->systems[name] = std::make_shared<FakeSystemHost>(script);
        snapshot_->config.systems.push_back({name, "fake", {}, nullptr, nullptr});
    }
    SystemHost* host(const std::string& name) { return snapshot_->systems.at(name).get(); }
    // A route of the operation, published with all others by the first request.
    Route& route(const std::string& operation) {
        auto& config = configs_.emplace_back(std::make_unique<RouteConfig>());
        config->operation = operation;
        Route& made = routes_by_name_[operation];
        made.config = config.get();
        made.operation = snapshot_->contracts->find(operation);
        EXPECT_TRUE(made.operation) << operation;
        return made;
    }
    void bridge(const std::string& from, const std::string& over) {
        Route& made = route(from);
        made.bridge = BridgeTarget{snapshot_->contracts->find(over), snapshot_->plans->find_bridge(from, over)};
        EXPECT_TRUE(made.bridge->over && made.bridge->plan);
    }
    RouteConfig& config_of(const std::string& operation) {
        for (auto& config : configs_)
            if (config->operation == operation) return *config;
        throw std::runtime_error("no route " + operation);
    }

    OutgoingResponse send(std::string method, std::string target, std::string body = {},
                          std::vector<IncomingRequest::HeaderView> headers = {}) {
        if (!published_) {
            for (auto& [name, made] : routes_by_name_) snapshot_->route_of[made.operation] = &made;
            for (const auto& operation : snapshot_->contracts->operations()) {
                auto fields = std::make_shared<const FieldIndex>(*operation);
                snapshot_->request_fields[operation.get()] = fields;
                usage_.publish(fields);
            }
            view_ = std::make_shared<WorkerView>(snapshot_, http_, routes_, metrics_, drift_, "serving");
            pipeline_->publish(view_);
            published_ = true;
        }
        auto question = target.find('?');
        IncomingRequest request{method, target, std::string_view(target).substr(0, question), {}, body, headers};
        if (question != std::string::npos) request.query = std::string_view(target).substr(question + 1);
        if (!body.empty()) request.headers.push_back({"Content-Type", "application/json"});
        OutgoingResponse response;
        await_done(io_, pipeline_->handle(request, response));
        return response;
    }
    static std::string header(const OutgoingResponse& response, std::string_view name) {
        for (const auto& one : response.headers)
            if (one.name == name) return one.value;
        return "none";
    }

    asio::io_context io_;
    FakeDates clock_;
    FakeHttpClient http_;
    Metrics metrics_;
    NoRoutes kept_;
    RouteStates routes_{kept_};
    FindingBook book_;
    Mirror mirror_{{}, book_};
    UsageBook usage_;
    DriftBook drift_{metrics_, clock_};
    ShadowSide shadow_side_{http_, routes_, metrics_, drift_};
    BlockingPool readers_{1, 16};
    std::optional<orders::Capture> capture_;
    std::optional<writes::WriteKeys> writes_;
    std::unique_ptr<Services> services_;
    std::optional<Pipeline> pipeline_;
    std::shared_ptr<Snapshot> snapshot_ = std::make_shared<Snapshot>();
    std::shared_ptr<FakeScript> old_ = std::make_shared<FakeScript>(), new_ = std::make_shared<FakeScript>();
    std::vector<std::unique_ptr<RouteConfig>> configs_;
    std::map<std::string, Route> routes_by_name_;
    std::shared_ptr<WorkerView> view_;
    bool published_ = false;
};

}  // namespace headgate
