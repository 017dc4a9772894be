// Numbers as bytes: every number of small fields comes back, and every bytes that are read come back as they were.
#include "mappings/formats/fixed_width/numbers.hpp"

#include <gtest/gtest.h>

namespace headgate::fixed_width {
namespace {

using Kind = FixedField::Kind;
using Sign = FixedField::Sign;

FixedField field(Kind kind, std::size_t length, std::size_t digits, Sign sign, char fill = '0', bool right = true) {
    FixedField out;
    out.kind = kind;
    out.length = length;
    out.digits = digits;
    out.sign = sign;
    out.fill = fill;
    out.right = right;
    return out;
}

std::string read(const FixedField& by, const CodePage& page, std::string_view bytes, std::string& problem) {
    Number number;
    problem = by.kind == Kind::digits   ? read_digits(bytes, by, page, false, number)
              : by.kind == Kind::packed ? read_packed(bytes, by, false, number)
                                        : read_binary(bytes, by, number);
    return problem.empty() ? plain_text(number, by.places) : "";
}

std::string write(const FixedField& by, const CodePage& page, std::string_view text, std::string& problem) {
    Number number;
    std::string out;
    problem = parse_plain(text, by, number);
    if (!problem.empty()) return "";
    if (by.kind == Kind::binary) return problem = write_binary(number, by, out), out;
    by.kind == Kind::packed ? write_packed(number, by, out) : write_digits(number, by, page, out);
    return out;
}

std::vector<FixedField> fields() {
    std::vector<FixedField> out;
    for (Sign sign : {Sign::none, Sign::leading, Sign::trailing, Sign::overpunch})
        out.push_back(field(Kind::digits, sign == Sign::leading || sign == Sign::trailing ? 4 : 3, 3, sign));
    for (bool right : {true, false}) {
        out.push_back(field(Kind::digits, 3, 3, Sign::none, ' ', right));
        out.push_back(field(Kind::digits, 4, 3, Sign::leading, ' ', right));
    }
    for (Sign sign : {Sign::none, Sign::overpunch}) {
        out.push_back(field(Kind::packed, 2, 3, sign));
        out.push_back(field(Kind::packed, 3, 4, sign));
        out.push_back(field(Kind::binary, 2, 3, sign));
    }
    return out;
}

TEST(FixedWidthNumbers, ComeBackEachOfThem) {
    for (const char* set : {"US-ASCII", "CP037"}) {
        const CodePage& page = *CodePage::find(set);
        for (FixedField by : fields())
            for (by.places = 0; by.places <= 3; ++by.places)
                for (int value = -999; value <= 999; ++value) {
                    Number number{value < 0, std::to_string(1000 + std::abs(value)).substr(1)};
                    number.digits.insert(0, by.digits - 3, '0');
                    std::string text = plain_text(number, by.places), problem;
                    std::string bytes = write(by, page, text, problem);
                    if (value < 0 && by.sign == Sign::none) {
                        ASSERT_FALSE(problem.empty()) << text;
                        continue;
                    }
                    ASSERT_EQ(problem, "") << text;
                    ASSERT_EQ(bytes.size(), by.length) << text;
                    ASSERT_EQ(read(by, page, bytes, problem), text) << problem;
                }
    }
}

TEST(FixedWidthNumbers, ComeBackAsTheBytesThatWereReadWhateverThese) {
    for (const char* set : {"US-ASCII", "IBM273"}) {
        const CodePage& page = *CodePage::find(set);
        for (Kind kind : {Kind::digits, Kind::packed, Kind::binary})
            for (Sign sign : {Sign::none, Sign::overpunch})
                for (char fill : {'0', ' '}) {
                    if (kind != Kind::digits && page.has_ascii()) continue;  // the set does not matter
                    if (fill == ' ' && (kind != Kind::digits || sign != Sign::none)) continue;
                    FixedField by = field(kind, 2, kind == Kind::digits ? 2 : kind == Kind::packed ? 3 : 5, sign, fill);
                    int read_well = 0;
                    for (int first = 0; first < 256; ++first)
                        for (int second = 0; second < 256; ++second) {
                            std::string bytes{static_cast<char>(first), static_cast<char>(second)}, problem;
                            std::string text = read(by, page, bytes, problem);
                            if (!problem.empty()) continue;
                            ++read_well;
                            ASSERT_EQ(write(by, page, text, problem), bytes) << text << " " << problem;
                        }
                    int expected = kind == Kind::binary ? 65536 : kind == Kind::digits ? 100 : 1000;
                    EXPECT_EQ(read_well, kind != Kind::binary && sign != Sign::none ? 2 * expected : expected);
                }
    }
}

TEST(FixedWidthNumbers, HoldTheMostThatTheirBytesCan) {
    const CodePage& page = *CodePage::find("US-ASCII");
    std::string problem;
    FixedField eight = field(Kind::binary, 8, 20, Sign::none);
    EXPECT_EQ(read(eight, page, std::string(8, '\xff'), problem), "18446744073709551615");
    EXPECT_EQ(write(eight, page, "18446744073709551615", problem), std::string(8, '\xff'));
    EXPECT_EQ(write(eight, page, "18446744073709551616", problem), "");
    EXPECT_EQ(problem, "more than 8 bytes can hold");
    FixedField with_sign = field(Kind::binary, 8, 19, Sign::overpunch);
    EXPECT_EQ(read(with_sign, page, "\x80" + std::string(7, '\0'), problem), "-9223372036854775808");
    EXPECT_EQ(write(with_sign, page, "-9223372036854775808", problem), "\x80" + std::string(7, '\0'));
    EXPECT_EQ(write(with_sign, page, "9223372036854775808", problem), "");
    FixedField packed = field(Kind::packed, 18, 35, Sign::overpunch);
    std::string nines = "-" + std::string(35, '9');
    EXPECT_EQ(read(packed, page, write(packed, page, nines, problem), problem), nines);
}

TEST(FixedWidthNumbers, KnowTheSignsOfOtherConventionsWhereTheyAreTolerated) {
    using Family = CodePage::Family;
    EXPECT_FALSE(punched(Family::ascii, '5', false));
    EXPECT_EQ(punched(Family::ascii, '5', true)->digit, 5);
    EXPECT_EQ(punched(Family::ascii, '}', false)->negative, true);
    EXPECT_FALSE(punched(Family::ebcdic, 0xF5, false));
    EXPECT_EQ(punched(Family::ebcdic, 0xF5, true)->digit, 5);
    EXPECT_TRUE(punched(Family::ebcdic, 0xB5, true)->negative);
    EXPECT_FALSE(punched(Family::ebcdic, 0xA5, true)->negative);
    EXPECT_FALSE(punched(Family::ebcdic, 0x95, true));
    EXPECT_FALSE(punched(Family::ebcdic, 0xCA, true));
}

}  // namespace
}  // namespace headgate::fixed_width
