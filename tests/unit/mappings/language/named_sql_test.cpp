// Named parameters of SQL, and the columns that a mapping declares.
#include "mappings/formats/rows/named_sql.hpp"

#include <gtest/gtest.h>

#include "mappings/formats/rows/columns.hpp"

namespace headgate {

TEST(ParseNamedSql, NumbersTheParametersInTheirOrder) {
    auto sql = parse_named_sql("UPDATE T SET A=:a, B=B+:qty WHERE C=:a");
    EXPECT_EQ(sql.sql, "UPDATE T SET A=?, B=B+? WHERE C=?");
    EXPECT_EQ(sql.parameters, (std::vector<std::string>{"a", "qty", "a"}));
    EXPECT_EQ(sql.offsets[1], 23u);
}

TEST(ParseNamedSql, LeavesLiteralsCommentsAndCastsAlone) {
    auto sql = parse_named_sql("SELECT ':x''?', \":y\", A::int, /* :z ? */ '' -- :c\n WHERE A=:d");
    EXPECT_EQ(sql.sql, "SELECT ':x''?', \":y\", A::int, /* :z ? */ '' -- :c\n WHERE A=?");
    EXPECT_EQ(sql.parameters, (std::vector<std::string>{"d"}));
    EXPECT_EQ(sql.problem, "");
}

TEST(ParseNamedSql, RefusesOpenLiteralsAndBareMarks) {
    EXPECT_EQ(parse_named_sql("SELECT 'x").problem_offset, 7u);
    EXPECT_NE(parse_named_sql("SELECT /* x").problem, "");
    EXPECT_EQ(parse_named_sql("WHERE A=?").problem_offset, 8u);
}

TEST(ParseColumn, ReadsTypesLengthsAndNulls) {
    std::string problem;
    auto price = parse_column("P", "decimal(9,3)?", problem);
    ASSERT_TRUE(price) << problem;
    EXPECT_EQ(price->type, LegacyType::decimal);
    EXPECT_EQ(price->length, 9);
    EXPECT_EQ(price->fraction, 3);
    EXPECT_TRUE(price->nillable);
    EXPECT_EQ(parse_column("D", "decimal(8)", problem)->type, LegacyType::integer);
    EXPECT_EQ(parse_column("C", "char(18)", problem)->length, 18);
    EXPECT_EQ(parse_column("T", "timestamp", problem)->type, LegacyType::datetime);
}

TEST(ParseColumn, RefusesWhatItDoesNotKnow) {
    std::string problem;
    for (auto type : {"chr(18)", "char", "char(0)", "char(18", "decimal(3,4)", "int(4)", "decimal(9,x)", ""})
        EXPECT_FALSE(parse_column("X", type, problem)) << type;
}

}  // namespace headgate
