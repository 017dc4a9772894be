// Pragmas and tables of the state file.
#include "gateway/store/sqlite/schema.hpp"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vector>

namespace headgate::store {

namespace {

constexpr std::int64_t application_id = 0x48644774;  // "HdGt"

constexpr const char* tables = R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('revision', 0), ('generation', 0);
CREATE TABLE records (
  collection TEXT NOT NULL, key TEXT NOT NULL, revision INTEGER NOT NULL, due INTEGER, payload TEXT NOT NULL,
  PRIMARY KEY (collection, key)) WITHOUT ROWID;
CREATE INDEX records_recent ON records (collection, revision);
CREATE INDEX records_due ON records (collection, due) WHERE due IS NOT NULL;
CREATE TABLE events (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL,
  payload TEXT NOT NULL);
CREATE INDEX events_stream ON events (stream, seq);
CREATE TABLE work (
  id TEXT PRIMARY KEY, queue TEXT NOT NULL, stream TEXT NOT NULL, kind TEXT NOT NULL, state INTEGER NOT NULL,
  due INTEGER NOT NULL, created INTEGER NOT NULL, changed INTEGER NOT NULL, attempts INTEGER NOT NULL,
  fence INTEGER NOT NULL, owner TEXT NOT NULL, payload TEXT NOT NULL, note TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX work_stream ON work (stream);
CREATE INDEX work_ready ON work (queue, due) WHERE state = 0;
CREATE INDEX work_open ON work (queue, created) WHERE state < 2;
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, why TEXT NOT NULL,
  detail TEXT NOT NULL);
CREATE INDEX audit_what ON audit (what, seq);
)sql";

Result<std::int64_t> ask(Connection& connection, const char* sql) {
    auto statement = connection.prepare(sql);
    if (!statement) return statement.error();
    if (statement->step() != SQLITE_ROW) return connection.error(sql);
    return statement->number(0);
}

Result<void> run_all(Connection& connection, const std::vector<std::string>& all) {
    for (const auto& sql : all)
        if (auto done = connection.run(sql.c_str()); !done) return done;
    return Done{};
}

Error not_ours(const std::string& why) { return Error{ErrorKind::configuration, "the state file " + why, {}, "store"}; }

Result<void> make_or_check_tables(Connection& connection) {
    auto version = ask(connection, "PRAGMA user_version");
    if (!version) return version.error();
    auto owner = ask(connection, "PRAGMA application_id");
    if (!owner) return owner.error();
    auto objects = ask(connection, "SELECT COUNT(*) FROM sqlite_master");
    if (!objects) return objects.error();
    if (*objects == 0)
        return run_all(connection, {"BEGIN IMMEDIATE", tables, "PRAGMA user_version=" + std::to_string(schema_version),
                                    "PRAGMA application_id=" + std::to_string(application_id), "COMMIT"});
    if (*owner != application_id) return not_ours("is a database of another program");
    if (*version > schema_version)
        return not_ours("was written by a newer version (schema " + std::to_string(*version) + ", this one knows " +
                        std::to_string(schema_version) + ")");
    return Done{};
}

}  // namespace

Result<void> prepare_writer(Connection& connection, bool synchronous) {
    // wal_autocheckpoint=0: the writer decides when, after it has answered. journal_size_limit=-1: the log stays grown.
    if (auto set = run_all(connection, {"PRAGMA journal_mode=WAL", "PRAGMA wal_autocheckpoint=0",
                                        "PRAGMA journal_size_limit=-1", "PRAGMA temp_store=MEMORY",
                                        synchronous ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF"});
        !set)
        return set;
    auto level = ask(connection, "PRAGMA synchronous");
    if (!level) return level.error();
    if (synchronous && *level != 2) return not_ours("refuses synchronous=FULL");
    return make_or_check_tables(connection);
}

Result<void> prepare_reader(Connection& connection) {
    sqlite3_db_config(connection.handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    return run_all(connection, {"PRAGMA wal_autocheckpoint=0", "PRAGMA query_only=1"});
}

Result<void> grow_log(const std::string& file, std::size_t bytes) {
    const std::string name = file + "-wal";
    int descriptor = ::open(name.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) return Done{};  // no log yet: it grows by itself
    struct stat about {};
    bool good = ::fstat(descriptor, &about) == 0;
    const std::vector<char> zeros(256 * 1024);
    for (auto at = about.st_size; good && at < static_cast<off_t>(bytes); at += static_cast<off_t>(zeros.size()))
        good = ::pwrite(descriptor, zeros.data(), zeros.size(), at) == static_cast<ssize_t>(zeros.size());
    good = good && ::fsync(descriptor) == 0;
    ::close(descriptor);
    if (!good) return not_ours("can't be written: no room to grow its log");
    return Done{};
}

}  // namespace headgate::store
