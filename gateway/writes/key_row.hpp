// KeyRow: what stands under a caller's Idempotency-Key, the decisions about it, and the commits that move it. No I/O.
//
//   (none) --announce--> open --keep--> answered     replayed until its time is over
//                         |  \--forget--> (none)      nothing took effect: a retry is a new try
//                         |--let go--> open           nobody knows, but the system recognises a repetition
//                         '--give up--> unknown       nobody knows, and it is not carried out again
//   open, the holder gone (killed, or its time over): as let go where the system recognises a repetition, else unknown
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/http_client.hpp"
#include "base/result.hpp"
#include "gateway/store/store.hpp"

namespace headgate::writes {

inline constexpr const char* write_keys = "write-key";              // by caller, operation and key
inline constexpr const char* unknown_write_keys = "write-unknown";  // the same names, of those that are unknown

enum class KeyState : std::uint8_t { open, answered, unknown };

// What the caller was told, to be told again.
struct KeptAnswer {
    int status = 0;
    std::string content_type = {}, body = {};
    std::vector<HttpHeader> headers = {};  // those that belong to the answer: Location
};

struct KeyRow {
    KeyState state = KeyState::open;
    std::string fingerprint = {};
    std::string caller = {}, operation = {}, key = {};
    std::string system = {};       // that carries it out
    std::string traceparent = {};  // of the request that began it
    bool repeatable = false;       // the system recognises a repetition
    std::int64_t begun_ms = 0;
    std::int64_t generation = 0;  // of the store when the holder began
    std::int64_t expires_ms = 0;  // until then the holder is taken to be alive
    KeptAnswer answer = {};       // while answered

    std::string name() const { return caller + '\x1f' + operation + '\x1f' + key; }
    // As systems are told it: they keep no callers and operations apart, so that one's key must not be another's. 40
    // hexadecimal digits, the same at each try.
    std::string told_key() const;
};
std::string write_key_row(const KeyRow& row);
Result<KeyRow> read_key_row(const std::string& payload);

struct Moment {
    std::int64_t now_ms = 0;
    std::int64_t generation = 0;  // of the store
};

// What a request means, given what stands under its key.
enum class Begin : std::uint8_t {
    start,        // nothing stands
    repeat,       // nobody knows, and this system recognises a repetition: once more
    replay,       // answered: the same again
    in_progress,  // a living holder is at it
    key_reused,   // the key stands for another request
    unknown       // nobody knows, and nobody may try
};
Begin decide(const std::optional<KeyRow>& standing, const KeyRow& wanted, const Moment& moment);

// What an error says of a write: the system refused it, it has nothing of it, or nobody knows. `atomic`: the system
// says outcome_unknown of whatever may have taken effect, and all else did not.
enum class Effect : std::uint8_t { refused, none, unknown };
Effect judge(const Error& error, bool atomic);

// Each takes effect only if the row has `revision` (0: none stands). `until_ms`: how long it is kept.
store::Commit announce(const KeyRow& row, std::int64_t revision);
store::Commit keep(KeyRow row, std::int64_t revision, KeptAnswer answer, std::int64_t until_ms);
store::Commit forget(const KeyRow& row, std::int64_t revision);
store::Commit let_go(KeyRow row, std::int64_t revision, std::int64_t now_ms);
store::Commit give_up(KeyRow row, std::int64_t revision, std::int64_t until_ms);

}  // namespace headgate::writes
