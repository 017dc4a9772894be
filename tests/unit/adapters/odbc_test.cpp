// The adapter odbc against SQLite behind unixODBC, with the stock system's own schema.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <thread>

#include "mappings/formats/rows/columns.hpp"
#include "tests/support/temp_folder.hpp"
#include "tests/unit/adapters/harness.hpp"

namespace headgate {
namespace {

// The stock database, seen without ODBC.
class StockDatabase {
  public:
    StockDatabase() {
        sqlite3_open(file.c_str(), &db_);
        sqlite3_busy_timeout(db_, 5000);
        std::ifstream in(HEADGATE_SOURCE_DIR "/tests/simulator/stock.sql");
        run({std::istreambuf_iterator<char>(in), {}});
        run("INSERT INTO LAGBST VALUES('HG-1              ',7,12,2,1,'A','EA',0,'2026-11-23 09:15:00');"
            "INSERT INTO LAGBST VALUES('HG-1              ',8,5,NULL,NULL,'S','EA',20261201,'2026-11-23 09:15:00');"
            "INSERT INTO LAGBST VALUES('HG-2              ',7,1.5,0,0,' ','EA',99991231,'2026-11-23 09:15:00')");
    }
    ~StockDatabase() { sqlite3_close(db_); }

    void run(const std::string& sql) {
        char* why = nullptr;
        EXPECT_EQ(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, &why), SQLITE_OK) << sql << ": " << (why ? why : "");
        sqlite3_free(why);
    }
    // The first row's cells, joined.
    std::string ask(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        EXPECT_EQ(sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK) << sql;
        std::string out;
        if (sqlite3_step(statement) == SQLITE_ROW)
            for (int i = 0; i < sqlite3_column_count(statement); ++i) {
                auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, i));
                out += (i ? "|" : "") + std::string(text ? text : "null");
            }
        sqlite3_finalize(statement);
        return out;
    }

    TempFolder folder;
    std::string file = folder.file("stock.db");

  private:
    sqlite3* db_ = nullptr;
};

std::string settings(const StockDatabase& stock, const std::string& more = "") {
    return "adapter: odbc\nconnection: Driver=SQLite3;Database=" + stock.file + ";Timeout=10\nconnections: 2\n" + more;
}

RowsQuery by_sku() {
    RowsQuery query;
    query.sql = "SELECT ARTNR, LAG, BEST, RES, 'a?b' AS MARK FROM LAGBST WHERE ARTNR IN (?) ORDER BY ARTNR, LAG";
    query.parameters = {"skus"};
    query.columns = {"ARTNR", "LAG", "BEST", "RES", "MARK"};
    query.batch_over = "skus";
    query.batch_at_most = 100;
    return query;
}

using Statement = RowsTransaction::Statement;

Statement statement(std::string sql, std::vector<std::string> parameters) {
    Statement out;
    out.sql = std::move(sql);
    out.parameters = std::move(parameters);
    return out;
}

RowsTransaction reserve() {
    RowsTransaction transaction;
    Statement header = statement("INSERT INTO RESKOPF (RESNR, STATUS, ANGELEGT) VALUES (?, 'A', ?)", {"id", "now"});
    header.on_duplicate = "check";
    header.duplicate_sql = "SELECT STATUS FROM RESKOPF WHERE RESNR = ?";
    header.duplicate_parameters = {"id"};
    header.duplicate_outcomes = {{"A", "done"}, {"S", "already-released"}};
    Statement take = statement(
        "UPDATE LAGBST SET RES = COALESCE(RES, 0) + CAST(? AS DECIMAL), UPD = ? WHERE ARTNR = ? AND LAG = ? AND KZ IN "
        "('A', ' ') "
        "AND BEST - COALESCE(RES, 0) - COALESCE(SICH, 0) >= CAST(? AS DECIMAL)",
        {"qty", "now", "sku", "loc", "qty"});
    take.each = "lines";
    take.each_pointer = "/lines";
    take.expect_rows = 1;
    take.on_mismatch = "out-of-stock";
    transaction.statements = {header, take};
    return transaction;
}
std::string order(const std::string& id, const std::string& quantities) {
    return R"({"id":")" + id + R"(","now":"2026-11-23 10:00:00","lines":[)" + quantities + "]}";
}
std::string line(const std::string& sku, int location, const std::string& quantity) {
    return R"({"sku":")" + sku + std::string(18 - sku.size(), ' ') + R"(","loc":")" + std::to_string(location) +
           R"(","qty":")" + quantity + R"("})";
}

