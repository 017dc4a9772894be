#include "gateway/pipeline/measured_system.hpp"

namespace headgate {
namespace {

class MeasuredSystem final : public System {
  public:
    MeasuredSystem(std::unique_ptr<System> inner, MetricLabels labels, Metrics& metrics)
        : inner_(std::move(inner)),
          labels_(std::move(labels)),
          metrics_(metrics),
          latency_(metrics.latency("headgate_system_call_seconds", "Calls to systems, by system", labels_)),
          ok_(outcome("ok")) {}

    Task<Result<SystemReply>> call(const SystemCall& call) override {
        auto begun = std::chrono::steady_clock::now();
        auto reply = co_await inner_->call(call);
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
    Histogram latency_;
    Counter ok_;
};

}  // namespace

std::unique_ptr<System> measured(std::unique_ptr<System> inner, MetricLabels labels, Metrics& metrics) {
    return std::make_unique<MeasuredSystem>(std::move(inner), std::move(labels), metrics);
}

}  // namespace headgate
