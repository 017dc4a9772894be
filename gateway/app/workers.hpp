// Workers: the loops that serve callers, as many as the configuration says, on one port.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/app/worker.hpp"

namespace headgate {

// Used from the main thread.
class Workers {
  public:
    // `stages` makes those of one worker. On an error those that listen already are drained and stopped as ever.
    Result<void> listen(std::shared_ptr<const Snapshot> snapshot, Essentials& services,
                        const std::function<Stages()>& stages, const MakeView& view);
    void publish(std::shared_ptr<const Snapshot> snapshot);
    std::string address() const { return workers_.front()->address(); }
    void drain(SteadyTime deadline);
    void stop();

  private:
    std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace headgate
