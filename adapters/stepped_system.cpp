#include "adapters/stepped_system.hpp"

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <vector>

#include "mappings/plan/steps/step_progress.hpp"

namespace headgate {
namespace {

using mappings::StepProgress;

class SteppedSystem final : public System {
  public:
    SteppedSystem(std::unique_ptr<System> inner, SystemByName others)
        : inner_(std::move(inner)), others_(std::move(others)) {}

    Task<Result<SystemReply>> call(const SystemCall& call) override {
        const auto* calls = call.plan ? std::get_if<StepCalls>(&call.plan->call()) : nullptr;
        if (!calls) co_return co_await inner_->call(call);
        StepProgress progress(*calls, call.message, call.builder);
        std::size_t last = 0;
        for (const auto& step : calls->steps) last = std::max(last, step->wave());
        for (std::size_t wave = 0; wave <= last; ++wave) {
            auto failed = co_await carry_out(call, progress, wave);
            if (failed) co_return std::move(*failed);
        }
        auto message = call.plan->to_contract(progress.answers(), call.message, call.builder, call.drift);
        if (!message) {
            if (message.error().system.empty()) message.error().system = call.plan->system();
            co_return std::move(message).error();
        }
        co_return SystemReply{200, *message};
    }

    // What needs no other's answer is known beforehand.
    Result<void> rehearse(const SystemCall& call) override {
        const auto* calls = call.plan ? std::get_if<StepCalls>(&call.plan->call()) : nullptr;
        if (!calls) return inner_->rehearse(call);
        for (const auto& step : calls->steps) {
            if (!step->needs().empty() || !step->applies(call.message)) continue;
            System* system = system_of(*call.plan, *step);
            if (!system) return mappings::of_step(*step, no_system(*step));
            auto fits = system->rehearse({call.operation, &step->plan(), call.message, call.builder, call.context});
            if (!fits) return mappings::of_step(*step, std::move(fits).error());
        }
        return Done{};
    }

    Task<Result<void>> probe(const CallContext& context) override { return inner_->probe(context); }

  private:
    // One step that is under way: where it stands, and what came of it.
    struct Asked {
        std::size_t index;
        Result<SystemReply> reply = Error{};
    };

    Task<std::optional<Error>> carry_out(const SystemCall& call, StepProgress& progress, std::size_t wave) {
        std::vector<Asked> asked;
        for (std::size_t i = 0; i < progress.size(); ++i)
            if (progress.step(i).wave() == wave && progress.applies(i)) asked.push_back({i});
        if (asked.empty()) co_return std::nullopt;
        if (call.context.deadline.expired())
            co_return mappings::of_step(progress.step(asked.front().index),
                                        {ErrorKind::deadline_exceeded, "the time is over before the last call"});
        auto message = progress.message();
        co_await ask_all(call, progress, message, asked, 0);
        for (auto& one : asked) {
            const auto& step = progress.step(one.index);
            if (!one.reply) co_return mappings::of_step(step, std::move(one.reply).error());
            auto kept = progress.answered(one.index, one.reply->message);
            if (!kept) {
                kept.error().system = step.plan().system();
                co_return std::move(kept).error();
            }
        }
        co_return std::nullopt;
    }

    // Side by side, from the `from`-th on.
    Task<void> ask_all(const SystemCall& call, const StepProgress& progress, const Value& message,
                       std::vector<Asked>& asked, std::size_t from) {
        using namespace asio::experimental::awaitable_operators;
        if (from + 1 == asked.size()) co_return co_await ask(call, progress, message, asked[from]);
        co_await (ask(call, progress, message, asked[from]) && ask_all(call, progress, message, asked, from + 1));
    }

    Task<void> ask(const SystemCall& call, const StepProgress& progress, const Value& message, Asked& one) {
        CallContext context = call.context;
        context.trace = child_of(context.trace);
        const CallStep& step = progress.step(one.index);
        const SystemCall inner{call.operation, &step.plan(), message, call.builder, context, call.drift};
        if (System* system = system_of(*call.plan, step))
            one.reply = co_await system->call(inner);
        else
            one.reply = no_system(step);
    }

    System* system_of(const Plan& whole, const CallStep& step) const {
        const auto& name = step.plan().system();
        if (name == whole.system()) return inner_.get();
        return others_ ? others_(name) : nullptr;
    }
    static Error no_system(const CallStep& step) {
        return {ErrorKind::internal, "this call has no system", "there is no system '" + step.plan().system() + "'"};
    }

    std::unique_ptr<System> inner_;
    SystemByName others_;
};

}  // namespace

std::unique_ptr<System> stepped(std::unique_ptr<System> inner, SystemByName others) {
    return std::make_unique<SteppedSystem>(std::move(inner), std::move(others));
}

std::string refuses_call(const SystemHost& host, const Plan& plan, const HostByName& others) {
    const auto* calls = std::get_if<StepCalls>(&plan.call());
    if (!calls) return host.refuses(plan);
    for (const auto& step : calls->steps) {
        const auto& name = step->plan().system();
        const SystemHost* of_step = name == plan.system() ? &host : others ? others(name) : nullptr;
        auto why = of_step ? of_step->refuses(step->plan()) : "there is no system '" + name + "'";
        if (!why.empty()) return "step '" + step->name() + "': " + why;
    }
    return {};
}

}  // namespace headgate
