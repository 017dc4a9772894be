#include "gateway/pipeline/measured_system.hpp"

#include "gateway/pipeline/drift_book.hpp"

namespace headgate {
namespace {

class MeasuredSystem final : public System {
  public:
    MeasuredSystem(std::unique_ptr<System> inner, MetricLabels labels, Metrics& metrics, DriftBook& drift)
        : inner_(std::move(inner)),
          labels_(std::move(labels)),
          metrics_(metrics),
          drift_(drift),
          latency_(metrics.latency("headgate_system_call_seconds", "Calls to systems, by system", labels_)),
          ok_(outcome("ok")) {}

    Task<Result<SystemReply>> call(const SystemCall& call) override {
        auto begun = std::chrono::steady_clock::now();
        DriftLog drift;
        SystemCall watched = call;
        watched.drift = &drift;
        auto reply = co_await inner_->call(watched);
        // Of an answer that failed too: it mostly says why.
        if (call.plan && !(drift.empty() && drift.left_out() == 0))
            drift_.note(labels_.at("system"), *call.plan, labels_.at("for"), drift);
        latency_.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count());
        if (reply)
            ok_.add();
        else
            outcome(std::string(name(reply.error().kind))).add();
        co_return reply;
    }

    Result<void> rehearse(const SystemCall& call) override { return inner_->rehearse(call); }
    Task<Result<void>> probe(const CallContext& context) override { return inner_->probe(context); }

  private:
    Counter outcome(const std::string& word) {
        auto labels = labels_;
        labels["outcome"] = word;
        return metrics_.counter("headgate_system_calls_total", "Calls to systems, by outcome", labels);
    }

    std::unique_ptr<System> inner_;
    MetricLabels labels_;
    Metrics& metrics_;
    DriftBook& drift_;
    Histogram latency_;
    Counter ok_;
};

}  // namespace

std::unique_ptr<System> measured(std::unique_ptr<System> inner, MetricLabels labels, Metrics& metrics,
                                 DriftBook& drift) {
    return std::make_unique<MeasuredSystem>(std::move(inner), std::move(labels), metrics, drift);
}

}  // namespace headgate
