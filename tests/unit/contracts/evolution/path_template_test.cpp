// Which paths two templates share, and which of both a request goes to.
#include "contracts/evolution/path_template.hpp"

#include <gtest/gtest.h>

namespace headgate::evolution {
namespace {

bool meet(const char* one, const char* other) {
    bool met = PathTemplate(one).meets(PathTemplate(other));
    EXPECT_EQ(met, PathTemplate(other).meets(PathTemplate(one))) << one << " " << other;
    return met;
}

bool is_narrower(const char* one, const char* other) { return PathTemplate(one).is_narrower_than(PathTemplate(other)); }

TEST(PathTemplate, MeetsWhateverAPathCouldStandForToo) {
    for (auto [one, other] : {std::pair("/a", "/a"),
                              {"/a/{x}", "/a/b"},
                              {"/a/{x}", "/{y}/b"},
                              {"/{x}", "/{y}"},
                              {"/a/{x}.json", "/a/b.json"},
                              {"/a/{x}.{y}", "/a/{z}.json"},
                              {"/a/{x}-{y}", "/a/1-2-3"},
                              {"/a/{x}b", "/a/a{y}"}})
        EXPECT_TRUE(meet(one, other)) << one << " " << other;
}

TEST(PathTemplate, DoesNotMeetWhatHasAnotherLengthOrText) {
    for (auto [one, other] : {std::pair("/a", "/b"),
                              {"/a/{x}", "/a"},
                              {"/a/{x}", "/a/"},
                              {"/a/{x}", "/a/b/c"},
                              {"/a/{x}", "/b/{x}"},
                              {"/a/{x}.json", "/a/{x}.xml"},
                              {"/a/{x}.json", "/a/.json"},
                              {"/a/{x}-{y}", "/a/12"},
                              {"/a/ab{x}", "/a/ab"}})
        EXPECT_FALSE(meet(one, other)) << one << " " << other;
}

TEST(PathTemplate, IsNarrowerWhereTheOtherStandsForAllItsPathsAndMore) {
    EXPECT_TRUE(is_narrower("/a/b", "/a/{x}"));
    EXPECT_TRUE(is_narrower("/a/{x}/c", "/a/{x}/{y}"));
    EXPECT_TRUE(is_narrower("/a/b.json", "/a/{x}.json"));
    EXPECT_TRUE(is_narrower("/a/{x}.json", "/a/{x}"));
    EXPECT_FALSE(is_narrower("/a/{x}", "/a/b"));
    EXPECT_FALSE(is_narrower("/a/{x}", "/a/{y}"));
    EXPECT_FALSE(is_narrower("/{x}/b", "/a/{y}"));
    EXPECT_FALSE(is_narrower("/a/{x}b", "/a/a{x}"));
}

TEST(PathTemplate, TakesLongSegmentsForMeeting) {
    std::string one = "/", other = "/";
    for (int i = 0; i < 1'000; ++i) one += "{x}a", other += "{x}b";
    EXPECT_TRUE(meet((one + 'c').c_str(), (other + 'd').c_str()));
}

}  // namespace
}  // namespace headgate::evolution
