// The shop's check of what it is sent, and its answers in their charset.
#include "tests/unit/simulator/shop_fixture.hpp"

namespace simulator {
namespace {

TEST_F(ShopFixture, AnswersPricesInItsOwnCharsetAndSchema) {
    std::string promoted;
    for (const auto& article : catalog.articles())
        if (article.promotion == &promotions()[0]) promoted = article.sku;
    const auto answer = post("priceQuery", query(promoted));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.content_type, "text/xml; charset=ISO-8859-15");
    EXPECT_NE(answer.body.find("f\xFCr G\xE4ste"), std::string::npos);
    EXPECT_EQ(misfit(utf8_of_latin9(answer.body)), "");
}

TEST_F(ShopFixture, EveryAnswerFitsTheWsdl) {
    const auto fits = [](const HttpAnswer& answer) { return misfit(utf8_of_latin9(answer.body)); };
    for (const auto& article : catalog.articles())
        EXPECT_EQ(fits(post("priceQuery", query(article.sku))), "") << article.sku;
    EXPECT_EQ(fits(post("priceQuery", query("HG-UNKNOWN"))), "");
    EXPECT_EQ(fits(post("orderCreate", order())), "");
    EXPECT_EQ(fits(post("orderCreate", replaced(order("B"), sku, "HG-UNKNOWN"))), "");
    EXPECT_EQ(
        fits(post("orderStatus",
                  envelope("<auftragStatus "
                           "xmlns=\"urn:handelshaus:shop:v3\"><extId>HO0000000000000000A1</extId></auftragStatus>"))),
        "");
    EXPECT_EQ(fits(shop.busy({})), "");
}

TEST_F(ShopFixture, CreatesAnOrderOnceAndRemembersItOverARestart) {
    const auto first = post("orderCreate", order());
    EXPECT_EQ(first.status, 200) << first.body;
    EXPECT_EQ(post("orderCreate", order()).body, first.body);
    EXPECT_EQ(orders.repetitions(), 1u);
    const OrderBook reopened(folder / "orders.jsonl");
    ASSERT_EQ(reopened.all().size(), 1u);
    EXPECT_NE(reopened.all()[0].content.find("Müßig, Jürgen €"), std::string::npos) << reopened.all()[0].content;
    EXPECT_EQ(read_shop_orders(folder / "orders.jsonl").size(), 1u);
}

TEST_F(ShopFixture, SaysSoldOutAndUnknownWithCodeAndArticle) {
    const auto sold_out = post("orderCreate", replaced(order(), sku, std::string(sold_out_sku)));
    EXPECT_EQ(sold_out.status, 500);
    EXPECT_NE(sold_out.body.find("<faultcode>soap:Server"), std::string::npos);
    EXPECT_NE(sold_out.body.find("<code>E4711</code>"), std::string::npos);
    EXPECT_NE(sold_out.body.find("<artnr>HG-104711</artnr>"), std::string::npos);
    EXPECT_NE(post("orderCreate", replaced(order(), sku, "HG-1")).body.find("<code>E1002</code>"), std::string::npos);
    EXPECT_NE(shop.busy({}).body.find("<code>E9001</code>"), std::string::npos);
}

TEST_F(ShopFixture, ServesItsWsdlWithItsAddress) {
    HttpRequest request{"GET", "/shop", "", {{"wsdl", ""}}, {{"host", "127.0.0.1:4242"}}};
    EXPECT_NE(shop.handle(request).body.find("location=\"http://127.0.0.1:4242/shop\""), std::string::npos);
}

struct Wrong {
    const char *what, *with, *place;
};
struct WrongOrder : ShopFixture, testing::WithParamInterface<Wrong> {};

TEST_P(WrongOrder, IsAFaultThatNamesTheElement) {
    const auto answer = post("orderCreate", replaced(order(), GetParam().what, GetParam().with));
    EXPECT_EQ(answer.status, 500);
    EXPECT_NE(answer.body.find("<code>E0001</code>"), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find(GetParam().place), std::string::npos) << answer.body;
    EXPECT_TRUE(orders.all().empty());
}

INSTANTIATE_TEST_SUITE_P(
    Faults, WrongOrder,
    testing::Values(
        Wrong{" xmlns=\"urn:handelshaus:shop:v3\"", "", "not in the namespace"},
        Wrong{" extId=\"HO0000000000000000A1\"", "", "ord/@extId: missing"},
        Wrong{"extId=\"", "extId=\"X", "ord/@extId: longer than 20"},
        Wrong{"<mandant>100</mandant>", "", "ord/mandant: expected here, found ordDat"},
        Wrong{"<vkweg>01</vkweg>", "<vkweg>web</vkweg>", "ord/vkweg: unknown code"},
        Wrong{"23.11.2026 11:15:00", "2026-11-23 11:15:00", "ord/ordDat: not dd.MM.yyyy"},
        Wrong{"23.11.2026 11:15:00", "31.02.2026 11:15:00", "ord/ordDat: not dd.MM.yyyy"},
        Wrong{"<mail>a@example.org</mail>", "<mail>a@example.org</mail><tel>1</tel>", "ord/kunde/tel: not expected"},
        Wrong{"<filiale>0007</filiale>", "", "either lief or filiale"},
        Wrong{"<menge>2</menge>", "<menge>2.00001</menge>", "ord/pos[1]/menge: more than 4"},
        Wrong{"<menge>2</menge>", "<menge>0</menge>", "menge: not positive"},
        Wrong{"<preis>12.34</preis>", "<preis>12,34</preis>", "ord/pos[1]/preis: no decimal"},
        Wrong{"<preis>12.34</preis>", "<preis>12.34</preis><geschenk>ja</geschenk>", "geschenk: not one of the codes"},
        Wrong{"<pos nr=\"001\">", "<pos nr=\"0001\">", "ord/pos[1]/@nr: longer than 3"},
        Wrong{"<pos nr=\"001\">", "<pos nr=\"001\" x=\"1\">", "@x: unknown attribute"},
        Wrong{"<waehr>EUR</waehr>", "<waehr>USD</waehr>", "ord/waehr: only EUR"},
        Wrong{"encoding=\"ISO-8859-15\"", "encoding=\"UTF-8\"", "charset: Content-Type says"},
        Wrong{"</ord>", "", "XML:"}, Wrong{"<s:Body>", "<s:Body><!DOCTYPE x>", "DOCTYPE"}));

TEST_F(ShopFixture, RefusesAWrongActionMediaTypeOrCharset) {
    EXPECT_NE(post("priceQuery", order()).body.find("SOAPAction: priceQuery does not go with"), std::string::npos);
    EXPECT_NE(post("priceQuery", query(sku), "utf-16").body.find("charset"), std::string::npos);
    HttpRequest request{"POST", "/shop", query(sku), {}, {{"content-type", "application/soap+xml"}}};
    EXPECT_NE(shop.handle(request).body.find("Content-Type"), std::string::npos);
    EXPECT_EQ(shop.refused(), 3u);
}

TEST(Latin9, KeepsTheEightPlacesApart) {
    EXPECT_EQ(latin9_of_utf8("€ŠšŽžŒœŸ"), "\xA4\xA6\xA8\xB4\xB8\xBC\xBD\xBE");
    EXPECT_EQ(utf8_of_latin9("\xA4\xFC"), "€ü");
    EXPECT_FALSE(latin9_of_utf8("¤"));  // Latin-1 has it where the euro sign stands now
    EXPECT_FALSE(latin9_of_utf8("日"));
    EXPECT_FALSE(latin9_of_utf8("\xC3"));
}

}  // namespace
}  // namespace simulator
