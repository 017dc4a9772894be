// The statements of reserve and release, run on SQLite as the stock system's schema has them: no oversell, idempotent,
// and a release that comes first keeps a late reserve out.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <fstream>
#include <iterator>

#include "mappings/plan/plan.hpp"
#include "tests/unit/mappings/plan/contracts_of_the_retailer.hpp"

namespace headgate {

namespace {

// Does what RowsTransaction says, in the plainest way, on an in-memory database; texts are bound as texts.
class StockDatabase {
  public:
    StockDatabase() {
        sqlite3_open(":memory:", &db_);
        std::ifstream file(HEADGATE_SOURCE_DIR "/tests/simulator/stock.sql");
        run(std::string(std::istreambuf_iterator<char>(file), {}));
        run("INSERT INTO LAGBST VALUES('HG-1              ',7,5,NULL,1,' ','ST',0,'2026-01-01 00:00:00')");
        run("INSERT INTO LAGBST VALUES('HG-2              ',7,5,1,NULL,'S','ST',0,'2026-01-01 00:00:00')");
    }
    ~StockDatabase() { sqlite3_close(db_); }
    void run(const std::string& sql) {
        ASSERT_EQ(sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db_);
    }

    std::string value(const std::string& sql) { return execute(sql, {}).value; }

    // "ok", "done" or the business code with its pointer.
    std::string carry_out(const Plan& plan, int quantity, const std::string& sku = "HG-1",
                          const std::string& order = "HO1") {
        Arena arena;
        Builder builder(arena);
        auto put = [&](const char* key, std::string_view text) { builder.key(key), builder.string(arena.copy(text)); };
        builder.begin_object();
        put("orderId", order), put("acceptedAt", "2026-11-23T09:15:00Z");
        builder.key("lines"), builder.begin_array(), builder.begin_object();
        put("lineId", "1"), put("sku", sku), put("locationId", "ST-0007");
        builder.key("quantity"), builder.number(arena.copy(std::to_string(quantity)));
        builder.end_object(), builder.end_array(), builder.end_object();
        Builder out(arena);
        auto message = builder.take();
        auto document = plan.to_legacy(message, out);
        if (!document) return document.error().detail;
        run("BEGIN");
        for (const auto& statement : std::get<RowsTransaction>(plan.call()).statements) {
            std::uint32_t times = statement.each.empty() ? 1 : document->find(statement.each)->size();
            for (std::uint32_t i = 0; i < times; ++i) {
                const Value* item = statement.each.empty() ? nullptr : &(*document->find(statement.each))[i];
                auto result = execute(statement.sql, parameters(statement.parameters, item, *document));
                if (result.code == SQLITE_CONSTRAINT) {
                    run("ROLLBACK");
                    if (statement.on_duplicate != "check") return statement.on_duplicate;
                    auto answer =
                        execute(statement.duplicate_sql, parameters(statement.duplicate_parameters, item, *document));
                    return statement.duplicate_outcomes.at(answer.value);
                }
                EXPECT_EQ(result.code, SQLITE_DONE) << sqlite3_errmsg(db_) << statement.sql;
                if (statement.expect_rows < 0 || result.changed == statement.expect_rows) continue;
                bool done = statement.on_mismatch == "done";
                run(done ? "COMMIT" : "ROLLBACK");
                return done ? "done" : statement.on_mismatch + " " + statement.each_pointer + "/" + std::to_string(i);
            }
        }
        run("COMMIT");
        return "ok";
    }

