// AdminPort: the loop, pool and listener of the admin API, and what /readyz asks.
#pragma once

#include <atomic>
#include <memory>

#include "gateway/admin/admin_api.hpp"
#include "gateway/admin/endpoints.hpp"
#include "gateway/app/loop.hpp"
#include "gateway/pipeline/services.hpp"
#include "gateway/pipeline/worker_view.hpp"
#include "gateway/store/store.hpp"

namespace headgate {

// Used from the main thread, but for readiness(), which runs on the pool.
class AdminPort {
  public:
    // `view`: of the systems that readiness() probes.
    AdminPort(MakeView view, SnapshotSource snapshot);
    ~AdminPort() { stop(); }

    Result<void> listen(std::vector<Endpoint> table);
    void publish(std::shared_ptr<const Snapshot> snapshot);
    void set_ready(bool ready) { ready_ = ready; }
    bool ready() const { return ready_; }
    std::string address() const { return address_; }
    // Systems are probed only when `verbose`: that they are down does not make the gateway unready.
    std::vector<ReadinessCheck> readiness(bool verbose, store::Store& store);
    void drain(SteadyTime deadline);
    void stop();

  private:
    Task<void> probe(WorkerView& view, const std::string& name, ReadinessCheck& check);
    Task<void> probe_all(WorkerView& view, std::vector<ReadinessCheck>& checks, std::size_t first);

    MakeView make_view_;
    SnapshotSource snapshot_;
    std::atomic<bool> ready_{false};
    Loop loop_;
    BlockingPool pool_{2, 64};
    std::unique_ptr<AdminApi> api_;
    std::unique_ptr<HttpServer> server_;
    std::shared_ptr<WorkerView> view_;
    std::string address_;
};

}  // namespace headgate
