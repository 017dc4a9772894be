// The table of rules: its ids, and the page that shows it to people.
#include "contracts/evolution/rules.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "tests/support/corpora.hpp"

namespace headgate::evolution {
namespace {

TEST(Rules, HaveIdsOfTheirOwn) {
    std::set<std::string> ids;
    for (const auto& rule : rules()) {
        EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
        EXPECT_EQ(find_rule(rule.id), &rule);
        EXPECT_FALSE(rule.explanation.empty()) << rule.id;
    }
    EXPECT_EQ(find_rule("none"), nullptr);
    EXPECT_GT(ids.size(), 150u);
}

// Less and more are opposites: what is harmless for those who send is what breaks those who receive.
TEST(Rules, NarrowingBreaksRequestsAndWideningBreaksResponses) {
    for (const char* rule : {"type-narrowed", "enum-value-removed", "limit-tightened", "pattern-added", "format-added",
                             "nullable-removed", "properties-closed", "variant-removed", "property-became-required"}) {
        EXPECT_EQ(find_rule(std::string("request-") + rule)->level, Level::breaking) << rule;
        EXPECT_EQ(find_rule(std::string("response-") + rule)->level, Level::compatible) << rule;
    }
    for (const char* rule : {"type-widened", "enum-value-added", "limit-loosened", "pattern-removed", "format-removed",
                             "nullable-added", "properties-opened", "variant-added", "property-became-optional"}) {
        EXPECT_EQ(find_rule(std::string("request-") + rule)->level, Level::compatible) << rule;
        EXPECT_EQ(find_rule(std::string("response-") + rule)->level, Level::breaking) << rule;
    }
}

// HEADGATE_UPDATE=1 writes the table into the page.
TEST(Rules, StandOnThePageAsTheyAreInTheCode) {
    const std::string page = HEADGATE_SOURCE_DIR "/docs/reference/compatibility.md";
    const std::string begin = "<!-- rules: begin -->\n", end = "<!-- rules: end -->\n";
    std::string text = test::read_file(page);
    std::size_t from = text.find(begin), to = text.find(end);
    ASSERT_NE(from, std::string::npos);
    ASSERT_NE(to, std::string::npos);
    from += begin.size();
    if (std::getenv("HEADGATE_UPDATE")) {
        text.replace(from, to - from, rules_page());
        std::ofstream(page) << text;
        to = text.find(end);
    }
    EXPECT_EQ(text.substr(from, to - from), rules_page());
}

}  // namespace
}  // namespace headgate::evolution
