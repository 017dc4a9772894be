// Relay: takes captured orders on to the systems behind, step by step from the order log, until each step is done.
#pragma once

#include "gateway/orders/step_judgement.hpp"

namespace headgate::orders {

// Whom a step's name means now; `keep` keeps the snapshot that owns the plan alive during the call.
struct StepTarget {
    System* system = nullptr;
    const Plan* plan = nullptr;
    milliseconds deadline{5'000};
    std::shared_ptr<const void> keep = {};
};
// Called on the runner's thread before every attempt, so that a reload takes effect at once. An error (the system is no
// longer configured) makes the step wait. The System must be one of the runner's thread.
using StepResolver = std::function<Result<StepTarget>(const StepName& step)>;

// Runs items of step_queue and of release_queue; the one difference is who judges the answer.
class StepCaller : public WorkHandler {
  public:
    // `longest`: no attempt may take longer, whatever its system's deadline; below the runner's lease.
    StepCaller(store::AsyncStore store, const Clock& clock, StepResolver resolve, milliseconds longest)
        : store_(store), clock_(clock), resolve_(std::move(resolve)), longest_(longest) {}

    Task<StepOutcome> run(const store::Work& item) override;

  protected:
    virtual StepOutcome judge(const store::Work& item, const Result<SystemReply>& reply, std::int64_t now_ms) const = 0;

  private:
    Task<Result<SystemReply>> attempt(const store::Work& item, Builder& builder, StepTarget& target);

    store::AsyncStore store_;
    const Clock& clock_;
    StepResolver resolve_;
    milliseconds longest_;
};

class RelayHandler final : public StepCaller {
    using StepCaller::StepCaller;
    StepOutcome judge(const store::Work& item, const Result<SystemReply>& reply, std::int64_t now_ms) const override;
};

class ReleaseHandler final : public StepCaller {
    using StepCaller::StepCaller;
    StepOutcome judge(const store::Work& item, const Result<SystemReply>& reply, std::int64_t now_ms) const override;
};

// Handler and runner of step_queue, put together. One a process, on a background io_context.
class Relay {
  public:
    Relay(Executor executor, store::AsyncStore store, const Clock& clock, StepResolver resolve,
          WorkRunnerSettings settings = {});
    void start() { runner_.start(); }
    Task<void> drain() { return runner_.drain(); }
    Task<std::size_t> run_due() { return runner_.run_due(); }

  private:
    RelayHandler handler_;
    WorkRunner runner_;
};

}  // namespace headgate::orders