class OdbcAdapter : public testing::Test {
  protected:
    StockDatabase stock;
    std::unique_ptr<SystemHost> host = open_from(settings(stock, "deadline_ms: 20000\n"));
    std::optional<Caller> caller_{std::in_place, *host};
    Caller& caller = *caller_;
    FakePlan query{by_sku()}, reserving{reserve()};
};

TEST_F(OdbcAdapter, GivesRowsAsTextWithNulls) {
    EXPECT_EQ(caller.call(&query, R"({"skus":["HG-1              "]})").line,
              R"(200 [{"ARTNR":"HG-1              ","LAG":"7","BEST":"12","RES":"2","MARK":"a?b"},)"
              R"({"ARTNR":"HG-1              ","LAG":"8","BEST":"5","RES":null,"MARK":"a?b"}])");
    EXPECT_EQ(caller.call(&query, R"({"skus":[]})").line, "200 []");
    EXPECT_EQ(caller.probe(), "alive");
}

TEST_F(OdbcAdapter, TellsOfAColumnThatTheMappingDoesNotNameAndLeavesItOut) {
    RowsQuery call = by_sku();
    call.columns.pop_back();
    FakePlan older(call);
    EXPECT_EQ(caller.call(&older, R"({"skus":["HG-2              "]})").line,
              R"(200 [{"ARTNR":"HG-2              ","LAG":"7","BEST":"1.5","RES":"0"}])");
    ASSERT_EQ(caller.drift.all().size(), 1u);
    EXPECT_EQ(caller.drift.all()[0].place, "column MARK");
}

TEST_F(OdbcAdapter, AsksInBatchesAndMergesThemInOrder) {
    RowsQuery call = by_sku();
    call.batch_at_most = 1;
    FakePlan batches(call);
    std::string line = caller.call(&batches, R"({"skus":["HG-2              ","none","HG-1              "]})").line;
    EXPECT_EQ(line, R"(200 [{"ARTNR":"HG-2              ","LAG":"7","BEST":"1.5","RES":"0","MARK":"a?b"},)"
                    R"({"ARTNR":"HG-1              ","LAG":"7","BEST":"12","RES":"2","MARK":"a?b"},)"
                    R"({"ARTNR":"HG-1              ","LAG":"8","BEST":"5","RES":null,"MARK":"a?b"}])");
}

TEST_F(OdbcAdapter, ReadsLongValuesInPiecesAndOtherCharsets) {
    RowsQuery call;
    call.sql = "SELECT printf('%.*c', 10000, 'x') AS LANG, CAST(x'4D81' AS TEXT) AS NAME WHERE '1' = ?";
    call.parameters = {"one"};
    call.columns = {"LANG", "NAME"};
    call.charset = "CP850";
    FakePlan piecewise(call);
    EXPECT_EQ(caller.call(&piecewise, R"({"one":"1"})").line,
              "200 [{\"LANG\":\"" + std::string(10000, 'x') + "\",\"NAME\":\"Mü\"}]");
    call.charset = "UTF-8";
    FakePlan wrong(call);
    Reply reply = caller.call(&wrong, R"({"one":"1"})");
    EXPECT_EQ(reply.line, name(ErrorKind::bad_answer));
    EXPECT_EQ(reply.error.detail, "rows: row 1, column NAME: bytes that mean nothing in UTF-8");
}

