// Accounting of mappings to systems: what nothing is said of is a gap, told at its section; a draft has warnings; what
// is required comes from what is there; each rule has its law.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "mappings/plan/compiled_plan.hpp"
#include "tests/unit/mappings/plan/contracts_of_the_retailer.hpp"

namespace headgate::mappings {

namespace {

class Accounting : public testing::Test {
  protected:
    explicit Accounting(std::string base = "prices") { open(base); }
    void open(const std::string& base) {
        path_ = HEADGATE_SOURCE_DIR "/tests/golden/mappings/bases/" + base + ".map.yaml";
        std::ifstream file(path_, std::ios::binary);
        text_ = {std::istreambuf_iterator<char>(file), {}};
    }
    void change(const std::string& from, const std::string& to) {
        auto at = text_.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        text_.replace(at, from.size(), to);
    }
    // What is told, without the file's name.
    std::string told() {
        Diagnostics diagnostics;
        report_ = {};
        auto file = parse_source(path_, text_, diagnostics);
        plan_ = nullptr;
        if (file)
            for (const auto& mapping : parse_mappings(file, diagnostics))
                plan_ = CompiledPlan::compile(mapping, *retailer_contracts(), diagnostics, &report_);
        auto out = diagnostics.text();
        for (auto at = out.find(path_); at != std::string::npos; at = out.find(path_)) out.erase(at, path_.size() + 1);
        return out;
    }
    Law law(const std::string& rule) const {
        for (const auto& one : report_.rules)
            if (one.text == rule) return one.law;
        ADD_FAILURE() << "no rule " << rule;
        return Law::one_way;
    }
    std::string path_, text_;
    std::unique_ptr<CompiledPlan> plan_;
    MappingReport report_;
};

}  // namespace

TEST_F(Accounting, TellsTheGapsOfBothSidesAtTheirSection) {
    change("      - drop: { contract: promotion, why: the base knows none }\n", "");
    change("      - drop: { legacy: aktion, why: the base knows none }\n", "");
    change("  - drop: { legacy: mandant, why: it is always 100 }\n", "");
    EXPECT_EQ(
        told(),
        "16:3: error: shop.priceQuery answers 'mandant', and no rule carries it (a rule, as 'fehlend' has in line "
        "28, or drop: { legacy: mandant, why: ... })\n"
        "17:11: error: no rule makes 'promotion' of pricing.v1/getPrices (a rule, as "
        "'prices.effectivePrice.centAmount' has in line 23, or drop: { contract: promotion, why: ... })\n"
        "17:11: error: shop.priceQuery answers 'aktion', and no rule carries it (a rule, as 'pos/aktPreis' has in "
        "line 23, or drop: { legacy: aktion, why: ... })\n");
    EXPECT_FALSE(plan_);
    EXPECT_EQ(report_.contract.unmapped, std::vector<std::string>{"prices.promotion"});
    EXPECT_EQ(report_.legacy.unmapped, (std::vector<std::string>{"mandant", "pos/aktion"}));
}

TEST_F(Accounting, OfADraftTellsGapsAsWarnings) {
    change("nulls:", "draft: true\nnulls:");
    change("      - drop: { contract: promotion, why: the base knows none }\n", "");
    change("      - sku                         <- artnr\n", "");
    change("    key: sku\n    rules:\n      - list", "    rules:\n      - list");
    change("  - set: { legacy: mandant, value: \"100\" }\n", "");
    auto all = told();
    EXPECT_EQ(all.find("error"), std::string::npos) << all;
    for (auto part : {"8:3: warning: legacy requires 'mandant' and no rule writes it",
                      "warning: the contract requires 'sku' and no rule makes it", "warning: no rule makes 'promotion'",
                      "warning: shop.priceQuery answers 'artnr'"})
        EXPECT_NE(all.find(part), std::string::npos) << all;
    ASSERT_TRUE(plan_);
    EXPECT_TRUE(plan_->report().draft);
    EXPECT_EQ(plan_->report().contract.unmapped, (std::vector<std::string>{"prices.sku", "prices.promotion"}));
}

TEST_F(Accounting, RefusesADropOfWhatIsCarriedOrRequired) {
    change("reply:\n", "  - drop: { contract: channel, why: x }\n  - drop: { legacy: waehr, why: x }\nreply:\n");
    EXPECT_EQ(told(),
              "15:23: error: 'channel' is dropped, and carried in line 8 (leave one of the two out)\n"
              "16:21: error: 'waehr' is dropped, and carried in line 9 (leave one of the two out)\n");
    open("prices");
    change("  - set: { legacy: mandant, value: \"100\" }\n", "  - drop: { legacy: mandant, why: x }\n");
    EXPECT_EQ(told().substr(0, 59), "7:21: error: legacy requires 'mandant': it can't be dropped");
    open("prices");
    change("reply:\n", "reply:\n  - drop: { contract: prices, why: x }\n");
    EXPECT_EQ(told(), "16:23: error: 'prices' is dropped, and has rules in line 18 (leave one of the two out)\n");
    open("pick");
    change("customer.*", "customer");
    EXPECT_NE(
        told().find("'customer' is dropped, and a part of it is carried in line 11 (drop the rest: end the path with"),
        std::string::npos)
        << told();
    open("pick");
    change("contract: channel,", "contract: status,");
    EXPECT_NE(told().find("'status' is dropped twice (the first is in line 22)"), std::string::npos) << told();
}

TEST_F(Accounting, TakesAConditionForEachWordAsSayingWhatBecomesOfAField) {
    open("pick");
    change("  - drop: { contract: delivery, why: the base carries it no further }\n",
           "  - drop: { contract: delivery.address, why: x }\n"
           "  - when: delivery.method == \"pickup\"\n    rules: [delivery.locationId -> \"N1[01=ST]/04\"]\n");
    change("  - drop: { legacy: \"N1[01=ST]/04\", why: the base carries it no further }\n", "");
    change("rules: [delivery.locationId -> \"N1[01=ST]/04\"]", "rules: [\"delivery.locationId -> N1[01=ST]/04\"]");
    EXPECT_EQ(told(),
              "8:3: error: no rule carries 'delivery.method', and not each of its words has a when: (when: "
              "delivery.method == \"home\")\n");
    change("  - when:", "  - when: delivery.method == \"home\"\n    rules: []\n  - when:");
    EXPECT_EQ(told(), "");
    EXPECT_EQ(report_.contract.computed, 1);
}

TEST_F(Accounting, RefusesAConditionThatCannotHold) {
    open("pick");
    change("  - drop: { legacy: \"N1[01=ST]/04\", why: the base carries it no further }\n", "");
    change("  - customer.lastName -> N1[01=ST]/02\n",
           "  - when: delivery.method == \"pickupp\"\n    rules: [\"customer.lastName -> N1[01=ST]/02\", \"orderId -> "
           "N1[01=ST]/04\"]\n  - when: delivery == \"home\"\n    rules: []\n  - when: delivery.mehtod absent\n    "
           "rules: []\n");
    EXPECT_EQ(told(),
              "11:30: error: 'pickupp' is no value of delivery.method (orders.v1 "
              "#/components/schemas/HomeDelivery/properties/method) (did you mean 'pickup'?)\n"
              "13:11: error: 'delivery' is no single value (delivery present, or absent)\n"
              "15:11: error: the contract has no field 'delivery.mehtod' (orders.v1/Order) (did you mean 'method'?)\n");
}

TEST_F(Accounting, RefusesWhatMayBeAbsentWhereItIsRequired) {
    change("waehr\n      - effective", "aktion/bez | text(3)\n      - effective");
    change("      - drop: { legacy: aktion,", "      - drop: { legacy: aktion/*,");
    EXPECT_EQ(told(),
              "22:40: error: 'aktion/bez' of shop.priceQuery may be absent, and 'listPrice.currencyCode' is required "
              "(null(...) or "
              "default(...) says what its absence means)\n");
    open("stock");
    change("    BEST: decimal(9,3)", "    BEST: decimal(9,3)?");
    EXPECT_EQ(
        told(),
        "29:23: error: 'BEST' of stock.bySku may be absent, and 'onHand' is required (null(...) or default(...) says "
        "what its absence means)\n");
    change("BEST | exact-int", "BEST | null(0) | exact-int");
    EXPECT_EQ(told(), "");
    change("null(0)", "none(\"0\")");
    EXPECT_NE(told().find("may be absent"), std::string::npos);
}

TEST_F(Accounting, RefusesWhatIsRequiredUnderAConditionAlone) {
    change("  - currencyCode <-> waehr | text(3)\n",
           "  - when: channel == \"web\"\n    rules: [currencyCode <-> waehr | text(3)]\n");
    EXPECT_EQ(
        told(),
        "10:13: error: 'waehr' is required, and made under a condition alone (a rule for when it does not hold)\n");
    change("rules: [currencyCode <-> waehr | text(3)]\n",
           "rules: [currencyCode <-> waehr | text(3)]\n  - when: channel != \"web\"\n    rules: [ { set: { legacy: "
           "waehr, value: EUR } } ]\n");
    EXPECT_EQ(told(),
              "10:13: error: nothing is said of 'currencyCode' of pricing.v1/getPrices when channel != \"web\" (a rule "
              "under that when:, or drop: { contract: currencyCode, why: ... })\n");
    change("rules: [ { set: { legacy: waehr, value: EUR } } ]",
           "rules: [ { set: { legacy: waehr, value: EUR } }, { drop: { contract: currencyCode, why: euros } } ]");
    EXPECT_EQ(told(), "");
}

TEST_F(Accounting, TakesADropOfTheOtherCasesBesideARule) {
    const std::string phone = "  - customer.lastName -> N1[01=ST]/02\n";
    open("pick");
    change("  - drop: { contract: customer.*, why: the base carries it no further }\n",
           "  - drop: { contract: customer.customerId, why: x }\n  - drop: { contract: customer.firstName, why: x }\n"
           "  - drop: { contract: customer.email, why: x }\n");
    change(
        phone,
        "  - when: delivery.method == \"pickup\"\n    rules: [\"customer.lastName -> N1[01=ST]/02\"]\n"
        "  - when: delivery.method == \"home\"\n    rules: [\"delivery.address.name -> N1[01=ST]/02 | text(60)\"]\n");
    change("contract: delivery,", "contract: delivery.*,");
    EXPECT_EQ(
        told(),
        "12:14: error: nothing is said of 'customer.lastName' of orders.v1/Order when delivery.method == \"home\" "
        "(a rule under that when:, or drop: { contract: customer.lastName, why: ... })\n");
    change("[\"delivery.address.name -> N1[01=ST]/02 | text(60)\"]",
           "[\"delivery.address.name -> N1[01=ST]/02 | text(60)\", { drop: { contract: customer.lastName, why: x } }]");
    EXPECT_EQ(told(), "");
    EXPECT_EQ(report_.drops.size(), 17u);
}

TEST_F(Accounting, RefusesASecondEachOfAListInAnotherCase) {
    open("reserve");
    auto from = text_.find("  - each: lines"), to = text_.find("  - drop: { contract: status");
    ASSERT_LT(from, to);
    std::string list = text_.substr(from, to - from), deeper;
    for (std::string test : {"==", "!="}) {
        deeper += "  - when: channel " + test + " \"web\"\n    rules:\n";
        for (std::size_t at = 0; at < list.size(); at = list.find('\n', at) + 1)
            deeper += "    " + list.substr(at, list.find('\n', at) - at) + "\n";
    }
    change(list, deeper);
    EXPECT_EQ(told(), "19:24: error: ':lines' is made by the each: in line 8 (one each: for all cases)\n");
}

TEST_F(Accounting, WarnsOfADropThatIsPast) {
    class One : public PlanSet {
      public:
        explicit One(std::unique_ptr<Plan> plan) { plans_.push_back(std::move(plan)); }
        const Plan* find(std::string_view, std::string_view) const override { return nullptr; }
        const Plan* find_call(std::string_view, std::string_view) const override { return nullptr; }
        const Plan* find_bridge(std::string_view, std::string_view) const override { return nullptr; }
        const std::vector<std::unique_ptr<Plan>>& plans() const override { return plans_; }

      private:
        std::vector<std::unique_ptr<Plan>> plans_;
    };
    change("why: it is always 100 }", "why: it is always 100, until: 2027-06 }");
    change("aktion, why: the base knows none }", "aktion, why: soon, until: 2027-06-15 }");
    ASSERT_EQ(told(), "");
    One plans(std::move(plan_));
    auto past = [&](std::string_view today) {
        Diagnostics diagnostics;
        warn_of_past_drops(plans, today, diagnostics);
        EXPECT_FALSE(diagnostics.has_errors());
        return diagnostics.all().size();
    };
    EXPECT_EQ(past("2027-06-15"), 0u);
    EXPECT_EQ(past("2027-06-16"), 1u);
    EXPECT_EQ(past("2027-06-30"), 1u);
    EXPECT_EQ(past("2027-07-01"), 2u);
    for (std::string wrong : {"soon", "2027", "2027-13", "2027-06-32", "2027-06-1", "2027/06"}) {
        open("prices");
        change("why: it is always 100 }", "why: it is always 100, until: \"" + wrong + "\" }");
        EXPECT_NE(told().find("'" + wrong + "' is no month and no day"), std::string::npos) << told();
    }
}

TEST_F(Accounting, CountsTheFieldsOfBothSides) {
    open("stock");
    ASSERT_EQ(told(), "");
    const auto& contract = report_.contract;
    EXPECT_EQ(contract.mapped, 7) << "skus, sku, locationId, onHand, status, nextReceiptDate, asOf";
    EXPECT_EQ(contract.computed, 1);
    EXPECT_EQ(contract.set, 3);
    EXPECT_EQ(contract.dropped, 1);
    EXPECT_EQ(contract.total, contract.accounted());
    EXPECT_EQ(report_.legacy.mapped, 7) << "six columns and the parameter";
    EXPECT_EQ(report_.legacy.total, 7);
}

TEST_F(Accounting, InfersTheLawOfEachRule) {
    ASSERT_EQ(told(), "");
    EXPECT_EQ(law("channel <-> vkweg"), Law::exact);
    EXPECT_EQ(law("quantity <-> menge"), Law::exact);
    EXPECT_EQ(law("lines <-> pos"), Law::exact);
    EXPECT_EQ(law("pricedAt <- stand"), Law::normalising);
    EXPECT_EQ(law("prices <- pos"), Law::updating) << "parts of the items are dropped";
    EXPECT_EQ(law("unknownSkus[] <- fehlend[]"), Law::exact);
    change("web: \"01\"", "web: [\"01\", \"1\"]");
    change("<-> artnr | text(18)", "<-> artnr | upper!");
    ASSERT_EQ(told(), "");
    EXPECT_EQ(law("channel <-> vkweg"), Law::normalising);
    EXPECT_EQ(law("sku <-> artnr"), Law::normalising);
    open("stock");
    change("| table(state)", "| table(state) | else(blocked)");
    ASSERT_EQ(told(), "");
    EXPECT_EQ(law("status <- KZ"), Law::normalising) << "an unknown code comes back as a known one";
    change("else(blocked)", "else(discontinued)");
    change(", discontinued: [L] }", " }");
    ASSERT_EQ(told(), "");
    EXPECT_EQ(law("status <- KZ"), Law::one_way) << "the table has no code for it";
    open("pick");
    ASSERT_EQ(told(), "");
    EXPECT_EQ(law("acceptedAt -> G62/02"), Law::one_way) << "a day is no moment";
    EXPECT_EQ(law("orderId -> W05/02"), Law::exact);
    EXPECT_EQ(report_.contract.computed, 0);
    EXPECT_EQ(report_.legacy.computed, 1) << "the sum";
    EXPECT_EQ(report_.legacy.set, 1);
}

}  // namespace headgate::mappings
