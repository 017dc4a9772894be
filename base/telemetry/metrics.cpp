#include "base/telemetry/metrics.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <mutex>
#include <vector>

namespace headgate {

struct Metrics::State {
    prometheus::Registry registry;
    std::mutex mutex;
    std::vector<std::function<void()>> refreshes;
};

void Counter::add(double n) const { static_cast<prometheus::Counter*>(counter_)->Increment(n); }
void Gauge::set(double value) const { static_cast<prometheus::Gauge*>(gauge_)->Set(value); }
void Gauge::add(double n) const { static_cast<prometheus::Gauge*>(gauge_)->Increment(n); }
void Histogram::observe(double seconds) const { static_cast<prometheus::Histogram*>(histogram_)->Observe(seconds); }

Metrics::Metrics() : state_(std::make_unique<State>()) {}
Metrics::~Metrics() = default;

Counter Metrics::counter(const std::string& name, const std::string& help, const MetricLabels& labels) {
    return Counter(&prometheus::BuildCounter().Name(name).Help(help).Register(state_->registry).Add(labels));
}

Gauge Metrics::gauge(const std::string& name, const std::string& help, const MetricLabels& labels) {
    return Gauge(&prometheus::BuildGauge().Name(name).Help(help).Register(state_->registry).Add(labels));
}

Histogram Metrics::latency(const std::string& name, const std::string& help, const MetricLabels& labels) {
    static const prometheus::Histogram::BucketBoundaries seconds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                                 0.1,    0.25,  0.5,    1,     2.5,  5,     10};
    return Histogram(
        &prometheus::BuildHistogram().Name(name).Help(help).Register(state_->registry).Add(labels, seconds));
}

void Metrics::before_scrape(std::function<void()> refresh) {
    std::lock_guard lock(state_->mutex);
    state_->refreshes.push_back(std::move(refresh));
}

std::string Metrics::exposition() const {
    {
        std::lock_guard lock(state_->mutex);
        for (const auto& refresh : state_->refreshes) refresh();
    }
    return prometheus::TextSerializer().Serialize(state_->registry.Collect());
}

}  // namespace headgate
