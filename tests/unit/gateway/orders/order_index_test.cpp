// Orders are found by customer and by time, the newest first, also those that were taken before there was an index.
#include "gateway/orders/order_index.hpp"

#include <gtest/gtest.h>

#include "gateway/orders/rows.hpp"
#include "tests/unit/gateway/orders/fixture.hpp"

namespace headgate::orders {

namespace {

class OrderIndexTest : public OrdersTest {
  protected:
    // As a commit of the order log writes it.
    void keep(const std::string& id, const std::string& accepted_at, const std::string& customer, bool indexed = true) {
        const std::string order = R"({"orderId":")" + id + R"(","acceptedAt":")" + accepted_at +
                                  R"(","customer":{"customerId":")" + customer + "\"}}";
        store::Commit commit;
        commit.puts.push_back({orders_kept, id, order, {}});
        if (indexed)
            for (auto& row : index_rows(id, order)) commit.puts.push_back(std::move(row));
        auto done = store_->commit(std::move(commit));
        ASSERT_TRUE(done && done->outcome == store::Outcome::committed);
    }
    std::string found(OrderQuery query) {
        if (query.take == 0) query.take = 100;
        auto ids = find_orders(*store_, query);
        if (!ids) return ids.error().message;
        std::string text;
        for (const auto& id : *ids) text += (text.empty() ? "" : " ") + id;
        return text;
    }
};

}  // namespace

TEST_F(OrderIndexTest, TellsTheNewestFirstOfAllAndOfOneCustomer) {
    keep("HO1", "2026-11-23T09:15:01.004Z", "C-1");
    keep("HO2", "2026-11-23T09:15:01.005Z", "C-2");
    keep("HO3", "2025-12-31T23:59:59.999Z", "C-1");
    keep("HO4", "2026-11-23T09:15:01.005Z", "C-1");
    EXPECT_EQ(found({}), "HO2 HO4 HO1 HO3");
    EXPECT_EQ(found({"C-1"}), "HO4 HO1 HO3");
    EXPECT_EQ(found({"C-"}), "");
    EXPECT_EQ(found({"C-3"}), "");
}

TEST_F(OrderIndexTest, HoldsToMomentsOfAnyPrecision) {
    keep("HO1", "2026-11-23T09:15:01.000Z", "C-1");
    keep("HO2", "2026-11-23T09:15:01.500Z", "C-1");
    keep("HO3", "2026-11-23T09:15:02.000Z", "C-1");
    EXPECT_EQ(found({"C-1", "2026-11-23T09:15:01Z"}), "HO3 HO2 HO1");
    EXPECT_EQ(found({"", "2026-11-23T09:15:01.5Z"}), "HO3 HO2");
    EXPECT_EQ(found({"", "2026-11-23T09:15:01.500000Z"}), "HO3 HO2");
    EXPECT_EQ(found({"C-1", "", "2026-11-23T09:15:02Z"}), "HO2 HO1");
    EXPECT_EQ(found({"", "2026-11-23T09:15:01.1Z", "2026-11-23T09:15:02.000Z"}), "HO2");
    EXPECT_EQ(found({"", "2026-11-24T00:00:00Z"}), "");
}

TEST_F(OrderIndexTest, GoesOnBehindAnOrderThoughNewerOnesCame) {
    for (int i = 1; i <= 5; ++i)
        keep("HO" + std::to_string(i), "2026-11-23T09:15:0" + std::to_string(i / 2) + ".000Z", "C-1");
    EXPECT_EQ(found({"", "", "", "", "", 2}), "HO4 HO5");
    keep("HO9", "2026-11-24T00:00:00.000Z", "C-1");
    EXPECT_EQ(found({"", "", "", "2026-11-23T09:15:02.000Z", "HO5", 2}), "HO2 HO3");
    EXPECT_EQ(found({"C-1", "", "", "2026-11-23T09:15:01.000Z", "HO2", 2}), "HO3 HO1");
    EXPECT_EQ(found({"", "", "", "2026-11-23T09:15:00.000Z", "HO1", 2}), "");
}

TEST_F(OrderIndexTest, FindsCapturedOrders) {
    auto taken = capture("key-00001", new_order(2));
    ASSERT_TRUE(taken) << taken.error().message;
    EXPECT_EQ(found({}), taken->order_id);
}

TEST_F(OrderIndexTest, TakesUpOrdersThatWereTakenEarlier) {
    for (int i = 100; i < 550; ++i)
        keep("HO" + std::to_string(i), "2026-11-23T09:15:01." + std::to_string(i) + "Z", "C-1", false);
    EXPECT_EQ(found({}), "");
    ASSERT_TRUE(index_earlier_orders(*store_));
    EXPECT_EQ(find_orders(*store_, {"C-1", "", "", "", "", 1000})->size(), 450u);
    keep("HO999", "2026-11-24T00:00:00.000Z", "C-1", false);
    ASSERT_TRUE(index_earlier_orders(*store_)) << "it is done once";
    EXPECT_EQ(find_orders(*store_, {"C-1", "", "", "", "", 1000})->size(), 450u);
}

}  // namespace headgate::orders
