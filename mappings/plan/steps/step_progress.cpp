#include "mappings/plan/steps/step_progress.hpp"

#include <algorithm>

namespace headgate::mappings {

Value StepProgress::message() const {
    if (std::all_of(kept_.begin(), kept_.end(), [](const Value& kept) { return kept.is_null(); })) return request_;
    builder_.begin_object();
    if (request_.is_object())
        for (const Member& member : request_.members()) {
            builder_.key(member.key);
            builder_.value(member.value);
        }
    for (std::size_t i = 0; i < size(); ++i) {
        if (kept_[i].is_null()) continue;
        builder_.key(step(i).name());
        builder_.value(kept_[i]);
    }
    builder_.end_object();
    return builder_.take();
}

Result<void> StepProgress::answered(std::size_t index, const Value& answer) {
    answers_[index] = answer;
    auto kept = step(index).keep(answer, builder_);
    if (!kept) return of_step(step(index), std::move(kept).error());
    kept_[index] = *kept;
    return Done{};
}

Value StepProgress::answers() const {
    builder_.begin_object();
    for (std::size_t i = 0; i < size(); ++i) {
        if (!answers_[i] || !calls_.answers.child(step(i).name())) continue;
        builder_.key(step(i).name());
        builder_.value(*answers_[i]);
    }
    builder_.end_object();
    return builder_.take();
}

Error of_step(const CallStep& step, Error error) {
    error.detail = "step '" + step.name() + "': " + (error.detail.empty() ? error.message : error.detail);
    return error;
}

Result<Value> write_steps(const StepCalls& calls, const Value& request, const Value& answers, Builder& builder,
                          PlanTrace* trace) {
    StepProgress progress(calls, request, builder);
    enum class State : std::uint8_t { open, done };
    std::vector<State> states(calls.steps.size(), State::open);
    std::vector<std::pair<std::string_view, Value>> written;
    for (std::size_t i = 0; i < calls.steps.size(); ++i) {
        const auto& step = *calls.steps[i];
        const auto& needs = step.needs();
        if (std::any_of(needs.begin(), needs.end(), [&](std::size_t other) { return states[other] == State::open; }))
            continue;
        auto message = progress.message();
        if (!step.applies(message)) {
            states[i] = State::done;
            continue;
        }
        auto told = trace ? trace->size() : 0;
        auto legacy =
            trace ? step.plan().trace_to_legacy(message, builder, *trace) : step.plan().to_legacy(message, builder);
        for (; trace && told < trace->size(); ++told) (*trace)[told].legacy.insert(0, step.name() + "/");
        if (!legacy) return of_step(step, std::move(legacy).error());
        written.emplace_back(step.name(), *legacy);
        const Value* answer = answers.is_object() ? answers.find(step.name()) : nullptr;
        if (!answer) continue;
        if (auto kept = progress.answered(i, *answer); !kept) return std::move(kept).error();
        states[i] = State::done;
    }
    builder.begin_object();
    for (const auto& [name, legacy] : written) {
        builder.key(name);
        builder.value(legacy);
    }
    builder.end_object();
    return builder.take();
}

}  // namespace headgate::mappings
