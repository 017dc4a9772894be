// The warehouse's strict reading of 940 files, and what it does with a file.
#include "tests/simulator/warehouse/pick_file.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/simulator/warehouse/warehouse.hpp"
#include "tests/unit/simulator/folder.hpp"
#include "tests/unit/simulator/pick_files.hpp"

namespace simulator {
namespace {

TEST(PickFile, ReadsOrderShipToAndLines) {
    PickOrder order;
    std::string problem;
    ASSERT_TRUE(read_pick_file(pick_file(), order, problem)) << problem;
    EXPECT_EQ(order.order_id, "HO0000000000000000A1");
    EXPECT_EQ(order.ship_to, "Juergen Muessig");
    EXPECT_EQ(order.date, "20261124");
    ASSERT_EQ(order.lines.size(), 2u);
    EXPECT_EQ(order.lines[0].sku, "HG-120017");
    EXPECT_EQ(order.lines[0].quantity, 2);
}

TEST(PickFile, ReadsAPickupWithTheStoresCodeAndNoAddress) {
    auto text = replaced(pick_file(), "N1*ST*Juergen Muessig~N3*Grosse Strasse 7~N4*Osnabrueck**49074*DE~",
                         "N1*ST**92*ST-0007~");
    text = replaced(text, "SE*12", "SE*10");
    PickOrder order;
    std::string problem;
    ASSERT_TRUE(read_pick_file(text, order, problem)) << problem;
    EXPECT_EQ(order.store, "ST-0007");
}

TEST(PickFile, ReadsOtherDelimitersAndLineEnds) {
    std::string text;
    for (const char c : pick_file()) text += c == '*' ? "|" : c == '~' ? std::string("'\r\n") : std::string(1, c);
    PickOrder order;
    std::string problem;
    EXPECT_TRUE(read_pick_file(text, order, problem)) << problem;
}

struct Broken {
    const char *what, *with, *place;
};

class RefusedPickFile : public testing::TestWithParam<Broken> {};

TEST_P(RefusedPickFile, NamesThePlace) {
    PickOrder order;
    std::string problem;
    EXPECT_FALSE(read_pick_file(replaced(pick_file(), GetParam().what, GetParam().with), order, problem));
    EXPECT_EQ(problem.substr(0, std::string(GetParam().place).size()), GetParam().place) << problem;
}

INSTANTIATE_TEST_SUITE_P(
    Faults, RefusedPickFile,
    testing::Values(Broken{"*00*          *00*", "*00*         *00*", "segment 1 ISA"},
                    Broken{"*00401*", "*00501*", "segment 1 ISA"}, Broken{"GS*OW", "GS*PO", "segment 2 GS"},
                    Broken{"ST*940", "ST*945", "segment 3 ST"}, Broken{"W05*N*", "W05*F*", "segment 4 W05"},
                    Broken{"N3*Grosse Strasse 7~", "", "segment 6 N4: found where N3"},
                    Broken{"Osnabrueck",
                           "Osnabr\xC3\xBC"
                           "ck",
                           "segment 7 N4: only printable"},
                    Broken{"G62*10*20261124", "G62*10*20261324", "segment 8 G62"},
                    Broken{"LX*2", "LX*1", "segment 11 LX: assigned number twice"},
                    Broken{"W01*2*EA**VN", "W01*2.5*EA**VN", "segment 10 W01"},
                    Broken{"W01*2*EA**VN", "W01*2*CA**VN", "segment 10 W01"},
                    Broken{"W76*3", "W76*4", "segment 13 W76: total"}, Broken{"SE*12", "SE*11", "segment 14 SE: count"},
                    Broken{"SE*12*0001", "SE*12*0002", "segment 14 SE: control"},
                    Broken{"GE*1*17", "GE*1*18", "segment 15 GE"},
                    Broken{"IEA*1*000000017", "IEA*1*000000018", "segment 16 IEA"},
                    Broken{"IEA*1*000000017~", "IEA*1*000000017", "segment 16 IEA: has no terminator"},
                    Broken{"IEA*1*000000017~", "", "segment 16 IEA: missing"},
                    Broken{"IEA*1*000000017~", "IEA*1*000000017~GS*OW~", "segment 17 GS: after the end"}));

struct WarehouseFixture : testing::Test {
    void drop(const std::string& name, const std::string& text) {
        std::ofstream(folder / ("wms/in/" + name), std::ios::binary) << text;
        warehouse.look();
    }
    bool has(const std::string& name) { return std::filesystem::exists(folder / ("wms/" + name)); }
    TestFolder folder;
    Warehouse warehouse{folder / "wms"};
};

TEST_F(WarehouseFixture, KeepsAGoodFileAndKnowsItsRepetition) {
    drop("pick-HO0000000000000000A1.940", pick_file());
    EXPECT_TRUE(has("done/pick-HO0000000000000000A1.940"));
    auto again = replaced(replaced(pick_file(), "000000017", "000000018"), "IEA*1*000000017", "IEA*1*000000018");
    drop("pick-HO0000000000000000A1.940", again);
    EXPECT_TRUE(has("again/pick-HO0000000000000000A1.940"));
    EXPECT_EQ(picked_orders(folder / "wms").size(), 1u);
    EXPECT_EQ(warehouse.counts().repeated, 1u);
}

TEST_F(WarehouseFixture, RefusesAnotherOrderUnderATakenNumberAndAForeignName) {
    drop("pick-HO0000000000000000A1.940", pick_file());
    drop("pick-HO0000000000000000A1.940", replaced(pick_file(), "HG-120103", "HG-120222"));
    EXPECT_TRUE(has("bad/pick-HO0000000000000000A1.940.reason"));
    drop("pick-other.940", pick_file("HO0000000000000000B2"));
    EXPECT_TRUE(has("bad/pick-other.940.reason"));
    EXPECT_EQ(warehouse.counts().refused, 2u);
}

TEST_F(WarehouseFixture, HasNoInboxWhileStoppedAndKeepsWhatWasInIt) {
    Faults stopped;
    stopped.stopped = true;
    std::string problem;
    ASSERT_TRUE(warehouse.set(stopped, problem)) << problem;
    EXPECT_FALSE(has("in"));
    ASSERT_TRUE(warehouse.set({}, problem)) << problem;
    EXPECT_TRUE(has("in"));
    Faults reset;
    reset.reset = true;
    EXPECT_FALSE(warehouse.set(reset, problem));
}

}  // namespace
}  // namespace simulator