TEST_F(OdbcAdapter, RefusesAnswersWithoutTheColumnsOrOverTheBounds) {
    RowsQuery call = by_sku();
    call.columns.push_back("ME");
    FakePlan missing(call);
    EXPECT_EQ(caller.call(&missing, R"({"skus":["x"]})").error.detail, "rows: the column ME is missing in the result");
    call = by_sku();
    call.sql =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100001) SELECT i AS ARTNR FROM n "
        "WHERE i "
        "NOT IN (?)";
    FakePlan long_answer(call);
    EXPECT_EQ(caller.call(&long_answer, R"({"skus":["x"]})", within(20'000)).line, name(ErrorKind::bad_answer));
    call.sql = "SELECT FROM";
    FakePlan broken(call);
    Reply reply = caller.call(&broken, R"({"skus":["x"]})");
    EXPECT_EQ(reply.line, name(ErrorKind::system_fault));
    EXPECT_EQ(reply.error.message.find("SELECT"), std::string::npos);
}

TEST_F(OdbcAdapter, GivesUpALateQueryAndUsesItsConnectionAgain) {
    RowsQuery call = by_sku();
    call.sql =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT MAX(i) AS ARTNR, "
        "1 AS LAG, "
        "1 AS BEST, 1 AS RES FROM n WHERE i NOT IN (?)";
    FakePlan slow(call);
    auto begun = std::chrono::steady_clock::now();
    for (int i = 0; i < 4; ++i)
        EXPECT_EQ(caller.call(&slow, R"({"skus":["x"]})", within(50)).line, name(ErrorKind::deadline_exceeded));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
    EXPECT_TRUE(caller.call(&query, R"({"skus":["HG-1              "]})", within(5000)).line.starts_with("200 [{"));
}

TEST_F(OdbcAdapter, RefusesTheCallOverItsConcurrency) {
    auto narrow = open_from(settings(stock, "concurrency: 2\n"));
    Caller many(*narrow);
    RowsQuery call = by_sku();
    call.sql =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT MAX(i) AS ARTNR "
        "FROM n WHERE "
        "i NOT IN (?)";
    FakePlan slow(call);
    std::vector<std::string> lines;
    for (int i = 0; i < 3; ++i)
        asio::co_spawn(many.io, many.task(&slow, R"({"skus":["x"]})", within(200)),
                       [&](std::exception_ptr, Reply reply) { lines.push_back(reply.line); });
    many.io.run();
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[0], name(ErrorKind::overloaded));
    EXPECT_EQ(lines[1], name(ErrorKind::deadline_exceeded));
    narrow->shut_down();
}

TEST_F(OdbcAdapter, ReservesAllLinesOrNone) {
    EXPECT_EQ(caller.call(&reserving, order("HO1", line("HG-1", 7, "2") + "," + line("HG-2", 7, "1"))).line,
              "200 null");
    EXPECT_EQ(stock.ask("SELECT RES FROM LAGBST WHERE ARTNR LIKE 'HG-1%' AND LAG = 7"), "4");
    Reply refused = caller.call(&reserving, order("HO2", line("HG-1", 7, "1") + "," + line("HG-2", 7, "1")));
    EXPECT_EQ(refused.line, "rejected out-of-stock /lines/1");
    EXPECT_EQ(stock.ask("SELECT RES FROM LAGBST WHERE ARTNR LIKE 'HG-1%' AND LAG = 7"), "4");
    EXPECT_EQ(stock.ask("SELECT COUNT(*) FROM RESKOPF"), "1");
    EXPECT_EQ(caller.call(&reserving, order("HO3", line("HG-1", 8, "1"))).line,
              "rejected out-of-stock /lines/0");  // blocked
}

TEST_F(OdbcAdapter, AsksWhatADuplicateKeyMeans) {
    std::string once = order("HO1", line("HG-1", 7, "2"));
    EXPECT_EQ(caller.call(&reserving, once).line, "200 null");
    EXPECT_EQ(caller.call(&reserving, once).line, "200 null");  // reserved before: nothing more is taken
    EXPECT_EQ(stock.ask("SELECT RES FROM LAGBST WHERE ARTNR LIKE 'HG-1%' AND LAG = 7"), "4");
    stock.run("UPDATE RESKOPF SET STATUS = 'S'");
    EXPECT_EQ(caller.call(&reserving, once).line, "rejected already-released");
    stock.run("UPDATE RESKOPF SET STATUS = 'Z'");
    EXPECT_EQ(caller.call(&reserving, once).line, name(ErrorKind::outcome_unknown));
}

TEST_F(OdbcAdapter, FollowsTheOtherMeaningsOfDuplicatesAndCounts) {
    stock.run("INSERT INTO RESKOPF VALUES('HO1', 'S', '2026-11-23')");
    auto with = [&](auto change) {
        RowsTransaction transaction;
        transaction.statements = {statement("UPDATE LAGBST SET SICH = 9 WHERE LAG = ?", {"loc"}),
                                  statement("INSERT INTO RESKOPF VALUES(?, 'S', '2026-11-23')", {"id"})};
        change(transaction);
        FakePlan plan(transaction);
        return caller.call(&plan, R"({"id":"HO1","loc":"7"})").line;
    };
    std::string before = stock.ask("SELECT SICH FROM LAGBST WHERE ARTNR LIKE 'HG-1%' AND LAG = 7");
    EXPECT_EQ(with([](auto&) {}), name(ErrorKind::system_fault));
    EXPECT_EQ(with([](auto& t) { t.statements[1].on_duplicate = "done"; }), "200 null");
    EXPECT_EQ(with([](auto& t) { t.statements[1].on_duplicate = "retry"; }), name(ErrorKind::system_fault));
    EXPECT_EQ(with([](auto& t) { t.statements[1].on_duplicate = "taken"; }), "rejected taken");
    EXPECT_EQ(with([](auto& t) { t.statements[0].expect_rows = 7; }), name(ErrorKind::bad_answer));
    EXPECT_EQ(stock.ask("SELECT SICH FROM LAGBST WHERE ARTNR LIKE 'HG-1%' AND LAG = 7"), before);  // all rolled back
    EXPECT_EQ(with([](auto& t) {
                  t.statements[0].expect_rows = 7;
                  t.statements[0].on_mismatch = "done";
              }),
              "200 null");
    EXPECT_EQ(stock.ask("SELECT SICH FROM LAGBST WHERE ARTNR LIKE 'HG-1%' AND LAG = 7"), "9");
}

TEST_F(OdbcAdapter, ATransactionAnswersWhatItHasDoneOrDoesNothing) {
    RowsTransaction transaction = reserve();
    transaction.statements[1].each_pointer = "/lines";
    RowsQuery answer;
    answer.sql = "SELECT STATUS, 'x' AS MARK FROM RESKOPF WHERE RESNR = ?";
    answer.parameters = {"id"};
    answer.columns = {"STATUS", "MARK"};
    transaction.answer = answer;
    FakePlan plan{transaction};
    std::string once = order("HO7", line("HG-1", 7, "2"));
    EXPECT_EQ(caller.call(&plan, once).line, R"(200 [{"STATUS":"A","MARK":"x"}])");
    EXPECT_EQ(caller.call(&plan, once).line, R"(200 [{"STATUS":"A","MARK":"x"}])");  // done before, told as it stands
    EXPECT_EQ(stock.ask("SELECT RES FROM LAGBST WHERE ARTNR LIKE 'HG-1%' AND LAG = 7"), "4");
    // An answer that can't be had takes the statements back.
    transaction.answer->sql = "SELECT NOTHING FROM RESKOPF WHERE RESNR = ?";
    FakePlan broken{transaction};
    EXPECT_EQ(caller.call(&broken, order("HO8", line("HG-1", 7, "1"))).line, name(ErrorKind::system_fault));
    EXPECT_EQ(stock.ask("SELECT COUNT(*) FROM RESKOPF WHERE RESNR = 'HO8'"), "0");
    // One that is had and can't be told: it is committed.
    transaction.answer = answer;
    FakePlan untellable{transaction};
    untellable.contract = [](const Value&, Builder&) -> Result<Value> { return Error{ErrorKind::bad_answer, "no"}; };
    EXPECT_EQ(caller.call(&untellable, order("HO9", line("HG-1", 7, "1"))).line, name(ErrorKind::outcome_unknown));
    EXPECT_EQ(stock.ask("SELECT COUNT(*) FROM RESKOPF WHERE RESNR = 'HO9'"), "1");
}

TEST_F(OdbcAdapter, ARefusalOutsideAListIsAtThePlaceThatTheMappingNames) {
    RowsTransaction transaction;
    Statement touched = statement("UPDATE RESKOPF SET STATUS = 'X' WHERE RESNR = ?", {"id"});
    touched.expect_rows = 1;
    touched.on_mismatch = "unknown-order";
    touched.each_pointer = "/orderId";
    Statement each = statement("UPDATE RESKOPF SET STATUS = 'Y' WHERE RESNR = ?", {"id"});
    each.each = "absent";  // a list that its condition left out
    transaction.statements = {each, touched};
    FakePlan plan{transaction};
    EXPECT_EQ(caller.call(&plan, R"({"id":"nobody"})").line, "rejected unknown-order /orderId");
}

TEST_F(OdbcAdapter, WaitsForALockedDatabaseWithinTheDeadline) {
    stock.run("BEGIN IMMEDIATE");
    EXPECT_EQ(caller.call(&reserving, order("HO1", line("HG-1", 7, "1")), within(150)).line,
              name(ErrorKind::deadline_exceeded));
    std::thread unlock([&] {
        std::this_thread::sleep_for(milliseconds(100));
        stock.run("COMMIT");
    });
    EXPECT_EQ(caller.call(&reserving, order("HO2", line("HG-1", 7, "1")), within(5000)).line, "200 null");
    unlock.join();
    EXPECT_EQ(stock.ask("SELECT COUNT(*) FROM RESKOPF WHERE RESNR = 'HO1'"), "0");  // the late one had no effect
}

TEST_F(OdbcAdapter, NeverOversellsUnderConcurrentBuyers) {
    // 12 on hand, 2 reserved, 1 safety stock: 9 can be sold.
    auto wide = open_from(settings(stock, "concurrency: 64\ndeadline_ms: 20000\n"));
    Caller buyers(*wide);
    int accepted = 0, refused = 0;
    for (int i = 0; i < 20; ++i)
        asio::co_spawn(buyers.io,
                       buyers.task(&reserving, order("HO" + std::to_string(i), line("HG-1", 7, "1")), within(20'000)),
                       [&](std::exception_ptr, Reply reply) {
                           accepted += reply.line == "200 null";
                           refused += reply.line == "rejected out-of-stock /lines/0";
                           EXPECT_TRUE(reply.line.starts_with("2") || reply.line.starts_with("rej"))
                               << reply.line << reply.error.detail;
                       });
    buyers.io.run();
    EXPECT_EQ(accepted, 9);
    EXPECT_EQ(refused, 11);
    EXPECT_EQ(stock.ask("SELECT RES FROM LAGBST WHERE ARTNR LIKE 'HG-1%' AND LAG = 7"), "11");
    wide->shut_down();
}

TEST_F(OdbcAdapter, SaysWhenTheDatabaseCannotBeReached) {
    auto gone = open_from("adapter: odbc\ndsn: NO_SUCH_DSN_HERE\n");
    Caller to(*gone);
    EXPECT_EQ(to.call(&query, R"({"skus":["x"]})", within(5000)).line, name(ErrorKind::system_unavailable));
    EXPECT_EQ(to.probe(), name(ErrorKind::system_unavailable));
    gone->shut_down();
}

TEST_F(OdbcAdapter, RefusesAMirroredWriteAndPlansOfOthers) {
    CallContext context = within(1000);
    context.shadow = true;
    EXPECT_EQ(caller.call(&reserving, order("HO1", line("HG-1", 7, "1")), context).line, name(ErrorKind::forbidden));
    EXPECT_EQ(host->refuses(reserving), "");
    EXPECT_NE(host->refuses(FakePlan(SoapCall())), "");
    RowsQuery call = by_sku();
    call.charset = "EBCDIC";
    EXPECT_NE(host->refuses(FakePlan(call)), "");
}

RowsQuery with_columns(const std::string& sql, const std::vector<std::pair<std::string, std::string>>& columns) {
    RowsQuery query;
    query.sql = sql;
    for (const auto& [name, type] : columns) {
        std::string problem;
        query.columns.push_back(name);
        query.row.children.push_back(*parse_column(name, type, problem));
    }
    return query;
}

TEST(OdbcSystem, HoldsTheColumnsOfTodayAgainstThoseOfTheMapping) {
    StockDatabase stock;
    auto host = open_from(settings(stock));
    Caller caller(*host);
    auto look = [&](const std::string& sql, const std::vector<std::pair<std::string, std::string>>& columns) {
        FakePlan plan{with_columns(sql, columns)};
        return caller.examine({&plan});
    };
    const std::string sql = "SELECT ARTNR,LAG,BEST,RES,UPD FROM LAGBST WHERE ARTNR IN (?)";
    EXPECT_EQ(look(sql, {{"ARTNR", "char(18)"},
                         {"LAG", "int"},
                         {"BEST", "decimal(9,3)"},
                         {"RES", "decimal(9,3)?"},
                         {"UPD", "timestamp"}}),
              "");
    EXPECT_EQ(look(sql, {{"ARTNR", "char(20)"},
                         {"LAG", "int"},
                         {"BEST", "decimal(9,2)"},
                         {"RES", "decimal(9,3)"},
                         {"STAND", "timestamp"}}),
              "answer ARTNR narrower was text(20) is text(18)\nanswer BEST places was decimal(9,2) is decimal(9,3)\n"
              "answer RES null\nanswer STAND gone was datetime\nanswer UPD added is datetime\n");
    EXPECT_NE(look("SELECT NOTHING FROM LAGBST", {{"NOTHING", "int"}}).find("call refused is"), std::string::npos);
}

TEST(OdbcSystem, PreparesStatementsAndExecutesNone) {
    StockDatabase stock;
    auto host = open_from(settings(stock));
    Caller caller(*host);
    RowsTransaction transaction;
    transaction.statements.push_back(
        {"DELETE FROM LAGBST WHERE ARTNR = ?", {"artnr"}, "", "", -1, "", "", "", {}, {}, 12});
    transaction.statements.push_back({"DELETE FROM GONE", {}, "", "", -1, "", "", "", {}, {}, 14});
    FakePlan plan{transaction};
    std::string told = caller.examine({&plan});
    EXPECT_TRUE(told.starts_with("call refused is ")) << told;
    EXPECT_TRUE(told.ends_with(" line 14\n")) << told;
    EXPECT_EQ(stock.ask("SELECT COUNT(*) FROM LAGBST"), "3");
}

}  // namespace
}  // namespace headgate
