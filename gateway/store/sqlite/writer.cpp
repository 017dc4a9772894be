// Group commit.
#include "gateway/store/sqlite/writer.hpp"

#include <sqlite3.h>

#include "base/telemetry/log.hpp"
#include "gateway/store/sqlite/schema.hpp"

namespace headgate::store {

namespace {
Error refused() { return Error{ErrorKind::overloaded, "too much waits to be stored", {}, "store"}; }
}  // namespace

Writer::Writer(const SqliteOptions& options, std::shared_ptr<Watchers> watchers)
    : options_(options), watchers_(std::move(watchers)) {}

Writer::~Writer() { close(); }

Result<std::unique_ptr<Writer>> Writer::start(const SqliteOptions& options, std::shared_ptr<Watchers> watchers) {
    std::unique_ptr<Writer> writer(new Writer(options, std::move(watchers)));
    if (auto opened = writer->open(); !opened) return opened.error();
    if (auto begun = writer->begin_generation(); !begun) return begun.error();
    writer->thread_ = std::thread([raw = writer.get()] { raw->run(); });
    return writer;
}

Result<void> Writer::open() {
    applier_.reset();
    connection_.reset();
    auto connection = Connection::open(options_.file);
    if (!connection) return connection.error();
    if (auto prepared = prepare_writer(**connection, options_.synchronous); !prepared) return prepared;
    // Whatever an earlier life left in the log becomes part of the file, and durable, before anybody relies on it.
    int rc = sqlite3_wal_checkpoint_v2((*connection)->handle(), nullptr, SQLITE_CHECKPOINT_RESTART, nullptr, nullptr);
    if (rc != SQLITE_OK) return (*connection)->error("the first checkpoint");
    log_pages_ = 0;
    sqlite3_wal_hook((*connection)->handle(),
                     [](void* pages, sqlite3*, const char*, int count) {
                         *static_cast<int*>(pages) = count;
                         return SQLITE_OK;
                     },
                     &log_pages_);
    auto applier = Applier::make(**connection);
    if (!applier) return applier.error();
    auto counter = (*connection)->prepare("SELECT value FROM meta WHERE name='revision'");
    if (!counter) return counter.error();
    if (counter->step() != SQLITE_ROW) return (*connection)->error("reading the revision");
    revision_ = std::max(revision_, counter->number(0));
    applier_ = std::move(*applier);
    connection_ = std::move(*connection);
    return Done{};
}

Result<void> Writer::begin_generation() {
    if (auto grown = grow_log(options_.file, options_.log_bytes); !grown) return grown;
    if (auto raised = connection_->run("UPDATE meta SET value=value+1 WHERE name='generation'"); !raised) return raised;
    // Whoever held a lease is dead: its work is due at once, and the next claim's higher fence shuts out the old one.
    if (auto freed = connection_->run("UPDATE work SET due=changed, owner='' WHERE state=0 AND owner<>''"); !freed)
        return freed;
    auto counter = connection_->prepare("SELECT value FROM meta WHERE name='generation'");
    if (!counter) return counter.error();
    if (counter->step() != SQLITE_ROW) return connection_->error("reading the generation");
    generation_ = counter->number(0);
    return Done{};
}

bool Writer::push(Job job) {
    {
        std::lock_guard lock(mutex_);
        if (closed_ || queue_.size() >= options_.queue) return false;
        queue_.push_back(std::move(job));
    }
    ready_.notify_one();
    return true;
}

void Writer::submit(Commit commit, std::function<void(Result<CommitResult>)> done) {
    if (!push(CommitJob{std::move(commit), done, {}})) done(refused());
}

void Writer::submit(ClaimRequest claim, std::function<void(Result<ClaimResult>)> done) {
    if (!push(ClaimJob{std::move(claim), done, {}})) done(refused());
}

std::vector<Writer::Job> Writer::take() {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return closed_ || !queue_.empty(); });
    if (options_.gather.count() > 0 && !closed_ && queue_.size() < options_.batch)
        ready_.wait_for(lock, options_.gather, [&] { return closed_ || queue_.size() >= options_.batch; });
    std::vector<Job> jobs;
    for (; !queue_.empty() && jobs.size() < options_.batch; queue_.pop_front())
        jobs.push_back(std::move(queue_.front()));
    return jobs;
}

void Writer::run() {
    for (auto jobs = take(); !jobs.empty(); jobs = take()) {
        carry_out(jobs);
        for (auto& job : jobs)
            std::visit(
                [&](auto& j) {
                    if constexpr (std::is_same_v<std::decay_t<decltype(j)>, CommitJob>)
                        if (j.result->ok() && (*j.result)->outcome != Outcome::conflict) watchers_->tell(j.commit);
                    j.done(std::move(*j.result));
                },
                job);
        jobs.clear();
        checkpoint_when_due();
    }
}

void Writer::refuse(std::vector<Job>& jobs, const Error& error) {
    for (auto& job : jobs) std::visit([&](auto& j) { j.result = error; }, job);
}

Result<void> Writer::apply(std::vector<Job>& jobs) {
    bool wrote = false;
    for (auto& job : jobs) {
        if (auto* c = std::get_if<CommitJob>(&job)) {
            auto outcome = applier_->apply(c->commit, revision_ + 1);
            if (!outcome) return outcome.error();
            if (*outcome == Outcome::committed) ++revision_, wrote = true;
            c->result = CommitResult{*outcome, *outcome == Outcome::committed ? revision_ : 0};
        } else {
            auto& claim = std::get<ClaimJob>(job);
            claim.result = applier_->apply(claim.claim);
            if (!claim.result->ok()) return claim.result->error();
        }
    }
    if (wrote) return applier_->remember_revision(revision_);
    return Done{};
}

void Writer::carry_out(std::vector<Job>& jobs) {
    if (suspect_) {
        if (auto opened = open(); !opened) return refuse(jobs, opened.error());
        suspect_ = false;
    }
    if (auto begun = connection_->run("BEGIN IMMEDIATE"); !begun) return refuse(jobs, begun.error());
    if (auto applied = apply(jobs); !applied) {
        log::error("store-write-failed", {{"detail", applied.error().detail}});
        if (connection_->in_transaction() && !connection_->run("ROLLBACK")) suspect_ = true;
        return refuse(jobs, applied.error());
    }
    auto ended = connection_->run("COMMIT");
    if (ended) return;
    // The log may hold the commit's last frame, though its fsync failed: neither yes nor no can be said.
    log::error("store-commit-unknown", {{"detail", ended.error().detail}});
    suspect_ = true;
    for (auto& job : jobs) {
        if (auto* c = std::get_if<CommitJob>(&job)) {
            if ((*c->result)->outcome == Outcome::committed) c->result = CommitResult{Outcome::unknown, 0};
        } else {
            std::get<ClaimJob>(job).result = ended.error();
        }
    }
}

void Writer::checkpoint_when_due() {
    if (suspect_ || log_pages_ < options_.checkpoint_pages) return;
    int rc = sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    if (rc != SQLITE_OK && rc != SQLITE_BUSY)
        log::error("store-checkpoint-failed", {{"detail", connection_->error("checkpoint").detail}});
}

void Writer::close() {
    {
        std::lock_guard lock(mutex_);
        closed_ = true;
    }
    ready_.notify_all();
    if (thread_.joinable()) thread_.join();
    applier_.reset();
    connection_.reset();
}

}  // namespace headgate::store
