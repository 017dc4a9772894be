#include "contracts/document/fields.hpp"

#include <gtest/gtest.h>

namespace headgate {
namespace {

class ReadFields : public ::testing::Test {
  protected:
    // Reads `text` as a.yaml and hands its fields to the test.
    Fields fields(std::string_view text) {
        file_ = parse_source("a.yaml", text, diagnostics_);
        return Fields(*file_, file_->root(), "thing", diagnostics_);
    }
    std::string told() const { return diagnostics_.text(); }

    Diagnostics diagnostics_;
    std::shared_ptr<const SourceFile> file_;
};

TEST_F(ReadFields, GivesEachTypeAndItsDefault) {
    auto f = fields("name: NO\ncount: 12\nshare: 0.5%\non: true\nlist: [a, b]\nmode: fast\n");
    EXPECT_EQ(f.text("name"), "NO");
    EXPECT_EQ(f.integer("count", 1, 0, 100), 12);
    EXPECT_EQ(f.share_ppm("share", 0), 5'000u);
    EXPECT_TRUE(f.flag("on", false));
    EXPECT_EQ(f.texts("list"), (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(f.word("mode", {"slow", "fast"}, 0), 1u);
    EXPECT_EQ(f.integer("missing", 7, 0, 100), 7);
    f.finish();
    EXPECT_EQ(told(), "");
}

TEST_F(ReadFields, NamesAnUnknownKeyAtItsPlaceWithTheNearestKnownOne) {
    auto f = fields("deadlin_ms: 5\n");
    f.integer("deadline_ms", 1, 0, 10);
    f.finish();
    EXPECT_EQ(told(), "a.yaml:1:1: error: thing has no key 'deadlin_ms' (did you mean 'deadline_ms'?)\n");
}

TEST_F(ReadFields, NamesAWrongValueAtItsPlaceAndKeepsTheDefault) {
    auto f = fields("count: 12x\nshare: 101%\non: yes\nmode: quick\n");
    EXPECT_EQ(f.integer("count", 3, 0, 100), 3);
    EXPECT_EQ(f.share_ppm("share", 4), 4u);
    EXPECT_FALSE(f.flag("on", false));
    EXPECT_EQ(f.word("mode", {"slow", "fast"}, 0), 0u);
    for (const char* place : {"a.yaml:1:8", "a.yaml:2:8", "a.yaml:3:5", "a.yaml:4:7"})
        EXPECT_NE(told().find(place), std::string::npos) << place << "\n" << told();
}

TEST_F(ReadFields, NamesAMissingField) {
    auto f = fields("other: 1\n");
    EXPECT_EQ(f.required_text("url"), "");
    EXPECT_NE(told().find("'url' is missing"), std::string::npos);
}

TEST_F(ReadFields, GivesWhichWordsAListHoldsAndNamesEachUnknownOne) {
    auto f = fields("some: [b, c]\nwrong: [b,\n  x]\nsingle: b\n");
    EXPECT_EQ(f.words("some", {"a", "b", "c"}), (std::vector<bool>{false, true, true}));
    EXPECT_EQ(f.words("missing", {"a", "b"}), (std::vector<bool>{false, false}));
    EXPECT_EQ(told(), "");
    EXPECT_EQ(f.words("wrong", {"a", "b"}), (std::vector<bool>{false, true}));
    EXPECT_EQ(f.words("single", {"a", "b"}), (std::vector<bool>{false, false}));
    EXPECT_EQ(told(),
              "a.yaml:3:3: error: thing: 'wrong' holds 'x', which is none of: a, b\n"
              "a.yaml:4:9: error: thing: 'single' must be a list ([a, b])\n");
}

TEST(Share, IsReadAndWrittenExactly) {
    for (auto [text, ppm] : {std::pair("0%", 0u), {"100%", 1'000'000u}, {"12.5%", 125'000u}, {"0.0001%", 1u}}) {
        EXPECT_EQ(parse_share_ppm(text), ppm);
        EXPECT_EQ(share_text(ppm), text);
    }
    for (std::string_view bad : {"", "%", "10", "-1%", "100.1%", "1.%", ".5%", "0.00001%", "1e2%", "10 %"})
        EXPECT_FALSE(parse_share_ppm(bad)) << bad;
}

}  // namespace
}  // namespace headgate
