// Identifiers, the Order document and backoff.
#include "gateway/orders/order_id.hpp"

#include <gtest/gtest.h>

#include <set>

#include "contracts/document/json.hpp"
#include "gateway/orders/backoff.hpp"
#include "gateway/orders/order_document.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/unit/gateway/orders/fixture.hpp"

namespace headgate::orders {
namespace {

TEST(OrderId, HasTwentyCharactersOfTheContract) {
    const auto id = derive_order_id("storefront", "key-12345");
    EXPECT_EQ(id.size(), 20u);
    EXPECT_TRUE(id.starts_with("HO"));
    for (char c : id) EXPECT_TRUE((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')) << id;
}

TEST(OrderId, IsTheSameForTheSameCallerKeyAndTryAlone) {
    EXPECT_EQ(derive_order_id("a", "k"), derive_order_id("a", "k", 0));
    std::set<std::string> ids{derive_order_id("a", "k"), derive_order_id("b", "k"),    derive_order_id("a", "l"),
                              derive_order_id("ak", ""), derive_order_id("a", "k", 1), derive_order_id("a", "k", 2)};
    EXPECT_EQ(ids.size(), 6u);
}

TEST(OrderId, NeverChangesBetweenVersions) {
    // A retry after an upgrade must find its order: this very text is a promise.
    EXPECT_EQ(derive_order_id("storefront", "8f14e45f-ceea-467f"), "HO91M2Z4S06DS732RE7V");
}

TEST(OrderDocument, IsTheBodyWithIdentifierStatusAndTime) {
    Arena arena;
    Builder builder(arena);
    const auto message =
        read_json(R"({"Idempotency-Key":"k","status":"forged","orderId":"forged","total":10.10})", builder).value();
    const auto order = make_order(create_order(), message, "HO1", FakeClock().wall_now(), builder);
    EXPECT_EQ(to_json(order),
              R"({"orderId":"HO1","status":"accepted","acceptedAt":"2026-11-23T09:15:01.000Z","total":10.10})");
}

TEST(Backoff, DoublesUpToItsBoundAndJitterTakesAtMostHalf) {
    EXPECT_EQ(wait_after(1, 0), milliseconds(200));
    EXPECT_EQ(wait_after(2, 0), milliseconds(400));
    EXPECT_EQ(wait_after(5, 0), milliseconds(3'200));
    EXPECT_EQ(wait_after(9, 0), milliseconds(30'000));
    for (std::int64_t attempts : {0, 1, 9, 100, 1'000'000'000})
        for (double jitter : {0.0, 0.5, 0.999}) {
            const auto full = wait_after(attempts, 0);
            EXPECT_LE(wait_after(attempts, jitter), full);
            EXPECT_GE(wait_after(attempts, jitter) * 2, full);
            EXPECT_LE(full, milliseconds(30'000));
        }
}

}  // namespace
}  // namespace headgate::orders
