// Capture against a real store and a fake stock system: answers, replays, refusals, takeovers, and what is left behind.
#include <thread>

#include "gateway/orders/order_id.hpp"
#include "gateway/writes/fingerprint.hpp"
#include "tests/unit/gateway/orders/fixture.hpp"

namespace headgate::orders {
namespace {

class CaptureTest : public OrdersTest {};

TEST_F(CaptureTest, AnswersWithTheOrderOnceItIsDurableWithItsSteps) {
    auto order = capture("key-1", new_order(2));
    ASSERT_TRUE(order.ok()) << order.error().message;
    const auto id = derive_order_id("storefront", "key-1");
    EXPECT_EQ(order->order_id, id);
    EXPECT_FALSE(order->replayed);
    const auto json = nlohmann::json::parse(order->body);
    EXPECT_EQ(json.at("orderId"), id);
    EXPECT_EQ(json.at("status"), "accepted");
    EXPECT_FALSE(json.contains("Idempotency-Key"));
    EXPECT_EQ(order->headers(operation_).at(0).value, "/orders/v1/orders/" + id);
    EXPECT_EQ(stock_.on_hand("HG-1"), 8);
    store::SqliteOptions again = store::small_store(folder_.file("state.db"));
    open(again);
    auto detail = show_order(*store_, id).value();
    ASSERT_TRUE(detail);
    EXPECT_EQ(detail->order, order->body);
    ASSERT_EQ(detail->steps.size(), 2u);
    EXPECT_EQ(detail->steps[0].kind, "shop.orderCreate");
    EXPECT_EQ(detail->steps[1].kind, "warehouse.940");
    ASSERT_EQ(detail->events.size(), 1u);
    EXPECT_EQ(detail->events[0].kind, "order-captured");
    EXPECT_EQ(intent_of("key-1")->state, IntentState::committed);
}

TEST_F(CaptureTest, ReplaysTheSameBytesWithoutASecondEffect) {
    auto first = capture("key-1", new_order(2));
    clock_.advance(milliseconds(86'400'000));
    auto again = capture("key-1", new_order(2));
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again->body, first->body);
    EXPECT_TRUE(again->replayed);
    EXPECT_EQ(again->headers(operation_).at(1).name, "Idempotency-Replayed");
    EXPECT_EQ(script_->count(), 1u);
    EXPECT_EQ(stock_.on_hand("HG-1"), 8);
    EXPECT_EQ(store_->count(orders_kept, false).value(), 1);
}

TEST_F(CaptureTest, RefusesAKeyReusedForAnotherBody) {
    ASSERT_TRUE(capture("key-1", new_order(2)).ok());
    auto other = capture("key-1", new_order(3));
    ASSERT_FALSE(other.ok());
    EXPECT_EQ(other.error().kind, ErrorKind::conflict);
    EXPECT_EQ(other.error().code, "idempotency-key-reused");
    EXPECT_EQ(stock_.on_hand("HG-1"), 8);
}

TEST_F(CaptureTest, KeepsTheKeysOfCallersApart) {
    EXPECT_NE(intent_key("a", "key"), intent_key("b", "key"));
    EXPECT_NE(derive_order_id("a", "key"), derive_order_id("b", "key"));
}

TEST_F(CaptureTest, AnswersOutOfStockAndMakesARetryANewTry) {
    auto none = capture("key-1", new_order(11));
    ASSERT_FALSE(none.ok());
    EXPECT_EQ(none.error().code, "out-of-stock");
    EXPECT_EQ(none.error().pointer, "/lines/0");
    EXPECT_FALSE(intent_of("key-1"));
    EXPECT_EQ(store_->count(orders_kept, false).value(), 0);
    auto fewer = capture("key-1", new_order(10));
    EXPECT_TRUE(fewer.ok());
    EXPECT_EQ(stock_.on_hand("HG-1"), 0);
}

TEST_F(CaptureTest, IsInProgressWhileAnotherHolderLives) {
    std::optional<Result<CapturedOrder>> inner;
    // Runs between the outer request's announcement and its reservation, on an io_context of its own.
    std::thread other;
    before_reserve_ = [&] {
        other = std::thread([&] {
            asio::io_context io;
            Arena arena;
            Builder builder(arena);
            auto message = read_json(new_order(2), builder, {}, false);
            const Operation operation = create_order();
            const CaptureRequest request{operation, "storefront", "key-1", *message};
            const CaptureRoute to = route();
            const CallContext context;
            inner.emplace(await(io, Capture(async(), clock_).capture(request, to, context)));
        });
        other.join();
    };
    auto outer = capture("key-1", new_order(2));
    EXPECT_TRUE(outer.ok());
    ASSERT_TRUE(inner && !inner->ok());
    EXPECT_EQ(inner->error().code, "idempotency-key-in-progress");
}

TEST_F(CaptureTest, AcknowledgesNothingWhenTheReservationsEndIsUnknownAndARetryTakesOver) {
    for (Mishap mishap : {Mishap::error_before, Mishap::error_after}) {
        const std::string key = mishap == Mishap::error_before ? "key-before" : "key-after";
        mishap_ = mishap;
        auto unknown = capture(key, new_order(2));
        ASSERT_FALSE(unknown.ok());
        EXPECT_EQ(unknown.error().kind, ErrorKind::outcome_unknown);
        ASSERT_TRUE(intent_of(key));
        EXPECT_EQ(intent_of(key)->state, IntentState::open);
        auto retry = capture(key, new_order(2));
        ASSERT_TRUE(retry.ok()) << retry.error().message;
        EXPECT_EQ(retry->order_id, derive_order_id("storefront", key));
    }
    EXPECT_EQ(stock_.on_hand("HG-1"), 6);
    EXPECT_EQ(stock_.reserved().size(), 2u);
}

TEST_F(CaptureTest, TakesOverFromADeadProcessAtOnce) {
    Intent left;
    left.fingerprint = "x";
    {
        Arena arena;
        Builder builder(arena);
        left.fingerprint = writes::fingerprint(operation_, read_json(new_order(2), builder, {}, false).value());
    }
    left.order_id = derive_order_id("storefront", "key-1");
    left.generation = store_->generation();
    left.expires_ms = store::to_ms(clock_.wall_now()) + 1'000'000;
    left.release = {"stock", "release"};
    left.order = R"({"orderId":")" + left.order_id + R"(","lines":[]})";
    ASSERT_EQ(commit(announce(intent_key("storefront", "key-1"), left, 0)), store::Outcome::committed);
    EXPECT_EQ(capture("key-1", new_order(2)).error().code, "idempotency-key-in-progress");
    reopen();  // another life of the process
    EXPECT_TRUE(capture("key-1", new_order(2)).ok());
}

TEST_F(CaptureTest, RefusalAfterATakeoverRevokesSoThatALateReserveCanNotLeak) {
    mishap_ = Mishap::error_before;
    ASSERT_FALSE(capture("key-1", new_order(8)).ok());
    ASSERT_TRUE(capture("other", new_order(5)).ok());
    auto refused = capture("key-1", new_order(8));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "out-of-stock");
    EXPECT_EQ(intent_of("key-1")->state, IntentState::revoked);
    EXPECT_EQ(release_once(), 1u);
    EXPECT_TRUE(stock_.released(derive_order_id("storefront", "key-1")));
    // The first holder's reserve arrives only now: the tombstone keeps it from taking stock.
    stock_.reserve(R"({"orderId":")" + derive_order_id("storefront", "key-1") +
                   R"(","lines":[{"sku":"HG-1","quantity":1}]})");
    EXPECT_EQ(stock_.on_hand("HG-1"), 5);
    auto next = capture("key-1", new_order(5));
    ASSERT_TRUE(next.ok());
    EXPECT_EQ(next->order_id, derive_order_id("storefront", "key-1", 1));
}

