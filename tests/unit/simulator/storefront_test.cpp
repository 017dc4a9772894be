// The storefront: carts, their keys, over a restart; totals that add up; its own errors.
#include "tests/simulator/storefront/storefront.hpp"

#include <gtest/gtest.h>

#include "tests/simulator/http/json.hpp"
#include "tests/unit/simulator/folder.hpp"

namespace simulator {
namespace {

class StorefrontTest : public testing::Test {
  protected:
    HttpAnswer send(const std::string& method, const std::string& path, const std::string& body = "",
                    const std::string& key = "key-1") {
        return storefront.handle({method, "/api/carts" + path, body, {}, {{"x-request-key", key}}});
    }
    static std::string text(const HttpAnswer& answer, const char* name) {
        rapidjson::Document json;
        json.Parse(answer.body.data(), answer.body.size());
        return text_member(json, name);
    }
    std::string opened(const std::string& items = R"([{"position":2,"articleNumber":"HG-120017","qty":2}])") {
        auto answer = send("POST", "", R"({"channel":"WEB","currency":"EUR","lineItems":)" + items + "}");
        EXPECT_EQ(answer.status, 201) << answer.body;
        return "/" + text(answer, "cartId");
    }

    TestFolder folder;
    Catalog catalog{7};
    CartBook book{folder / "carts.jsonl"};
    Storefront storefront{catalog, book};
};

TEST_F(StorefrontTest, KeepsCartsAndKeysOverARestart) {
    auto path = opened();
    auto changed = send("PUT", path + "/lineItems/1", R"({"articleNumber":"HG-120103","qty":3,"gift":true})");
    EXPECT_EQ(changed.status, 200) << changed.body;
    EXPECT_LT(changed.body.find("HG-120103"), changed.body.find("HG-120017"));  // by position
    CartBook again(folder / "carts.jsonl");
    Storefront reopened(catalog, again);
    EXPECT_EQ(reopened.handle({"GET", "/api/carts" + path, "", {}, {}}).body, changed.body);
    auto repeated = reopened.handle({"PUT",
                                     "/api/carts" + path + "/lineItems/1",
                                     R"({"articleNumber":"HG-120103","qty":3,"gift":true})",
                                     {},
                                     {{"x-request-key", "key-1"}}});
    EXPECT_EQ(repeated.body, changed.body);
    EXPECT_EQ(again.counts().repeated, 1u);
}

TEST_F(StorefrontTest, RefusesInItsOwnWords) {
    auto path = opened();
    EXPECT_EQ(text(send("GET", "/nothing"), "errorCode"), "CART_NOT_FOUND");
    EXPECT_EQ(text(send("PUT", path + "/lineItems/1", R"({"articleNumber":"X","qty":1})", "key-2"), "errorCode"),
              "ARTICLE_NOT_SOLD");
    EXPECT_EQ(
        text(send("PUT", path + "/lineItems/1", R"({"articleNumber":"HG-120017","qty":1})", "key-2"), "errorCode"),
        "REQUEST_KEY_REUSED");
    EXPECT_EQ(text(send("DELETE", path + "/lineItems/9", "", "key-3"), "errorCode"), "LINE_NOT_FOUND");
    EXPECT_EQ(text(send("PUT", path + "/vouchers", "[", "key-4"), "errorCode"), "NOT_JSON");
    EXPECT_EQ(text(send("PUT", path + "/vouchers", "{}", ""), "errorCode"), "REQUEST_KEY_MISSING");
    EXPECT_EQ(text(send("PUT", path + "/shipping", R"({"option":"store-9999","kind":"STORE","store":"9999"})", "key-5"),
                   "errorCode"),
              "OPTION_NOT_AVAILABLE");
}

TEST_F(StorefrontTest, TotalsAddUpAndSayWhichVoucherCounts) {
    auto path = opened(R"([{"position":1,"articleNumber":"HG-120017","qty":9}])");
    send("PUT", path + "/vouchers", R"({"codes":["FUENF-EURO","SOMMER-2024","NIE"]})", "key-2");
    auto totals = send("GET", path + "/totals").body;
    EXPECT_NE(totals.find(R"("refused":[{"code":"SOMMER-2024","why":"EXPIRED"},{"code":"NIE","why":"UNKNOWN"}])"),
              std::string::npos)
        << totals;
    EXPECT_NE(totals.find(R"("amount":{"value":"5.00","currency":"EUR"})"), std::string::npos) << totals;
    EXPECT_NE(totals.find(R"("rate":19.00)"), std::string::npos) << totals;
}

TEST_F(StorefrontTest, TellsOptionsPageByPage) {
    auto path = opened();
    auto first = storefront.handle({"GET", "/api/carts" + path + "/shippingOptions", "", {{"pageSize", "3"}}, {}});
    EXPECT_EQ(text(first, "nextPageToken"), "p3");
    auto unknown = storefront.handle({"GET", "/api/carts" + path + "/shippingOptions", "", {{"pageToken", "x"}}, {}});
    EXPECT_EQ(text(unknown, "errorCode"), "PAGE_TOKEN_UNKNOWN");
}

}  // namespace
}  // namespace simulator
