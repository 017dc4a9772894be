// App builds are made safe to keep; usage survives its way through text.
#include "contracts/usage/usage.hpp"

#include <gtest/gtest.h>

#include "contracts/usage/app_build.hpp"

namespace headgate {
namespace {

TEST(AppBuild, IsTheFirstWordMadeSafe) {
    const std::pair<std::string, std::string> cases[] = {
        {"3.1.4", "3.1.4"},
        {"  3.1.4 (ios)", "3.1.4"},
        {"storefront-ios/3.1.4 CFNetwork/1494", "storefront-ios/3.1.4"},
        {"2026.11+build:7~rc1", "2026.11+build:7~rc1"},
        {"", "unknown"},
        {" \t ", "unknown"},
        {"<script>\"x\"", "_script__x_"},
        {"b\xC3\xBC\n\x01", "b____"},
        {std::string(1000, 'a'), std::string(longest_build, 'a')},
        {std::string(39, 'a') + "\xC3\xBC", std::string(39, 'a') + "_"},
    };
    for (const auto& [header, build] : cases) {
        std::array<char, longest_build> room;
        EXPECT_EQ(app_build(header, room), build) << header;
    }
    std::array<char, longest_build> room;
    EXPECT_EQ(app_build({}, room), "unknown");
}

TEST(Usage, IsReadAsItWasWritten) {
    UsageRecord record{{"shop.v1/get", "store\"front", "3.1"}, {}};
    record.usage = {7, 2, WallTime(milliseconds(1'795'425'300'123)), WallTime(milliseconds(1'795'425'999'000)), {}};
    record.usage.fields = {{"/skus", 5}, {"/a~1b", 1}};
    auto read = read_usage(write_usage(record));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->key, record.key);
    EXPECT_EQ(read->usage.calls, 7u);
    EXPECT_EQ(read->usage.refused, 2u);
    EXPECT_EQ(read->usage.first_seen, record.usage.first_seen);
    EXPECT_EQ(read->usage.last_seen, record.usage.last_seen);
    EXPECT_EQ(read->usage.fields, record.usage.fields);
}

TEST(Usage, ARecordThatIsNoneIsRefused) {
    std::string good = write_usage({{"shop.v1/get", "c", "1"}, {}});
    for (std::string bad : {std::string(), std::string("[]"), std::string("{}"), std::string("{\"version\":2}"),
                            good.substr(0, good.size() - 1)})
        EXPECT_FALSE(read_usage(bad)) << bad;
    std::string negative = good;
    negative.replace(negative.find("\"calls\":0"), 9, "\"calls\":\"many\"");
    EXPECT_FALSE(read_usage(negative));
}

TEST(Usage, AddsCountsAndWidensTheTimeSeen) {
    Usage usage{2, 1, WallTime(milliseconds(100)), WallTime(milliseconds(200)), {{"/a", 1}}};
    usage.add({3, 0, WallTime(milliseconds(50)), WallTime(milliseconds(150)), {{"/a", 3}, {"/b", 2}}});
    usage.add({});
    EXPECT_EQ(usage.calls, 5u);
    EXPECT_EQ(usage.refused, 1u);
    EXPECT_EQ(usage.first_seen, WallTime(milliseconds(50)));
    EXPECT_EQ(usage.last_seen, WallTime(milliseconds(200)));
    EXPECT_EQ(usage.fields, (std::map<std::string, std::uint64_t, std::less<>>{{"/a", 4}, {"/b", 2}}));
}

}  // namespace
}  // namespace headgate
