// Relay and sweeper: steps until done, cross-references, waiting, parking, stale workers, and giving stock back.
#include <condition_variable>

#include "gateway/orders/order_id.hpp"
#include "tests/support/io_thread.hpp"
#include "tests/unit/gateway/orders/fixture.hpp"

namespace headgate::orders {
namespace {

class RelayTest : public OrdersTest {
  protected:
    std::string placed(const std::string& key = "key-1") {
        auto order = capture(key, new_order(1));
        EXPECT_TRUE(order.ok());
        return order->order_id;
    }
    OrderDetail shown(const std::string& id) { return show_order(*store_, id).value().value(); }
    store::Work step(const std::string& id, const std::string& kind) {
        for (auto& work : shown(id).steps)
            if (work.kind == kind) return work;
        ADD_FAILURE() << "no step " << kind;
        return {};
    }
};

TEST_F(RelayTest, CarriesTheOrderToEverySystemAndKeepsTheCrossReference) {
    const auto id = placed();
    EXPECT_EQ(relay_once(), 2u);
    const auto detail = shown(id);
    for (const auto& work : detail.steps) EXPECT_EQ(work.state, store::WorkState::done) << work.kind;
    ASSERT_EQ(detail.cross_references.size(), 1u);
    EXPECT_EQ(detail.cross_references[0], std::make_pair(std::string("shop"), std::string("A-17")));
    auto back = store_->find(legacy_references, "shop/A-17").value();
    ASSERT_TRUE(back);
    EXPECT_EQ(nlohmann::json::parse(back->payload).at("orderId"), id);
    EXPECT_EQ(nlohmann::json::parse(shop_->calls().at(0).message), nlohmann::json::parse(detail.order));
    EXPECT_EQ(shop_->calls().at(0).context.idempotency_key, id);
    EXPECT_EQ(relay_once(), 0u);
    EXPECT_EQ(shop_->count(), 1u);
}

TEST_F(RelayTest, StaysInTheTraceOfTheRequest) {
    CallContext context;
    context.trace = begin_trace();
    ASSERT_TRUE(capture("key-1", new_order(1), context).ok());
    relay_once();
    EXPECT_EQ(shop_->calls().at(0).context.trace.trace_id(), context.trace.trace_id());
}

TEST_F(RelayTest, TriesAgainLaterWhileASystemIsDownAndTheOtherStepIsUnaffected) {
    shop_->otherwise(FakeAnswer::fails(ErrorKind::system_unavailable));
    const auto id = placed();
    relay_once();
    EXPECT_EQ(step(id, "warehouse.940").state, store::WorkState::done);
    auto waiting = step(id, "shop.orderCreate");
    EXPECT_EQ(waiting.state, store::WorkState::ready);
    EXPECT_EQ(waiting.attempts, 1);
    EXPECT_NE(waiting.note.find("system-unavailable"), std::string::npos) << waiting.note;
    EXPECT_EQ(relay_once(), 0u);
    for (int i = 0; i < 12; ++i) {
        clock_.advance(milliseconds(30'000));
        EXPECT_EQ(relay_once(), 1u);
    }
    EXPECT_EQ(step(id, "shop.orderCreate").attempts, 13);
    shop_->otherwise(FakeAnswer::ok(""));
    clock_.advance(milliseconds(30'000));
    EXPECT_EQ(relay_once(), 1u);
    EXPECT_EQ(step(id, "shop.orderCreate").state, store::WorkState::done);
}

TEST_F(RelayTest, ParksWhatASystemRefusesUntilSomebodyRetriesIt) {
    shop_->otherwise(FakeAnswer::fails(ErrorKind::rejected, "unknown-article"));
    const auto id = placed();
    relay_once();
    auto held = step(id, "shop.orderCreate");
    EXPECT_EQ(held.state, store::WorkState::held);
    EXPECT_NE(held.note.find("unknown-article"), std::string::npos) << held.note;
    clock_.advance(milliseconds(86'400'000));
    EXPECT_EQ(relay_once(), 0u);
    EXPECT_EQ(list_steps(*store_, store::WorkState::held, 10).value().size(), 1u);
    shop_->otherwise(FakeAnswer::ok(""));
    const RetryRequest retry{"lead", "article was added", store::to_ms(clock_.wall_now())};
    EXPECT_EQ(retry_order(*store_, id, retry).value(), 1u);
    EXPECT_EQ(retry_order(*store_, id, retry).value(), 0u);
    EXPECT_EQ(relay_once(), 1u);
    EXPECT_EQ(step(id, "shop.orderCreate").state, store::WorkState::done);
    EXPECT_EQ(store_->audit("order.retry", 0, 10).value().at(0).why, "article was added");
}

TEST_F(RelayTest, ParksWhatASystemTookButDeclaredRejected) {
    shop_->otherwise(FakeAnswer::ok(R"({"xref":{"shop":"9"},"step":{"outcome":"rejected"}})"));
    const auto id = placed();
    relay_once();
    EXPECT_EQ(step(id, "shop.orderCreate").state, store::WorkState::held);
    EXPECT_EQ(shown(id).cross_references.size(), 1u);
}

TEST_F(RelayTest, RefusesTheReportOfAWorkerWhoseLeaseRanOut) {
    const auto id = placed();
    // While the first system works, the lease ends and another worker does all steps.
    auto overtaken = [this](const FakeSystemCall&) {
        clock_.advance(milliseconds(61'000));
        const auto now_ms = store::to_ms(clock_.wall_now());
        store::Commit reports;
        const auto claimed = store_->claim({step_queue, "other", now_ms, 60'000, 10}).value();
        for (const auto& work : claimed.items)
            reports.changes.push_back(
                {work.id, work.fence, store::WorkState::ready, store::WorkState::done, 0, now_ms});
        EXPECT_EQ(commit(reports), store::Outcome::committed);  // an empty one changes nothing
        return FakeAnswer::ok(R"({"xref":{"shop":"stale"}})");
    };
    shop_->decide(overtaken);
    warehouse_->decide(overtaken);
    EXPECT_EQ(relay_once(), 2u);
    const auto detail = shown(id);
    for (const auto& work : detail.steps) {
        EXPECT_EQ(work.state, store::WorkState::done);
        EXPECT_EQ(work.owner, "other");
    }
    EXPECT_TRUE(detail.cross_references.empty());
    EXPECT_EQ(detail.events.size(), 1u) << "the capture, and nothing of the stale worker";
}

TEST_F(RelayTest, CountsWhatIsOpen) {
    shop_->otherwise(FakeAnswer::fails(ErrorKind::rejected));
    placed();
    auto before = count_orders(*store_).value();
    EXPECT_EQ(before.steps.ready, 2);
    EXPECT_EQ(before.open_intents, 0);
    relay_once();
    auto after = count_orders(*store_).value();
    EXPECT_EQ(after.steps.ready, 0);
    EXPECT_EQ(after.steps.held, 1);
    auto orders = list_orders(*store_, 0, 10).value();
    ASSERT_EQ(orders.size(), 1u);
    EXPECT_EQ(orders[0].steps_done, 1);
    EXPECT_EQ(orders[0].steps_held, 1);
}

TEST_F(RelayTest, StartedWakesUpOnNewOrdersAndDrains) {
    IoThread background;
    Relay relay(background.context().get_executor(), async(), clock_, resolver(), {});
    background.call([&] { relay.start(); });
    std::mutex mutex;
    std::condition_variable changed;
    auto watch = store_->watch(step_queue, [&] { changed.notify_all(); });
    for (int i = 0; i < 8; ++i) placed("key-" + std::to_string(i));
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    auto open = [&] { return store_->work_counts(step_queue).value().ready; };
    while (open() > 0 && std::chrono::steady_clock::now() < until) {
        std::unique_lock lock(mutex);
        changed.wait_for(lock, std::chrono::milliseconds(20));
    }
    EXPECT_EQ(open(), 0);
    EXPECT_EQ(shop_->count(), 8u);
    background.run(relay.drain());
    ASSERT_TRUE(capture("after", new_order(1, "HG-2")).ok());
    EXPECT_EQ(open(), 2) << "a drained relay claims nothing more";
}

class SweeperTest : public OrdersTest {};

TEST_F(SweeperTest, RevokesWhatNobodyFinishedThenGivesItsStockBack) {
    mishap_ = Mishap::error_after;
    ASSERT_FALSE(capture("key-1", new_order(3)).ok());
    EXPECT_EQ(stock_.on_hand("HG-1"), 7);
    EXPECT_EQ(sweep_once(), 0u) << "a retry may still come";
    EXPECT_EQ(count_orders(*store_)->open_intents, 1);
    clock_.advance(milliseconds(5'000));
    EXPECT_EQ(sweep_once(), 1u);
    EXPECT_EQ(intent_of("key-1")->state, IntentState::revoked);
    EXPECT_EQ(count_orders(*store_)->open_intents, 0);
    EXPECT_EQ(count_orders(*store_)->releases.ready, 1);
    EXPECT_EQ(stock_.on_hand("HG-1"), 7) << "first the store, then the stock";
    EXPECT_EQ(release_once(), 1u);
    EXPECT_EQ(stock_.on_hand("HG-1"), 10);
    EXPECT_EQ(sweep_once(), 0u);
}

TEST_F(SweeperTest, TriesToReleaseUntilTheStockSystemIsBack) {
    mishap_ = Mishap::error_after;
    ASSERT_FALSE(capture("key-1", new_order(3)).ok());
    clock_.advance(milliseconds(60'000));
    EXPECT_EQ(sweep_once(), 1u);
    for (auto kind : {ErrorKind::system_unavailable, ErrorKind::rejected, ErrorKind::outcome_unknown}) {
        script_->otherwise(FakeAnswer::fails(kind));
        EXPECT_EQ(release_once(), 1u);
        EXPECT_EQ(count_orders(*store_)->releases.ready, 1) << "held stock would be lost stock";
        clock_.advance(milliseconds(60'000));
    }
    script_->decide([this](const FakeSystemCall& call) { return answer_stock(call); });
    EXPECT_EQ(release_once(), 1u);
    EXPECT_EQ(stock_.on_hand("HG-1"), 10);
    EXPECT_EQ(count_orders(*store_)->releases.ready, 0);
}

TEST_F(SweeperTest, NeverTouchesACommittedOrder) {
    ASSERT_TRUE(capture("key-1", new_order(3)).ok());
    clock_.advance(milliseconds(86'400'000));
    EXPECT_EQ(sweep_once(), 0u);
    EXPECT_EQ(release_once(), 0u);
    EXPECT_EQ(stock_.on_hand("HG-1"), 7);
}

TEST_F(SweeperTest, LosesToARetryThatTookOver) {
    mishap_ = Mishap::error_after;
    ASSERT_FALSE(capture("key-1", new_order(3)).ok());
    clock_.advance(milliseconds(60'000));
    // The retry commits between the sweeper's read and its write: the fence that was read no longer stands.
    auto row = store_->find(intents, intent_key("storefront", "key-1")).value();
    ASSERT_TRUE(capture("key-1", new_order(3)).ok());
    auto late = end_try(row->key, read_intent(row->payload).value(), row->revision, 0, Ending::revoke_and_release, "x");
    EXPECT_EQ(commit(late), store::Outcome::conflict);
    EXPECT_EQ(count_orders(*store_)->releases.ready, 0);
    EXPECT_EQ(stock_.on_hand("HG-1"), 7);
}

}  // namespace
}  // namespace headgate::orders
