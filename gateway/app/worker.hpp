// Worker: one loop that serves callers: its own listener, pipeline, upstream connections and System objects.
#pragma once

#include <memory>
#include <string>

#include "gateway/app/loop.hpp"
#include "gateway/pipeline/pipeline.hpp"

namespace headgate {

// Used from the main thread; the parts live on the loop's thread.
class Worker {
  public:
    Worker(std::string name, Essentials& services, Stages stages, MakeView view);
    ~Worker() { stop(); }

    // Requests from now on begin with this snapshot.
    void publish(std::shared_ptr<const Snapshot> snapshot);
    Result<void> listen(const std::string& address, const Config::Limits& limits, bool share_port);
    std::string address() const { return address_; }
    void drain(SteadyTime deadline);
    void stop();

  private:
    MakeView view_;
    Loop loop_;
    Pipeline pipeline_;
    std::unique_ptr<HttpServer> server_;
    std::string address_;
};

// "127.0.0.1:0" with the port that was found.
std::string with_port(const std::string& address, std::uint16_t port);

}  // namespace headgate
