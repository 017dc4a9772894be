// What the warehouse sends: each text by its bytes, when it is due, and with which number.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "tests/simulator/warehouse/code_page.hpp"
#include "tests/simulator/warehouse/documents.hpp"
#include "tests/simulator/warehouse/warehouse.hpp"
#include "tests/unit/simulator/folder.hpp"
#include "tests/unit/simulator/pick_files.hpp"

namespace simulator {
namespace {

namespace fs = std::filesystem;

const Instant noon = *instant_of_local("2026-11-27 12:00:00");

PickOrder good_order() {
    PickOrder order;
    std::string problem;
    EXPECT_TRUE(read_pick_file(pick_file(), order, problem)) << problem;
    return order;
}

TEST(Documents, A997NamesGroupAndSetOfWhatWasReceived) {
    EXPECT_EQ(
        acknowledgement_997(good_order(), true, 42, noon),
        "ISA*00*          *00*          *ZZ*WAREHOUSE      *ZZ*HEADGATE       *261127*1200*U*00401*000000042*0*P*:~"
        "GS*FA*WAREHOUSE*HEADGATE*20261127*1200*42*X*004010~ST*997*0001~AK1*OW*17~AK2*940*0001~AK5*A~"
        "AK9*A*1*1*1~SE*6*0001~GE*1*42~IEA*1*000000042~");
    EXPECT_NE(acknowledgement_997(good_order(), false, 1, noon).find("AK5*R*5~AK9*R*1*1*0~"), std::string::npos);
}

TEST(Documents, A945TellsOfEachLineWhatWasAskedForAndSent) {
    const auto text = advice_945(
        good_order(), {"HO0000000000000000A1", "S1", "DHLG", {{"HG-120017", 1}, {"HG-120103", 1}}}, 43, noon);
    EXPECT_NE(text.find("GS*SW*WAREHOUSE"), std::string::npos);
    EXPECT_NE(text.find("ST*945*0001~W06*F*HO0000000000000000A1*20261127*S1~N1*ST*Juergen Muessig~G62*11*20261127~"
                        "W27*M*DHLG~LX*1~MAN*GM*S10005~W12*CP*2*1*1*EA**VN*HG-120017~LX*2~MAN*GM*S10008~"
                        "W12*CC*1*1*0*EA**VN*HG-120103~W03*2~SE*13*0001~"),
              std::string::npos)
        << text;
}

TEST(Documents, AReturnIsCsvWithSemicolonsQuotesAndUmlautsInOneByte) {
    const auto text = return_csv({"R1", "HO1", {{"1", "HG-120017", 1, 'B', "02", "Karton \"hin\"; 3 € für Porto"}}},
                                 noon, "ISO-8859-15");
    const auto line = text.substr(text.find("\r\n") + 2);
    EXPECT_EQ(line.substr(0, 19), "R1;HO1;1;HG-120017;");
    EXPECT_NE(line.find(";1,000;ST;B;02;27.11.2026;\"Karton \"\"hin\"\"; 3 \xA4 f\xFCr Porto\"\r\n"), std::string::npos)
        << line;
}

TEST(CodePage, KeepsLettersAndSaysWhatHasNoPlace) {
    EXPECT_EQ(encoded("Ä€日ß", "CP850"), "\x8E??\xE1");
    EXPECT_EQ(encoded("A1€", "IBM1141"), "\xC1\xF1\x9F");
    EXPECT_THROW(encoded("a", "NO-SUCH-CHARSET"), std::runtime_error);
}

TEST(StockList, HasRecordsOfEightyACountAndASignedSum) {
    const std::vector<StockListRow> rows{{"HG-1", "Küchenmesser", 1, 12, 'A'},
                                         {"HG-2", std::string(50, 'x'), 6, -20, ' '}};
    const auto text = stock_list(rows, 7, noon, StockListCharset::cp850);
    ASSERT_EQ(text.size(), 4 * 82u);
    EXPECT_EQ(text.substr(0, 29), "HLAGBEST 20261127120000000007");
    EXPECT_EQ(text.substr(82, 82),
              "DHG-1              K\x81"
              "chenmesser                            0001000012000+A      \r\n");
    EXPECT_EQ(text.substr(2 * 82 + 19, 54), std::string(40, 'x') + "0006000020000-");
    EXPECT_EQ(text.substr(3 * 82, 27), "T000000002000000000008000- ");
    const auto ebcdic = stock_list(rows, 7, noon, StockListCharset::ebcdic);
    EXPECT_EQ(ebcdic.size(), 4 * 80u);
    EXPECT_EQ(ebcdic.substr(0, 8), "\xC8\xD3\xC1\xC7\xC2\xC5\xE2\xE3");
}

struct Sending : testing::Test {
    static constexpr auto hour = std::chrono::hours(1);
    WarehouseOptions options() {
        WarehouseOptions wms;
        wms.acknowledge_ms = wms.ship_ms = wms.return_ms = 3600 * 1000;  // the thread never sends: tests say when
        wms.return_share = 1;
        wms.picking = [this](const std::string&) { return !cancelled; };
        wms.shipped = [this](const Shipment& shipment) {
            shipments.push_back(shipment);
            return !cancelled;
        };
        return wms;
    }
    void start() { warehouse = std::make_unique<Warehouse>(folder / "wms", options()); }
    void drop(const std::string& text, const std::string& order = "HO0000000000000000A1") {
        std::ofstream(folder / ("wms/in/pick-" + order + ".940"), std::ios::binary) << text;
        warehouse->look();
    }
    std::vector<std::string> files() {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder / "wms/out")) names.push_back(entry.path().filename());
        std::sort(names.begin(), names.end());
        return names;
    }
    std::string text(const std::string& name) {
        std::ifstream file(folder / ("wms/out/" + name), std::ios::binary);
        return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    }
    TestFolder folder;
    bool cancelled = false;
    std::vector<Shipment> shipments;
    std::unique_ptr<Warehouse> warehouse;
    Warehouse::Clock::time_point soon = Warehouse::Clock::now(), later = soon + 2 * hour, much_later = soon + 4 * hour;
};

