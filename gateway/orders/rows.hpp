// The rows, queues and events of orders in the store, and the commits that move them. No I/O.
#pragma once

#include "gateway/orders/intent.hpp"
#include "gateway/store/store.hpp"

namespace headgate::orders {

inline constexpr const char* intents = "order-intent";           // by caller and key
inline constexpr const char* orders_kept = "order";              // by order identifier; the payload is the answer
inline constexpr const char* cross_references = "xref";          // order/<order id>/<system>
inline constexpr const char* legacy_references = "xref-legacy";  // <system>/<legacy key>
inline constexpr const char* step_queue = "order-steps";
inline constexpr const char* release_queue = "stock-release";

// A work item's payload: whom to call, under which trace, and the order where the store has no row for it.
struct StepPayload {
    StepName step = {};
    std::string traceparent = {};
    std::string order = {};  // JSON; empty: read from the order's row
};
std::string write_step(const StepPayload& step);
Result<StepPayload> read_step(const std::string& payload);

// Announces `intent`, if the row has `revision` (0: none stands).
store::Commit announce(const std::string& key, const Intent& intent, std::int64_t revision);
// The order, its answer and its first steps, if the intent still stands with our fence.
store::Commit commit_order(const std::string& key, const Intent& held, std::int64_t fence, std::int64_t now_ms,
                           const std::vector<StepName>& steps, const std::string& traceparent);
// Ends a try: the row is erased or says revoked; with `release` its stock is to be given back.
enum class Ending : std::uint8_t { erase, revoke, revoke_and_release };
store::Commit end_try(const std::string& key, const Intent& held, std::int64_t fence, std::int64_t now_ms, Ending how,
                      const std::string& why);
// The holder gives up without knowing whether stock was reserved; a retry may take over from now on.
store::Commit let_go(const std::string& key, Intent held, std::int64_t fence, std::int64_t now_ms);

// The cross-reference of one step in both directions.
std::vector<store::Put> pair_keys(const std::string& order_id, const std::string& system,
                                  const std::string& legacy_key);

}  // namespace headgate::orders
