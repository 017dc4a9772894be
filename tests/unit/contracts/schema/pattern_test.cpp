// Patterns mean what ECMA-262 says, or are refused; the plain scan agrees with the engine.
#include "contracts/schema/pattern.hpp"

#include <gtest/gtest.h>

#include "contracts/schema/pattern_length.hpp"

namespace headgate {
namespace {

using schema::Pattern;

struct Case {
    const char* pattern;
    std::vector<std::string> good, bad;
};

void judge(const std::vector<Case>& cases) {
    for (const auto& [source, good, bad] : cases) {
        std::string why;
        auto pattern = Pattern::compile(source, why);
        ASSERT_TRUE(pattern) << source << ": " << why;
        for (const auto& text : good) EXPECT_TRUE(pattern->matches(text)) << source << " '" << text << "'";
        for (const auto& text : bad) EXPECT_FALSE(pattern->matches(text)) << source << " '" << text << "'";
    }
}

TEST(Pattern, ScansSimpleOnesAsTheEngineWould) {
    judge({
        {"^[A-Z0-9-]{3,18}$",
         {"ABC", "HG-100234", "A-----------------"},
         {"AB", "ABc", "ABC ", "", "A------------------"}},
        {"^ST-[0-9]{4}$", {"ST-0007"}, {"ST-007", "ST-00071", "st-0007", "xST-0007", "ST-0007\n"}},
        {"^[1-9][0-9]{0,1}$", {"1", "99"}, {"0", "100", ""}},
        {"Z$", {"2026Z", "Z"}, {"Z ", "z", "", "Z\n"}},
        {"^a*ab$", {"ab", "aaab"}, {"b", "aa"}},
        {"^a?a$", {"a", "aa"}, {"", "aaa"}},
        {"^[!-~]+$", {"!x~"}, {"a b", "", "\xC3\xA4"}},
        {"^a|b$", {"ax", "xb"}, {"xx"}},
    });
}

TEST(Pattern, MeansWhatEcma262Says) {
    judge({
        {"^\\d+$", {"42"}, {"\xD9\xA3", "4\n"}},
        {"^\\w$", {"a", "_"}, {"\xC3\xA9", "-"}},
        {"^\\W\\D$",
         {"\xC3\xA9x"},
         {"ax",
          "\xC3\xA9"
          "1"}},
        {"^\\s+$", {" \t\n\v\f\r", "\xC2\xA0\xEF\xBB\xBF\xE2\x80\xA8\xE3\x80\x80"}, {"\xE2\x80\x8B", "\xC2\x85"}},
        {"^[\\S]$", {"a", "\xE2\x80\x8B"}, {" ", "\xC2\xA0"}},
        {"^.$", {"a", "\xF0\x9F\x98\x80"}, {"\n", "\r", "\xE2\x80\xA8", ""}},
        {"a$", {"ba"}, {"a\n", "ab"}},
        {"^a", {"ab"}, {"\na"}},
        {"^\\u00e4\\d$",
         {"\xC3\xA4"
          "1"},
         {"a1"}},
        {"^\\uD83D\\uDE00$", {"\xF0\x9F\x98\x80"}, {"a"}},
        {"^\\u{1F600}\\x41\\cJ\\0$",
         {std::string("\xF0\x9F\x98\x80"
                      "A\n\0",
                      7)},
         {"a"}},
        {"^[\\uD800-\\uDFFFa]$", {"a"}, {"b", "\xED\x9F\xBF"}},
        {"\\uD800", {}, {"a", ""}},
        {"^[]$", {}, {"", "a"}},
        {"^[^]$", {"\n", "a"}, {"", "ab"}},
        {"^[\\b\\-\\]]$", {"\b", "-", "]"}, {"b", "\\"}},
        {"^[^a-c\\d]$", {"d", "\n"}, {"b", "1"}},
        {"\\bfoo\\b", {"a foo b"}, {"food"}},
        {"^\\p{L}\\P{Lu}$",
         {"\xC3\xA9"
          "a"},
         {"1a", "aA"}},
        {"^\\p{Script=Greek}\\p{sc=Cyrl}$", {"\xCE\xB1\xD0\xB6"}, {"ab"}},
        {"^[\\p{Decimal_Number}\\p{gc=Letter}]$", {"\xD9\xA3", "x"}, {"-"}},
        {"^\\p{ASCII}\\P{Any}?$", {"a"}, {"\xC3\xA9"}},
        {"^(?<year>[0-9]{4})\\.$", {"2026."}, {"2026x"}},
        {"^(?:ab|c)+?d{2,}$", {"abcdd"}, {"abd"}},
        {"", {"", "x"}, {}},
        {"\\^\\$\\\\\\.\\*\\+\\?\\(\\)\\[\\]\\{\\}\\|\\/", {"^$\\.*+?()[]{}|/"}, {"x"}},
    });
}

TEST(Pattern, RefusesWhatItCannotRunToTheSameEffect) {
    struct Refused {
        std::string pattern;
        const char* why;
    };
    const std::string deep(20'000, '(');
    const Refused refused[] = {
        {"(?=a)b", "can't be run in linear time: look-ahead"},
        {"(?<!a)b", "can't be run in linear time: look-behind"},
        {"(a)\\1", "can't be run in linear time: a back reference"},
        {"(?<n>a)\\k<n>", "can't be run in linear time: a back reference"},
        {"\\B", "can't be run in linear time: \\B"},
        {"\\p{Emoji}", "can't be run in linear time: the property Emoji"},
        {"\\p{C}", "can't be run in linear time: the property C"},
        {"\\p{scx=Greek}", "can't be run in linear time: the property scx=Greek"},
        {"\\p{Script=Nope}", "can't be run in linear time"},
        {"a{1001}", "can't be run in linear time: a repetition above 1000"},
        {"(a{1000}){1000}", "can't be run in linear time"},
        {"((((((a{100}){100}){100}){100}){100}){100})", "can't be run in linear time"},
        {"(\\p{L}{300}){3}\\p{L}{900}", "can't be run in linear time"},
        {deep, "can't be run in linear time: more than 10000 bytes"},
        {"(a", "is no regular expression of ECMA-262: a group is not closed at character 3"},
        {"a)", "is no regular expression of ECMA-262: ')' without its counterpart at character 2"},
        {"\\Z", "is no regular expression of ECMA-262: '\\Z' is no escape"},
        {"a++", "is no regular expression of ECMA-262: nothing to repeat"},
        {"(?i)a", "is no regular expression of ECMA-262: an unknown kind of group"},
        {"\\2(a)", "is no regular expression of ECMA-262: a back reference to a group that isn't there"},
        {"(?<a>x)(?<a>y)", "is no regular expression of ECMA-262: a group's name is used twice"},
        {"[b-a]", "is no regular expression of ECMA-262: a range from higher to lower"},
        {"\\01", "is no regular expression of ECMA-262: an octal escape"},
        {"\\u{110000}", "is no regular expression of ECMA-262: a code point above 10FFFF"},
    };
    for (const auto& [source, expected] : refused) {
        std::string why;
        EXPECT_FALSE(Pattern::compile(source, why)) << source.substr(0, 80);
        EXPECT_TRUE(std::string_view(why).starts_with(expected)) << source.substr(0, 80) << ": " << why;
    }
}

TEST(PatternLength, IsThatOfTheLongestTextOrNone) {
    for (auto [pattern, longest] :
         std::initializer_list<std::pair<const char*, std::size_t>>{{"^[A-Z0-9-]{3,18}$", 18},
                                                                    {"^ST-[0-9]{4}$", 7},
                                                                    {"^[1-9][0-9]{0,1}$", 2},
                                                                    {"^(ab|cde?)x{2}$", 5},
                                                                    {"^(?:a{2}){3}$", 6},
                                                                    {"^(?<y>\\d{4})-\\d\\d$", 7},
                                                                    {"^[\\]a]?\\u0041\\x42$", 3},
                                                                    {"^ä{2}$", 2},
                                                                    {"^a\\$$", 2},
                                                                    {"^[^]]{5}$", 6},
                                                                    {"^$", 0},
                                                                    {"^a+$", 0},
                                                                    {"^a{2,}$", 0},
                                                                    {"^a|b$", 0},
                                                                    {"a{2}$", 0},
                                                                    {"^a{2}", 0},
                                                                    {"^(?=a)b$", 0},
                                                                    {"^(a)\\1$", 0},
                                                                    {"^((((a{999}){999}){999}){999})$", 0},
                                                                    {"^[a", 0},
                                                                    {"^(a", 0},
                                                                    {"^a\\", 0},
                                                                    {"", 0}})
        EXPECT_EQ(schema::longest_match(pattern), longest) << pattern;
}

}  // namespace
}  // namespace headgate
