// The retailer's contracts are alike: bounds, marks, examples, keys, pages and problems; and what they say in examples
// adds up.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "contracts/document/json.hpp"
#include "contracts/document/source_value.hpp"
#include "tests/support/corpora.hpp"
#include "tests/unit/contracts/catalog_rules.hpp"

namespace headgate {
namespace {

using Json = nlohmann::json;

std::shared_ptr<const Registry> load(const std::string& folder) {
    Diagnostics diagnostics;
    auto registry = load_contracts({HEADGATE_SOURCE_DIR + folder}, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.text();
    return registry;
}

std::shared_ptr<const Registry> catalog() {
    static const auto loaded = load("/contracts/catalog");
    return loaded;
}

// All examples of bodies, of requests and of answers.
std::vector<Json> examples() {
    std::vector<Json> found;
    Arena arena;
    Builder builder(arena);
    auto add = [&](const std::vector<Example>& all) {
        for (const auto& example : all) found.push_back(Json::parse(to_json(to_value(*example.value, builder))));
    };
    for (const auto& operation : catalog()->operations()) {
        add(operation->body_examples);
        for (const auto& content : operation->contents(operation->success_status)) add(content.examples);
    }
    return found;
}

// Every object at any depth that has the member.
void objects_with(const char* member, const Json& at, std::vector<Json>& found) {
    if (at.is_object() && at.contains(member)) found.push_back(at);
    if (at.is_structured())
        for (const auto& below : at) objects_with(member, below, found);
}

std::int64_t cents(const Json& money) { return money.is_null() ? 0 : money.at("centAmount").get<std::int64_t>(); }

std::int64_t sum(const Json& list, const char* amount) {
    std::int64_t all = 0;
    for (const auto& one : list) all += cents(one.at(amount));
    return all;
}

TEST(CatalogRules, HoldForEverySchema) { EXPECT_EQ(test::faults_of_schemas(*catalog()).text(), ""); }

TEST(CatalogRules, HoldForEveryOperation) { EXPECT_EQ(test::faults_of_operations(*catalog()).text(), ""); }

// The control: a contract that keeps none of them.
TEST(CatalogRules, FindWhatDoesNotKeepThem) {
    const std::string folder = "/tests/golden/catalog_rules";
    auto bad = load(folder);
    Diagnostics faults = test::faults_of_schemas(*bad);
    faults.add(test::faults_of_operations(*bad));
    std::string text = faults.text(), path = HEADGATE_SOURCE_DIR + folder + "/";
    for (auto at = text.find(path); at != std::string::npos; at = text.find(path, at)) text.erase(at, path.size());
    EXPECT_EQ(text, test::read_file(path + "expected"));
}

TEST(CatalogExamples, OfPricesAddUp) {
    std::vector<Json> prices;
    for (const auto& example : examples()) objects_with("includedTaxes", example, prices);
    ASSERT_GE(prices.size(), 4u);
    for (const auto& price : prices) {
        for (const auto& line : price.at("lines"))
            EXPECT_EQ(line.at("quantity").get<std::int64_t>() * cents(line.at("effectivePrice")) -
                          sum(line.value("discounts", Json::array()), "amount"),
                      cents(line.at("lineTotal")))
                << line;
        std::int64_t total = cents(price.at("total"));
        EXPECT_EQ(sum(price.at("lines"), "lineTotal"), cents(price.at("subtotal"))) << price;
        EXPECT_EQ(cents(price.at("subtotal")) - sum(price.value("discounts", Json::array()), "amount") +
                      cents(price.value("deliveryCharge", Json())),
                  total)
            << price;
        EXPECT_EQ(sum(price.at("includedTaxes"), "net") + sum(price.at("includedTaxes"), "tax"), total) << price;
    }
}

TEST(CatalogExamples, OfOrdersAddUp) {
    int orders = 0;
    for (const auto& example : examples()) {
        if (!example.contains("total") || !example.contains("lines") || example["lines"].empty()) continue;
        if (!example["lines"][0].contains("unitPrice")) continue;
        std::int64_t all = cents(example.value("deliveryCharge", Json()));
        for (const auto& line : example["lines"])
            all += line.at("quantity").get<std::int64_t>() * cents(line.at("unitPrice"));
        EXPECT_EQ(all, cents(example["total"])) << example;
        ++orders;
    }
    EXPECT_GE(orders, 4);
}

TEST(CatalogExamples, OfStockSayWhatIsAvailable) {
    std::vector<Json> stock;
    for (const auto& example : examples()) objects_with("onHand", example, stock);
    ASSERT_GE(stock.size(), 4u);
    for (const auto& at : stock) {
        auto left = at.at("onHand").get<int>() - at.at("reserved").get<int>() - at.at("safetyStock").get<int>();
        EXPECT_EQ(std::max(left, 0), at.at("available").get<int>()) << at;
    }
}

// GS1 General Specifications, section 7.9: digits weigh 3 and 1 by turns, the one before the check digit 3.
bool checks(const std::string& number) {
    int sum = 0, weight = 1;
    for (auto digit = number.rbegin(); digit != number.rend(); ++digit, weight = 4 - weight)
        sum += (*digit - '0') * weight;
    return sum % 10 == 0;
}

TEST(CatalogExamples, OfGs1NumbersHaveTheirCheckDigit) {
    EXPECT_FALSE(checks("4006381333932"));
    for (const char* member : {"gtin", "gln", "sscc"}) {
        std::vector<Json> found;
        for (const auto& example : examples()) objects_with(member, example, found);
        EXPECT_FALSE(found.empty()) << member;
        for (const auto& object : found) EXPECT_TRUE(checks(object.at(member).get<std::string>())) << object;
    }
}

}  // namespace
}  // namespace headgate