TEST_F(Sending, AnswersAnOrderWhenItIsDueThenTellsWhatCameBack) {
    start();
    drop(pick_file());
    warehouse->send_due(soon);
    EXPECT_TRUE(files().empty());
    warehouse->send_due(later);
    EXPECT_EQ(files(), (std::vector<std::string>{"945-000002.945", "997-000001.997"}));
    ASSERT_EQ(shipments.size(), 1u);
    EXPECT_NE(text("945-000002.945").find("*000000002*0*P*"), std::string::npos);
    warehouse->send_due(much_later);
    ASSERT_EQ(files().size(), 3u);
    EXPECT_EQ(files()[2], "return-000001.csv");
    warehouse->send_due(much_later);
    EXPECT_EQ(files().size(), 3u);
}

TEST_F(Sending, RefusesWhatItCouldNotReadAndAcknowledgesARepetition) {
    start();
    drop(replaced(pick_file(), "W76*3", "W76*4"));
    drop("no interchange at all");
    drop(pick_file());
    drop(pick_file());
    warehouse->send_due(later);
    EXPECT_EQ(files().size(), 4u);
    EXPECT_NE(text("997-000001.997").find("AK5*R*5~"), std::string::npos);
    EXPECT_NE(text("997-000002.997").find("AK5*A~"), std::string::npos);
    EXPECT_EQ(shipments.size(), 1u);
}

TEST_F(Sending, ShipsNothingOfACancelledOrder) {
    start();
    drop(pick_file());
    cancelled = true;
    warehouse->send_due(later);
    warehouse->send_due(much_later);
    EXPECT_EQ(files(), std::vector<std::string>{"997-000001.997"});
}

TEST_F(Sending, GoesOnAfterARestartWithTheNextNumber) {
    start();
    drop(pick_file());
    warehouse->send_due(later);
    drop(replaced(pick_file("HO0000000000000000B2"), "~ST*940", "~ST*940"), "HO0000000000000000B2");
    warehouse.reset();
    start();
    warehouse->send_due(Warehouse::Clock::now() + 2 * hour);
    EXPECT_EQ(files(), (std::vector<std::string>{"945-000002.945", "945-000004.945", "997-000001.997", "997-000003.997",
                                                 "return-000001.csv"}));
    ASSERT_EQ(shipments.size(), 2u);
}

TEST_F(Sending, TriesAgainWhenAFileCannotBeWritten) {
    start();
    drop(pick_file());
    fs::rename(folder / "wms/out", folder / "wms/elsewhere");
    warehouse->send_due(later);
    fs::rename(folder / "wms/elsewhere", folder / "wms/out");
    EXPECT_TRUE(files().empty());
    warehouse->send_due(much_later);
    EXPECT_EQ(files()[1], "997-000001.997");
}

}  // namespace
}  // namespace simulator
