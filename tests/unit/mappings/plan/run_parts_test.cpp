// The parts of a run that stand alone: names told apart, a source dispatched, rows grouped, lists summed.
#include <gtest/gtest.h>

#include "contracts/document/builder.hpp"
#include "contracts/document/json.hpp"
#include "mappings/formats/legacy_schema.hpp"
#include "mappings/plan/run/calc.hpp"
#include "mappings/plan/run/intake.hpp"
#include "mappings/plan/run/row_groups.hpp"

namespace headgate::mappings {

namespace {

Value row(Builder& builder, std::string_view column, std::string_view key, std::string_view value) {
    builder.begin_object();
    builder.key(column);
    builder.string(key);
    builder.key("V");
    builder.string(value);
    builder.end_object();
    return builder.take();
}

std::string shown(std::span<const Value> groups) {
    std::string out;
    for (const Value& group : groups) {
        for (std::uint32_t i = 0; i < group.size(); ++i) out += std::string(text_of_column(group[i], "V"));
        out += ' ';
    }
    return out;
}

}  // namespace

TEST(Intake, TellsNamesApartThatBeginOrEndAlike) {
    Intake intake;
    std::vector<std::string> names = {"a",         "b",          "ab",         "ba",        "abc",      "acc",
                                      "abcd",      "abcdefg",    "abcdxfg",    "abcdefgh",  "abcdefgx", "abcdefghi",
                                      "abcdefghj", "abcdefghij", "locationId", "locationNo"};
    for (const auto& name : names) intake.child(name);
    ASSERT_EQ(intake.children.size(), names.size());
    for (std::size_t begin = 0; begin <= names.size(); ++begin)
        for (const auto& name : names) {
            auto hint = begin;
            const Intake* found = intake.find(name, hint);
            ASSERT_TRUE(found) << name;
            EXPECT_EQ(found->name, name);
        }
    std::size_t hint = 0;
    for (auto other : {"", "c", "aa", "abb", "abcdefgg", "abcdefghk", "locationIdx"})
        EXPECT_FALSE(intake.find(other, hint)) << other;
}

TEST(Compute, SumsWhatIsThereAndCountsWhatIsAbsentAsItIsTold) {
    Arena arena;
    Builder builder(arena);
    builder.begin_array();
    for (std::string_view number : {"1.25", "", "2"}) {
        builder.begin_object();
        if (!number.empty()) {
            builder.key("n");
            builder.string(number);
        }
        builder.end_object();
    }
    builder.end_array();
    Value list = builder.take();
    Frame frame;
    frame.slots = &list;
    std::vector<CalcOp> program(1);
    program[0].kind = Expression::Kind::sum;
    program[0].field = {0, false, 0};
    program[0].item.child("n");
    EXPECT_EQ(compute(program, frame, arena).problem, "numbers to add");
    program[0].counts_absent = true;
    program[0].number = *parse_exact("10");
    auto sum = compute(program, frame, arena);
    ASSERT_TRUE(sum.number);
    EXPECT_EQ(compare(*sum.number, *parse_exact("13.25")), 0);
}

TEST(Dispatch, TakesAListOfOneForItsItemAndTellsOfMore) {
    Arena arena;
    Builder builder(arena);
    Intake intake;
    intake.child("kopf").child("nr").slot = 0;
    auto document = [&](int count) {
        builder.begin_object();
        builder.key("kopf");
        builder.begin_array();
        for (int i = 0; i < count; ++i) {
            builder.begin_object();
            builder.key("nr");
            builder.string("7");
            builder.end_object();
        }
        builder.end_array();
        builder.end_object();
        return builder.take();
    };
    Value slot;
    EXPECT_EQ(dispatch(document(0), intake, &slot), nullptr);
    EXPECT_TRUE(slot.is_null());
    EXPECT_EQ(dispatch(document(1), intake, &slot), nullptr);
    EXPECT_EQ(slot.text(), "7");
    const Intake* several = dispatch(document(2), intake, &slot);
    ASSERT_TRUE(several);
    EXPECT_EQ(several->name, "kopf");
}

TEST(Dispatch, OfAClosedTreeTellsWhetherANameIsUnknown) {
    LegacyNode schema, head, number, inside;
    number.name = "nr";
    number.type = LegacyType::text;
    inside.name = "frei";
    head.name = "kopf";
    head.children = {inside, number};
    schema.children = {number, head};
    Intake intake;
    intake.child("kopf").child("nr").slot = 0;
    close(intake, schema);
    ASSERT_EQ(intake.children.size(), 2u);
    EXPECT_EQ(intake.children[0].name, "nr");  // in the schema's order
    auto unknown = [&](std::string_view text) {
        Arena arena;
        Builder builder(arena);
        Value slot;
        bool found = false;
        dispatch(*read_json(text, builder, {}, false), intake, &slot, found);
        return found;
    };
    EXPECT_FALSE(unknown(R"({"nr":"1","kopf":{"frei":{"x":"1"},"nr":"1"}})"));
    EXPECT_TRUE(unknown(R"({"nr":"1","kopf":{"nr":"1"},"neu":"1"})"));
    EXPECT_TRUE(unknown(R"({"kopf":[{"nr":"1","neu":"1"}]})"));
}

TEST(GroupRows, KeepsTheOrderOfFirstRowsWhereverAGroupsRowsStand) {
    Arena arena;
    Builder builder(arena);
    std::vector<Value> rows = {row(builder, "K", "x", "1"), row(builder, "K", "y", "2"),
                               row(builder, "K", "x", "3"), row(builder, "K", "x", "4"),
                               row(builder, "K", "", "5"),  row(builder, "OTHER", "y", "6"),
                               row(builder, "K", "y", "7")};
    auto all = Value::array(rows.data(), static_cast<std::uint32_t>(rows.size()));
    EXPECT_EQ(shown(group_rows(all, "K", arena)), "134 27 56 ");
    EXPECT_EQ(shown(group_rows(Value::array(nullptr, 0), "K", arena)), "");
}

TEST(GroupRows, FindsManyGroups) {
    Arena arena;
    Builder builder(arena);
    std::vector<std::string> keys(500);
    for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = "HG-" + std::to_string(i);
    std::vector<Value> rows;
    for (int round = 0; round < 2; ++round)
        for (const auto& key : keys) rows.push_back(row(builder, "K", key, "."));
    auto groups = group_rows(Value::array(rows.data(), static_cast<std::uint32_t>(rows.size())), "K", arena);
    ASSERT_EQ(groups.size(), keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        EXPECT_EQ(groups[i].size(), 2u);
        EXPECT_EQ(text_of_column(groups[i][0], "K"), keys[i]);
    }
}

}  // namespace headgate::mappings
