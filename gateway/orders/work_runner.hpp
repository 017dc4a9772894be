// WorkRunner: carries out the items of one queue until each is done: claims under a lease, runs some at once, reports
// under the fence, waits longer after each failure. It sleeps until the store tells of work or some falls due.
#pragma once

#include <random>

#include "base/clock.hpp"
#include "base/task_group.hpp"
#include "gateway/orders/backoff.hpp"
#include "gateway/store/async_store.hpp"

namespace headgate::orders {

// What came of one attempt.
struct StepOutcome {
    enum class Kind : std::uint8_t { done, retry, held } kind = Kind::retry;
    std::string note = {};              // for people: safe words, no bodies
    std::vector<store::Put> puts = {};  // written with it, or not at all
    std::vector<store::Event> events = {};
};

// Lives on the runner's thread. Must be repeatable: a crash between effect and report runs an item again.
class WorkHandler {
  public:
    virtual ~WorkHandler() = default;
    virtual Task<StepOutcome> run(const store::Work& item) = 0;
};

struct WorkRunnerSettings {
    std::string queue = {};
    std::string owner = {};  // names this process in claims
    std::size_t concurrency = 8;
    milliseconds lease{60'000};         // above what an attempt may take
    milliseconds longest_sleep{5'000};  // even if nothing wakes it: the wall clock may have been set
    Backoff backoff = {};
};

// Used on one io_context's thread. drain() must have completed before destruction.
class WorkRunner {
  public:
    WorkRunner(Executor executor, store::AsyncStore store, const Clock& clock, WorkRunnerSettings settings,
               WorkHandler& handler);
    ~WorkRunner();

    void start();
    // Claims nothing more, and completes when what runs has ended.
    Task<void> drain();
    // One claim, run to its end: how many items it was. For tests, and for whoever drives by hand; not while started.
    Task<std::size_t> run_due();

  private:
    struct Wake;
    Task<void> loop();
    Task<store::ClaimResult> claim(std::size_t at_most);
    Task<void> run_item(store::Work item);
    Task<void> run_and_report(store::Work item);
    Task<void> sleep(std::optional<std::int64_t> next_due_ms);
    std::int64_t now_ms() const { return store::to_ms(clock_.wall_now()); }

    Executor executor_;
    store::AsyncStore store_;
    const Clock& clock_;
    const WorkRunnerSettings settings_;
    WorkHandler& handler_;
    TaskGroup loop_, items_;
    std::shared_ptr<Wake> wake_;
    std::unique_ptr<store::Watch> watch_;
    std::minstd_rand random_{std::random_device{}()};
    bool stopping_ = false;
};

}  // namespace headgate::orders
