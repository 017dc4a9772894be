// Generated documents: valid, the same for the same seed, and over many seeds at every edge.
#include "contracts/schema/generator.hpp"

#include <gtest/gtest.h>

#include <set>

#include "contracts/document/json.hpp"
#include "contracts/document/utf8.hpp"
#include "contracts/registry/registry.hpp"
#include "tests/support/schemas.hpp"

namespace headgate {
namespace {

using schema::Generator;
using test::TestSchema;

TEST(Generator, MakesValidDocumentsTheSameForASeed) {
    Diagnostics diagnostics;
    auto contracts = load_contracts({HEADGATE_SOURCE_DIR "/contracts/catalog"}, diagnostics);
    ASSERT_FALSE(diagnostics.has_errors()) << diagnostics.text();
    std::set<std::string> methods, counts;
    std::size_t longest = 0;
    int gift = 0, without = 0;
    const Schema& order = *contracts->find_schema("orders.v1", "Order");
    Generator generator(order);
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        Arena arena;
        auto made = generator.make(seed, arena);
        ASSERT_TRUE(made) << seed;
        ASSERT_TRUE(order.validate(*made)) << to_json(*made);
        Arena other;
        EXPECT_EQ(to_json(*made), to_json(*generator.make(seed, other)));
        methods.emplace(made->find("delivery")->find("method")->text());
        counts.insert(made->find("lines")->size() == 1 ? "one" : made->find("lines")->size() > 9 ? "many" : "some");
        longest = std::max(longest, count_code_points(made->find("customer")->find("firstName")->text()));
        std::set<std::string_view> lines;
        for (const auto& line : *made->find("lines")) {
            lines.insert(line.find("lineId")->text());
            (line.find("giftWrap") ? gift : without) += 1;
        }
        EXPECT_EQ(lines.size(), made->find("lines")->size()) << "items of one list differ";
    }
    EXPECT_EQ(methods, (std::set<std::string>{"home", "pickup"}));
    EXPECT_EQ(counts, (std::set<std::string>{"one", "some", "many"}));
    EXPECT_EQ(longest, 60u);
    EXPECT_GT(gift, 100);
    EXPECT_GT(without, 100);
}

TEST(Generator, ReachesTheEdgesOfBoundsAndEndsInSchemasThatHoldThemselves) {
    TestSchema tested(R"(
type: object
required: [n, list]
properties:
  n: {type: integer, minimum: -3, maximum: 12}
  list: {type: array, maxItems: 3, uniqueItems: true, items: {enum: [a, b, c]}}
  maybe: {type: [string, 'null'], maxLength: 2}
  same: {$ref: '#'}
)");
    ASSERT_EQ(tested.faults(), "");
    Generator generator(tested.schema());
    std::set<std::string> numbers, lists, maybes;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        Arena arena;
        auto made = generator.make(seed, arena);
        ASSERT_TRUE(made);
        numbers.insert(to_json(*made->find("n")));
        lists.insert(std::to_string(made->find("list")->size()));
        if (const Value* maybe = made->find("maybe")) maybes.insert(to_json(*maybe));
    }
    for (auto edge : {"-3", "12", "0"}) EXPECT_TRUE(numbers.contains(edge)) << edge;
    EXPECT_EQ(lists, (std::set<std::string>{"0", "1", "2", "3"}));
    EXPECT_TRUE(maybes.contains("null"));
}

TEST(Generator, GivesNothingWhereNothingIsAllowed) {
    TestSchema never("not: {}\n"), odd("{type: integer, multipleOf: 7, minimum: 8, maximum: 13}\n");
    Arena arena;
    EXPECT_FALSE(Generator(never.schema()).make(1, arena));
    EXPECT_FALSE(Generator(odd.schema()).make(1, arena));
}

}  // namespace
}  // namespace headgate
