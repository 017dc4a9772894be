// ReadModel: messages that feeds keep as a system, for mappings with `source: { read-model: ... }`. Its name in routes
// is reserved: read-model.
#pragma once

#include <optional>

#include "adapters/system.hpp"
#include "gateway/feeds/freshness.hpp"
#include "gateway/store/async_store.hpp"

namespace headgate::feeds {

inline constexpr const char* read_model_name = "read-model";

// One for the process, shared by all snapshots. Errors: rejected with code `not-found` (HTTP 404) where there is no
// such message or order; system_unavailable when what is kept is older than its feed allows; and those of AsyncStore.
class ReadModel final : public SystemHost {
  public:
    // Before the first for_worker(); all outlive this.
    void bind(store::AsyncStore store, const Freshness& freshness, const Clock& clock) {
        store_.emplace(store);
        freshness_ = &freshness;
        clock_ = &clock;
    }
    bool bound() const { return store_.has_value(); }

    std::unique_ptr<System> for_worker(HttpClient&) override;
    milliseconds deadline() const override { return milliseconds(1000); }
    std::string refuses(const Plan& plan) const override;

  private:
    std::optional<store::AsyncStore> store_;
    const Freshness* freshness_ = nullptr;
    const Clock* clock_ = nullptr;
};

}  // namespace headgate::feeds