  private:
    struct Outcome {
        int code = 0, changed = 0;
        std::string value;
    };
    static std::vector<std::string> parameters(const std::vector<std::string>& names, const Value* item,
                                               const Value& document) {
        std::vector<std::string> out;
        for (const auto& name : names) {
            const Value* value = item ? item->find(name) : nullptr;
            if (!value) value = document.find(name);
            EXPECT_TRUE(value) << name;
            out.emplace_back(value ? value->text() : std::string_view());
        }
        return out;
    }
    Outcome execute(const std::string& sql, const std::vector<std::string>& parameters) {
        sqlite3_stmt* statement = nullptr;
        EXPECT_EQ(sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK)
            << sqlite3_errmsg(db_) << sql;
        for (std::size_t i = 0; i < parameters.size(); ++i)
            sqlite3_bind_text(statement, static_cast<int>(i) + 1, parameters[i].c_str(), -1, SQLITE_TRANSIENT);
        Outcome out;
        out.code = sqlite3_step(statement);
        if (out.code == SQLITE_ROW) {
            const auto* text = sqlite3_column_text(statement, 0);
            out.value = text ? reinterpret_cast<const char*>(text) : "NULL";
        }
        sqlite3_finalize(statement);
        out.changed = sqlite3_changes(db_);
        return out;
    }
    sqlite3* db_ = nullptr;
};

const Plan& plan(std::string_view call) {
    static const auto all = [] {
        Diagnostics diagnostics;
        auto loaded = load_mappings({HEADGATE_SOURCE_DIR "/mappings/catalog"}, retailer_contracts(), diagnostics);
        EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.text();
        return loaded;
    }();
    return *all->find_call("stock", call);
}

const std::string reserved = "SELECT COALESCE(RES,0)+0 FROM LAGBST WHERE ARTNR LIKE 'HG-1 %'";

}  // namespace

TEST(Reserve, TakesWhatIsAvailableAndNothingMore) {
    StockDatabase stock;
    EXPECT_EQ(stock.carry_out(plan("reserve"), 4), "ok");  // 5 there, 1 held back
    EXPECT_EQ(stock.value(reserved), "4");
    EXPECT_EQ(stock.carry_out(plan("reserve"), 1, "HG-1", "HO2"), "out-of-stock /lines/0");
    EXPECT_EQ(stock.value(reserved), "4");
    EXPECT_EQ(stock.value("SELECT COUNT(*) FROM RESKOPF"), "1") << "a refused order leaves nothing behind";
}

TEST(Reserve, RefusesABlockedArticle) {
    StockDatabase stock;
    EXPECT_EQ(stock.carry_out(plan("reserve"), 1, "HG-2"), "out-of-stock /lines/0");
}

TEST(Reserve, TwiceIsOnce) {
    StockDatabase stock;
    EXPECT_EQ(stock.carry_out(plan("reserve"), 2), "ok");
    EXPECT_EQ(stock.carry_out(plan("reserve"), 2), "done");
    EXPECT_EQ(stock.value(reserved), "2");
    EXPECT_EQ(stock.value("SELECT MENGE FROM RESPOS"), "2");
}

TEST(Release, GivesBackOnce) {
    StockDatabase stock;
    EXPECT_EQ(stock.carry_out(plan("reserve"), 2), "ok");
    EXPECT_EQ(stock.carry_out(plan("reserve"), 1, "HG-1", "HO2"), "ok");
    EXPECT_EQ(stock.carry_out(plan("release"), 2), "ok");
    EXPECT_EQ(stock.value(reserved), "1");
    EXPECT_EQ(stock.carry_out(plan("release"), 2), "done");
    EXPECT_EQ(stock.value(reserved), "1");
    EXPECT_EQ(stock.carry_out(plan("reserve"), 2), "reservation-released");
    EXPECT_EQ(stock.value(reserved), "1");
}

TEST(Release, ThatComesFirstKeepsALateReserveOut) {
    StockDatabase stock;
    EXPECT_EQ(stock.carry_out(plan("release"), 2), "done");
    EXPECT_EQ(stock.value("SELECT STATUS FROM RESKOPF"), "S");
    EXPECT_EQ(stock.carry_out(plan("reserve"), 2), "reservation-released");
    EXPECT_EQ(stock.value(reserved), "0");
}

}  // namespace headgate
