// A check that finds nothing proves nothing: each kind of damage is made on purpose, and found.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "tests/simulator/check/invariants.hpp"
#include "tests/simulator/stock/stock_database.hpp"
#include "tests/simulator/stock/stock_faults.hpp"
#include "tests/simulator/stock/stock_script.hpp"
#include "tests/unit/simulator/folder.hpp"

namespace simulator {
namespace {

Evidence one_good_order() {
    Evidence evidence;
    evidence.shop_ext_ids = {"O1"};
    evidence.warehouse_orders = {{"O1", "pick-O1.940"}};
    evidence.reservations = {{"O1", 'A'}, {"O0", 'S'}};
    evidence.reservations_with_lines = {"O1"};
    evidence.acknowledged = {{"O1", "key-1"}};
    return evidence;
}

TEST(Judge, AgreesWithAnOrderThatIsEverywhereOnce) { EXPECT_TRUE(judge(one_good_order()).ok(false)); }

TEST(Judge, FindsAnOrderTwiceAtShopOrWarehouse) {
    auto evidence = one_good_order();
    evidence.shop_ext_ids.push_back("O1");
    EXPECT_FALSE(judge(evidence).ok(true));
    evidence = one_good_order();
    evidence.warehouse_orders.emplace_back("O1", "pick-O1-2.940");
    EXPECT_FALSE(judge(evidence).ok(true));
}

TEST(Judge, FindsALostReservationOrOneWithoutPositions) {
    auto evidence = one_good_order();
    evidence.reservations["O1"] = 'S';
    EXPECT_FALSE(judge(evidence).ok(true));
    evidence = one_good_order();
    evidence.reservations_with_lines.clear();
    EXPECT_FALSE(judge(evidence).ok(true));
}

TEST(Judge, ToleratesMissingDownstreamStepsOnlyWhenAllowed) {
    auto evidence = one_good_order();
    evidence.shop_ext_ids.clear();
    evidence.warehouse_orders.clear();
    EXPECT_FALSE(judge(evidence).ok(false));
    EXPECT_TRUE(judge(evidence).ok(true));
}

TEST(Judge, ReportsAnOrphanedReservation) {
    auto evidence = one_good_order();
    evidence.reservations["O9"] = 'A';
    const auto verdict = judge(evidence);
    EXPECT_EQ(verdict.orphans, std::vector<std::string>{"O9"});
    EXPECT_FALSE(verdict.ok(false));
}

TEST(Judge, FindsOneKeyWithTwoOrdersAndOneOrderWithTwoKeys) {
    auto evidence = one_good_order();
    evidence.acknowledged.push_back({"O1", "key-2"});
    EXPECT_FALSE(judge(evidence).ok(true));
    evidence.acknowledged[1] = {"O0", "key-1"};
    EXPECT_FALSE(judge(evidence).ok(true));
}

struct StockFixture : testing::Test {
    StockFixture() { seed_stock(path, catalog); }
    std::vector<std::string> faults() {
        Evidence evidence;
        read_stock({path, ""}, evidence);
        return evidence.stock_faults;
    }
    void run(const std::string& sql) { Database(path, Database::Mode::write).run(sql); }
    // What the gateway does for one position.
    void reserve(const std::string& id, int pieces) {
        run("BEGIN; INSERT INTO RESKOPF VALUES ('" + id + "','A','2026-11-23 11:00:00'); INSERT INTO RESPOS VALUES ('" +
            id + "','001','" + sku + "',1," + std::to_string(pieces) + "); UPDATE LAGBST SET RES=COALESCE(RES,0)+" +
            std::to_string(pieces) + " WHERE TRIM(ARTNR)='" + sku + "' AND LAG=1; COMMIT");
    }
    // Looks at the lock itself: a statement would wait for it.
    bool writing_is_locked() {
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
        for (; std::chrono::steady_clock::now() < until; std::this_thread::yield()) {
            const int file = open((path + "-shm").c_str(), O_RDWR | O_CLOEXEC);
            struct flock lock {};
            lock.l_type = F_WRLCK;
            lock.l_start = 120;
            lock.l_len = 1;
            const bool locked = file >= 0 && fcntl(file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
            if (file >= 0) close(file);
            if (locked) return true;
        }
        return false;
    }
    TestFolder folder;
    Catalog catalog{7};
    std::string path = folder / "stock.db";
    std::string sku = catalog.articles().front().sku;
};

TEST_F(StockFixture, AFreshOrWellReservedDatabaseHasNoFault) {
    EXPECT_TRUE(faults().empty());
    reserve("O1", 3);
    EXPECT_TRUE(faults().empty());
}

TEST_F(StockFixture, FindsASeededOversell) {
    reserve("O1", 90000);
    ASSERT_EQ(faults().size(), 1u);
    EXPECT_NE(faults()[0].find("oversold"), std::string::npos);
}

TEST_F(StockFixture, FindsPiecesReservedForNobodyOrCountedTwice) {
    reserve("O1", 3);
    run("UPDATE RESKOPF SET STATUS='S'");  // released without giving the pieces back
    EXPECT_EQ(faults().size(), 1u);
    run("UPDATE RESKOPF SET STATUS='A'; UPDATE LAGBST SET RES=RES+3 WHERE LAG=1 AND TRIM(ARTNR)='" + sku + "'");
    EXPECT_EQ(faults().size(), 1u);
}

TEST_F(StockFixture, FindsPiecesThatCameBackAndAreNotInStockAndTheOtherWayRound) {
    const auto came_back =
        "INSERT INTO RUECK VALUES ('R1','O1','01','B','2026-11-23 11:00:00');"
        "INSERT INTO RUECKPOS VALUES ('R1','001','" +
        sku + "',1,2,'A'),('R1','002','" + sku + "',1,5,'C');";
    run("BEGIN;" + came_back + "UPDATE LAGBST SET BEST=BEST+2 WHERE TRIM(ARTNR)='" + sku + "' AND LAG=1; COMMIT");
    EXPECT_TRUE(faults().empty()) << faults()[0];
    run("UPDATE RUECK SET STATUS='S'");
    ASSERT_EQ(faults().size(), 1u);
    EXPECT_NE(faults()[0].find("came back"), std::string::npos);
}

TEST_F(StockFixture, AFolderOfAnEarlierVersionGetsTheTablesItLacks) {
    run("DROP TABLE RUECK; DROP TABLE FIL");
    seed_stock(path, catalog);
    EXPECT_TRUE(faults().empty());
    Database database(path, Database::Mode::read);
    Statement stores(database, "SELECT COUNT(*) FROM FIL");
    ASSERT_TRUE(stores.step());
    EXPECT_EQ(stores.integer(0), store_count);
}

TEST_F(StockFixture, TheNightlySnapshotReplacesItsDay) {
    for (int i = 0; i < 2; ++i)
        for (const auto& sql : snapshot_statements("20261127")) run(sql);
    Database database(path, Database::Mode::read);
    Statement rows(database, "SELECT COUNT(*), MIN(RES) FROM LAGSNAP WHERE SNAPDAT=20261127");
    ASSERT_TRUE(rows.step());
    Statement all(database, "SELECT COUNT(*) FROM LAGBST");
    ASSERT_TRUE(all.step());
    EXPECT_EQ(rows.integer(0), all.integer(0));
    EXPECT_FALSE(rows.is_null(1));
}

TEST_F(StockFixture, AnotherDatabaseIsFilledOnceThroughOdbcWithTheSameRows) {
    const auto other = folder / "other.db";
    OdbcConnection connection("Driver=SQLite3;Database=" + other + ";");
    fill_stock(connection, catalog);
    fill_stock(connection, catalog);
    run("ATTACH '" + other +
        "' AS other; CREATE TABLE differing AS SELECT * FROM LAGBST EXCEPT SELECT * FROM other.LAGBST");
    Database database(path, Database::Mode::read);
    Statement rows(database, "SELECT COUNT(*) FROM differing");
    ASSERT_TRUE(rows.step());
    EXPECT_EQ(rows.integer(0), 0);
    EXPECT_FALSE(connection.works("SELECT * FROM NOTHING"));
    EXPECT_THROW(OdbcConnection("Driver=Nothing;"), DatabaseError);
}

TEST_F(StockFixture, SeedingAgainKeepsTheDatabase) {
    reserve("O1", 3);
    seed_stock(path, catalog);
    Evidence evidence;
    read_stock({path, ""}, evidence);
    EXPECT_EQ(evidence.reservations.count("O1"), 1u);
}

TEST_F(StockFixture, StoppedFailsEveryStatementAndIsMendedByTheNextProcess) {
    Faults stopped;
    stopped.stopped = true;
    std::string problem;
    {
        StockFaults stock(path);
        ASSERT_TRUE(stock.set(stopped, problem)) << problem;
        EXPECT_THROW(run("SELECT COUNT(*) FROM LAGBST"), DatabaseError);
        EXPECT_TRUE(faults().empty());  // a check still sees the rows
    }
    EXPECT_NO_THROW(run("SELECT COUNT(*) FROM LAGBST"));
    run("ALTER TABLE LAGBST RENAME TO LAGBST_STOPPED");
    const StockFaults next(path);
    EXPECT_NO_THROW(run("SELECT COUNT(*) FROM LAGBST"));
}

TEST_F(StockFixture, HangLocksTheDatabaseUntilTakenBack) {
    StockFaults stock(path);
    Faults slow;
    slow.hang = true;
    std::string problem;
    ASSERT_TRUE(stock.set(slow, problem)) << problem;
    EXPECT_TRUE(writing_is_locked()) << "nobody took SQLite's write lock";
    ASSERT_TRUE(stock.set({}, problem)) << problem;
    EXPECT_NO_THROW(run("BEGIN IMMEDIATE; ROLLBACK"));
}

TEST_F(StockFixture, ALockMakesWritersWaitAndReadersNot) {
    StockFaults stock(path);
    Faults locked;
    locked.lock = true;
    std::string problem;
    ASSERT_TRUE(stock.set(locked, problem)) << problem;
    ASSERT_TRUE(writing_is_locked());
    Database reader(path, Database::Mode::write, 0);
    EXPECT_NO_THROW(reader.run("SELECT COUNT(*) FROM LAGBST"));
    EXPECT_THROW(reader.run("BEGIN IMMEDIATE"), DatabaseError);
    ASSERT_TRUE(stock.set({}, problem)) << problem;
    EXPECT_NO_THROW(reader.run("BEGIN IMMEDIATE; ROLLBACK"));
    locked.half_answer = true;
    EXPECT_FALSE(stock.set(locked, problem));
    EXPECT_NE(problem.find("half_answer"), std::string::npos);
}

}  // namespace
}  // namespace simulator
