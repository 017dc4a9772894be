// Exact decimals and time patterns: nothing is rounded, nothing impossible is read.
#include "mappings/plan/exact.hpp"

#include <gtest/gtest.h>

#include "mappings/plan/time_pattern.hpp"

namespace headgate::mappings {

namespace {

std::string text(const std::optional<Exact>& number, int places = -1) {
    Arena arena;
    auto out = number ? write_exact(*number, places, arena) : std::nullopt;
    return out ? std::string(*out) : "none";
}

}  // namespace

TEST(Exact, KeepsEveryDigit) {
    EXPECT_EQ(text(parse_exact("19999999999999.99")), "19999999999999.99");
    EXPECT_EQ(text(parse_exact("-0.05")), "-0.05");
    EXPECT_EQ(text(parse_exact("10.10")), "10.10");
    EXPECT_EQ(text(parse_exact("999999999999999999999999999999999999")), "999999999999999999999999999999999999");
    EXPECT_EQ(text(parse_exact("1.5e3")), "1500");
    EXPECT_EQ(text(parse_exact("15e-3")), "0.015");
}

TEST(Exact, RefusesWhatIsNoNumberOrTooLong) {
    for (auto bad :
         {"", "-", ".", "1.", ".5", "1e", "1e999", "1,5", "0x1", "1 ", "9999999999999999999999999999999999999"})
        EXPECT_FALSE(parse_exact(bad)) << bad;
}

TEST(Exact, CallsPlainWhatItWouldWriteItself) {
    for (auto plain : {"0", "7", "10.10", "0.05", "999999999999999999999999999999999999"}) {
        auto point = std::string(plain).find('.');
        EXPECT_EQ(plain_places(plain), point == std::string::npos ? 0 : 2) << plain;
        EXPECT_EQ(text(parse_exact(plain)), plain);
    }
    for (auto other : {"", "-1", "+1", "007", "00.5", "1.", ".5", "1e3", "1.5e3", "1,5", "1.2.3", " 1",
                       "9999999999999999999999999999999999999"})
        EXPECT_EQ(plain_places(other), -1) << other;
}

TEST(Exact, WritesPlacesOnlyWhenNoneIsLost) {
    EXPECT_EQ(text(parse_exact("2"), 4), "2.0000");
    EXPECT_EQ(text(parse_exact("2.500"), 1), "2.5");
    EXPECT_EQ(text(parse_exact("2.55"), 1), "none");
    EXPECT_EQ(text(parse_exact("0"), 2), "0.00");
}

TEST(Exact, ComputesWithoutRounding) {
    EXPECT_EQ(text(add(*parse_exact("0.1"), *parse_exact("0.2"))), "0.3");
    EXPECT_EQ(text(subtract(*parse_exact("1"), *parse_exact("0.001"))), "0.999");
    EXPECT_EQ(text(multiply(*parse_exact("1.10"), *parse_exact("3"))), "3.3");
    EXPECT_FALSE(multiply(*parse_exact("999999999999999999999"), *parse_exact("999999999999999999999")));
    EXPECT_EQ(text(divide(*parse_exact("1250"), *parse_exact("1000"))), "1.25");
    EXPECT_EQ(text(divide(*parse_exact("-3.6"), *parse_exact("0.012"))), "-300");
    EXPECT_EQ(text(divide(*parse_exact("21"), *parse_exact("12"))), "1.75");
    EXPECT_EQ(text(divide(*parse_exact("0"), *parse_exact("7"))), "0");
    EXPECT_FALSE(divide(*parse_exact("1"), *parse_exact("3")));
    EXPECT_FALSE(divide(*parse_exact("1"), *parse_exact("0.00")));
    EXPECT_FALSE(divide(*parse_exact("1"), *parse_exact("9007199254740992")));  // 53 places
    EXPECT_FALSE(divide(*parse_exact("100000000000000000000"), *parse_exact("0.00000000000000000001")));
    EXPECT_EQ(compare(*parse_exact("1.0"), *parse_exact("1")), 0);
    EXPECT_EQ(compare(*parse_exact("-1"), *parse_exact("1")), -1);
}

TEST(TimePattern, ReadsAndWritesExactly) {
    std::string problem;
    auto pattern = TimePattern::compile("dd.MM.yyyy HH:mm:ss", problem);
    ASSERT_TRUE(pattern) << problem;
    TimeFields fields;
    ASSERT_TRUE(pattern->parse("29.02.2028 23:59:59", fields));
    Arena arena;
    EXPECT_EQ(pattern->write(fields, arena), "29.02.2028 23:59:59");
    for (auto bad : {"29.02.2026 00:00:00", "1.1.2026 00:00:00", "01.01.2026 24:00:00", "01.13.2026 00:00:00",
                     "01-01-2026 00:00:00", ""})
        EXPECT_FALSE(pattern->parse(bad, fields)) << bad;
}

TEST(TimePattern, RefusesPatternsItCannotHold) {
    std::string problem;
    for (auto bad : {"dd.MM.yy", "yyyyMMdd HH", "yyyyyyyy", "yyyyMMddyyyy", "", "HH", "HH:ss", "MMdd", "ddHHmm"})
        EXPECT_FALSE(TimePattern::compile(bad, problem)) << bad;
    EXPECT_FALSE(TimePattern::compile("yyyyMMdd", problem, 70));
    EXPECT_FALSE(TimePattern::compile("HHmm", problem, 0));
    EXPECT_FALSE(TimePattern::compile("yyyyMMddyy", problem, 0));
}

TEST(TimePattern, MeansAHundredYearsFromThePivotByTwoDigits) {
    std::string problem;
    for (int pivot : {0, 1, 50, 70, 99}) {
        auto pattern = TimePattern::compile("yyMMdd", problem, pivot);
        ASSERT_TRUE(pattern) << problem;
        Arena arena;
        for (int year = 1800; year < 2200; ++year) {
            bool meant = year >= 1900 + pivot && year < 2000 + pivot;
            TimeFields fields{year, 4, 1}, back;
            ASSERT_EQ(pattern->holds(fields), meant) << pivot << " " << year;
            if (!meant) continue;
            ASSERT_TRUE(pattern->parse(pattern->write(fields, arena), back));
            ASSERT_EQ(back.year, year);
        }
    }
}

TEST(TimePattern, TellsATimeOfDayWithSecondsOrWithout) {
    std::string problem;
    TimeFields fields;
    auto minutes = TimePattern::compile("HHmm", problem), seconds = TimePattern::compile("HH:mm:ss", problem);
    ASSERT_TRUE(minutes && seconds);
    EXPECT_TRUE(minutes->parse("2359", fields) && !minutes->has_date() && !minutes->has_seconds());
    EXPECT_FALSE(minutes->parse("2360", fields));
    EXPECT_TRUE(seconds->parse("00:00:00", fields) && seconds->has_seconds());
}

TEST(ParseRfc3339, ReadsOffsetsAndRefusesTheRest) {
    OffsetTime time;
    ASSERT_TRUE(parse_rfc3339("2026-11-23T10:15:00.123-05:30", time));
    EXPECT_EQ(time.offset_min, -330);
    EXPECT_TRUE(time.fraction);
    for (auto bad : {"2026-11-23 10:15:00Z", "2026-11-23T10:15:00", "2026-11-23T10:15:00.Z", "2026-11-31T10:15:00Z",
                     "2026-11-23T10:15:00+0100", "2026-11-23T10:15:00Zx"})
        EXPECT_FALSE(parse_rfc3339(bad, time)) << bad;
    EXPECT_EQ(to_seconds(from_seconds(1'795'428'900)), 1'795'428'900);
    EXPECT_EQ(to_seconds(from_seconds(-1)), -1);
}

}  // namespace headgate::mappings
