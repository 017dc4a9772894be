// The waiting forms of the store's writes, and names.
#include "gateway/store/store.hpp"

#include <future>

namespace headgate::store {

std::int64_t to_ms(WallTime when) {
    return std::chrono::floor<std::chrono::milliseconds>(when.time_since_epoch()).count();
}

const char* name(WorkState state) {
    switch (state) {
        case WorkState::ready: return "ready";
        case WorkState::held: return "held";
        case WorkState::done: return "done";
    }
    return "?";
}

namespace {
template <class Answer, class Request>
Result<Answer> wait_for(Store& store, Request request) {
    auto promise = std::make_shared<std::promise<Result<Answer>>>();
    auto future = promise->get_future();
    store.submit(std::move(request), [promise](Result<Answer> answer) { promise->set_value(std::move(answer)); });
    return future.get();
}
}  // namespace

Result<CommitResult> Store::commit(Commit commit) { return wait_for<CommitResult>(*this, std::move(commit)); }
Result<ClaimResult> Store::claim(ClaimRequest claim) { return wait_for<ClaimResult>(*this, std::move(claim)); }

}  // namespace headgate::store
