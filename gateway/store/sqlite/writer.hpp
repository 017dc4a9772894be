// Writer: the one thread that writes and checkpoints; whatever is queued goes into one transaction and one fsync.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <variant>

#include "gateway/store/sqlite/apply.hpp"
#include "gateway/store/sqlite/sqlite_store.hpp"
#include "gateway/store/sqlite/watchers.hpp"

namespace headgate::store {

// Owns the writing connection. Completions run on its thread, after the fsync that makes them true.
class Writer {
  public:
    static Result<std::unique_ptr<Writer>> start(const SqliteOptions& options, std::shared_ptr<Watchers> watchers);
    ~Writer();

    void submit(Commit commit, std::function<void(Result<CommitResult>)> done);
    void submit(ClaimRequest claim, std::function<void(Result<ClaimResult>)> done);
    std::int64_t generation() const { return generation_; }
    // Carries out what is queued, refuses what comes later. Idempotent.
    void close();

  private:
    struct CommitJob {
        Commit commit;
        std::function<void(Result<CommitResult>)> done;
        std::optional<Result<CommitResult>> result;
    };
    struct ClaimJob {
        ClaimRequest claim;
        std::function<void(Result<ClaimResult>)> done;
        std::optional<Result<ClaimResult>> result;
    };
    using Job = std::variant<CommitJob, ClaimJob>;

    Writer(const SqliteOptions& options, std::shared_ptr<Watchers> watchers);
    Result<void> open();
    Result<void> begin_generation();
    bool push(Job job);
    std::vector<Job> take();
    void run();
    void carry_out(std::vector<Job>& jobs);
    Result<void> apply(std::vector<Job>& jobs);
    void refuse(std::vector<Job>& jobs, const Error& error);
    void checkpoint_when_due();

    const SqliteOptions options_;
    std::shared_ptr<Watchers> watchers_;
    // Of the writer's thread once it runs.
    std::unique_ptr<Connection> connection_;
    std::unique_ptr<Applier> applier_;
    std::int64_t revision_ = 0, generation_ = 0;
    int log_pages_ = 0;
    bool suspect_ = false;  // a commit's end is unknown: what is true must be found and made durable first

    std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<Job> queue_;
    bool closed_ = false;
    std::thread thread_;
};

}  // namespace headgate::store
