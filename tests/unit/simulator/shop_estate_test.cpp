// What the shop knows besides prices and new orders: orders' lives, cancellations, promotions, articles, refunds.
#include <set>

#include "tests/simulator/catalog/article_texts.hpp"
#include "tests/simulator/shop/cart_promotions.hpp"
#include "tests/unit/simulator/shop_fixture.hpp"

namespace simulator {
namespace {

// The text of the first <name>...</name>; "-" when there is none.
std::string first(const std::string& xml, const std::string& name) {
    const auto at = xml.find("<" + name + ">");
    if (at == std::string::npos) return "-";
    const auto from = at + name.size() + 2;
    return xml.substr(from, xml.find("</" + name + ">", from) - from);
}

std::size_t count(const std::string& xml, const std::string& what) {
    std::size_t found = 0;
    for (auto at = xml.find(what); at != std::string::npos; at = xml.find(what, at + 1)) ++found;
    return found;
}

struct OrderLife : ShopFixture {
    OrderLife() {
        const auto line =
            "<pos nr=\"002\"><artnr>" + second + "</artnr><lag>0001</lag><menge>1</menge><preis>5.00</preis></pos>";
        EXPECT_EQ(post("orderCreate", order(id, line)).status, 200);
    }
    std::string read() { return checked(ask("orderRead", "auftragLesen", "<mandant>100</mandant>" + by_id)); }
    std::string cancel(const std::string& positions = "") {
        return checked(ask("orderCancel", "auftragStornieren",
                           "<mandant>100</mandant>" + by_id + "<grund>01</grund>" + positions));
    }
    std::string refund(const std::string& ext_id, const std::string& pieces, const std::string& money) {
        return checked(ask("refundCreate", "gutschriftAnlegen",
                           "<gut extId=\"" + ext_id +
                               "\"><mandant>100</mandant><auftrNr>A000000001</auftrNr>"
                               "<grund>R1</grund><pos nr=\"001\"><menge>" +
                               pieces + "</menge><betrag>" + money + "</betrag></pos><summe>" + money +
                               "</summe><waehr>EUR</waehr></gut>"));
    }
    static std::string checked(const std::string& answer) {
        EXPECT_EQ(misfit(answer), "") << answer;
        return answer;
    }
    std::string id = "HO0000000000000000A1", by_id = "<extId>" + id + "</extId>";
    std::string second = catalog.articles()[1].sku;
};

TEST_F(OrderLife, IsReadByEitherNumberAndByExactlyOne) {
    const auto by_number =
        checked(ask("orderRead", "auftragLesen", "<mandant>100</mandant><auftrNr>A000000001</auftrNr>"));
    EXPECT_EQ(by_number, read());
    EXPECT_EQ(first(by_number, "extId"), id);
    EXPECT_EQ(first(by_number, "kzStorno"), "J");
    EXPECT_EQ(count(by_number, "<posStat>10<"), 2u);
    EXPECT_EQ(count(by_number, "<statDat xsi:nil"), 1u);
    EXPECT_EQ(first(ask("orderRead", "auftragLesen", "<mandant>100</mandant>"), "code"), "E0001");
    EXPECT_EQ(first(ask("orderRead", "auftragLesen", "<mandant>100</mandant><extId>none</extId>"), "code"), "E1003");
}

TEST_F(OrderLife, IsPickedThenShippedInPartAndThenCancelsNoMore) {
    EXPECT_TRUE(shop.picking(id));
    EXPECT_EQ(first(read(), "stat"), "KOM");
    EXPECT_TRUE(shop.shipped({id, "S1", "DHL", {{sku, 2}}}));
    const auto order = read();
    EXPECT_EQ(first(order, "stat"), "TV");
    EXPECT_EQ(first(order, "sendNr"), "S1");
    EXPECT_EQ(count(order, "<posStat>60<"), 1u);
    EXPECT_EQ(first(order, "kzStorno"), "N");
    EXPECT_EQ(first(cancel(), "code"), "E2001");
    EXPECT_EQ(first(cancel("<posNr>001</posNr>"), "code"), "E2001");
    EXPECT_EQ(count(cancel("<posNr>002</posNr>"), "<posNr>002<"), 1u);
    EXPECT_EQ(first(cancel("<posNr>009</posNr>"), "code"), "E2005");
}

TEST_F(OrderLife, CancelledOnceIsRefusedNextTimeAndIsNotShipped) {
    const auto answer = cancel();
    EXPECT_EQ(first(answer, "stat"), "ST");
    EXPECT_EQ(count(answer, "<posNr>"), 2u);
    EXPECT_EQ(first(cancel(), "code"), "E2002");
    EXPECT_FALSE(shop.picking(id));
    EXPECT_FALSE(shop.shipped({id, "S1", "DHL", {{sku, 2}}}));
    const auto order = read();
    EXPECT_EQ(first(order, "stornoGrd"), "01");
    EXPECT_EQ(count(order, "<posStat>90<"), 2u);
    EXPECT_EQ(first(ask("orderStatus", "auftragStatus", by_id), "stat"), "ST");
}

TEST_F(OrderLife, ARepeatedCreateIsToldWhatItWasToldFirst) {
    cancel();
    EXPECT_EQ(first(utf8_of_latin9(post("orderCreate", order(id)).body), "stat"), "NEW");
}

TEST_F(OrderLife, CancellingEveryPositionCancelsTheOrderAndSurvivesARestart) {
    EXPECT_EQ(first(cancel("<posNr>001</posNr>"), "stat"), "NEW");
    EXPECT_EQ(first(cancel("<posNr>002</posNr>"), "stat"), "ST");
    OrderBook reopened(folder / "orders.jsonl");
    ShopOrder known;
    ASSERT_TRUE(reopened.find(id, known));
    EXPECT_EQ(known.state, "ST");
    EXPECT_EQ(known.stat, "NEW");
    EXPECT_EQ(known.lines.at("001").cancelled, 2);
}

TEST_F(OrderLife, RefundsOnceANumberNeverMoreThanWasOrderedOrPaid) {
    const auto answer = refund("R-1", "1", "12.34");
    EXPECT_EQ(first(answer, "gutNr"), "G000000001");
    EXPECT_EQ(first(refund("R-1", "1", "12.34"), "gutNr"), "G000000001");
    EXPECT_EQ(first(refund("R-1", "1", "10.00"), "code"), "E3003");
    EXPECT_EQ(first(refund("R-2", "2", "20.00"), "code"), "E3001");
    EXPECT_EQ(first(refund("R-2", "1", "12.35"), "code"), "E3002");
    EXPECT_EQ(first(read(), "mengeGut"), "1");
    EXPECT_EQ(refunds.count(), 1u);
    EXPECT_EQ(RefundBook(folder / "refunds.jsonl").find("R-1", "")->lines.at(0).pieces, 1);
    const auto state =
        checked(ask("refundStatus", "gutschriftStatus", "<mandant>100</mandant><gutNr>G000000001</gutNr>"));
    EXPECT_EQ(first(state, "summe"), "12.34");
    EXPECT_EQ(first(ask("refundStatus", "gutschriftStatus", "<mandant>100</mandant><gutNr>G9</gutNr>"), "code"),
              "E1005");
}

TEST(RefundState, MovesOnByAgeAlone) {
    const Instant booked{std::chrono::seconds(1000)};
    EXPECT_EQ(refund_state(booked, booked), "OFN");
    EXPECT_EQ(refund_state(booked, booked + std::chrono::seconds(2)), "GEB");
    EXPECT_EQ(refund_state(booked, booked + std::chrono::seconds(5)), "AUS");
}

TEST_F(ShopFixture, ListsPromotionsOfEachKindByDayAndKind) {
    const auto all = ask("promotionList", "aktionenLesen", "<mandant>100</mandant>");
    EXPECT_EQ(misfit(all), "");
    EXPECT_EQ(count(all, "<aktion nr="), shop_promotions().size());
    const auto threes = ask("promotionList", "aktionenLesen", "<mandant>100</mandant><art>M</art>");
    EXPECT_EQ(first(threes, "nimm"), "3");
    EXPECT_EQ(first(threes, "zahl"), "2");
    EXPECT_EQ(count(threes, "<aktion nr="), 2u);
    const auto in_may =
        ask("promotionList", "aktionenLesen", "<mandant>100</mandant><stichtag>01.05.2026 00:00:00</stichtag>");
    EXPECT_EQ(count(in_may, "<aktion nr="), 1u);
    EXPECT_EQ(first(in_may, "bez"), "10 € ab 79,90 € - für Sie");
    EXPECT_EQ(
        first(ask("promotionList", "aktionenLesen", "<mandant>100</mandant><stichtag>2026-05-01</stichtag>"), "code"),
        "E0001");
}

TEST_F(ShopFixture, ReadsArticlesWithTextsAndPicturesAndNamesUnknownOnes) {
    for (const auto& article : catalog.articles()) {
        const auto answer = ask("articleRead", "artikelLesen",
                                "<mandant>100</mandant><artnr>" + article.sku + "</artnr><artnr>NONE</artnr>");
        ASSERT_EQ(misfit(answer), "") << answer;
        ASSERT_EQ(answer.find("??"), std::string::npos) << "a letter that ISO-8859-15 has no place for: " << answer;
        EXPECT_EQ(count(answer, "<bild "), texts_of(article.sku).pictures.size());
        EXPECT_EQ(first(answer, "fehlend"), "NONE");
    }
}

TEST_F(ShopFixture, PagesThroughACategoryAndMissesNoArticle) {
    std::set<std::string> seen;
    int pages = 1;
    for (int page = 1; page <= pages; ++page) {
        const auto answer =
            ask("articleList", "artikelListe",
                "<mandant>100</mandant><seite>" + std::to_string(page) + "</seite><groesse>50</groesse>");
        ASSERT_EQ(misfit(answer), "");
        pages = std::stoi(first(answer, "seiten"));
        for (auto at = answer.find("<artnr>"); at != std::string::npos; at = answer.find("<artnr>", at + 1))
            seen.insert(answer.substr(at + 7, 8));
    }
    EXPECT_EQ(pages, 5);
    EXPECT_EQ(seen.size(), catalog.articles().size());
    const auto garden = ask("articleList", "artikelListe",
                            "<mandant>100</mandant><wgr>020000</wgr><seite>1</seite><groesse>3</groesse>");
    EXPECT_EQ(count(garden, "<wgr>020000<"), 3u);
    const auto asked = [&](const char* what) { return first(ask("articleList", "artikelListe", what), "code"); };
    EXPECT_EQ(asked("<mandant>100</mandant><wgr>7</wgr><seite>1</seite><groesse>3</groesse>"), "E1004");
    EXPECT_EQ(asked("<mandant>100</mandant><seite>0</seite><groesse>3</groesse>"), "E0001");
    EXPECT_EQ(asked("<mandant>100</mandant><seite>1</seite><groesse>51</groesse>"), "E0001");
}

TEST_F(ShopFixture, TellsOneArticleItsMediaAndItsCategoriesAsItsWsdlSays) {
    const auto page = std::string("<seite>1</seite><groesse>50</groesse>");
    for (const auto& article : catalog.articles()) {
        const auto asked = "<mandant>100</mandant><artnr>" + article.sku + "</artnr>";
        const auto detail = ask("articleDetail", "artikelDetail", asked);
        ASSERT_EQ(misfit(detail), "") << detail;
        EXPECT_EQ(count(detail, "<variante>"), texts_of(article.sku).group.empty() ? 0u : 1u);
        const auto media = ask("articleMedia", "artikelMedien", asked + page);
        ASSERT_EQ(misfit(media), "") << media;
        EXPECT_EQ(first(media, "gesamt"), std::to_string(texts_of(article.sku).pictures.size()));
    }
    EXPECT_EQ(first(ask("articleDetail", "artikelDetail", "<mandant>100</mandant><artnr>NONE</artnr>"), "code"),
              "E1002");
    const auto top = ask("categoryList", "warengruppenListe", "<mandant>100</mandant>" + page);
    ASSERT_EQ(misfit(top), "") << top;
    EXPECT_EQ(first(top, "gesamt"), "5");
    const auto one = ask("categoryRead", "warengruppeLesen", "<mandant>100</mandant><nr>010200</nr>");
    ASSERT_EQ(misfit(one), "") << one;
    EXPECT_EQ(count(one, "<pfad>"), 1u);
    EXPECT_EQ(first(ask("categoryRead", "warengruppeLesen", "<mandant>100</mandant><nr>7</nr>"), "code"), "E1004");
}

TEST(ArticleTexts, CarryARightCheckDigit) {
    const auto ean = texts_of("HG-120017").ean;
    ASSERT_EQ(ean.size(), 13u);
    int sum = 0;
    for (std::size_t i = 0; i < 13; ++i) sum += (ean[i] - '0') * (i % 2 == 0 ? 1 : 3);
    EXPECT_EQ(sum % 10, 0);
}

}  // namespace
}  // namespace simulator
