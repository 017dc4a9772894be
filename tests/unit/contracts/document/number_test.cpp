// Decimal: order, integrality and multiples of numbers' text, without rounding.
#include "contracts/document/number.hpp"

#include <gtest/gtest.h>

#include "contracts/document/equal.hpp"
#include "contracts/document/json.hpp"

namespace headgate {
namespace {

TEST(Decimal, OrdersByValueWhateverTheSpelling) {
    const char* ascending[] = {"-1e30",
                               "-10.01",
                               "-10",
                               "-0.1",
                               "-1e-20",
                               "0",
                               "1e-999",
                               "0.1",
                               "0.11",
                               "1",
                               "1.0000000000000000000001",
                               "9",
                               "10",
                               "99999999999999999999",
                               "1e20",
                               "1e999"};
    for (auto a : ascending)
        for (auto b : ascending)
            EXPECT_EQ(Decimal(a) < Decimal(b),
                      std::find(ascending, std::end(ascending), a) < std::find(ascending, std::end(ascending), b))
                << a << " " << b;
    EXPECT_EQ(Decimal("10.10"), Decimal("101e-1"));
    EXPECT_EQ(Decimal("-0"), Decimal("0.000e7"));
    EXPECT_EQ(Decimal("1200"), Decimal("1.2E+3"));
    EXPECT_EQ(Decimal("1200").hash(7), Decimal("1.2E+3").hash(7));
    EXPECT_NE(Decimal("1200").hash(7), Decimal("120").hash(7));
}

TEST(Decimal, TellsIntegersAndTheirValue) {
    EXPECT_TRUE(Decimal("1.0").is_integer());
    EXPECT_TRUE(Decimal("15e-1").is_integer() == false);
    EXPECT_TRUE(Decimal("1.5e1").is_integer());
    EXPECT_EQ(Decimal("-1.5e1").as_int64(), -15);
    EXPECT_EQ(Decimal("999999999999999999").as_int64(), 999999999999999999);
    EXPECT_EQ(Decimal("1000000000000000000").as_int64(), std::nullopt);
    EXPECT_EQ(Decimal("0.5").as_int64(), std::nullopt);
    EXPECT_EQ(Decimal("0e999999999999").as_int64(), 0);
}

TEST(Decimal, TellsMultiplesExactly) {
    auto multiple = [](const char* a, const char* b) { return Decimal(a).is_multiple_of(Decimal(b)); };
    EXPECT_TRUE(multiple("0.07", "0.01"));
    EXPECT_TRUE(multiple("4.35", "0.01"));
    EXPECT_FALSE(multiple("4.355", "0.01"));
    EXPECT_TRUE(multiple("0.0075", "0.0001"));
    EXPECT_FALSE(multiple("0.00751", "0.0001"));
    EXPECT_TRUE(multiple("1e999", "7e-3") == false);
    EXPECT_TRUE(multiple("1e999", "0.125"));
    EXPECT_TRUE(multiple("-150", "50"));
    EXPECT_FALSE(multiple("25", "50"));
    EXPECT_TRUE(multiple("0", "3"));
    EXPECT_TRUE(multiple("12391239123", "1e-8"));
}

TEST(Decimal, KnowsTheNumberGrammar) {
    for (auto good : {"0", "-0", "1", "-1.5", "1e5", "1E+05", "0.0e-0"}) EXPECT_TRUE(is_json_number(good)) << good;
    for (auto bad : {"", "-", "+1", "01", "1.", ".5", "1e", "1e+", "0x1", "1 ", "NaN", "--1"})
        EXPECT_FALSE(is_json_number(bad)) << bad;
}

TEST(Equal, ComparesByValueRegardlessOfMemberOrder) {
    Arena arena;
    Builder builder(arena);
    auto same = [&](const char* a, const char* b) {
        Value left = *read_json(a, builder), right = *read_json(b, builder);
        EXPECT_TRUE(!equal(left, right) || hash(left) == hash(right));
        return equal(left, right);
    };
    EXPECT_TRUE(same(R"({"a":1,"b":[1.0]})", R"({"b":[1],"a":1.00})"));
    EXPECT_FALSE(same("[1,2]", "[2,1]"));
    EXPECT_FALSE(same("1", "true"));
    EXPECT_FALSE(same("0", "false"));
    EXPECT_FALSE(same("\"1\"", "1"));
    EXPECT_FALSE(same("{\"a\":null}", "{}"));
    EXPECT_FALSE(same("null", "{}"));
}

}  // namespace
}  // namespace headgate
