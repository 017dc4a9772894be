// Opening the embedded store, and its reads.
#include "gateway/store/sqlite/sqlite_store.hpp"

#include <sys/stat.h>

#include <climits>

#include "gateway/store/sqlite/file_lock.hpp"
#include "gateway/store/sqlite/readers.hpp"
#include "gateway/store/sqlite/writer.hpp"

namespace headgate::store {

namespace {

constexpr const char* record_columns = "SELECT collection,key,revision,due,payload FROM records ";

Record read_record(const Statement& row) {
    return Record{row.text(0), row.text(1), row.number(2), row.text(4), row.maybe_number(3)};
}
Event read_event(const Statement& row) {
    return Event{row.number(0), row.text(1), row.text(2), row.number(3), row.text(4)};
}
Audit read_audit(const Statement& row) {
    return Audit{row.number(0), row.number(1), row.text(2), row.text(3), row.text(4), row.text(5)};
}
std::int64_t limit(std::size_t at_most) { return static_cast<std::int64_t>(at_most); }
std::int64_t before(std::int64_t bound) { return bound == 0 ? LLONG_MAX : bound; }

template <class T>
Result<std::optional<T>> first(Result<std::vector<T>> all) {
    if (!all) return all.error();
    if (all->empty()) return std::optional<T>();
    return std::optional<T>(std::move(all->front()));
}

// Members end in the reverse order: readers, then the writer (the last to close), then the lock.
class SqliteStore final : public Store {
  public:
    SqliteStore(FileLock lock, std::shared_ptr<Watchers> watchers, std::unique_ptr<Writer> writer,
                std::unique_ptr<Readers> readers)
        : lock_(std::move(lock)),
          watchers_(std::move(watchers)),
          writer_(std::move(writer)),
          readers_(std::move(readers)) {}

    void submit(Commit commit, std::function<void(Result<CommitResult>)> done) override {
        writer_->submit(std::move(commit), std::move(done));
    }
    void submit(ClaimRequest claim, std::function<void(Result<ClaimResult>)> done) override {
        writer_->submit(std::move(claim), std::move(done));
    }

    Result<std::optional<Record>> find(const std::string& collection, const std::string& key) override {
        return first(records("WHERE collection=? AND key=?", [&](Statement& s) { s.bind(collection).bind(key); }));
    }
    Result<std::vector<Record>> list(const std::string& collection, const std::string& after_key,
                                     std::size_t at_most) override {
        return records("WHERE collection=? AND key>? ORDER BY key LIMIT ?",
                       [&](Statement& s) { s.bind(collection).bind(after_key).bind(limit(at_most)); });
    }
    Result<std::vector<Record>> recent(const std::string& collection, std::int64_t before_revision,
                                       std::size_t at_most) override {
        return records("WHERE collection=? AND revision<? ORDER BY revision DESC LIMIT ?",
                       [&](Statement& s) { s.bind(collection).bind(before(before_revision)).bind(limit(at_most)); });
    }
    Result<std::vector<Record>> due(const std::string& collection, std::int64_t until_ms,
                                    std::size_t at_most) override {
        return records("WHERE collection=? AND due IS NOT NULL AND due<=? ORDER BY due LIMIT ?",
                       [&](Statement& s) { s.bind(collection).bind(until_ms).bind(limit(at_most)); });
    }
    Result<std::int64_t> count(const std::string& collection, bool only_with_due) override {
        const std::string sql = std::string("SELECT COUNT(*) FROM records WHERE collection=?") +
                                (only_with_due ? " AND due IS NOT NULL" : "");
        auto rows = readers_->rows<std::int64_t>(
            sql, [&](Statement& s) { s.bind(collection); }, [](const Statement& row) { return row.number(0); });
        if (!rows) return rows.error();
        return rows->front();
    }

    Result<std::vector<Event>> events(const std::string& stream, std::int64_t after_seq, std::size_t at_most) override {
        const std::string sql = std::string("SELECT seq,stream,kind,at,payload FROM events WHERE ") +
                                (stream.empty() ? "?=''" : "stream=?") + " AND seq>? ORDER BY seq LIMIT ?";
        return readers_->rows<Event>(
            sql, [&](Statement& s) { s.bind(stream).bind(after_seq).bind(limit(at_most)); }, read_event);
    }
    Result<std::vector<Work>> work_of(const std::string& stream) override {
        return works("WHERE stream=? ORDER BY id", [&](Statement& s) { s.bind(stream); });
    }
    Result<std::optional<Work>> work(const std::string& id) override {
        return first(works("WHERE id=?", [&](Statement& s) { s.bind(id); }));
    }
    Result<std::vector<Work>> work_in(const std::string& queue, WorkState state, std::size_t at_most) override {
        return works("WHERE queue=? AND state=? ORDER BY created LIMIT ?",
                     [&](Statement& s) { s.bind(queue).bind(static_cast<std::int64_t>(state)).bind(limit(at_most)); });
    }
    Result<WorkCounts> work_counts(const std::string& queue) override {
        auto rows = readers_->rows<WorkCounts>(
            "SELECT SUM(state=0), SUM(state=1), MIN(CASE state WHEN 0 THEN created END) FROM work INDEXED BY work_open "
            "WHERE queue=? AND state<2",
            [&](Statement& s) { s.bind(queue); },
            [](const Statement& row) {
                return WorkCounts{row.number(0), row.number(1), row.maybe_number(2)};
            });
        if (!rows) return rows.error();
        return rows->front();
    }
    Result<std::vector<Audit>> audit(const std::string& what, std::int64_t before_seq, std::size_t at_most) override {
        const std::string sql = std::string("SELECT seq,at,who,what,why,detail FROM audit WHERE ") +
                                (what.empty() ? "?=''" : "what=?") + " AND seq<? ORDER BY seq DESC LIMIT ?";
        return readers_->rows<Audit>(
            sql, [&](Statement& s) { s.bind(what).bind(before(before_seq)).bind(limit(at_most)); }, read_audit);
    }

    std::unique_ptr<Watch> watch(std::string name, std::function<void()> changed) override {
        return watchers_->add(std::move(name), std::move(changed));
    }
    std::int64_t generation() const override { return writer_->generation(); }
    void close() override { writer_->close(); }

  private:
    Result<std::vector<Record>> records(const char* where, const std::function<void(Statement&)>& bind) {
        return readers_->rows<Record>(std::string(record_columns) + where, bind, read_record);
    }
    Result<std::vector<Work>> works(const char* where, const std::function<void(Statement&)>& bind) {
        return readers_->rows<Work>(std::string("SELECT ") + work_columns + " FROM work " + where, bind, read_work);
    }

    FileLock lock_;
    std::shared_ptr<Watchers> watchers_;
    std::unique_ptr<Writer> writer_;
    std::unique_ptr<Readers> readers_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteOptions& options) {
    auto lock = FileLock::take(options.file);
    if (!lock) return lock.error();
    // Orders hold names and addresses: a new state file is the owner's alone (SQLite gives its log the same mode).
    const mode_t mask = ::umask(0077);
    auto watchers = std::make_shared<Watchers>();
    auto writer = Writer::start(options, watchers);
    ::umask(mask);
    if (!writer) return writer.error();
    if (auto synced = sync_folder_of(options.file); !synced) return synced.error();
    auto readers = Readers::open(options.file, options.readers);
    if (!readers) return readers.error();
    return std::unique_ptr<Store>(
        std::make_unique<SqliteStore>(std::move(*lock), std::move(watchers), std::move(*writer), std::move(*readers)));
}

}  // namespace headgate::store