TEST_F(CaptureTest, LosesToTheSweeperThatRevokedWhileItReserved) {
    before_reserve_ = [&] {
        clock_.advance(milliseconds(3'600'000));
        std::thread([&] {
            asio::io_context io;
            Sweeper sweeper(io.get_executor(), async(), clock_, resolver());
            EXPECT_EQ(await(io, sweeper.sweep()), 1u);
        }).join();
    };
    auto late = capture("key-1", new_order(2));
    ASSERT_FALSE(late.ok());
    EXPECT_EQ(store_->count(orders_kept, false).value(), 0);
    EXPECT_EQ(stock_.on_hand("HG-1"), 8);
    EXPECT_EQ(release_once(), 1u);
    EXPECT_EQ(stock_.on_hand("HG-1"), 10);
    auto retry = capture("key-1", new_order(2));
    ASSERT_TRUE(retry.ok());
    EXPECT_EQ(retry->order_id, derive_order_id("storefront", "key-1", 1));
    EXPECT_EQ(stock_.reserved(), std::set<std::string>{retry->order_id});
}

TEST_F(CaptureTest, NeverComesOfAMirroredRequest) {
    CallContext context;
    context.shadow = true;
    auto refused = capture("key-1", new_order(2), context);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().kind, ErrorKind::forbidden);
    EXPECT_EQ(script_->count(), 0u);
    EXPECT_FALSE(intent_of("key-1"));
}

