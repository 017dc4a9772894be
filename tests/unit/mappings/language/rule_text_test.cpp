// Rule lines: what each form parses to, and where a fault in it is.
#include "mappings/language/rule_text.hpp"

#include <gtest/gtest.h>

namespace headgate::mappings {

namespace {

RuleText line(std::string_view text) { return {text, {"m.yaml", 7, 5}}; }

struct Fault {
    const char* text;
    int column;
    const char* message;
};

}  // namespace

TEST(ParseRule, ReadsBothPathsTheSignAndTheCodecs) {
    Diagnostics diagnostics;
    auto rule =
        parse_rule(line("total.centAmount <-> ord/summe | decimal(2) | minor-units(total.currencyCode)"), diagnostics);
    ASSERT_TRUE(rule) << diagnostics.text();
    EXPECT_EQ(rule->contract.steps, (std::vector<std::string>{"total", "centAmount"}));
    EXPECT_EQ(rule->direction, Direction::both);
    EXPECT_EQ(rule->legacy.steps, (std::vector<std::string>{"ord", "summe"}));
    ASSERT_EQ(rule->codecs.size(), 2u);
    EXPECT_EQ(rule->codecs[1].name, "minor-units");
    EXPECT_EQ(rule->codecs[1].arguments[0].text, "total.currencyCode");
    EXPECT_EQ(rule->codecs[1].mark.column, 5 + 46);
}

TEST(ParseRule, ReadsAttributesQualifiersListsParametersAndBraces) {
    Diagnostics diagnostics;
    EXPECT_EQ(parse_rule(line("a <- b/@nr"), diagnostics)->legacy.steps.back(), "@nr");
    EXPECT_EQ(parse_rule(line("a -> N1[01=ST]/04"), diagnostics)->legacy.steps.front(), "N1[01=ST]");
    EXPECT_TRUE(parse_rule(line("a[] <- b[]"), diagnostics)->legacy.list);
    EXPECT_TRUE(parse_rule(line("a -> :b"), diagnostics)->legacy.parameter);
    EXPECT_EQ(parse_rule(line("c.{last,first} <-> name | split(\", \")"), diagnostics)->contract.braces,
              (std::vector<std::string>{"last", "first"}));
    EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.text();
}

TEST(ParseRule, KeepsQuotedArgumentsAsTheyAre) {
    Diagnostics diagnostics;
    auto rule = parse_rule(line(R"(a <-> b | padded(3,'0') | prefix("say ""x"", ok)!")!)"), diagnostics);
    ASSERT_TRUE(rule) << diagnostics.text();
    EXPECT_EQ(rule->codecs[0].arguments[1].text, "0");
    EXPECT_TRUE(rule->codecs[0].arguments[1].quoted);
    EXPECT_EQ(rule->codecs[1].arguments[0].text, "say \"x\", ok)!");
    EXPECT_TRUE(rule->codecs[1].normalises);
}

TEST(ParseRule, ReadsArgumentsWithNamesBehindTheOthers) {
    Diagnostics diagnostics;
    auto rule =
        parse_rule(line(R"(a <-> b | date("yyMMdd", pivot: 70) | x(p: "q: r", s: Europe/Berlin))"), diagnostics);
    ASSERT_TRUE(rule) << diagnostics.text();
    ASSERT_EQ(rule->codecs[0].named.size(), 1u);
    EXPECT_EQ(rule->codecs[0].arguments.size(), 1u);
    EXPECT_EQ(rule->codecs[0].named[0].name, "pivot");
    EXPECT_EQ(rule->codecs[0].named[0].value.text, "70");
    EXPECT_EQ(rule->codecs[1].named[0].value.text, "q: r");
    EXPECT_EQ(rule->codecs[1].named[1].value.text, "Europe/Berlin");
    for (auto bad : {"a <-> b | x(p: 1, 2)", "a <-> b | x(p: 1, p: 2)", "a <-> b | x(p: )"})
        EXPECT_FALSE(parse_rule(line(bad), diagnostics)) << bad;
}

