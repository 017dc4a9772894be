// AdminApi: the admin port: health, metrics, routes, reports, orders; each call authenticated and run off the loop.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/blocking_pool.hpp"
#include "gateway/admin/endpoint.hpp"
#include "gateway/config/snapshot.hpp"
#include "gateway/net/http_server.hpp"

namespace headgate {

// Lives on the admin loop's thread; the pool runs the endpoints and must be joined before that loop ends.
class AdminApi final : public HttpHandler {
  public:
    // `snapshot` gives the one in force, for its callers; thread-safe.
    AdminApi(std::vector<Endpoint> endpoints, BlockingPool& pool,
             std::function<std::shared_ptr<const Snapshot>()> snapshot);

    Task<void> handle(const IncomingRequest& request, OutgoingResponse& response) override;
    void refuse(int status, std::string_view why, OutgoingResponse& response) override;

  private:
    Result<const Endpoint*> find(AdminRequest& request) const;
    std::optional<Error> unauthorised(const Endpoint& endpoint, AdminRequest& request) const;

    std::vector<Endpoint> endpoints_;
    BlockingPool& pool_;
    std::function<std::shared_ptr<const Snapshot>()> snapshot_;
};

}  // namespace headgate
