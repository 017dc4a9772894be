// Stage: one step of the pipeline; does its part, calls the next unless it fails the exchange, and may act on the way
// back.
#pragma once

#include <memory>
#include <vector>

#include "base/async.hpp"
#include "gateway/pipeline/exchange.hpp"

namespace headgate {

class Stage;
using Stages = std::vector<std::unique_ptr<Stage>>;

// The rest of the pipeline, as seen from a stage.
class Next {
  public:
    Next(const Stages& stages, std::size_t index) : stages_(&stages), index_(index) {}
    inline Task<void> operator()(Exchange& exchange) const;

  private:
    const Stages* stages_;
    std::size_t index_;
};

// Stateless but for what it borrows; one object a worker.
class Stage {
  public:
    virtual ~Stage() = default;
    virtual Task<void> handle(Exchange& exchange, Next next) = 0;
};

inline Task<void> Next::operator()(Exchange& exchange) const {
    return (*stages_)[index_]->handle(exchange, Next(*stages_, index_ + 1));
}

}  // namespace headgate
