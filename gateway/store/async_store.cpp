// Awaiting the store's completions under a deadline.
#include "gateway/store/async_store.hpp"

namespace headgate::store {

namespace {

// Touched by the awaiting thread only; the store's thread merely posts to it.
template <class T>
struct Pending {
    explicit Pending(const Executor& executor) : timer(executor) {}
    Timer timer;
    std::optional<Result<T>> result;
};

template <class T, class Request>
Task<std::optional<Result<T>>> submit_and_wait(Store* store, Request request, Deadline deadline) {
    auto executor = co_await asio::this_coro::executor;
    auto pending = std::make_shared<Pending<T>>(executor);
    pending->timer.expires_at(deadline.when());
    std::function<void(Result<T>)> done = [executor, pending](Result<T> result) mutable {
        asio::post(executor, [pending = std::move(pending), result = std::move(result)]() mutable {
            pending->result = std::move(result);
            pending->timer.cancel();
        });
    };
    store->submit(std::move(request), std::move(done));
    boost::system::error_code ignored;
    if (!pending->result) co_await pending->timer.async_wait(asio::redirect_error(use_task, ignored));
    co_return std::move(pending->result);
}

}  // namespace

Task<Result<CommitResult>> AsyncStore::commit(Commit what, Deadline deadline) const {
    auto result = co_await submit_and_wait<CommitResult>(store_, std::move(what), deadline);
    if (result) co_return std::move(*result);
    co_return CommitResult{Outcome::unknown, 0};
}

Task<Result<ClaimResult>> AsyncStore::claim(ClaimRequest what, Deadline deadline) const {
    auto result = co_await submit_and_wait<ClaimResult>(store_, std::move(what), deadline);
    if (result) co_return std::move(*result);
    co_return Error{ErrorKind::deadline_exceeded, "the store did not answer in time", {}, "store"};
}

Task<Result<std::optional<Record>>> AsyncStore::find(std::string collection, std::string key, Deadline deadline) const {
    std::function<Result<std::optional<Record>>()> work = [store = store_, collection = std::move(collection),
                                                           key = std::move(key)] {
        return store->find(collection, key);
    };
    co_return co_await run_blocking<std::optional<Record>>(*readers_, deadline, std::move(work));
}

Task<Result<std::vector<Record>>> AsyncStore::due(std::string collection, std::int64_t until_ms, std::size_t at_most,
                                                  Deadline deadline) const {
    std::function<Result<std::vector<Record>>()> work = [store = store_, collection = std::move(collection), until_ms,
                                                         at_most] { return store->due(collection, until_ms, at_most); };
    co_return co_await run_blocking<std::vector<Record>>(*readers_, deadline, std::move(work));
}

}  // namespace headgate::store
