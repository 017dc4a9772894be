// Intent: the durable announcement that an order is being captured under a key, and every decision about it. No I/O.
//
//   (none) --create--> open --commit--> committed            replayed for ever
//                       |  \--withdraw--> (none) or revoked   the stock system said no: a retry is a new try
//                       |--take over--> open                  the holder is gone; the fence (the row's revision) rises
//                       '--revoke--> revoked                  by the sweeper: stock of this try is given back
//                       afterwards
//   revoked --next try--> open, under a new order identifier
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/result.hpp"

namespace headgate::orders {

// A step's target, by the names of configuration and mapping: shop.orderCreate.
struct StepName {
    std::string system = {}, call = {};
    std::string text() const { return system + "." + call; }
    bool operator==(const StepName&) const = default;
};

enum class IntentState : std::uint8_t { open, committed, revoked };

// The fence is the revision of the store's row: whoever changes the row makes every earlier holder's commit a conflict.
struct Intent {
    IntentState state = IntentState::open;
    std::string fingerprint = {};
    std::string order_id = {};
    std::int64_t try_number = 0;
    std::int64_t takeovers = 0;   // of this try; above 0 a reserve of an earlier holder may still be under way
    std::int64_t generation = 0;  // of the store when the holder began
    std::int64_t expires_ms = 0;  // until then the holder is taken to be alive
    StepName release = {};        // how this try's stock is given back
    std::string order = {};       // while open: the order as reserved, JSON
};
std::string write_intent(const Intent& intent);
Result<Intent> read_intent(const std::string& payload);

// The row's name.
std::string intent_key(const std::string& caller, const std::string& key);

struct Moment {
    std::int64_t now_ms = 0;
    std::int64_t generation = 0;  // of the store
};

// What a request with a key means, given what stands under the key.
enum class Begin : std::uint8_t {
    create,       // nothing stands: announce try 0
    take_over,    // the holder is gone: go on with the same order identifier under a new fence
    next_try,     // the last try was revoked: a new identifier
    replay,       // committed: the same answer again
    in_progress,  // a living holder is at it
    key_reused    // the key stands for another request
};
Begin decide_begin(const std::optional<Intent>& standing, const std::string& fingerprint, const Moment& moment);

// What becomes of an intent that is held, once the stock system has spoken (or hasn't).
enum class Reserved : std::uint8_t { yes, refused, unknown };
Reserved judge_reserve(const Result<void>& answer);
enum class Then : std::uint8_t {
    commit,
    forget,           // refused for certain, and nothing was ever reserved: the row goes
    revoke_unneeded,  // refused for certain on a later try: the row stays, to keep the number of tries
    revoke,           // refused, but an earlier holder's reserve may still land: its stock is to be given back
    let_go            // unknown: the row stays; a retry may take over at once, else the sweeper revokes
};
Then decide_after_reserve(const Intent& held, Reserved reserved);

// True when the sweeper may revoke: open, expired, and left alone for `grace_ms`.
bool sweepable(const Intent& intent, std::int64_t now_ms, std::int64_t grace_ms);

}  // namespace headgate::orders
