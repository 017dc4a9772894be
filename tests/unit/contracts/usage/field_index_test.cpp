// The places of a request message: which there are, and that counting them says what a naive count says.
#include "contracts/usage/field_index.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>
#include <set>

#include "contracts/document/json.hpp"
#include "contracts/document/utf8.hpp"
#include "tests/support/contracts.hpp"

namespace headgate {
namespace {

using test::TestContract;

// The places that messages have, with how many of the messages had each: "/a 2, /a/* 1".
std::string counted(const FieldIndex& index, const std::vector<std::string>& messages) {
    std::vector<PlaceCount> counts(index.size());
    std::uint64_t call = 0;
    for (const auto& json : messages) {
        Arena arena;
        Builder builder(arena);
        auto value = read_json(json, builder);
        EXPECT_TRUE(value) << json;
        index.count(*value, ++call, counts);
    }
    std::map<std::string, std::uint64_t> sorted;
    for (std::size_t i = 1; i < counts.size(); ++i)
        if (counts[i].calls > 0) sorted[index.path(i)] += counts[i].calls;
    std::string out;
    for (const auto& [path, calls] : sorted) out += (out.empty() ? "" : ", ") + path + " " + std::to_string(calls);
    return out;
}

TEST(FieldIndex, NamesParametersAndMembersOfTheBody) {
    Diagnostics diagnostics;
    auto catalog = load_contracts({HEADGATE_SOURCE_DIR "/contracts/catalog"}, diagnostics);
    ASSERT_EQ(diagnostics.text(), "");
    FieldIndex order(*catalog->find("orders.v1/createOrder"));
    for (auto path : {"/Idempotency-Key", "/channel", "/customer/email", "/delivery/method", "/delivery/address/city",
                      "/delivery/locationId", "/lines", "/lines/*", "/lines/*/unitPrice/centAmount"})
        EXPECT_TRUE(order.has(path)) << path;
    EXPECT_FALSE(order.has("/lines/0"));
    EXPECT_FALSE(order.has("/lines/sku"));
    FieldIndex availability(*catalog->find("inventory.v2/getAvailability"));
    EXPECT_EQ(availability.operation(), "inventory.v2/getAvailability");
    EXPECT_EQ(counted(availability, {R"({"skus":["A","B"]})", R"({"skus":["A"],"locationIds":["ST-0001"]})"}),
              "/locationIds 1, /locationIds/* 1, /skus 2, /skus/* 2");
}

TEST(FieldIndex, CountsAPlaceOnceForEachMessageHoweverOftenItIsThere) {
    TestContract contract(
        "{ type: object, properties: { lines: { type: array, items: { type: object, properties: "
        "{ sku: { type: string }, note: { type: string } } } } } }");
    ASSERT_EQ(contract.faults(), "");
    EXPECT_EQ(
        counted(FieldIndex(contract.operation()), {R"({"lines":[{"sku":"A"},{"sku":"B","note":"x"},{"sku":"C"}]})",
                                                   R"({"lines":[]})", R"({"lines":[{"sku":null}]})"}),
        "/lines 3, /lines/* 2, /lines/*/note 1, /lines/*/sku 2");
}

TEST(FieldIndex, FoldsNamesThatTheSchemaDoesNotGive) {
    TestContract contract(
        "{ type: object, properties: { stock: { type: object, additionalProperties: { type: object, properties: "
        "{ count: { type: integer } } } }, open: { type: object }, any: {}, \"a/b~c\": { type: string } } }");
    ASSERT_EQ(contract.faults(), "");
    EXPECT_EQ(counted(FieldIndex(contract.operation()),
                      {R"({"stock":{"ST-1":{"count":1},"ST-2":{}},"open":{"x":{"y":1}},"any":[{"z":1}],"a/b~c":"t"})",
                       R"({"any":{"k":1},"unheard":1})"}),
              "/* 1, /any 2, /any/* 2, /a~1b~0c 1, /open 1, /open/* 1, /stock 1, /stock/* 1, /stock/*/count 1");
}

TEST(FieldIndex, FollowsAlternativesAndCompositions) {
    TestContract contract(
        "{ type: object, properties: { pay: { oneOf: [ { type: object, properties: { card: { type: string } } }, "
        "{ type: object, properties: { iban: { type: string } } } ] }, both: { allOf: [ { properties: { a: {} } }, "
        "{ properties: { b: {} } } ] } } }");
    ASSERT_EQ(contract.faults(), "");
    EXPECT_EQ(counted(FieldIndex(contract.operation()),
                      {R"({"pay":{"card":"1"},"both":{"a":1,"b":2}})", R"({"pay":{"iban":"1"}})"}),
              "/both 1, /both/a 1, /both/b 1, /pay 2, /pay/card 1, /pay/iban 1");
}

TEST(FieldIndex, ASchemaThatContainsItselfIsUnrolledOnce) {
    TestContract contract("{ type: object, properties: { tree: { $ref: \"#/components/schemas/Tree\" } } }", "",
                          "{ Tree: { type: object, properties: { name: { type: string }, below: { type: array, items: "
                          "{ $ref: \"#/components/schemas/Tree\" } } } } }");
    ASSERT_EQ(contract.faults(), "");
    FieldIndex index(contract.operation());
    EXPECT_LT(index.size(), 20u);
    std::string deep = R"({"name":"n"})";
    for (int i = 0; i < 25; ++i) deep = R"({"below":[)" + deep + "]}";
    std::string told = counted(index, {R"({"tree":)" + deep + "}"});
    EXPECT_EQ(told, "/tree 1, /tree/below 1, /tree/below/* 1, /tree/below/*/name 1");
}

TEST(FieldIndex, ASchemaThatFansOutIsBounded) {
    std::string components = "{ ";
    for (int i = 0; i < 30; ++i) {
        std::string next = "{ $ref: \"#/components/schemas/S" + std::to_string(i + 1) + "\" }";
        components +=
            "S" + std::to_string(i) + ": { type: object, properties: { a: " + next + ", b: " + next + " } }, ";
    }
    components += "S30: { type: string } }";
    TestContract contract("{ $ref: \"#/components/schemas/S0\" }", "", components);
    ASSERT_EQ(contract.faults(), "");
    FieldIndex index(contract.operation());
    EXPECT_EQ(index.size(), FieldIndex::most_places);
    std::string deep = "1";
    for (int i = 0; i < 30; ++i) deep = R"({"b":)" + deep + "}";
    std::vector<PlaceCount> counts(index.size());
    Arena arena;
    Builder builder(arena);
    index.count(*read_json(deep, builder), 1, counts);
    EXPECT_TRUE(std::any_of(counts.begin(), counts.end(), [](const PlaceCount& c) { return c.calls == 1; }));
}

// What the index must say, said slowly: with text, by asking the schema at each member.
void naive(const Value& value, const Shape* shape, const std::string& path, std::set<std::string>& out) {
    out.insert(path);
    if (value.is_array()) {
        bool deeper = shape && shape->allows(ValueKind::array);
        for (const Value& item : value)
            if (deeper) naive(item, shape->items(), path + "/*", out);
    }
    if (!value.is_object() || !shape || !shape->allows(ValueKind::object)) return;
    auto names = shape->property_names();
    for (const Member& member : value.members()) {
        std::string inner = path;
        bool named = std::find(names.begin(), names.end(), member.key) != names.end();
        append_pointer(inner, named ? member.key : std::string_view("*"));
        naive(member.value, shape->property(member.key), inner, out);
    }
}

TEST(FieldIndex, CountsWhatANaiveCountSays) {
    std::string wide;
    for (int i = 0; i < 12; ++i) wide += "w" + std::to_string(i) + ": { type: integer }, ";
    TestContract contract(
        "{ type: object, properties: { " + wide +
        "list: { type: array, items: { type: object, properties: { a: {}, b: { type: array, items: "
        "{ type: object, properties: { w1: {} } } } } } }, map: { type: object, additionalProperties: "
        "{ type: object, properties: { a: {}, b: { type: array, items: { type: object, properties: { w1: {} } } } } } "
        "} } }");
    ASSERT_EQ(contract.faults(), "");
    FieldIndex index(contract.operation());
    const Shape& shape = contract.operation().body->shape();
    std::mt19937 dice(20261126);
    auto below = [&](unsigned n) { return static_cast<unsigned>(dice() % n); };
    auto joined = [&](char open, const std::function<std::string()>& one, char close) {
        std::string out(1, open);
        for (unsigned i = 0, n = below(4); i < n; ++i) out += (i > 0 ? "," : "") + one();
        return out + close;
    };
    std::function<std::string(int)> anything = [&](int depth) -> std::string {
        unsigned kind = depth > 3 ? 0 : below(3);
        if (kind == 0) return "1";
        if (kind == 1)
            return joined(
                '[', [&] { return anything(depth + 1); }, ']');
        return R"({"w1":)" + anything(depth + 1) + (below(2) ? R"(,"a":)" + anything(depth + 1) : "") + "}";
    };
    // One object of the schema: some of its members in any order, and some that it does not name.
    auto thing = [&] {
        std::vector<std::string> members;
        if (below(2)) members.push_back(R"("a":)" + anything(0));
        auto inner = [&] { return below(2) ? R"({"w1":)" + anything(0) + "}" : R"({"x":1,"w1":2})"; };
        if (below(2)) members.push_back(R"("b":)" + joined('[', inner, ']'));
        if (below(2)) members.push_back(R"("x":)" + anything(0));
        std::shuffle(members.begin(), members.end(), dice);
        std::string out = "{";
        for (const auto& member : members) out += (out.size() > 1 ? "," : "") + member;
        return out + "}";
    };
    std::vector<PlaceCount> counts(index.size());
    std::map<std::string, std::uint64_t> expected, actual;
    for (std::uint64_t call = 1; call <= 2000; ++call) {
        std::string json = R"({"w11":1,"w0":2,"list":)" + joined('[', thing, ']') + R"(,"map":{"p":)" + thing() +
                           (below(2) ? R"(,"q":)" + thing() : "") + "}}";
        Arena arena;
        Builder builder(arena);
        auto value = read_json(json, builder);
        ASSERT_TRUE(value) << json;
        ASSERT_TRUE(contract.operation().body->validate(*value)) << json;
        index.count(*value, call, counts);
        std::set<std::string> places;
        naive(*value, &shape, "", places);
        for (const auto& place : places) ++expected[place];
    }
    for (std::size_t i = 0; i < index.size(); ++i)
        if (counts[i].calls > 0) actual[index.path(i)] += counts[i].calls;
    EXPECT_EQ(actual, expected);
    EXPECT_GT(actual.size(), 15u);
}

}  // namespace
}  // namespace headgate
