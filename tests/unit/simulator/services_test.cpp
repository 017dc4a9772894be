// The new services: the same truth as the legacy systems, but for the defects that are switched on.
#include <gtest/gtest.h>

#include "tests/simulator/http/json.hpp"
#include "tests/simulator/services/inventory_service.hpp"
#include "tests/simulator/services/pricing_service.hpp"
#include "tests/simulator/shop/prices.hpp"
#include "tests/unit/simulator/folder.hpp"

namespace simulator {
namespace {

TEST(Prices, ServiceAndShopAgreeWithoutTheDefectForEverySeed) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const Catalog catalog(seed);
        for (const auto& article : catalog.articles())
            for (const auto& [code, channel] : {std::pair("01", "web"), std::pair("04", "marketplace")}) {
                const auto shop = shop_price(article, code);
                const auto service = service_price(article, channel, false);
                ASSERT_EQ(shop.list_cents, service.list_cents) << article.sku;
                ASSERT_EQ(shop.effective_cents, service.effective_cents) << article.sku;
            }
    }
}

TEST(Prices, TheRoundingDefectIsExactlyOneCentAndOnlyOnA17) {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const Catalog catalog(seed);
        int off = 0;
        for (const auto& article : catalog.articles()) {
            const auto difference =
                shop_price(article, "01").effective_cents - service_price(article, "web", true).effective_cents;
            const bool a17 = article.promotion != nullptr && article.promotion->id == "A17";
            ASSERT_TRUE(difference == 0 || (difference == 1 && a17)) << article.sku << " is off by " << difference;
            off += difference != 0 ? 1 : 0;
        }
        EXPECT_GT(off, 5) << "seed " << seed;
    }
}

TEST(Prices, TheSameSeedGivesTheSameArticles) {
    const Catalog one(7), same(7), other(8);
    ASSERT_EQ(one.articles().size(), same.articles().size());
    int differing = 0;
    for (std::size_t i = 0; i < one.articles().size(); ++i) {
        EXPECT_EQ(one.articles()[i].sku, same.articles()[i].sku);
        EXPECT_EQ(one.articles()[i].list_cents, same.articles()[i].list_cents);
        differing += one.articles()[i].list_cents != other.articles()[i].list_cents ? 1 : 0;
    }
    EXPECT_GT(differing, 150);
}

TEST(PricingService, ToldDefectsOffItAnswersInOrderAndNamesUnknownSkus) {
    const Catalog catalog(7);
    Defects defects;
    ASSERT_TRUE(choose_defects("none", defects));
    const PricingService service(catalog, defects);
    const auto &first = catalog.articles()[0].sku, &second = catalog.articles()[1].sku;
    const HttpRequest request{"POST",
                              "/pricing/v1/prices/query",
                              R"({"channel":"web","currencyCode":"EUR","lines":[{"sku":")" + first +
                                  R"(","quantity":1},{"sku":")" + second +
                                  R"(","quantity":1},{"sku":"NONE-1","quantity":1}]})",
                              {},
                              {}};
    rapidjson::Document json;
    ASSERT_FALSE(json.Parse(service.handle(request).body.c_str()).HasParseError());
    EXPECT_EQ(text_member(json["prices"][0], "sku"), first);
    EXPECT_EQ(text_of(json["unknownSkus"][0]), "NONE-1");
    EXPECT_EQ(text_member(json, "pricedAt").size(), 20u);
    defects.reorder = defects.timestamp = true;
    ASSERT_FALSE(json.Parse(service.handle(request).body.c_str()).HasParseError());
    EXPECT_EQ(text_member(json["prices"][0], "sku"), second);
    EXPECT_EQ(text_member(json, "pricedAt").size(), 24u);
}

TEST(PricingService, CarriesTheCallersTraceInAProblem) {
    const Catalog catalog(7);
    Defects defects;
    const PricingService service(catalog, defects);
    const HttpRequest request{"GET",
                              "/pricing/v1/prices/query",
                              "",
                              {},
                              {{"traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"}}};
    EXPECT_NE(service.handle(request).body.find("4bf92f3577b34da6a3ce929d0e0e4736"), std::string::npos);
}

