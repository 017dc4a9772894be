// What differs between two trees of a legacy message, each by its name and place.
#include "mappings/formats/shape/shape_changes.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace headgate {
namespace {

LegacyNode node(std::string name, LegacyType type = LegacyType::group, std::vector<LegacyNode> children = {}) {
    LegacyNode out;
    out.name = std::move(name);
    out.type = type;
    out.children = std::move(children);
    return out;
}

LegacyNode answer() {
    auto amount = node("amount", LegacyType::decimal);
    amount.length = 12;
    amount.fraction = 2;
    auto state = node("state", LegacyType::text);
    state.length = 1;
    state.codes = {"A", "S"};
    auto line = node("line", LegacyType::group, {amount, state});
    line.repeated = true;
    return node("answer", LegacyType::group, {node("no", LegacyType::text), line});
}

// What is told after `change`, one a line.
std::string told(
    const std::function<void(LegacyNode& no, LegacyNode& line, LegacyNode& amount, LegacyNode& state)>& change,
    bool ordered = true) {
    LegacyNode live = answer();
    auto& line = live.children[1];
    change(live.children[0], line, line.children[0], line.children[1]);
    std::string out;
    for (const auto& one : shape_changes(answer(), live, ordered)) {
        for (const auto& step : one.path) out += step + "/";
        out += " " + one.kind + " " + one.was + " -> " + one.is + "\n";
    }
    return out;
}

TEST(ShapeChanges, AreNoneBetweenTheSame) {
    EXPECT_EQ(told([](auto&, auto&, auto&, auto&) {}), "");
}

TEST(ShapeChanges, NameEachDifferenceWithItsPlace) {
    EXPECT_EQ(told([](auto&, auto& line, auto&, auto&) { line.children.erase(line.children.begin()); }),
              "line/amount/ gone decimal(12,2) -> \n");
    EXPECT_EQ(told([](auto&, auto& line, auto&, auto&) { line.children.push_back(node("new", LegacyType::date)); }),
              "line/new/ added  -> date\n");
    EXPECT_EQ(told([](auto&, auto&, auto& amount, auto&) { amount.type = LegacyType::text; }),
              "line/amount/ type decimal(12,2) -> text(12,2)\n");
    EXPECT_EQ(told([](auto&, auto&, auto& amount, auto&) { amount.length = 9; }),
              "line/amount/ narrower decimal(12,2) -> decimal(9,2)\n");
    EXPECT_EQ(told([](auto&, auto&, auto& amount, auto&) { amount.length = 0; }),
              "line/amount/ wider decimal(12,2) -> decimal\n");
    EXPECT_EQ(told([](auto& no, auto&, auto&, auto&) { no.length = 5; }), "no/ narrower text -> text(5)\n");
    EXPECT_EQ(told([](auto&, auto&, auto& amount, auto&) { amount.fraction = 3; }),
              "line/amount/ places decimal(12,2) -> decimal(12,3)\n");
    EXPECT_EQ(told([](auto& no, auto&, auto&, auto&) { no.optional = no.nillable = true; }),
              "no/ optional  -> \nno/ null  -> \n");
    EXPECT_EQ(told([](auto&, auto& line, auto&, auto&) { line.repeated = false; }), "line/ single  -> \n");
    EXPECT_EQ(told([](auto&, auto&, auto&, auto& state) {
                  state.codes = {"A", "B"};
              }),
              "line/state/ code-gone S -> \nline/state/ code-added  -> B\n");
    EXPECT_EQ(told([](auto&, auto&, auto&, auto& state) { state.codes.clear(); }),
              "line/state/ code-added listed -> any\n");
    EXPECT_EQ(told([](auto& no, auto&, auto&, auto&) { no.ns = "urn:a"; }), "no/ namespace no namespace -> urn:a\n");
}

TEST(ShapeChanges, TellAnotherOrderWhereItMatters) {
    auto swap = [](auto&, auto& line, auto&, auto&) { std::swap(line.children[0], line.children[1]); };
    EXPECT_EQ(told(swap), "line/ order amount state -> state amount\n");
    EXPECT_EQ(told(swap, false), "");
}

}  // namespace
}  // namespace headgate
