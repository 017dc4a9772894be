// Each awkward habit, switched on: what it does, and that it does nothing while it is off.
#include "tests/simulator/quirks/quirks.hpp"

#include <fstream>
#include <iterator>
#include <thread>

#include "tests/simulator/payment/payment_service.hpp"
#include "tests/simulator/warehouse/warehouse.hpp"
#include "tests/unit/simulator/shop_fixture.hpp"

namespace simulator {
namespace {

TEST(QuirkSwitches, AreChosenByNameAllOrNone) {
    Quirks quirks;
    EXPECT_TRUE(quirks.choose("cp850,fault_200"));
    EXPECT_TRUE(quirks.on(Quirk::cp850));
    EXPECT_FALSE(quirks.on(Quirk::two_codes));
    EXPECT_FALSE(quirks.choose("cp850,spelling"));
    EXPECT_TRUE(quirks.on(Quirk::fault_200));
    std::string problem;
    EXPECT_FALSE(quirks.switch_by(R"({"cp850":false,"spelling":true})", problem));
    EXPECT_NE(problem.find("spelling"), std::string::npos);
    EXPECT_TRUE(quirks.on(Quirk::cp850));
    EXPECT_TRUE(quirks.switch_by(R"({"cp850":false})", problem));
    EXPECT_FALSE(quirks.on(Quirk::cp850));
    EXPECT_TRUE(quirks.choose("all"));
    EXPECT_EQ(quirks.json().find("false"), std::string::npos);
    EXPECT_TRUE(quirks.choose("none"));
    EXPECT_EQ(quirks.json().find("true"), std::string::npos);
}

TEST(QuirkSwitches, NowAndThenIsEveryFifthTimeAndNeverWhileOff) {
    Quirks quirks;
    for (int i = 0; i < 20; ++i) EXPECT_FALSE(quirks.now_and_then(Quirk::unknown_code));
    quirks.choose("unknown_code");
    int times = 0;
    for (int i = 0; i < 20; ++i) times += quirks.now_and_then(Quirk::unknown_code) ? 1 : 0;
    EXPECT_EQ(times, 4);
}

struct AwkwardShop : ShopFixture {
    AwkwardShop() { EXPECT_EQ(post("orderCreate", order(id)).status, 200); }
    std::string read() { return ask("orderRead", "auftragLesen", "<mandant>100</mandant><extId>" + id + "</extId>"); }
    HttpAnswer post(const std::string& operation, const std::string& body) {
        HttpRequest request{"POST", "/shop", body, {}, {{"content-type", "text/xml; charset=ISO-8859-15"}}};
        request.headers["soapaction"] = "\"urn:handelshaus:shop:v3#" + operation + "\"";
        return awkward.handle(request);
    }
    std::string ask(const std::string& operation, const std::string& element, const std::string& content) {
        return utf8_of_latin9(post(operation, envelope("<" + element + " xmlns=\"urn:handelshaus:shop:v3\">" + content +
                                                       "</" + element + ">"))
                                  .body);
    }
    bool has(const std::string& answer, const std::string& what) { return answer.find(what) != std::string::npos; }
    Quirks quirks;
    Shop awkward{catalog, orders, refunds, quirks};
    std::string id = "HO0000000000000000A2";
};

TEST_F(AwkwardShop, PadsKeysAndTellsPiecesAsDecimalsWithinItsWsdl) {
    EXPECT_TRUE(has(read(), "<artnr>" + sku + "</artnr>"));
    EXPECT_TRUE(has(read(), "<menge>2</menge>"));
    quirks.choose("padded_keys,decimal_pieces");
    EXPECT_TRUE(has(read(), "<artnr>" + sku + std::string(18 - sku.size(), ' ') + "</artnr>"));
    EXPECT_TRUE(has(read(), "<menge>2.000</menge><mengeGel>0.000</mengeGel>"));
    EXPECT_EQ(misfit(read()), "");
}

TEST_F(AwkwardShop, HasSentinelsForDatesWithinItsWsdl) {
    quirks.choose("date_sentinels");
    EXPECT_TRUE(has(read(), "<statDat>01.01.0001 00:00:00</statDat>"));
    const auto promotions = ask("promotionList", "aktionenLesen", "<mandant>100</mandant>");
    EXPECT_TRUE(has(promotions, "<gueltBis>31.12.9999 23:59:59</gueltBis>"));
    EXPECT_EQ(misfit(promotions), "");
}

TEST_F(AwkwardShop, HasTwoCodesForOneState) {
    awkward.shipped({id, "S1", "DHLG", {{sku, 2}}});
    EXPECT_TRUE(has(read(), "<stat>VS</stat>"));
    quirks.choose("two_codes");
    EXPECT_TRUE(has(read(), "<stat>60</stat>"));
}

TEST_F(AwkwardShop, NowAndThenSaysWhatNobodyKnows) {
    quirks.choose("unknown_code,unknown_element");
    int codes = 0, elements = 0, misfits = 0;
    for (int i = 0; i < 10; ++i) {
        const auto answer = read();
        codes += has(answer, "<stat>Q7</stat>") ? 1 : 0;
        elements += has(answer, "<hinweis>") ? 1 : 0;
        misfits += misfit(answer).empty() ? 0 : 1;
    }
    EXPECT_EQ(codes, 2);
    EXPECT_EQ(elements, 2);
    EXPECT_EQ(misfits, 2);
}

TEST_F(AwkwardShop, SendsAFaultWithStatus200) {
    quirks.choose("fault_200");
    EXPECT_EQ(post("orderRead", "").status, 200);
    EXPECT_EQ(awkward.busy({}).status, 200);
    EXPECT_TRUE(has(awkward.busy({}).body, "E9001"));
}

TEST(OrderBook, RecyclesItsNumbersAndFindsTheNewestUnderOne) {
    TestFolder folder;
    OrderBook orders(folder / "orders.jsonl");
    bool repeated = false;
    for (const char* id : {"one", "two", "three"}) orders.place({id, "", "NEW", "", ""}, repeated, 2);
    EXPECT_EQ(orders.by_number("A000000001")->ext_id, "three");
    EXPECT_EQ(orders.by_number("A000000002")->ext_id, "two");
    EXPECT_EQ(OrderBook(folder / "orders.jsonl").by_number("A000000001")->ext_id, "three");
}

TEST(AwkwardPayment, TellsOneCaptureAsAnObjectAndTwoAsAList) {
    Quirks quirks;
    quirks.choose("one_or_list");
    Payment payment{"PAY-1", "HO1", "CAPTURED", "EUR", 10, "", "", "", {{"CAP-1", 4}}};
    EXPECT_NE(payment_json(payment, quirks).find("\"captures\":{\"captureId\""), std::string::npos);
    EXPECT_NE(payment_json(payment).find("\"captures\":[{"), std::string::npos);
    payment.captures.push_back({"CAP-2", 6});
    EXPECT_NE(payment_json(payment, quirks).find("\"captures\":[{"), std::string::npos);
    payment.captures.clear();
    EXPECT_NE(payment_json(payment, quirks).find("\"captures\":[]"), std::string::npos);
}

struct AwkwardOutbox : testing::Test {
    AwkwardOutbox() { std::filesystem::create_directories(folder / "out"); }
    bool send(const std::string& bytes) {
        return outbox.send({"x12", "945", std::to_string(++about), "945"}, [&](unsigned) { return bytes; });
    }
    std::string text(const std::string& name) {
        std::ifstream file(folder / ("out/" + name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    }
    bool has(const std::string& name) { return std::filesystem::exists(folder / ("out/" + name)); }
    int about = 0;
    TestFolder folder;
    Quirks quirks;
    Outbox outbox{folder.path, quirks};
};

TEST_F(AwkwardOutbox, LeavesEveryFifthNumberOut) {
    quirks.choose("number_gaps");
    for (int i = 0; i < 5; ++i) ASSERT_TRUE(send("x"));
    EXPECT_TRUE(has("945-000004.945"));
    EXPECT_FALSE(has("945-000005.945"));
    EXPECT_TRUE(has("945-000006.945"));
}

TEST_F(AwkwardOutbox, DropsAFileOnceMoreUnderItsName) {
    quirks.choose("double_files");
    ASSERT_TRUE(send("once"));
    std::filesystem::remove(folder / "out/945-000001.945");
    outbox.drop_again(std::chrono::steady_clock::now());
    EXPECT_FALSE(has("945-000001.945"));
    outbox.drop_again(std::chrono::steady_clock::now() + std::chrono::minutes(1));
    EXPECT_EQ(text("945-000001.945"), "once");
    EXPECT_EQ(outbox.count(), 2u);
}

TEST_F(AwkwardOutbox, ASlowBareFileIsSeenBeforeItIsWhole) {
    quirks.choose("slow_files,bare_files");
    const std::string bytes(4000, 'x');
    std::atomic<bool> done{false}, seen_in_part{false};
    std::thread watcher([&] {
        while (!done) {
            const auto size = text("945-000001.945").size();
            if (size > 0 && size < bytes.size()) seen_in_part = true;
            std::this_thread::yield();
        }
    });
    EXPECT_TRUE(send(bytes));
    done = true;
    watcher.join();
    EXPECT_TRUE(seen_in_part);
    EXPECT_EQ(text("945-000001.945"), bytes);
}

}  // namespace
}  // namespace simulator
