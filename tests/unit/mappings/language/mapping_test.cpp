// Mapping documents: keys, tables, statements, and that nothing unknown passes.
#include "mappings/language/mapping.hpp"

#include <gtest/gtest.h>

namespace headgate::mappings {

namespace {

std::vector<Mapping> parse(std::string_view text, Diagnostics& diagnostics) {
    auto file = parse_source("m.map.yaml", text, diagnostics);
    return file ? parse_mappings(file, diagnostics) : std::vector<Mapping>();
}

std::string first_fault(std::string_view text) {
    Diagnostics diagnostics;
    parse(text, diagnostics);
    return diagnostics.text();
}

}  // namespace

TEST(ParseMappings, ReadsSeveralDocumentsOfAFile) {
    Diagnostics diagnostics;
    auto all = parse(
        "map: a.v1/B -> s.c\nlegacy: { wsdl: x }\nrequest: [ a <-> b ]\n---\n"
        "map: a.v1/B <- s.d\nlegacy: { sql: SELECT 1, charset: CP850 }\nout: []\n",
        diagnostics);
    ASSERT_EQ(all.size(), 2u) << diagnostics.text();
    EXPECT_EQ(all[0].contract_side, "a.v1/B");
    EXPECT_EQ(all[0].direction, Direction::to_legacy);
    EXPECT_EQ(all[0].system, "s");
    EXPECT_EQ(all[1].call, "d");
    EXPECT_EQ(all[1].legacy.charset, "CP850");
    EXPECT_TRUE(all[1].reply.written);
}

TEST(ParseMappings, KeepsCodesAsTheyAreWritten) {
    Diagnostics diagnostics;
    auto all = parse(
        "map: a.v1/B -> s.c\nlegacy: { wsdl: x }\nrequest: []\n"
        "tables: { t: { yes: NO, e: 1e3, z: \"012\", blank: [\"\", A] } }\n",
        diagnostics);
    ASSERT_EQ(all.size(), 1u) << diagnostics.text();
    const auto& table = all[0].tables.find("t")->second;
    EXPECT_EQ(table.entries[0].legacy[0].first, "NO");
    EXPECT_EQ(table.entries[1].legacy[0].first, "1e3");
    EXPECT_EQ(table.entries[2].legacy[0].first, "012");
    EXPECT_EQ(table.entries[3].legacy[0].first, "");
}

TEST(ParseMappings, ReadsStatementsWithWhatTheirCountsMean) {
    Diagnostics diagnostics;
    auto all = parse(
        "map: a.v1/B -> s.c\nlegacy: { charset: UTF-8 }\nin: []\ndo:\n"
        "  - sql: INSERT\n    expect: 1 row\n    on-duplicate: { sql: SELECT, outcomes: { A: done, S: gone } }\n"
        "  - each: lines\n    sql: UPDATE\n    expect: 1 row else out-of-stock\n"
        "  - sql: UPDATE\n    on-duplicate: retry\n    expect: 2 rows else done\n",
        diagnostics);
    ASSERT_EQ(all.size(), 1u) << diagnostics.text();
    const auto& statements = all[0].statements;
    EXPECT_EQ(statements[0].on_duplicate, "check");
    EXPECT_EQ(statements[0].check.outcomes[1].second, "gone");
    EXPECT_EQ(statements[1].each, "lines");
    EXPECT_EQ(statements[1].on_mismatch, "out-of-stock");
    EXPECT_EQ(statements[2].expect_rows, 2);
    EXPECT_EQ(statements[2].on_duplicate, "retry");
}

TEST(ParseMappings, NamesTheUnknownKeyAndTheNearestOne) {
    EXPECT_EQ(first_fault("map: a.v1/B -> s.c\nlegacy: { wsdl: x, charst: y }\n"),
              "m.map.yaml:2:20: error: unknown key 'charst' in legacy (did you mean 'charset'?)\n");
    EXPECT_EQ(first_fault("map: a.v1/B -> s.c\nlegacy: { wsdl: x }\nrequst: []\n"),
              "m.map.yaml:3:1: error: unknown key 'requst' in a mapping (did you mean 'request'?)\n");
    EXPECT_EQ(first_fault("map: a.v1/B -> s.c\nlegacy: { wsdl: x }\nrequest:\n  - eech: a <-> b\n    rules: []\n"),
              "m.map.yaml:4:5: error: unknown key 'eech' in a list of rules (did you mean 'each'?)\n");
}

TEST(ParseMappings, SaysWhatThisReleaseDoesNotCarryOut) {
    EXPECT_NE(first_fault("map: a.v1/B -> s.c\nlegacy: { wsdl: x }\nrequest:\n  - check: []\n").find("not supported"),
              std::string::npos);
}

TEST(ParseMappings, SaysThatARuleWithAColonNeedsQuotes) {
    EXPECT_NE(
        first_fault("map: a.v1/B -> s.c\nlegacy: { wsdl: x }\nrequest:\n  - a <-> b | x(y: 1)\n").find("in quotes"),
        std::string::npos);
}

TEST(ParseMappings, RefusesATableThatCannotBeReadBack) {
    EXPECT_NE(first_fault("map: a.v1/B -> s.c\nlegacy: { wsdl: x }\ntables: { t: { a: X, b: X } }\n")
                  .find("m.map.yaml:3:25: error: code 'X' of table 't' stands for both 'a' and 'b'"),
              std::string::npos);
}

TEST(ParseMappings, ADropSaysWhy) {
    EXPECT_NE(
        first_fault("map: a.v1/B -> s.c\nlegacy: { wsdl: x }\nrequest:\n  - drop: { legacy: a }\n").find("needs why:"),
        std::string::npos);
}

}  // namespace headgate::mappings