TEST_F(CaptureTest, ReservesNothingWhenTheStoreIsDown) {
    store_->close();
    auto refused = capture("key-1", new_order(2));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(script_->count(), 0u);
    EXPECT_EQ(stock_.on_hand("HG-1"), 10);
}

TEST_F(CaptureTest, WithSixteenThreadsOnOneKeyMakesOneOrder) {
    script_->decide([this](const FakeSystemCall& call) {
        FakeAnswer answer = stock_.reserve(call.message);
        answer.delay = milliseconds(2);
        return answer;
    });
    std::vector<std::thread> threads;
    std::mutex mutex;
    std::set<std::string> bodies;
    int fresh = 0, conflicts = 0;
    for (int t = 0; t < 16; ++t)
        threads.emplace_back([&] {
            asio::io_context io;
            FakeSystem stock(script_);
            const Operation operation = create_order();
            for (bool answered = false; !answered;) {
                Arena arena;
                Builder builder(arena);
                auto message = read_json(new_order(2), builder, {}, false);
                const CaptureRequest request{operation, "storefront", "one-key", *message};
                const CaptureRoute to{stock, &reserve_, milliseconds(10'000), {"stock", "release"}, steps_};
                const CallContext context;
                auto order = await(io, Capture(async(), system_clock()).capture(request, to, context));
                std::lock_guard lock(mutex);
                answered = order.ok();
                if (order.ok()) {
                    bodies.insert(order->body);
                    fresh += !order->replayed;
                } else {
                    EXPECT_EQ(order.error().code, "idempotency-key-in-progress");
                    ++conflicts;
                }
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(bodies.size(), 1u);
    EXPECT_EQ(fresh, 1);
    EXPECT_EQ(script_->count(), 1u);
    EXPECT_EQ(stock_.on_hand("HG-1"), 8);
    EXPECT_EQ(store_->count(orders_kept, false).value(), 1);
    EXPECT_EQ(store_->work_counts(step_queue).value().ready, 2);
}

TEST_F(CaptureTest, NeverOversellsWithManyBuyersAtOnce) {
    std::vector<std::thread> threads;
    std::atomic<int> accepted = 0, refused = 0;
    for (int t = 0; t < 16; ++t)
        threads.emplace_back([&, t] {
            asio::io_context io;
            FakeSystem stock(script_);
            const Operation operation = create_order();
            Arena arena;
            Builder builder(arena);
            auto message = read_json(new_order(1), builder, {}, false);
            const CaptureRequest request{operation, "storefront", "buyer-" + std::to_string(t), *message};
            const CaptureRoute to{stock, &reserve_, milliseconds(10'000), {"stock", "release"}, steps_};
            const CallContext context;
            auto order = await(io, Capture(async(), system_clock()).capture(request, to, context));
            ++(order.ok() ? accepted : refused);
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(accepted, 10);
    EXPECT_EQ(refused, 6);
    EXPECT_EQ(stock_.on_hand("HG-1"), 0);
    EXPECT_EQ(store_->count(orders_kept, false).value(), 10);
}

}  // namespace
}  // namespace headgate::orders
