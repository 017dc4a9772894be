#include "shadow/mirror/comparer.hpp"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/telemetry/log.hpp"
#include "shadow/compare/compare.hpp"

namespace headgate::mirrored {
namespace {

// Best effort: a container may forbid it, and nothing depends on it but the last percent of latency.
void lower_priority() {
    sched_param none{};
    (void)pthread_setschedparam(pthread_self(), SCHED_BATCH, &none);
    (void)setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), 10);
    (void)pthread_setname_np(pthread_self(), "shadow-compare");
}

}  // namespace

Outcome note_failure(FindingBook& book, const Pair& pair, bool legacy, std::string_view failure) {
    try {
        book.failed(pair.request.operation->name, legacy ? "legacy" : "candidate", failure,
                    pair.request.context.trace.trace_id());
    } catch (const std::exception& no_memory) {  // the tally counts it all the same
        log::error("shadow-finding-lost", {{"operation", pair.request.operation->name}, {"what", no_memory.what()}});
    }
    return legacy == pair.request.candidate_serves ? &Tally::failed_shadow : &Tally::failed_serving;
}

Comparer::Comparer(const MirrorLimits& limits, FindingBook& book) : book_(book), queue_(limits.queue) {
    for (std::size_t i = 0; i < std::max<std::size_t>(1, limits.compare_threads); ++i)
        threads_.emplace_back([this] { run(); });
}

void Comparer::take(std::shared_ptr<Pair> pair) {
    if (pair->settled.exchange(true)) return;
    auto account = pair->account;
    bool taken = false;
    try {
        taken = queue_.try_push(std::move(pair));
    } catch (const std::bad_alloc&) {  // as good as full
    }
    if (!taken) account->settle(Account::Lane::front, &Tally::dropped_compare_full);
}

void Comparer::join() {
    queue_.close();
    for (auto& thread : threads_)
        if (thread.joinable()) thread.join();
}

void Comparer::run() {
    lower_priority();
    while (auto pair = queue_.pop()) judge(**pair);
}

void Comparer::judge(Pair& pair) {
    bool candidate_serves = pair.request.candidate_serves;
    const ShadowAnswer& legacy = candidate_serves ? *pair.shadow : *pair.serving;
    const ShadowAnswer& candidate = candidate_serves ? *pair.serving : *pair.shadow;
    Outcome outcome = &Tally::compared;
    try {
        Comparison comparison = compare_answers(*pair.request.operation, legacy, candidate);
        // What can't be read is that side's failure; the candidate's comes first, because it always counts.
        if (!comparison.usable())
            outcome = note_failure(book_, pair, comparison.right_unusable.empty(), "bad-answer");
        else
            book_.compared(pair.request.operation->name, comparison, pair.request.context.trace.trace_id());
    } catch (const std::exception& bug) {
        log::error("shadow-compare-failed", {{"operation", pair.request.operation->name}, {"what", bug.what()}});
        return pair.account->settle(Account::Lane::back, &Tally::dropped_bytes);
    }
    PairTimes times{legacy.latency_us, candidate.latency_us, pair.skew_us};
    pair.account->settle(Account::Lane::back, outcome, outcome == &Tally::compared ? &times : nullptr);
}

}  // namespace headgate::mirrored
