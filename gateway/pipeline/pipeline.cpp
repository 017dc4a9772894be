#include "gateway/pipeline/pipeline.hpp"

#include "gateway/pipeline/problem.hpp"
#include "gateway/pipeline/stages.hpp"

namespace headgate {

Stages make_stages(Services& services) {
    Stages stages;
    // Trace, log line, metrics and problem documents: first, so that whatever fails below is seen and told.
    stages.push_back(make_evidence(services));
    // Which operation: before the caller, because unknown paths need no secret to be told so, and it costs least.
    stages.push_back(make_match_operation());
    // Who asks: before anything that costs more than a hash.
    stages.push_back(make_identify_caller());
    // Bounds: before the body is parsed, so that overload is refused cheaply.
    stages.push_back(make_admit(services));
    // Who calls what, with which fields: around the reading, so that refused messages are seen too, and the message
    // counts as it was sent.
    stages.push_back(make_count_usage(services));
    // The message, validated by the contract: before any decision that reads it.
    stages.push_back(make_read_message());
    // Another version of the contract, where that one answers: its whole route follows, and on the way back the answer
    // is told in the terms of the version that was asked for, after the mirror has heard the other's.
    stages.push_back(make_cross_bridge());
    // Legacy or candidate: before the copy, which goes to the other side.
    stages.push_back(make_pick_side());
    // The copy starts here, beside the call below; it hears of the answer once that is checked.
    stages.push_back(make_mirror_copy(services));
    // Orders are captured, not called through: their answer is the committed bytes, which nothing may refuse
    // afterwards.
    stages.push_back(make_capture_order(services));
    // Any other write is carried out once for its key: around what follows, as it is remembered with the answer's
    // bytes.
    stages.push_back(make_write_once(services));
    // The answer is validated and written on the way back, so that mirror and caller get the same bytes.
    stages.push_back(make_check_answer());
    // The call itself: last, nothing stands behind it.
    stages.push_back(make_answer(services));
    return stages;
}

Stages make_mock_stages(Essentials& services) {
    Stages stages;
    // As above: trace, metrics, problems; which operation; bounds; the message by its contract. Whatever token comes is
    // as good as none, so nobody is identified.
    stages.push_back(make_evidence(services, Side::mock));
    stages.push_back(make_match_operation());
    stages.push_back(make_admit(services));
    stages.push_back(make_read_message());
    // An example is held against the contract like any answer.
    stages.push_back(make_check_answer());
    // The contract itself answers: last, nothing stands behind it.
    stages.push_back(make_mock_answer());
    return stages;
}

Pipeline::Pipeline(Essentials& services, Stages stages)
    : services_(services), stages_(std::move(stages)), resting_arena_(64) {}

std::unique_ptr<Pipeline::Scratch> Pipeline::borrow_scratch() {
    if (idle_scratch_.empty())
        return std::make_unique<Scratch>(
            Scratch{std::make_unique_for_overwrite<std::byte[]>(block_bytes), Builder(resting_arena_)});
    auto scratch = std::move(idle_scratch_.back());
    idle_scratch_.pop_back();
    return scratch;
}

Task<void> Pipeline::handle(const IncomingRequest& request, OutgoingResponse& response) {
    auto scratch = borrow_scratch();
    {
        Arena arena(scratch->block.get(), block_bytes);
        scratch->builder.reset(arena);
        Exchange exchange{.request = request,
                          .response = response,
                          .worker = view_,
                          .arena = arena,
                          .builder = scratch->builder,
                          .begun = services_.clock.steady_now()};
        co_await Next(stages_, 0)(exchange);
    }
    scratch->builder.reset(resting_arena_);
    if (idle_scratch_.size() < 256) idle_scratch_.push_back(std::move(scratch));
}

void Pipeline::refuse(int status, std::string_view why, OutgoingResponse& response) {
    write_refusal(status, why, begin_trace().trace_id(), response);
}

}  // namespace headgate
