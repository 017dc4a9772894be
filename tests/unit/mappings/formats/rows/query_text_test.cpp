// What the text of a query says of itself.
#include "mappings/formats/rows/query_text.hpp"

#include <gtest/gtest.h>

namespace headgate {

namespace {

std::string fault(std::string_view sql) {
    auto found = find_query_fault(sql);
    return found ? std::to_string(found->offset) + ": " + found->message : "";
}
std::string columns(std::string_view sql) {
    auto all = selected_columns(sql);
    if (!all) return "any";
    std::string out;
    for (const auto& one : *all) out += (out.empty() ? "" : " ") + (one.empty() ? "-" : one);
    return out;
}
std::string uses(std::string_view sql) {
    std::string out;
    for (const auto& one : parameter_uses(sql))
        out += one.name + (one.alone ? " alone " : one.in ? " in " : " ") + std::to_string(one.offset) + ";";
    return out;
}

}  // namespace

TEST(QueryText, OfAReadHasNoFault) {
    for (auto sql : {"SELECT A FROM T", "select a from t;", "/* UPDATE */ SELECT 'DELETE; x' FROM T -- ; DROP\n",
                     "WITH X AS (SELECT A FROM T) SELECT A FROM X", "(SELECT A FROM T) UNION (SELECT B FROM U)",
                     "SELECT A FROM T FOR UPDATE", "SELECT \"UPDATE\", INSERT(A,1,2,'x') FROM T",
                     "SELECT COALESCE(INSERT(A,1,2,'x'),'') FROM T", "VALUES (1)"})
        EXPECT_EQ(fault(sql), "") << sql;
}

TEST(QueryText, TellsWhatChangesSomething) {
    EXPECT_EQ(fault("DELETE FROM T"), "0: a query only reads, and 'DELETE' changes something");
    EXPECT_EQ(fault(" update T SET A=1"), "1: a query only reads, and 'update' changes something");
    EXPECT_EQ(fault("WITH X AS (DELETE FROM T RETURNING A) SELECT A FROM X"),
              "11: a query only reads, and 'DELETE' changes something");
    EXPECT_EQ(fault("WITH X AS (SELECT 1) INSERT INTO T SELECT 1"),
              "21: a query only reads, and 'INSERT' changes something");
    EXPECT_EQ(fault("SELECT A FROM T; DELETE FROM T"), "17: a query is one statement, and a second begins here");
    EXPECT_EQ(fault("SELECT A INTO U FROM T"), "9: a query only reads, and SELECT INTO makes a table");
    EXPECT_EQ(fault("DROP TABLE T"), "0: a query begins with SELECT, not with 'DROP'");
    EXPECT_EQ(fault("  -- nothing"), "0: the query is empty");
}

TEST(QueryText, NamesTheColumnsOfTheResult) {
    EXPECT_EQ(columns("SELECT A, t.B, C AS D, E f, \"G\", COUNT(*) , MAX(A, B) M FROM T WHERE H = 1"), "A B D f G - M");
    EXPECT_EQ(columns("SELECT DISTINCT A FROM (SELECT B FROM C) X"), "A");
    EXPECT_EQ(columns("WITH X AS (SELECT A FROM T) SELECT B FROM X UNION SELECT C FROM Y"), "B");
    EXPECT_EQ(columns("SELECT CASE WHEN A > 1 THEN B ELSE C END FROM T"), "-");
    EXPECT_EQ(columns("SELECT * FROM T"), "any");
    EXPECT_EQ(columns("SELECT A, t.* FROM T"), "any");
    EXPECT_EQ(columns("(SELECT A FROM T)"), "any");
}

TEST(QueryText, TellsWhereParametersStand) {
    EXPECT_EQ(uses("SELECT A FROM T WHERE B IN (:b) AND C = :c AND D IN ('x', :d) AND E::text IN (SELECT :e)"),
              "b alone 28;c 40;d in 58;e 85;");
    EXPECT_EQ(uses("SELECT ':x' FROM T"), "");
}

}  // namespace headgate
