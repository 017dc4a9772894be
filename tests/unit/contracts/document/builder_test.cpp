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

}  // namespace
}  // namespace headgate
