// What counts as a difference, what doesn't, and how each is named.
#include "shadow/compare/compare.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_shape.hpp"

namespace headgate {
namespace {

// "kind path [class] left | right", one a line.
std::string told(const Comparison& comparison) {
    std::string out;
    for (const auto& d : comparison.differences) {
        out.append(name(d.kind)).append(" ").append(d.path).append(" [").append(d.value_class).append("] ");
        out.append(d.left).append(" | ").append(d.right).append("\n");
    }
    return out;
}

std::string diff(std::string_view left, std::string_view right, const Shape* shape = nullptr) {
    auto comparison = compare_texts(left, right, shape);
    EXPECT_TRUE(comparison.usable()) << comparison.left_unusable << comparison.right_unusable;
    return told(comparison);
}

TEST(Compare, IgnoresTheOrderOfMembersAndWhiteSpace) {
    EXPECT_EQ(diff(R"({"a":1,"b":[true,null]})", "{ \"b\" : [ true , null ],\n\"a\":1 }"), "");
}

TEST(Compare, TakesNumbersByExactValue) {
    EXPECT_EQ(diff("[1.0, 1e2, -0, 0.10]", "[1.00, 100, 0, 1e-1]"), "");
    EXPECT_EQ(diff("123456789012345678.10", "123456789012345678.11"),
              "value  [+1] 123456789012345678.10 | 123456789012345678.11\n");
}

TEST(Compare, CoercesNothing) {
    EXPECT_EQ(diff(R"({"n":1})", R"({"n":"1"})"), "type /n [number->string] 1 | \"1\"\n");
    EXPECT_EQ(diff(R"({"n":true})", R"({"n":1})"), "type /n [boolean->number] true | 1\n");
}

TEST(Compare, KeepsNullAndAbsentApart) {
    EXPECT_EQ(diff(R"({"a":null})", "{}"), "missing /a [null] null | \n");
    EXPECT_EQ(diff("{}", R"({"a":null})"), "added /a [null]  | null\n");
    EXPECT_EQ(diff(R"({"a":null})", R"({"a":"x"})"), "type /a [null->string] null | \"x\"\n");
}

TEST(Compare, NamesElementsOfAKeyedArrayByTheirKey) {
    auto shape = prices_shape();
    EXPECT_EQ(diff(R"({"prices":[{"sku":"A-1","effectivePrice":{"centAmount":1299}},{"sku":"B-2"}]})",
                   R"({"prices":[{"sku":"B-2"},{"sku":"A-1","effectivePrice":{"centAmount":1298}}]})", &shape),
              "value /prices[sku=A-1]/effectivePrice/centAmount [-1] 1299 | 1298\n");
    auto comparison = compare_texts(R"({"prices":[{"sku":"A-1"}]})", R"({"prices":[]})", &shape);
    ASSERT_EQ(comparison.differences.size(), 1u);
    EXPECT_EQ(comparison.differences[0].path, "/prices[sku=A-1]");
    EXPECT_EQ(comparison.differences[0].folded, "/prices[]");
    EXPECT_EQ(comparison.differences[0].kind, DifferenceKind::missing);
}

TEST(Compare, MatchesEqualKeysInTurnAndElementsWithoutAKeyByPosition) {
    auto shape = FakeShape::array(FakeShape::any()).with("x-compare", "key", "k");
    EXPECT_EQ(diff(R"([{"k":1,"v":1},{"k":1,"v":2}])", R"([{"k":1,"v":1},{"k":1,"v":3}])", &shape),
              "value [k=1]/v [+1] 2 | 3\n");
    EXPECT_EQ(diff(R"([{"k":1},{"k":1}])", R"([{"k":1}])", &shape), "missing [k=1] [object] {\"k\":1} | \n");
    EXPECT_EQ(diff(R"([7,{"k":2}])", R"([{"k":2},8])", &shape), "value [0] [+1] 7 | 8\n");
    EXPECT_EQ(diff(R"([{"k":1}])", R"([{"k":"1"}])", &shape), "type [k=1]/k [number->string] 1 | \"1\"\n");
}

TEST(Compare, TakesCompositeKeysTogether) {
    auto shape = FakeShape::array(FakeShape::any()).with("x-compare", "key", "sku, at");
    EXPECT_EQ(diff(R"([{"sku":"A","at":"1","n":1},{"sku":"A","at":"2","n":2}])",
                   R"([{"sku":"A","at":"2","n":2},{"sku":"A","at":"1","n":0}])", &shape),
              "value [sku=A,at=1]/n [to-zero] 1 | 0\n");
}

TEST(Compare, TakesSetsWithoutOrderOrNumberAndMultisetsWithNumber) {
    auto set = FakeShape::array(FakeShape::any()).with("x-compare", "", "set");
    EXPECT_EQ(diff(R"(["a","b"])", R"(["b","a","b"])", &set), "");
    EXPECT_EQ(diff(R"(["a","b"])", R"(["c","a","c"])", &set),
              "missing [=\"b\"] [string] \"b\" | \n"
              "added [=\"c\"] [string]  | \"c\"\n");
    auto multiset = FakeShape::array(FakeShape::any()).with("x-compare", "", "multiset");
    EXPECT_EQ(diff("[1,2,2]", "[2,1,2.0]", &multiset), "");
    EXPECT_EQ(diff("[1,2,2]", "[2,1]", &multiset), "missing [=2] [number] 2 | \n");
}

TEST(Compare, SeesAnotherOrderOnceAndADroppedElementAsOne) {
    EXPECT_EQ(diff("[1,2,3,4]", "[1,3,2,4]"), "order  [moved] [1,2,3,4] | [1,3,2,4]\n");
    EXPECT_EQ(diff(R"(["a","b","c"])", R"(["a","c"])"), "missing [1] [string] \"b\" | \n");
    EXPECT_EQ(diff("[[1,2],[3]]", "[[1,2],[3],[4]]"), "added [2] [array]  | [4]\n");
    EXPECT_EQ(diff("[1,2,3]", "[1,9,3]"), "value [1] [+>=100%] 2 | 9\n");
}

TEST(Compare, TakesDateTimesAsInstants) {
    auto shape = FakeShape::object({{"at", FakeShape::date_time()}});
    EXPECT_EQ(diff(R"({"at":"2026-11-23T09:15:00Z"})", R"({"at":"2026-11-23T10:15:00.000+01:00"})", &shape), "");
    EXPECT_EQ(diff(R"({"at":"2026-11-23T09:15:00Z"})", R"({"at":"2026-11-23T09:15:00.5Z"})", &shape),
              "value /at [later] \"2026-11-23T09:15:00Z\" | \"2026-11-23T09:15:00.5Z\"\n");
    EXPECT_EQ(diff(R"({"at":"2026-11-23T09:15:00Z"})", R"({"at":"2026-11-23T10:15:00+01:00"})").substr(0, 9),
              "value /at");
    EXPECT_NE(diff(R"({"at":"2026-02-30T09:15:00Z"})", R"({"at":"2026-03-02T09:15:00Z"})", &shape), "");
}

TEST(Compare, CountsWhatTheContractIgnores) {
    auto shape = prices_shape();
    auto comparison = compare_texts(R"({"pricedAt":"2026-11-23T09:15:00Z","prices":[]})", R"({"prices":[]})", &shape);
    EXPECT_TRUE(comparison.same()) << told(comparison);
    EXPECT_EQ(comparison.ignored, 1u);
}

TEST(Compare, ClassesValuesByHowTheyRelate) {
    auto state = FakeShape::object({{"s", FakeShape::words({"sellable", "blocked"})}});
    auto class_of = [](std::string_view left, std::string_view right, const Shape* shape = nullptr) {
        auto comparison = compare_texts(left, right, shape);
        return comparison.differences.empty() ? std::string("same") : comparison.differences[0].value_class;
    };
    EXPECT_EQ(class_of("9", "0"), "to-zero");
    EXPECT_EQ(class_of("0", "9"), "from-zero");
    EXPECT_EQ(class_of("-9", "9"), "sign");
    EXPECT_EQ(class_of("10.00", "10.01"), "+1");
    EXPECT_EQ(class_of("10.1", "10.099"), "-1");
    EXPECT_EQ(class_of("10000", "10010"), "+<1%");
    EXPECT_EQ(class_of("-10", "-15"), "-<100%");
    EXPECT_EQ(class_of("1e60", "1"), "-<100%");
    EXPECT_EQ(class_of("\"Elm\"", "\"ELM\""), "case");
    EXPECT_EQ(class_of("\"12 Elm\"", "\"12  Elm \""), "white-space");
    EXPECT_EQ(class_of("\"12 Elm Street\"", "\"12 Elm\""), "cut");
    EXPECT_EQ(class_of("\"12 Main St\"", "\"12 Elm St\""), "text");
    EXPECT_EQ(class_of(R"({"s":"sellable"})", R"({"s":"blocked"})", &state), "sellable->blocked");
    EXPECT_EQ(class_of(R"({"s":"sellable"})", R"({"s":"W"})", &state), "sellable->other");
}

TEST(Compare, KeepsABoundedNumberOfDifferencesAndCountsTheRest) {
    std::string left = "[", right = "[";
    for (int i = 0; i < 500; ++i) left += std::to_string(i) + ",", right += std::to_string(i + 1000) + ",";
    auto comparison = compare_texts(left + "0]", right + "0]", nullptr, {10});
    EXPECT_EQ(comparison.differences.size(), 10u);
    EXPECT_EQ(comparison.more, 490u);
}

TEST(Compare, MasksPersonalFieldsInExcerptsAndCutsBetweenCharacters) {
    auto shape = FakeShape::object(
        {{"customer", FakeShape::object({{"email", FakeShape::any().with("x-personal", "", "yes")}})}});
    EXPECT_EQ(diff(R"({"customer":{"email":"a@b.de","n":1}})", "{}", &shape),
              "missing /customer [object] {\"email\":\"(personal)\",\"n\":1} | \n");
    std::string umlauts;
    for (int i = 0; i < 100; ++i) umlauts += "ü";
    auto comparison = compare_texts("\"" + umlauts + "\"", "1", nullptr);
    EXPECT_EQ(comparison.differences[0].left.substr(0, 3), "\"ü");
    EXPECT_LE(comparison.differences[0].left.size(), 124u);
}

TEST(Compare, EscapesMemberNamesAsAJsonPointerDoes) {
    EXPECT_EQ(diff(R"({"a/b~":1})", "{}"), "missing /a~1b~0 [number] 1 | \n");
}

TEST(Compare, FindsMembersOfLargeObjectsWhateverTheirOrder) {
    std::string left = "{", right = "{";
    for (int i = 0; i < 3000; ++i) left += "\"m" + std::to_string(i) + "\":1,";
    for (int i = 2999; i >= 0; --i) right += "\"m" + std::to_string(i) + "\":1,";
    EXPECT_EQ(diff(left + "\"x\":1}", right + "\"x\":2}"), "value /x [+1] 1 | 2\n");
}

Operation operation_with(FakeShape shape) {
    Operation operation;
    operation.name = "pricing.v1/getPrices";
    operation.responses[200].contents.push_back({"application/json", std::make_shared<FakeSchema>(std::move(shape))});
    return operation;
}

TEST(CompareAnswers, TellsAnotherStatusAndLeavesTheBodies) {
    auto operation = operation_with(prices_shape());
    EXPECT_EQ(told(compare_answers(operation, {false, "", 200, "{}", 0}, {false, "", 404, "{\"x\":1}", 0})),
              "status  [200->404] 200 | 404\n");
}

TEST(CompareAnswers, IgnoresOfAProblemWhatIsMeantForPeople) {
    auto operation = operation_with(prices_shape());
    ShadowAnswer left{false, "", 409, R"({"type":"/p/out-of-stock","title":"a","detail":"b","traceId":"1",
                                          "errors":[{"pointer":"/lines/0","detail":"c"}]})",
                      0};
    ShadowAnswer right{false, "", 409, R"({"type":"/p/out-of-stock","title":"A","detail":"B","traceId":"2",
                                           "errors":[{"pointer":"/lines/1","detail":"C"}]})",
                       0};
    EXPECT_EQ(told(compare_answers(operation, left, right)),
              "value /errors[0]/pointer [text] \"/lines/0\" | \"/lines/1\"\n");
}

TEST(CompareAnswers, SaysWhichBodyIsUnusable) {
    auto operation = operation_with(prices_shape());
    auto comparison = compare_answers(operation, {false, "", 200, "{}", 0}, {false, "", 200, "{\"a\":1,\"a\":2}", 0});
    EXPECT_TRUE(comparison.left_unusable.empty());
    EXPECT_FALSE(comparison.right_unusable.empty());
    comparison = compare_answers(operation, {false, "", 200, "nonsense", 0}, {false, "", 200, "{}", 0});
    EXPECT_FALSE(comparison.left_unusable.empty());
    EXPECT_TRUE(comparison.right_unusable.empty());
    EXPECT_TRUE(compare_answers(operation, {false, "", 200, "{}", 0}, {false, "", 200, "{ }", 0}).same());
}

}  // namespace
}  // namespace headgate
