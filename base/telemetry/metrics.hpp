// Metrics: counters, gauges and histograms of the process, kept by prometheus-cpp, shown at /metrics.
#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>

namespace headgate {

using MetricLabels = std::map<std::string, std::string>;

// Handles are cheap to copy and thread-safe; they live as long as the Metrics that made them. Resolve them at load,
// not per request: a lookup takes a lock.
class Counter {
  public:
    void add(double n = 1) const;

  private:
    friend class Metrics;
    explicit Counter(void* c) : counter_(c) {}
    void* counter_;
};
class Gauge {
  public:
    void set(double value) const;
    void add(double n) const;

  private:
    friend class Metrics;
    explicit Gauge(void* g) : gauge_(g) {}
    void* gauge_;
};
class Histogram {
  public:
    void observe(double seconds) const;

  private:
    friend class Metrics;
    explicit Histogram(void* h) : histogram_(h) {}
    void* histogram_;
};

// Names follow Prometheus: headgate_<what>_<unit>[_total]. Owned by wiring; outlives whatever holds a handle.
class Metrics {
  public:
    Metrics();
    ~Metrics();
    Counter counter(const std::string& name, const std::string& help, const MetricLabels& labels = {});
    Gauge gauge(const std::string& name, const std::string& help, const MetricLabels& labels = {});
    // Buckets in seconds from 0.5 ms to 10 s.
    Histogram latency(const std::string& name, const std::string& help, const MetricLabels& labels = {});
    // Runs before each scrape: for gauges that mirror a size.
    void before_scrape(std::function<void()> refresh);
    // The text exposition format, version 0.0.4.
    std::string exposition() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace headgate
