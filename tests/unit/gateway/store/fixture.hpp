// What the store's tests share: a store in a folder of its own.
#pragma once

#include <gtest/gtest.h>

#include "gateway/store/sqlite/sqlite_store.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate::store {

inline SqliteOptions small_store(const std::string& file) {
    SqliteOptions options;
    options.file = file;
    options.log_bytes = 256 * 1024;
    return options;
}

class StoreTest : public ::testing::Test {
  protected:
    void SetUp() override { open(small_store(folder_.file("state.db"))); }
    void open(const SqliteOptions& options) {
        store_.reset();
        auto opened = open_sqlite_store(options);
        ASSERT_TRUE(opened.ok()) << opened.error().message << " " << opened.error().detail;
        store_ = std::move(*opened);
    }
    void reopen() { open(small_store(folder_.file("state.db"))); }

    Outcome commit(Commit what) {
        auto result = store_->commit(std::move(what));
        EXPECT_TRUE(result.ok()) << result.error().detail;
        return result.ok() ? result->outcome : Outcome::unknown;
    }
    Commit put(const std::string& key, const std::string& payload, std::int64_t revision = -1) {
        Commit what;
        if (revision >= 0) what.conditions.push_back({"c", key, revision});
        what.puts.push_back({"c", key, payload, {}});
        return what;
    }
    std::optional<Record> find(const std::string& key) { return store_->find("c", key).value(); }

    TempFolder folder_;
    std::unique_ptr<Store> store_;
};

}  // namespace headgate::store
