// The state file: one owner, its version, generations, and a disk that refuses.
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "gateway/store/sqlite/file_lock.hpp"
#include "tests/unit/gateway/store/fixture.hpp"

namespace headgate::store {
namespace {

class StoreFile : public StoreTest {
  protected:
    // Runs `body` in a child process; its result is the child's exit code.
    int in_child(const std::function<int()>& body) {
        const pid_t child = ::fork();
        if (child == 0) ::_exit(body());
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    void run_sql(const std::string& file, const char* sql) {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(db, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
        sqlite3_close(db);
    }
    std::string file() const { return folder_.file("state.db"); }
};

TEST_F(StoreFile, IsRefusedToASecondOwnerWhoIsToldTheFirst) {
    auto second = open_sqlite_store(small_store(file()));
    ASSERT_FALSE(second.ok());
    EXPECT_EQ(second.error().kind, ErrorKind::configuration);
    EXPECT_NE(second.error().message.find("in use by process " + std::to_string(::getpid())), std::string::npos)
        << second.error().message;
}

TEST_F(StoreFile, IsRefusedToAnotherProcessAndFreeWhenTheOwnerIsKilled) {
    store_.reset();
    int ready[2];
    ASSERT_EQ(::pipe(ready), 0);
    const pid_t owner = ::fork();
    if (owner == 0) {
        auto mine = open_sqlite_store(small_store(file()));
        const char word = mine.ok() ? 'y' : 'n';
        if (::write(ready[1], &word, 1) != 1) ::_exit(3);
        while (true) ::pause();
    }
    char word = 0;
    ASSERT_EQ(::read(ready[0], &word, 1), 1);
    ASSERT_EQ(word, 'y');
    auto refused = open_sqlite_store(small_store(file()));
    ASSERT_FALSE(refused.ok());
    EXPECT_NE(refused.error().message.find(std::to_string(owner)), std::string::npos) << refused.error().message;
    ::kill(owner, SIGKILL);
    ::waitpid(owner, nullptr, 0);
    ::close(ready[0]);
    ::close(ready[1]);
    EXPECT_TRUE(open_sqlite_store(small_store(file())).ok());
}

TEST_F(StoreFile, IsReadableByItsOwnerAlone) {
    for (const char* suffix : {"", "-wal", "-shm", ".lock"}) {
        struct stat about {};
        ASSERT_EQ(::stat((file() + suffix).c_str(), &about), 0) << suffix;
        EXPECT_EQ(about.st_mode & 077, 0u) << suffix;
    }
}

TEST_F(StoreFile, RisesItsGenerationAtEachOpening) {
    const auto first = store_->generation();
    reopen();
    EXPECT_EQ(store_->generation(), first + 1);
}

TEST_F(StoreFile, KeepsItsLogGrown) {
    struct stat about {};
    ASSERT_EQ(::stat((file() + "-wal").c_str(), &about), 0);
    EXPECT_GE(about.st_size, 256 * 1024);
}

TEST_F(StoreFile, StaysBoundedByCheckpoints) {
    auto options = small_store(file());
    options.checkpoint_pages = 50;
    open(options);
    for (int i = 0; i < 300; ++i) ASSERT_EQ(commit(put("same", std::string(8'000, 'x'))), Outcome::committed);
    struct stat about {};
    ASSERT_EQ(::stat((file() + "-wal").c_str(), &about), 0);
    EXPECT_LT(about.st_size, 1024 * 1024);
    EXPECT_EQ(find("same")->payload.size(), 8'000u);
}

TEST_F(StoreFile, OfAnotherProgramIsRefused) {
    run_sql(folder_.file("other.db"), "CREATE TABLE t (x)");
    auto opened = open_sqlite_store(small_store(folder_.file("other.db")));
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().kind, ErrorKind::configuration);
}

TEST_F(StoreFile, OfANewerVersionIsRefused) {
    store_.reset();
    run_sql(file(), "PRAGMA user_version=99");
    auto opened = open_sqlite_store(small_store(file()));
    ASSERT_FALSE(opened.ok());
    EXPECT_NE(opened.error().message.find("newer version"), std::string::npos) << opened.error().message;
}

TEST_F(StoreFile, ThatIsNoDatabaseIsRefused) {
    store_.reset();
    std::filesystem::remove(file() + "-wal");
    FILE* out = std::fopen(file().c_str(), "w");
    std::fputs("hello, this is no database at all; it only looks like a file that somebody left here.", out);
    std::fclose(out);
    EXPECT_FALSE(open_sqlite_store(small_store(file())).ok());
}

TEST_F(StoreFile, InAFolderThatIsMissingIsRefusedWithItsName) {
    auto opened = open_sqlite_store(small_store(folder_.file("missing/state.db")));
    ASSERT_FALSE(opened.ok());
    EXPECT_NE(opened.error().message.find("missing/state.db"), std::string::npos) << opened.error().message;
}

// A file size limit stands for a full disk: the write fails in the middle of a commit.
TEST_F(StoreFile, WithoutRoomNeverAcknowledgesWhatIsNotThere) {
    store_.reset();
    const int code = in_child([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        auto opened = open_sqlite_store(small_store(file()));
        if (!opened.ok()) return 10;
        auto& store = **opened;
        const rlimit small{600 * 1024, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &small);
        int acknowledged = 0, refused = 0;
        for (int i = 0; i < 400; ++i) {
            auto result = store.commit(put(std::to_string(i), std::string(8'000, 'x')));
            if (result.ok() && result->outcome == Outcome::committed)
                ++acknowledged;
            else
                ++refused;
        }
        if (refused == 0) return 11;
        const rlimit enough{RLIM_INFINITY, RLIM_INFINITY};
        ::setrlimit(RLIMIT_FSIZE, &enough);
        // With room again, it works again, and all that was acknowledged is there.
        auto after = store.commit(put("after", "1"));
        if (!after.ok() || after->outcome != Outcome::committed) return 12;
        if (store.count("c", false).value() < acknowledged + 1) return 13;
        return acknowledged > 0 ? 0 : 14;
    });
    EXPECT_EQ(code, 0);
}

}  // namespace
}  // namespace headgate::store
