// The spellings of XML Schema's values (W3C XML Schema Part 2, section 3.2), and what they are to the codecs.
#include "mappings/plan/lexical_form.hpp"

#include <gtest/gtest.h>

namespace headgate::mappings {
namespace {

using enum LegacyType;

struct Case {
    LegacyType type;
    const char *spelt, *plain;
};

const Case cases[] = {
    {integer, "5", "5"},
    {integer, "-5", "-5"},
    {integer, "+5", "5"},
    {integer, " 5\n", "5"},
    {integer, "5.", "5"},
    {integer, "5.000", "5"},
    {integer, "-5.0", "-5"},
    {integer, "5.5", "5.5"},  // no whole number: whoever reads it says so
    {integer, "007", "007"},  // zeros in front may be a key's
    {integer, "+", "+"},
    {integer, ".", "."},
    {integer, "", ""},
    {integer, " ", ""},
    {integer, "1 2", "1 2"},
    {integer, "++5", "++5"},
    {integer, "1e3", "1e3"},
    {decimal, "12.50", "12.50"},
    {decimal, ".5", "0.5"},
    {decimal, "-.50", "-0.50"},
    {decimal, "+.5", "0.5"},
    {decimal, "5.", "5"},
    {decimal, "-5.", "-5"},
    {decimal, "\t+12.50 ", "12.50"},
    {decimal, "INF", "INF"},
    {decimal, "1.2.3", "1.2.3"},
    {boolean, " true ", "true"},
    {boolean, "1", "1"},
    {date, "2026-11-27", "2026-11-27"},
    {date, " 2026-11-27Z", "2026-11-27"},
    {date, "2026-11-27+01:00", "2026-11-27"},
    {date, "2026-11-27-11:30", "2026-11-27"},
    {date, "2026-11-27+1:00", "2026-11-27+1:00"},
    {date, "2026-11-27T10:00:00", "2026-11-27T10:00:00"},
    {datetime, "2026-11-27T10:15:00", "2026-11-27T10:15:00"},
    {datetime, " 2026-11-27T10:15:00.5Z ", "2026-11-27T10:15:00.5Z"},
    {datetime, "2026-11-27T24:00:00", "2026-11-28T00:00:00"},
    {datetime, "2026-12-31T24:00:00.000Z", "2027-01-01T00:00:00Z"},
    {datetime, "2028-02-28T24:00:00+01:00", "2028-02-29T00:00:00+01:00"},
    {datetime, "2026-11-27T24:00:01", "2026-11-27T24:00:01"},
    {datetime, "2026-11-27T24:00:00.001", "2026-11-27T24:00:00.001"},
    {datetime, "2026-02-30T24:00:00", "2026-02-30T24:00:00"},
    {text, " as it is ", " as it is "},
};

TEST(LexicalForm, OfEachSpellingIsTheOneThatCodecsTake) {
    for (const auto& one : cases) {
        Arena arena(256);
        EXPECT_EQ(plain_form(one.type, one.spelt, arena), one.plain) << '\'' << one.spelt << '\'';
    }
}

TEST(LexicalForm, ThatIsPlainAlreadyNeedsNoCopy) {
    Arena arena(256);
    for (const auto& one : cases) {
        std::string_view spelt = one.spelt;
        if (spelt == one.plain) {
            EXPECT_EQ(plain_form(one.type, spelt, arena).data(), spelt.data()) << spelt;
        }
    }
}

}  // namespace
}  // namespace headgate::mappings
