// What feeds decide: which files they take, which numbers are missing, what is kept and for how long.
#include <gtest/gtest.h>

#include "gateway/feeds/settling.hpp"
#include "tests/unit/gateway/feeds/fixture.hpp"

namespace headgate::feeds {
namespace {

std::string fits(const std::string& pattern, const std::string& name) {
    FilePattern parsed;
    if (auto fault = FilePattern::parse(pattern, parsed); !fault.empty()) return fault;
    auto fit = parsed.fits(name);
    return !fit ? "no" : fit->number ? std::to_string(*fit->number) : "yes";
}

TEST(FilePatterns, TakeNamesByTheirEndsAndNumbers) {
    EXPECT_EQ(fits("945-*.945", "945-000017.945"), "yes");
    EXPECT_EQ(fits("945-*.945", "945-000017.945.tmp"), "no");
    EXPECT_EQ(fits("945-*.945", "945.945"), "no");
    EXPECT_EQ(fits("return-{number}.csv", "return-000017.csv"), "17");
    EXPECT_EQ(fits("return-{number}.csv", "return-x.csv"), "no");
    EXPECT_EQ(fits("return-{number}.csv", "return-.csv"), "no");
    EXPECT_EQ(fits("return-{number}.csv", "return-99999999999.csv"), "no");
    EXPECT_EQ(fits("stock.txt", "stock.txt"), "yes");
    EXPECT_EQ(fits("stock.txt", "stock.txt2"), "no");
    EXPECT_EQ(fits("*", "anything"), "yes");
}

TEST(FilePatterns, SayWhatIsWrongWithThem) {
    EXPECT_EQ(fits("", ""), "is no name of files");
    EXPECT_EQ(fits("out/*.csv", ""), "is no name of files");
    EXPECT_EQ(fits(".tmp-*", ""), "names drafts: files whose names begin with a dot are never read");
    EXPECT_EQ(fits("*-{number}", ""), "has both '*' and {number}");
    EXPECT_EQ(fits("*-*", ""), "has more than one part that is open");
}

std::string missing(std::initializer_list<std::uint32_t> numbers) {
    NumbersCome come;
    for (auto number : numbers) come.come(number);
    return write_numbers(come);
}

TEST(Numbers, AreMissingFromTheFirstThatCameOn) {
    EXPECT_EQ(missing({5, 6, 7}), R"({"forgotten":0,"last":7,"missing":[]})");
    EXPECT_EQ(missing({5, 8, 9}), R"({"forgotten":0,"last":9,"missing":[6,7]})");
    EXPECT_EQ(missing({5, 8, 6}), R"({"forgotten":0,"last":8,"missing":[7]})");
    EXPECT_EQ(missing({5, 5, 4}), R"({"forgotten":0,"last":5,"missing":[]})");
}

TEST(Numbers, ThatAreMissingAreRememberedWithinBounds) {
    NumbersCome come;
    come.come(1);
    come.come(4'000'000'000u);
    EXPECT_EQ(come.missing.size(), NumbersCome::at_most);
    EXPECT_EQ(come.forgotten, 3'999'999'998 - 1'000);
    come.come(4'000'000'002u);
    EXPECT_EQ(come.missing.size(), NumbersCome::at_most);
}

TEST(SettlingFiles, AreWholeWhenNothingOfThemChangedForTheSpan) {
    Settling settling;
    const SteadyTime start{};
    IncomingFile file{"a", 10, 1, 7};
    settling.seen({file}, start);
    EXPECT_FALSE(settling.settled(file, start, milliseconds(100)));
    EXPECT_TRUE(settling.settled(file, start + milliseconds(100), milliseconds(100)));
    IncomingFile grown = file;
    grown.size = 11;
    settling.seen({grown}, start + milliseconds(100));
    EXPECT_FALSE(settling.settled(file, start + milliseconds(300), milliseconds(100)));
    EXPECT_FALSE(settling.settled(grown, start + milliseconds(150), milliseconds(100)));
    EXPECT_TRUE(settling.settled(grown, start + milliseconds(200), milliseconds(100)));
    // Another file of the same name, size and time is another one.
    IncomingFile other = grown;
    other.id = 8;
    settling.seen({other}, start + milliseconds(200));
    EXPECT_FALSE(settling.settled(other, start + milliseconds(250), milliseconds(100)));
    settling.seen({}, start + milliseconds(300));
    settling.seen({other}, start + milliseconds(301));
    EXPECT_FALSE(settling.settled(other, start + milliseconds(350), milliseconds(100)));
}

class Keeping : public FeedsTest {
  protected:
    void SetUp() override {
        FeedsTest::SetUp();
        feeds_ = {feed("levels", "*.csv", "sheets.level", {{"sku"}, {}, milliseconds(86'400'000)})};
    }
    void dated(const std::string& name, int minutes) {
        namespace fs = std::filesystem;
        fs::last_write_time(partner_.path() + "/out/" + name,
                            fs::file_time_type::clock::now() + std::chrono::minutes(minutes));
    }
    std::string kept(const std::string& sku) {
        auto found = find_kept(*store_, "fulfilment.v1/StockLevel", sku).value();
        return found ? found->message : "nothing";
    }
};

TEST_F(Keeping, AFileThatWasWrittenEarlierDoesNotUndoALaterOne) {
    drop("2.csv", "artikel;bestand;preis\nHG-1;7;\n");
    dated("2.csv", -5);
    settle_and_read();
    drop("1.csv", "artikel;bestand;preis\nHG-1;3;\nHG-2;4;\n");
    dated("1.csv", -10);
    settle_and_read();
    EXPECT_EQ(kept("HG-1"), R"({"sku":"HG-1","onHand":7})");
    EXPECT_EQ(kept("HG-2"), R"({"sku":"HG-2","onHand":4})");
}

TEST_F(Keeping, WhatIsKeptForADayIsForgottenAfterIt) {
    drop("1.csv", "artikel;bestand;preis\nHG-1;7;\n");
    settle_and_read();
    clock_.advance(std::chrono::hours(23));
    round();
    EXPECT_EQ(kept("HG-1"), R"({"sku":"HG-1","onHand":7})");
    clock_.advance(std::chrono::hours(2));
    round();
    EXPECT_EQ(kept("HG-1"), "nothing");
}

TEST_F(Keeping, ARoundTakesNoMoreThanItsLimitAndTheNextGoesOn) {
    limits_ = {5, 2};
    for (int i = 0; i < 7; ++i)
        drop(std::to_string(i) + ".csv", "artikel;bestand;preis\nHG-" + std::to_string(i) + ";7;\n");
    EXPECT_EQ(settle_and_read(), 2u);
    EXPECT_EQ(lies("/out/read"), "0.csv 1.csv");
    // Not all was seen: what is known is no newer than before.
    EXPECT_EQ(freshness_.of("fulfilment.v1/StockLevel")->as_of_ms, 0);
    for (int i = 0; i < 4; ++i) settle_and_read();
    EXPECT_EQ(lies("/out"), "");
    EXPECT_EQ(freshness_.of("fulfilment.v1/StockLevel")->as_of_ms, store::to_ms(clock_.wall_now()));
}

TEST_F(Keeping, FilesThatNoFeedTakesKeepNoneFromBeingRead) {
    limits_ = {2, 2};
    for (int i = 0; i < 5; ++i) drop(std::to_string(i) + ".other", "x");
    drop("levels.csv", "artikel;bestand;preis\nHG-1;7;\n");
    EXPECT_EQ(settle_and_read(), 1u);
    EXPECT_EQ(lies("/out/read"), "levels.csv");
    EXPECT_NE(metrics_.exposition().find("headgate_feed_unclaimed_files{system=\"warehouse\"} 5"), std::string::npos);
}

TEST_F(Keeping, AFolderThatCantBeReadLeavesWhatIsKnownAsOldAsItIs) {
    settle_and_read();
    const auto before = freshness_.of("fulfilment.v1/StockLevel")->as_of_ms;
    std::filesystem::rename(partner_.path() + "/out", partner_.path() + "/gone");
    clock_.advance(std::chrono::hours(1));
    round();
    EXPECT_EQ(freshness_.of("fulfilment.v1/StockLevel")->as_of_ms, before);
}

}  // namespace
}  // namespace headgate::feeds