TEST(ParseRule, NamesLineAndColumnOfAFault) {
    const Fault faults[] = {
        {"a = b", 7, "expected '<->'"},
        {"a <-> ", 11, "expected a legacy path"},
        {"a <-> b | ", 15, "expected a codec's name"},
        {"a <-> b | text(", 20, "expected a value"},
        {"a <-> b | text(20", 22, "expected ')'"},
        {"a <-> b | prefix(\"x)", 22, "never closed"},
        {"a <-> b c", 13, "unexpected 'c'"},
        {"a.{b <-> c", 10, "expected '}'"},
        {"a <-> N1[01=ST/04", 13, "expected ']'"},
        {"a[] <- b", 12, "is one value, the other side a list"},
        {".a <-> b", 5, "expected a field"},
    };
    for (const auto& fault : faults) {
        Diagnostics diagnostics;
        EXPECT_FALSE(parse_rule(line(fault.text), diagnostics)) << fault.text;
        ASSERT_EQ(diagnostics.all().size(), 1u) << fault.text;
        EXPECT_EQ(diagnostics.all()[0].mark.line, 7);
        EXPECT_EQ(diagnostics.all()[0].mark.column, fault.column) << fault.text;
        EXPECT_NE(diagnostics.all()[0].message.find(fault.message), std::string::npos) << diagnostics.text();
    }
}

TEST(ParseEach, ReadsPathsGroupsAndRows) {
    Diagnostics diagnostics;
    EXPECT_EQ(parse_each(line("lines <-> ord/pos"), diagnostics)->legacy.steps.back(), "pos");
    EXPECT_EQ(parse_each(line("items <- group(ARTNR)"), diagnostics)->group, "ARTNR");
    EXPECT_TRUE(parse_each(line("locations <- row"), diagnostics)->by_row);
    EXPECT_FALSE(diagnostics.has_errors());
    EXPECT_FALSE(parse_each(line("items -> group(ARTNR)"), diagnostics));
}

TEST(ParseCalc, KeepsPrecedenceAndBothDirections) {
    Diagnostics diagnostics;
    auto rule = parse_calc(line("a <- max(0, b - c * 2)"), diagnostics);
    ASSERT_TRUE(rule) << diagnostics.text();
    EXPECT_EQ(rule->expression.kind, Expression::Kind::maximum);
    EXPECT_EQ(rule->expression.operands[1].kind, Expression::Kind::subtract);
    EXPECT_EQ(rule->expression.operands[1].operands[1].kind, Expression::Kind::multiply);
    auto sum = parse_calc(line("sum(lines.quantity) -> W76/01"), diagnostics);
    ASSERT_TRUE(sum) << diagnostics.text();
    EXPECT_EQ(sum->direction, Direction::to_legacy);
    EXPECT_EQ(sum->expression.kind, Expression::Kind::sum);
    EXPECT_EQ(sum->expression.literal, "");
    auto counted = parse_calc(line("a <- sum(pos/menge, 0.5) | exact-int"), diagnostics);
    ASSERT_TRUE(counted) << diagnostics.text();
    EXPECT_EQ(counted->expression.literal, "0.5");
    ASSERT_EQ(counted->codecs.size(), 1u);
}

TEST(ParseCalc, RefusesBottomlessNestingAndBadNumbers) {
    Diagnostics diagnostics;
    EXPECT_FALSE(parse_calc(line("a <- " + std::string(200, '(') + "1"), diagnostics));
    EXPECT_FALSE(parse_calc(line("a <- 1.2.3"), diagnostics));
    EXPECT_FALSE(parse_calc(line("a <- b +"), diagnostics));
    EXPECT_EQ(diagnostics.all().size(), 3u) << diagnostics.text();
}

TEST(ParseCondition, KnowsEqualityAndPresence) {
    Diagnostics diagnostics;
    EXPECT_EQ(parse_condition(line("delivery.method == \"pickup\""), diagnostics)->literal, "pickup");
    EXPECT_EQ(parse_condition(line("a != b"), diagnostics)->test, Condition::Test::not_equal);
    EXPECT_EQ(parse_condition(line("a.b present"), diagnostics)->test, Condition::Test::present);
    EXPECT_FALSE(diagnostics.has_errors());
    EXPECT_FALSE(parse_condition(line("a > 3"), diagnostics));
    EXPECT_EQ(diagnostics.all()[0].mark.column, 7);
}

TEST(ParseFault, ReadsCodesAndOutcomes) {
    Diagnostics diagnostics;
    auto rule = parse_fault(line("soap:Server/E4711 -> rejected out-of-stock at /lines"), diagnostics);
    ASSERT_TRUE(rule) << diagnostics.text();
    EXPECT_EQ(rule->code, "soap:Server/E4711");
    EXPECT_EQ(rule->business_code, "out-of-stock");
    EXPECT_EQ(rule->pointer, "/lines");
    EXPECT_EQ(parse_fault(line("* -> retry"), diagnostics)->outcome, FaultRule::Outcome::retry);
    EXPECT_FALSE(parse_fault(line("* -> rety"), diagnostics));
    EXPECT_EQ(diagnostics.all()[0].hint, "did you mean 'retry'?");
}

}  // namespace headgate::mappings
