// kill -9 at random points: whatever was acknowledged is there afterwards. A process kill leaves the page cache, so
// this proves the order of acknowledgement and commit and the recovery of the file, not the fsync: that needs a power
// cut. The control acknowledges before the commit, and must lose; else this test could not see a loss.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <random>
#include <set>
#include <thread>

#include "tests/unit/gateway/store/fixture.hpp"

namespace headgate::store {
namespace {

// Commits in eight threads until it is killed; each acknowledged key is a line in the pipe.
[[noreturn]] void commit_until_killed(const std::string& file, int pipe, const std::string& run, bool too_early) {
    auto opened = open_sqlite_store(small_store(file));
    if (!opened.ok()) ::_exit(10);
    auto& store = **opened;
    std::vector<std::thread> threads;
    for (int t = 0; t < 8; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0;; ++i) {
                const std::string key = run + "-" + std::to_string(t) + "-" + std::to_string(i);
                const std::string line = key + "\n";
                if (too_early && ::write(pipe, line.data(), line.size()) < 0) ::_exit(11);
                Commit what;
                what.conditions.push_back({"order", key, 0});
                what.puts.push_back({"order", key, "{}", {}});
                what.events.push_back({0, key, "made", 0, "{}"});
                what.work.push_back({key, "q", key, "step"});
                auto result = store.commit(std::move(what));
                if (!result.ok() || result->outcome != Outcome::committed) ::_exit(12);
                if (!too_early && ::write(pipe, line.data(), line.size()) < 0) ::_exit(13);
            }
        });
    for (auto& thread : threads) thread.join();
    ::_exit(14);
}

struct Losses {
    std::size_t acknowledged = 0, lost = 0, torn = 0;
};

Losses kill_often(int times, bool too_early) {
    TempFolder folder;
    const std::string file = folder.file("state.db");
    std::mt19937 random(20261123);
    Losses losses;
    std::set<std::string> acknowledged;
    for (int n = 0; n < times; ++n) {
        int ends[2];
        if (::pipe(ends) != 0) return losses;
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[0]);
            commit_until_killed(file, ends[1], std::to_string(n), too_early);
        }
        ::close(ends[1]);
        std::thread killer([child, wait_ms = std::uniform_int_distribution<int>(20, 120)(random)] {
            std::this_thread::sleep_for(std::chrono::milliseconds(wait_ms));  // the random point
            ::kill(child, SIGKILL);
        });
        std::string text;
        char block[65536];
        for (ssize_t got; (got = ::read(ends[0], block, sizeof block)) > 0;)
            text.append(block, static_cast<std::size_t>(got));
        killer.join();
        int status = 0;
        ::waitpid(child, &status, 0);
        ::close(ends[0]);
        EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself: " << WEXITSTATUS(status);
        for (std::size_t at = 0, end; (end = text.find('\n', at)) != std::string::npos; at = end + 1)
            acknowledged.insert(text.substr(at, end - at));
    }
    auto opened = open_sqlite_store(small_store(file));
    EXPECT_TRUE(opened.ok());
    if (!opened.ok()) return losses;
    losses.acknowledged = acknowledged.size();
    for (const auto& key : acknowledged) {
        const bool row = (*opened)->find("order", key).value().has_value();
        const bool event = (*opened)->events(key, 0, 1).value().size() == 1;
        const bool work = (*opened)->work(key).value().has_value();
        losses.lost += !row;
        losses.torn += row != event || row != work;
    }
    return losses;
}

TEST(StoreCrash, LosesNothingAcknowledgedInTwentyKills) {
    const Losses losses = kill_often(20, false);
    EXPECT_GT(losses.acknowledged, 100u);
    EXPECT_EQ(losses.lost, 0u) << "of " << losses.acknowledged;
    EXPECT_EQ(losses.torn, 0u);
    RecordProperty("acknowledged", static_cast<int>(losses.acknowledged));
}

TEST(StoreCrash, TheControlThatAcknowledgesTooEarlyLoses) {
    const Losses losses = kill_often(20, true);
    EXPECT_GT(losses.lost, 0u) << "of " << losses.acknowledged << ": the test could not see a loss";
    EXPECT_EQ(losses.torn, 0u);
}

}  // namespace
}  // namespace headgate::store
