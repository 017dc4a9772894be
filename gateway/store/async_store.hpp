// AsyncStore: the store for coroutines: nothing blocks the awaiting thread, and nothing is awaited past its deadline.
#pragma once

#include "base/async.hpp"
#include "base/blocking_pool.hpp"
#include "base/run_blocking.hpp"
#include "gateway/store/store.hpp"

namespace headgate::store {

// A pair of references, freely copied; usable on any io_context's thread. Store and pool are ended (close, join) before
// the io_contexts that await here are destroyed.
class AsyncStore {
  public:
    AsyncStore(Store& store, BlockingPool& readers) : store_(&store), readers_(&readers) {}

    // A deadline that passes first is Outcome::unknown: the commit is under way and may still take effect.
    Task<Result<CommitResult>> commit(Commit what, Deadline deadline) const;
    // A deadline that passes first is an error; what was claimed comes back when its lease ends.
    Task<Result<ClaimResult>> claim(ClaimRequest what, Deadline deadline) const;
    Task<Result<std::optional<Record>>> find(std::string collection, std::string key, Deadline deadline) const;
    Task<Result<std::vector<Record>>> due(std::string collection, std::int64_t until_ms, std::size_t at_most,
                                          Deadline deadline) const;
    // Any other read, on a reader thread.
    template <class T>
    Task<Result<T>> read(std::function<Result<T>(Store&)> what, Deadline deadline) const {
        std::function<Result<T>()> work = [store = store_, what = std::move(what)] { return what(*store); };
        co_return co_await run_blocking<T>(*readers_, deadline, std::move(work));
    }

    Store& blocking() const { return *store_; }

  private:
    Store* store_;
    BlockingPool* readers_;
};

}  // namespace headgate::store
