// ShadowSide: what the mirror asks: the side of a route that does not serve, through systems of the mirror's own
// thread.
#pragma once

#include <memory>

#include "gateway/pipeline/exchange.hpp"
#include "gateway/pipeline/services.hpp"
#include "shadow/mirror/mirror.hpp"

namespace headgate {

// copy_of() is called on workers; everything else runs on the mirror's thread. Must outlive the mirror's last ask.
class ShadowSide {
  public:
    // `http` belongs to the mirror's thread.
    ShadowSide(HttpClient& http, RouteStates& states, Metrics& metrics, DriftBook& drift);

    // The copy that outlives the exchange: message as JSON, snapshot kept, deadline of its own.
    MirrorRequest copy_of(const Exchange& exchange);

  private:
    Task<ShadowAnswer> ask_other(std::shared_ptr<const Snapshot> snapshot, const MirrorRequest& request);
    std::shared_ptr<WorkerView> view_of(const std::shared_ptr<const Snapshot>& snapshot);

    HttpClient& http_;
    RouteStates& states_;
    Metrics& metrics_;
    DriftBook& drift_;
    std::shared_ptr<WorkerView> view_;  // of the newest snapshot asked for
};

// One side's answer in the mirror's terms.
ShadowAnswer failed_answer(const Error& error);

}  // namespace headgate
