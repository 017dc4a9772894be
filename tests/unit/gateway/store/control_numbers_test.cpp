// Control numbers: each key has one for ever, and each sequence counts for itself.
#include "gateway/store/control_numbers.hpp"

#include <set>
#include <thread>

#include "tests/unit/gateway/store/fixture.hpp"

namespace headgate::store {
namespace {

using ControlNumbersTest = StoreTest;

TEST_F(ControlNumbersTest, CountUpInEachSequenceAndStayWithTheirKey) {
    StoredControlNumbers numbers(*store_);
    EXPECT_EQ(*numbers.number_for("x12 ZZ:A ZZ:B", "pick-1.940", {}), 1u);
    EXPECT_EQ(*numbers.number_for("x12 ZZ:A ZZ:B", "pick-2.940", {}), 2u);
    EXPECT_EQ(*numbers.number_for("x12 ZZ:A ZZ:C", "pick-1.940", {}), 1u);
    EXPECT_EQ(*numbers.number_for("x12 ZZ:A ZZ:B", "pick-1.940", {}), 1u);
    EXPECT_EQ(*numbers.number_for("x12 ZZ:A ZZ:B", "pick-3.940", {}), 3u);
}

TEST_F(ControlNumbersTest, OutliveTheProcess) {
    EXPECT_EQ(*StoredControlNumbers(*store_).number_for("s", "a", {}), 1u);
    EXPECT_EQ(*StoredControlNumbers(*store_).number_for("s", "b", {}), 2u);
    reopen();
    EXPECT_EQ(*StoredControlNumbers(*store_).number_for("s", "c", {}), 3u);
    EXPECT_EQ(*StoredControlNumbers(*store_).number_for("s", "a", {}), 1u);
}

TEST_F(ControlNumbersTest, BeginAnewBehindTheLastOfNineDigits) {
    Commit at_the_end;
    at_the_end.puts = {{"control-numbers", "s", "999999999", {}}};
    EXPECT_EQ(commit(std::move(at_the_end)), Outcome::committed);
    EXPECT_EQ(*StoredControlNumbers(*store_).number_for("s", "a", {}), 1u);
}

TEST_F(ControlNumbersTest, AreNeverGivenTwiceHoweverManyAskAtOnce) {
    StoredControlNumbers numbers(*store_);
    std::vector<std::vector<std::uint32_t>> got(4);
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < got.size(); ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i < 25; ++i) {
                    auto number = numbers.number_for("s", std::to_string(t) + "-" + std::to_string(i), {});
                    if (number) got[t].push_back(*number);
                }
            });
    }
    std::set<std::uint32_t> all;
    for (const auto& some : got) all.insert(some.begin(), some.end());
    EXPECT_EQ(all.size(), 100u);
    EXPECT_EQ(*all.begin(), 1u);
    EXPECT_EQ(*all.rbegin(), 100u);
}

TEST_F(ControlNumbersTest, OneKeyThatManyAskForHasOneNumber) {
    StoredControlNumbers numbers(*store_);
    std::vector<std::uint32_t> got(4);
    {
        std::vector<std::jthread> threads;
        for (std::size_t t = 0; t < got.size(); ++t)
            threads.emplace_back([&, t] { got[t] = numbers.number_for("s", "same", {}).value(); });
    }
    EXPECT_EQ(got, std::vector<std::uint32_t>(4, 1));
}

TEST_F(ControlNumbersTest, AreRefusedWhenTheStoreIsClosed) {
    StoredControlNumbers numbers(*store_);
    store_->close();
    auto number = numbers.number_for("s", "a", {});
    ASSERT_FALSE(number);
    EXPECT_EQ(number.error().kind, ErrorKind::system_unavailable);
}

}  // namespace
}  // namespace headgate::store
