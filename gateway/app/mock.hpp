// MockGateway: contracts served from their examples: workers with the mock's stages and the admin port; no system, no
// route, no store, no file that is written.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "gateway/config/mock_snapshot.hpp"

namespace headgate {

// Used on the main thread alone.
class MockGateway {
  public:
    // Loads and listens. An Error's detail holds diagnostics, one a line.
    static Result<std::unique_ptr<MockGateway>> start(const MockSettings& settings);
    ~MockGateway();

    // Whole or not at all: on an Error the contracts in force stay. Addresses and workers keep until restart.
    Result<void> reload();
    // Stops accepting, answers what has begun; bounded by limits.drain_ms.
    void drain();

    std::string api_address() const;
    std::string admin_address() const;

  private:
    struct Parts;
    explicit MockGateway(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace headgate
