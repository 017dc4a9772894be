// Bridges at run time: what goes over stays what it is, what can't be said is told as declared, places are told back.
#include <gtest/gtest.h>

#include <fstream>

#include "contracts/document/json.hpp"
#include "mappings/plan/plan.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate {

namespace {

const std::string folder = HEADGATE_SOURCE_DIR "/tests/golden/bridges";

class Bridges : public testing::Test {
  protected:
    void SetUp() override {
        Diagnostics diagnostics;
        contracts_ = load_contracts({folder + "/contracts"}, diagnostics);
        plans_ = load_mappings({folder}, contracts_, diagnostics);
        ASSERT_TRUE(diagnostics.all().empty()) << diagnostics.text();
        find_ = plans_->find_bridge("shop.v1/findItems", "shop.v2/findItems");
        order_ = plans_->find_bridge("shop.v1/createOrder", "shop.v2/createOrder");
        ASSERT_TRUE(find_ && order_);
    }
    Value json(std::string_view text) {
        Builder builder(arena_);
        auto value = read_json(text, builder, {}, false);
        EXPECT_TRUE(value) << text;
        return value ? *value : Value();
    }
    std::string told(std::string_view answer) {
        auto result = find_->to_contract(json(answer), json("{}"), builder_);
        return result ? to_json(*result) : result.error().detail;
    }
    std::string asked(const Plan* bridge, std::string_view request) {
        auto result = bridge->to_legacy(json(request), builder_);
        return result ? to_json(*result) : result.error().pointer + ": " + result.error().detail;
    }
    static std::string entry(const std::string& more) {
        return R"({"id":"a","colour":"navy","state":"on","price":{"amount":10.10},"note":"n","rating":1,"sold":false,)"
               R"("tags":["x"],"labels":["eco","hot","vip"],"weight":1)" +
               more + "}";
    }

    Arena arena_;
    Builder builder_{arena_};
    std::shared_ptr<const Registry> contracts_;
    std::shared_ptr<const PlanSet> plans_;
    const Plan *find_ = nullptr, *order_ = nullptr;
};

}  // namespace

TEST_F(Bridges, CarryNumbersByTheirTextAndFlagsAndNullsAsWhatTheyAre) {
    EXPECT_EQ(
        told(
            R"({"total":123456789012345678901234567890,"entries":[{"id":"1","colour":"crimson","state":"off",)"
            R"("price":{"amount":10.10,"currency":"EUR"},"note":null,"rating":4.50,"sold":true,"tags":[],"labels":[],"weight":2}]})"),
        R"({"count":123456789012345678901234567890,"items":[{"id":"1","colour":"red","state":"off",)"
        R"("price":{"amount":10.10,"currency":"EUR"},"note":null,"rating":4.50,"sold":true,"tags":[],"labels":[]}]})");
    EXPECT_EQ(told(R"({"total":1e2,"entries":[]})"), R"({"count":1e2,"items":[]})");
}

TEST_F(Bridges, TellWhatCannotBeSaidAsDeclared) {
    auto entries = [](std::string_view colour, std::string_view state, std::string_view rating) {
        return R"({"id":")" + std::string(colour) + R"(","colour":")" + std::string(colour) + R"(","state":")" +
               std::string(state) + R"(","price":{"amount":1},"note":"","rating":)" + std::string(rating) +
               R"(,"sold":false,"tags":[],"labels":[],"weight":1})";
    };
    EXPECT_EQ(
        told(R"({"total":3,"entries":[)" + entries("green", "on", "1") + "," + entries("navy", "gone", "null") + "," +
             entries("green", "gone", "null") + "," + entries("crimson", "on", "0") + "]}"),
        R"({"count":3,"items":[{"id":"navy","colour":"blue","state":"off","price":{"amount":1},"note":"","sold":false,)"
        R"("tags":[],"labels":[]},{"id":"crimson","colour":"red","state":"on","price":{"amount":1},"note":"","rating":0,)"
        R"("sold":false,"tags":[],"labels":[]}]})");
}

TEST_F(Bridges, TellEachValueOfAListByItself) {
    auto told_labels = told(R"({"total":1,"entries":[)" + entry("") + "]}");
    EXPECT_NE(told_labels.find(R"("labels":["hot","hot"])"), std::string::npos) << told_labels;
}

TEST_F(Bridges, RefuseAWordThatNobodyDeclaredWithItsPlace) {
    auto detail = told(R"({"total":1,"entries":[{"id":"1","colour":"teal","state":"on","price":{"amount":1},"note":"",)"
                       R"("rating":1,"sold":false,"tags":[],"labels":[],"weight":1}]})");
    EXPECT_NE(detail.find("entries[1]/colour: expected a code of the table, got 'teal'"), std::string::npos) << detail;
    EXPECT_NE(detail.find("shop.map.yaml:19:9"), std::string::npos) << detail;
}

TEST_F(Bridges, RefuseAnAnswerWithoutWhatItPromises) {
    auto detail = told(R"({"total":1,"entries":[{"id":"1"}]})");
    EXPECT_NE(detail.find("expected a value"), std::string::npos) << detail;
}

TEST_F(Bridges, WriteTheOtherVersionsTypes) {
    EXPECT_EQ(asked(order_, R"({"Idempotency-Key":"k-1","customer":{"name":"Ana","nick":"A"},"lines":[)"
                            R"({"article":"HG-1","quantity":2},{"article":"HG-2","quantity":1}]})"),
              R"({"Idempotency-Key":"k-1","buyer":{"name":"Ana"},"positions":[{"sku":"HG-1","pieces":2},)"
              R"({"sku":"HG-2","pieces":1}],"priority":3,"express":false})");
    EXPECT_EQ(asked(find_, R"({"colour":"red","limit":10})"), R"({"colour":"crimson","limit":10})");
    EXPECT_EQ(asked(find_, R"({"limit":10})"), R"({"limit":10})");
}

