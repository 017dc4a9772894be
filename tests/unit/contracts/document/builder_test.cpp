// Documents put together by hand.
#include "contracts/document/builder.hpp"

#include <gtest/gtest.h>

#include "contracts/document/json.hpp"

namespace headgate {
namespace {

TEST(WithMember, ReplacesTheMemberInItsPlaceElseAddsItLast) {
    Arena arena;
    Builder builder(arena);
    auto object = read_json(R"({"a":1,"b":{"a":2},"c":3})", builder);
    ASSERT_TRUE(object);
    EXPECT_EQ(to_json(with_member(*object, {"b", Value::null()}, builder)), R"({"a":1,"b":null,"c":3})");
    EXPECT_EQ(to_json(with_member(*object, {"d", Value::boolean(true)}, builder)),
              R"({"a":1,"b":{"a":2},"c":3,"d":true})");
    EXPECT_EQ(to_json(*object), R"({"a":1,"b":{"a":2},"c":3})");
}

TEST(Rewind, ForgetsWhatWasWrittenSinceTheMarkAtAnyDepth) {
    Arena arena;
    Builder builder(arena);
    builder.begin_object();
    builder.key("list");
    builder.begin_array();
    builder.string("kept");
    auto mark = builder.mark();
    builder.begin_object();
    builder.key("a");
    builder.begin_array();
    builder.string("gone");
    builder.begin_object();
    builder.key("half");
    builder.rewind(mark);
    EXPECT_EQ(builder.pointer(), "/list/1");
    builder.string("instead");
    builder.end_array();
    builder.key("b");
    builder.boolean(true);
    builder.end_object();
    EXPECT_EQ(to_json(builder.take()), R"({"list":["kept","instead"],"b":true})");
}

}  // namespace
}  // namespace headgate
