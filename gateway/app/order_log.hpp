// OrderLog: the background loop that carries captured orders on and sweeps what nobody will end: orders and other
// writes.
#pragma once

#include <memory>
#include <optional>

#include "gateway/app/loop.hpp"
#include "gateway/orders/relay.hpp"
#include "gateway/orders/sweeper.hpp"
#include "gateway/pipeline/worker_view.hpp"
#include "gateway/writes/key_sweeper.hpp"

namespace headgate {

// Used from the main thread; the parts live on the loop's thread.
class OrderLog {
  public:
    OrderLog(store::AsyncStore store, RouteStates& routes, Metrics& metrics, DriftBook& drift);
    ~OrderLog() { stop(); }

    void start(std::shared_ptr<const Snapshot> snapshot);
    void publish(std::shared_ptr<const Snapshot> snapshot);
    // Claims nothing more; ends when what runs has ended.
    void drain();
    void stop();

  private:
    Result<orders::StepTarget> resolve(const orders::StepName& step) const;

    store::AsyncStore store_;
    RouteStates& routes_;
    Metrics& metrics_;
    DriftBook& drift_;
    Loop loop_;
    std::shared_ptr<WorkerView> view_;
    std::optional<orders::Relay> relay_;
    std::optional<orders::Sweeper> sweeper_;
    std::optional<writes::KeySweeper> key_sweeper_;
};

}  // namespace headgate
