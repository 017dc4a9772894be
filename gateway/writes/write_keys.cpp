// Beginning and ending a write.
#include "gateway/writes/write_keys.hpp"

#include "base/telemetry/log.hpp"
#include "gateway/writes/fingerprint.hpp"
#include "gateway/writes/key_errors.hpp"

namespace headgate::writes {

namespace {
constexpr int races = 8;  // lost races for a key before the answer is 'in progress'
// How long the end of a write is tried to be recorded, whatever is left of the request's time: it has taken effect.
constexpr milliseconds record_time{5'000};

KeyRow row_of(const WriteRequest& request, const CallContext& context, std::int64_t now_ms, std::int64_t generation) {
    KeyRow row;
    row.fingerprint = fingerprint(request.operation, request.message);
    row.caller = request.caller;
    row.operation = request.operation.name;
    row.key = request.key;
    row.system = request.system;
    row.traceparent = context.trace.traceparent();
    row.repeatable = request.repeatable;
    row.begun_ms = now_ms;
    row.generation = generation;
    row.expires_ms = now_ms + request.holder_time.count();
    return row;
}
}  // namespace

Task<Result<HeldWrite>> WriteKeys::begin(const WriteRequest& request, const CallContext& context) const {
    const Moment moment{now_ms(), store_.blocking().generation()};
    HeldWrite held{
        row_of(request, context, moment.now_ms, moment.generation), 0, request.kept, request.atomic, false, {}};
    const std::string name = held.row.name();
    auto refuse = [&](const char* outcome, Error error) {
        metrics_.count(held.row.operation, outcome);
        return error;
    };
    std::optional<KeyRow> standing;
    std::int64_t revision = 0;
    // Most keys are new, so the first attempt announces without looking; a lost race looks, then decides again.
    for (int race = 0; race < races; ++race) {
        switch (decide(standing, held.row, moment)) {
            case Begin::key_reused: co_return refuse("reused", key_reused());
            case Begin::in_progress: co_return refuse("in-progress", key_in_progress());
            case Begin::unknown:
                // Of a holder that is gone: known to people from now on.
                if (standing->state == KeyState::open)
                    co_await record(give_up(*standing, revision, moment.now_ms + request.kept.count()), *standing);
                co_return refuse("unknown", still_unknown());
            case Begin::replay:
                metrics_.count(held.row.operation, "replayed");
                held.replay = std::move(standing->answer);
                co_return held;
            case Begin::start:
            case Begin::repeat: break;
        }
        auto announced = co_await store_.commit(announce(held.row, revision), context.deadline);
        if (!announced) co_return std::move(announced).error();
        // Nothing has been sent: what was announced after all is let go by its time.
        if (announced->outcome == store::Outcome::unknown)
            co_return Error{ErrorKind::overloaded, "nothing can be taken now", "announcing the write", "store"};
        if (announced->outcome == store::Outcome::committed) {
            held.revision = announced->revision;
            held.repeats = revision > 0;
            co_return held;
        }
        auto found = co_await store_.find(write_keys, name, context.deadline);
        if (!found) co_return std::move(found).error();
        standing.reset();
        revision = 0;
        if (!*found) continue;
        auto read = read_key_row((*found)->payload);
        if (!read) co_return std::move(read).error();
        standing = std::move(*read);
        revision = (*found)->revision;
    }
    co_return refuse("in-progress", key_in_progress());
}

Task<bool> WriteKeys::record(store::Commit change, const KeyRow& row) const {
    auto recorded = co_await store_.commit(std::move(change), Deadline::in(record_time));
    bool stands = recorded && recorded->outcome == store::Outcome::committed;
    if (!stands)
        log::error("write-not-recorded", {{"operation", row.operation},
                                          {"caller", row.caller},
                                          {"trace", row.traceparent},
                                          {"detail", recorded ? "the store does not say" : recorded.error().detail}});
    co_return stands;
}

Task<void> WriteKeys::done(HeldWrite held, KeptAnswer answer) const {
    metrics_.count(held.row.operation, "done");
    co_await record(keep(held.row, held.revision, std::move(answer), now_ms() + held.kept.count()), held.row);
}

Task<Error> WriteKeys::failed(HeldWrite held, Error error) const {
    const Effect effect = judge(error, held.atomic);
    // That a repetition did not reach the system says nothing of the try before it.
    if (effect == Effect::refused || (effect == Effect::none && !held.repeats)) {
        metrics_.count(held.row.operation, "refused");
        co_await record(forget(held.row, held.revision), held.row);
        co_return error;
    }
    metrics_.count(held.row.operation, "unknown");
    log::warning("write-outcome-unknown", {{"operation", held.row.operation},
                                           {"caller", held.row.caller},
                                           {"system", held.row.system},
                                           {"trace", held.row.traceparent},
                                           {"repeatable", held.row.repeatable},
                                           {"detail", error.detail}});
    if (held.row.repeatable) {
        co_await record(let_go(held.row, held.revision, now_ms()), held.row);
        co_return error;
    }
    co_await record(give_up(held.row, held.revision, now_ms() + held.kept.count()), held.row);
    co_return outcome_unknown(error);
}

}  // namespace headgate::writes