TEST(PricingService, RefusesWhatTheContractDoesNotAllow) {
    const Catalog catalog(7);
    Defects defects;
    const PricingService service(catalog, defects);
    for (const char* body : {"", "[]", R"({"channel":"fax","currencyCode":"EUR","lines":[{"sku":"A"}]})",
                             R"({"channel":"web","currencyCode":"USD","lines":[{"sku":"A"}]})",
                             R"({"channel":"web","currencyCode":"EUR","lines":[]})"})
        EXPECT_EQ(service.handle({"POST", "/pricing/v1/prices/query", body, {}, {}}).status, 400) << body;
}

struct InventoryFixture : testing::Test {
    InventoryFixture() {
        choose_defects("none", defects);
        seed_stock(path, catalog);
    }
    rapidjson::Document ask(const std::string& skus, const std::string& locations = "") {
        HttpRequest request{"GET", "/inventory/v2/availability", "", {{"skus", skus}}, {}};
        if (!locations.empty()) request.query["locationIds"] = locations;
        rapidjson::Document json;
        json.Parse(service.handle(request).body.c_str());
        return json;
    }
    TestFolder folder;
    Catalog catalog{7};
    Defects defects;
    std::string path = folder / "stock.db";
    InventoryService service{{path, ""}, catalog, defects};
    std::string sku = catalog.articles().front().sku;
};

TEST_F(InventoryFixture, ComputesAvailableAndTellsUnknownFromZero) {
    Database(path, Database::Mode::write)
        .run(
            "UPDATE LAGBST SET BEST=5, RES=NULL, SICH=2, KZ=' ', WE_DAT=20261201, UPD='2026-07-01 12:00:00' WHERE "
            "LAG=1 AND TRIM(ARTNR)='" +
            sku + "'");
    const auto json = ask(sku + ",HG-000001", "ST-0001");
    const auto& place = json["items"][0]["locations"][0];
    EXPECT_EQ(place["available"].GetInt(), 3);
    EXPECT_EQ(place["reserved"].GetInt(), 0);
    EXPECT_EQ(text_member(place, "status"), "sellable");
    EXPECT_EQ(text_member(place, "nextReceiptDate"), "2026-12-01");
    EXPECT_EQ(text_member(place, "asOf"), "2026-07-01T10:00:00Z");
    EXPECT_FALSE(json["items"][1]["known"].GetBool());
    EXPECT_TRUE(json["items"][1]["locations"].Empty());
}

TEST_F(InventoryFixture, NeverTellsLessThanZeroAndNoSentinelDates) {
    Database(path, Database::Mode::write)
        .run("UPDATE LAGBST SET BEST=1, RES=4, KZ='Q', WE_DAT=99991231 WHERE LAG=1 AND TRIM(ARTNR)='" + sku + "'");
    const auto json = ask(sku, "ST-0001");
    const auto& place = json["items"][0]["locations"][0];
    EXPECT_EQ(place["available"].GetInt(), 0);
    EXPECT_EQ(text_member(place, "status"), "blocked");
    EXPECT_FALSE(place.HasMember("nextReceiptDate"));
}

TEST_F(InventoryFixture, ReordersBothListsWhenTold) {
    defects.reorder = true;
    const auto json = ask(sku + ",HG-000001");
    EXPECT_EQ(text_member(json["items"][1], "sku"), sku);
    EXPECT_EQ(text_member(json["items"][1]["locations"][0], "locationId"), "ST-0006");
}

TEST_F(InventoryFixture, AnswersFromItsCopyWhileFrozen) {
    service.freeze();
    Database(path, Database::Mode::write).run("DELETE FROM LAGBST");
    EXPECT_TRUE(ask(sku)["items"][0]["known"].GetBool());
    service.thaw();
    EXPECT_FALSE(ask(sku)["items"][0]["known"].GetBool());
}

TEST_F(InventoryFixture, RefusesWrongParameters) {
    for (const char* skus : {"", "a b", "A,,B"})
        EXPECT_EQ(service.handle({"GET", "/inventory/v2/availability", "", {{"skus", skus}}, {}}).status, 400) << skus;
    EXPECT_EQ(
        service.handle({"GET", "/inventory/v2/availability", "", {{"skus", sku}, {"locationIds", "7"}}, {}}).status,
        400);
    EXPECT_EQ(service.handle({"GET", "/inventory/v1/availability", "", {{"skus", sku}}, {}}).status, 404);
}

}  // namespace
}  // namespace simulator
