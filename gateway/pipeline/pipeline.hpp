// Pipeline: what happens to a request of a caller, from bytes to answer: the stages, in their one order.
#pragma once

#include <memory>
#include <vector>

#include "gateway/net/http_server.hpp"
#include "gateway/pipeline/services.hpp"
#include "gateway/pipeline/stage.hpp"

namespace headgate {

// The list stands in pipeline.cpp, each line saying why it comes before the next.
Stages make_stages(Services& services);
// The same for a mock: no caller needs a token, no system is called.
Stages make_mock_stages(Essentials& services);

// One a worker: gives each request an exchange and sends it through the stages.
class Pipeline final : public HttpHandler {
  public:
    Pipeline(Essentials& services, Stages stages);
    // On the worker's thread: requests from now on begin with this view.
    void publish(std::shared_ptr<WorkerView> view) { view_ = std::move(view); }

    Task<void> handle(const IncomingRequest& request, OutgoingResponse& response) override;
    void refuse(int status, std::string_view why, OutgoingResponse& response) override;

  private:
    // Memory lent to one exchange at a time and used again by the next.
    struct Scratch {
        std::unique_ptr<std::byte[]> block;
        Builder builder;
    };
    static constexpr std::size_t block_bytes = 32 * 1024;
    std::unique_ptr<Scratch> borrow_scratch();

    Essentials& services_;
    Stages stages_;
    std::shared_ptr<WorkerView> view_;
    std::vector<std::unique_ptr<Scratch>> idle_scratch_;
    Arena resting_arena_;  // where idle builders point
};

}  // namespace headgate
