// What a plan tells of its rules: each with its places, its line, and the value before and after each codec.
#include "mappings/plan/trace.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "contracts/document/json.hpp"
#include "mappings/plan/cases.hpp"
#include "tests/unit/mappings/plan/contracts_of_the_retailer.hpp"

namespace headgate {

namespace {

const std::string catalog = HEADGATE_SOURCE_DIR "/mappings/catalog";

std::shared_ptr<const PlanSet> plans() {
    static const auto all = [] {
        Diagnostics diagnostics;
        return load_mappings({catalog}, retailer_contracts(), diagnostics);
    }();
    return all;
}

Value json(std::string_view text, Builder& builder) {
    auto value = read_json(text, builder, {}, false);
    EXPECT_TRUE(value) << text;
    return value ? *value : Value();
}

std::string shown(const TracedRule& rule) {
    std::string out = rule.contract + " = " + rule.legacy + ": ";
    if (rule.skipped) return out + "skipped";
    out += rule.source;
    for (const auto& stage : rule.stages)
        out += " | " + stage.by + " " + (stage.problem.empty() ? stage.value : "expected " + stage.problem);
    return out;
}

std::string shown(const PlanTrace& trace) {
    std::string out;
    for (const auto& rule : trace) out += shown(rule) + "\n";
    return out;
}

bool tells(const PlanTrace& trace, std::string_view line) { return shown(trace).find(line) != std::string::npos; }

}  // namespace

TEST(Trace, TellsOfEachFieldReadWhichRuleMadeItOfWhat) {
    const auto* plan = plans()->find_call("shop", "priceQuery");
    Arena arena;
    Builder source(arena), builder(arena);
    PlanTrace trace;
    auto answer =
        json(R"({"stand":"23.11.2026 10:15:00","pos":[{"artnr":"HG-1","listPreis":"19.99","aktPreis":"17.99",)"
             R"("waehr":"EUR","gueltVon":"01.11.2026 00:00:00","gueltBis":""}],"fehlend":["HG-2","HG-3"]})",
             source);
    ASSERT_TRUE(plan->trace_to_contract(answer, Value(), builder, trace));
    EXPECT_TRUE(tells(trace,
                      "/pricedAt = stand: \"23.11.2026 10:15:00\" | datetime(\"dd.MM.yyyy HH:mm:ss\") "
                      "\"2026-11-23T10:15:00+01:00\" | utc \"2026-11-23T09:15:00Z\"\n"))
        << shown(trace);
    EXPECT_TRUE(tells(trace,
                      "/prices/0/listPrice/centAmount = pos[1]/listPreis: \"19.99\" | decimal(2) 19.99 | "
                      "minor-units(listPrice.currencyCode) 1999\n"))
        << shown(trace);
    EXPECT_TRUE(tells(trace, "/prices/0/promotion/name = pos[1]/aktion/bez: null\n")) << shown(trace);
    EXPECT_TRUE(tells(trace, "/unknownSkus/1 = fehlend[2]: \"HG-3\" | text(18) \"HG-3\"\n")) << shown(trace);
    EXPECT_TRUE(tells(trace, "/prices/0/validTo = pos[1]/gueltBis: \"\" | none(\"31.12.9999 23:59:59\") null\n"))
        << shown(trace);
    for (const auto& rule : trace) {
        EXPECT_TRUE(rule.mark.file.ends_with("pricing-shop.map.yaml"));
        EXPECT_GT(rule.mark.line, 15);
    }
}

TEST(Trace, TellsCodecsBackwardsWhenWritingAndWhatAConditionSkips) {
    const auto* plan = plans()->find_call("shop", "orderCreate");
    Arena arena;
    Builder source(arena), builder(arena);
    PlanTrace trace;
    auto order = json(
        R"({"orderId":"HO1","placedAt":"2026-11-23T10:15:00.5+01:00","channel":"web","customer":{"customerId":"C",)"
        R"("firstName":"Ana","lastName":"Kovac","email":"A@b.de"},"delivery":{"method":"pickup","locationId":"ST-0007"},)"
        R"("lines":[{"lineId":"1","sku":"HG-1","quantity":2,"locationId":"ST-0007","unitPrice":{"centAmount":1999,)"
        R"("currencyCode":"EUR"},"giftWrap":true}],"total":{"centAmount":3998,"currencyCode":"EUR"}})",
        source);
    auto made = plan->trace_to_legacy(order, builder, trace);
    ASSERT_TRUE(made) << made.error().detail << shown(trace);
    EXPECT_TRUE(tells(trace, "/lines/0/quantity = ord/pos[1]/menge: 2 | exact-int 2 | decimal(4) \"2.0000\"\n"))
        << shown(trace);
    EXPECT_TRUE(tells(trace, "/lines/0/lineId = ord/pos[1]/@nr: \"1\" | padded(3, \"0\") \"001\"\n")) << shown(trace);
    EXPECT_TRUE(tells(trace, "/delivery/address/city = ord/lief/ort: skipped\n")) << shown(trace);
    EXPECT_TRUE(tells(trace, " = ord/mandant:  | set \"100\"\n")) << shown(trace);
    EXPECT_TRUE(tells(trace, "ord/kunde/name: [\"Kovac\",\"Ana\"] | split \"Kovac, Ana\"\n")) << shown(trace);
}

TEST(Trace, EndsWithTheRuleThatRefusedAndWhatItExpected) {
    const auto* plan = plans()->find_call("stock", "bySku");
    Arena arena;
    Builder source(arena), builder(arena);
    PlanTrace trace;
    auto rows = json(R"([{"ARTNR":"HG-1","LAG":"7","BEST":"2.500","RES":null,"SICH":"0.000","KZ":"A","ME":"ST",)"
                     R"("WE_DAT":"0","UPD":"2026-11-23 10:15:00"}])",
                     source);
    EXPECT_FALSE(plan->trace_to_contract(rows, json(R"({"skus":["HG-1"]})", source), builder, trace));
    ASSERT_FALSE(trace.empty());
    EXPECT_EQ(shown(trace.back()),
              "/items/0/locations/0/onHand = ARTNR='HG-1', row 1, column BEST: \"2.500\" | "
              "unit(ME, ST, EA) 2.5 | exact-int expected a number without places");
}

TEST(Trace, TellsOfItemsThatWereAskedForAndDidNotCome) {
    const auto* plan = plans()->find_call("stock", "bySku");
    Arena arena;
    Builder source(arena), builder(arena);
    PlanTrace trace;
    ASSERT_TRUE(
        plan->trace_to_contract(Value::array(nullptr, 0), json(R"({"skus":["HG-1","HG-2"]})", source), builder, trace));
    EXPECT_EQ(shown(trace), "/items/0 = : \"HG-1\" | missing \"HG-1\"\n/items/1 = : \"HG-2\" | missing \"HG-2\"\n");
}

// Every case of the catalog, whether it holds or fails.
TEST(Trace, ChangesNothing) {
    int compared = 0;
    for (const auto& entry : std::filesystem::directory_iterator(catalog)) {
        if (!entry.path().string().ends_with(".cases.yaml")) continue;
        Diagnostics diagnostics;
        auto file = read_source(entry.path().string(), diagnostics);
        ASSERT_TRUE(file);
        for (const auto& document : file->documents) {
            const auto* map = document.find("map");
            auto dot = map ? map->text.find('.') : std::string::npos;
            const Plan* plan = map ? plans()->find_call(map->text.substr(0, dot), map->text.substr(dot + 1)) : nullptr;
            for (const auto& one : plans()->plans())
                if (!map && one->contract_side() == document.find("bridge")->text &&
                    std::holds_alternative<ContractCall>(one->call()))
                    plan = one.get();
            ASSERT_TRUE(plan);
            for (const auto& one : document.find("cases")->items) {
                Arena arena;
                Builder builder(arena);
                Value request = one.find("request") ? to_document(*one.find("request"), builder) : Value();
                Value answer = one.find("answer") ? to_document(*one.find("answer"), builder) : Value();
                if (!one.find("request") && !one.find("answer")) continue;
                PlanTrace trace;
                auto plain = one.find("answer") ? plan->to_contract(answer, request, builder)
                                                : plan->to_legacy(request, builder);
                auto traced = one.find("answer") ? plan->trace_to_contract(answer, request, builder, trace)
                                                 : plan->trace_to_legacy(request, builder, trace);
                ASSERT_EQ(plain.ok(), traced.ok());
                if (plain)
                    EXPECT_EQ(to_json(*plain), to_json(*traced));
                else
                    EXPECT_EQ(plain.error().detail, traced.error().detail);
                ++compared;
            }
        }
    }
    EXPECT_GE(compared, 25);
}

}  // namespace headgate
