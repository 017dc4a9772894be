// The store from coroutines: completions on the caller's thread, deadlines.
#include "gateway/store/async_store.hpp"

#include <thread>

#include "tests/support/await.hpp"
#include "tests/unit/gateway/store/fixture.hpp"

namespace headgate::store {
namespace {

class AsyncStoreTest : public StoreTest {
  protected:
    void TearDown() override {
        if (store_) store_->close();
        readers_.join();
    }
    asio::io_context io_;
    BlockingPool readers_{1, 10};
};

TEST_F(AsyncStoreTest, CommitsClaimsAndFindsOnTheCallersThread) {
    AsyncStore async(*store_, readers_);
    Commit what = put("a", "1");
    what.work.push_back({"w", "q", "s", "k"});
    auto committed = await(io_, async.commit(std::move(what), Deadline::never()));
    ASSERT_TRUE(committed.ok());
    EXPECT_EQ(committed->outcome, Outcome::committed);
    auto found = await(io_, async.find("c", "a", Deadline::never()));
    ASSERT_TRUE(found.ok());
    EXPECT_EQ((*found)->revision, committed->revision);
    auto claimed = await(io_, async.claim({"q", "me", 1, 1, 5}, Deadline::never()));
    ASSERT_TRUE(claimed.ok());
    EXPECT_EQ(claimed->items.size(), 1u);
    auto count = await(io_, async.read<std::int64_t>([](Store& s) { return s.count("c", false); }, Deadline::never()));
    EXPECT_EQ(count.value(), 1);
}

TEST_F(AsyncStoreTest, ACommitPastItsDeadlineIsUnknownAndMayTakeEffect) {
    auto options = small_store(folder_.file("state.db"));
    options.gather = std::chrono::milliseconds(150);
    open(options);
    AsyncStore async(*store_, readers_);
    auto late = await(io_, async.commit(put("a", "1"), Deadline::in(milliseconds(5))));
    ASSERT_TRUE(late.ok());
    EXPECT_EQ(late->outcome, Outcome::unknown);
    EXPECT_EQ(commit(put("b", "1")), Outcome::committed);  // behind it in the queue
    EXPECT_TRUE(find("a"));
}

TEST_F(AsyncStoreTest, AnErrorOfAClosedStoreArrives) {
    AsyncStore async(*store_, readers_);
    store_->close();
    auto refused = await(io_, async.commit(put("a", "1"), Deadline::never()));
    EXPECT_FALSE(refused.ok());
}

}  // namespace
}  // namespace headgate::store