TEST_F(Bridges, KeepTwoItemsOfOneKeyFromBecomingOneOrder) {
    auto detail = asked(order_, R"({"Idempotency-Key":"k-1","customer":{"name":"Ana"},"lines":[)"
                                R"({"article":"HG-1","quantity":2},{"article":"HG-1","quantity":1}]})");
    EXPECT_TRUE(detail.starts_with("/lines/1/article: ")) << detail;
}

TEST_F(Bridges, TellPlacesOfTheOtherVersionsRequestAsPlacesOfThisOne) {
    auto place = [&](std::string_view pointer) { return order_->contract_pointer(pointer).value_or("none"); };
    EXPECT_EQ(place(""), "");
    EXPECT_EQ(place("/Idempotency-Key"), "/Idempotency-Key");
    EXPECT_EQ(place("/buyer/name"), "/customer/name");
    EXPECT_EQ(place("/positions"), "/lines");
    EXPECT_EQ(place("/positions/3"), "/lines/3");
    EXPECT_EQ(place("/positions/3/pieces"), "/lines/3/quantity");
    for (auto nowhere : {"/priority", "/buyer", "/positions/x/pieces", "/positions/3/none", "/none", "positions", "/",
                         "/positions/3/pieces/more/and/more"})
        EXPECT_EQ(place(nowhere),
                  std::string(nowhere).find("more") == std::string::npos ? "none" : "/lines/3/quantity/more/and/more")
            << nowhere;
    EXPECT_EQ(find_->contract_pointer("/colour").value_or("none"), "/colour");
    EXPECT_EQ(find_->contract_pointer("/colour/0").value_or("none"), "none");
}

TEST_F(Bridges, AreNoMappingOfASystem) {
    EXPECT_FALSE(plans_->find("shop.v1/findItems", "shop.v2"));
    EXPECT_FALSE(plans_->find_call("shop.v2", "findItems"));
    EXPECT_FALSE(plans_->find_bridge("shop.v2/findItems", "shop.v1/findItems"));
    const auto* call = std::get_if<ContractCall>(&find_->call());
    ASSERT_TRUE(call);
    EXPECT_EQ(call->operation, contracts_->find("shop.v2/findItems"));
}

TEST_F(Bridges, SurviveHostileAnswers) {
    for (auto answer :
         {"null", "[]", "3", "{}", R"({"total":1,"entries":3})", R"({"total":1,"entries":[[[]]]})",
          R"({"total":1,"entries":{"id":{"a":1}}})", R"({"total":1,"entries":[{"id":[1,2],"colour":[]}]})"})
        EXPECT_NE(told(answer).find("expected"), std::string::npos) << answer << told(answer);
    EXPECT_NE(told(R"({"total":1,"entries":[)" + entry(R"(,"more":{"deep":[1]})") + "]}").find("\"a\""),
              std::string::npos);
}

// Schemas that hold themselves, twice over: load ends, and a tree goes over whole or not at all.
TEST(RecursiveBridge, EndsAndCarriesATreeWhole) {
    TempFolder folder, contracts_folder;
    auto contract = [&](const std::string& version, const std::string& more) {
        std::ofstream(contracts_folder.file("tree." + version + ".yaml"))
            << "openapi: 3.1.0\ninfo: { title: T, version: " << version.substr(1) << ".0.0, x-contract: tree."
            << version << " }\nsecurity: []\npaths:\n  /tree/" << version
            << "/root:\n    get:\n      operationId: getRoot\n      responses: { '200': { description: x, content: { "
               "application/json: { schema: { type: object, required: [root], properties: { root: { $ref: "
               "'#/components/schemas/Node' } } } } } } }\ncomponents:\n  schemas:\n    Node: { type: object, "
               "properties: { "
               "left: { $ref: '#/components/schemas/Node' }, right: { $ref: '#/components/schemas/Node' }, all: { "
               "type: array, "
               "items: { $ref: '#/components/schemas/Node' } }, size: { type: integer }"
            << more << " } }\n";
    };
    auto load = [&](Diagnostics& diagnostics) {
        auto contracts = load_contracts({contracts_folder.path()}, diagnostics);
        EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.text();
        return load_mappings({folder.path()}, contracts, diagnostics);
    };
    contract("v1", "");
    contract("v2", "");
    std::ofstream(folder.file("tree.map.yaml"))
        << "bridge: tree.v1/getRoot <-> tree.v2/getRoot\nrequest: []\nreply: [root <- root]\n";
    Diagnostics good;
    auto plans = load(good);
    ASSERT_EQ(good.text(), "");
    Arena arena;
    Builder source(arena), builder(arena);
    std::string_view tree = R"({"root":{"left":{"right":{"size":10}},"all":[{"size":1},{}],"size":2}})";
    auto told = plans->find_bridge("tree.v1/getRoot", "tree.v2/getRoot")
                    ->to_contract(*read_json(tree, source), Value(), builder);
    ASSERT_TRUE(told);
    EXPECT_EQ(to_json(*told), tree);
    contract("v2", ", colour: { type: string }");
    Diagnostics bad;
    load(bad);
    EXPECT_NE(bad.text().find("colour', which the other side does not know"), std::string::npos) << bad.text();
}

}  // namespace headgate
