// Our own order log as a system: what it tells of an order, as a mapping reads it.
#include "gateway/orders/order_source.hpp"

#include <gtest/gtest.h>

#include "tests/support/fake_http_client.hpp"
#include "tests/support/fake_plan.hpp"
#include "tests/unit/gateway/orders/fixture.hpp"

namespace headgate::orders {

namespace {

// The plan is the identity: what is asked is {orderId}, what is told is the document.
class OrderSourceTest : public OrdersTest {
  protected:
    void SetUp() override {
        OrdersTest::SetUp();
        source_.bind(async());
    }
    Task<Result<std::string>> ask(System& system, const std::string& order_id) {
        Arena arena;
        Builder builder(arena);
        builder.begin_object();
        builder.key("orderId");
        builder.string(order_id);
        builder.end_object();
        Value message = builder.take();
        CallContext context;
        context.deadline = Deadline::in(milliseconds(2'000));
        SystemCall call{nullptr, &plan_, message, builder, context};
        auto reply = co_await system.call(call);
        if (!reply) co_return std::move(reply).error();
        co_return to_json(reply->message);
    }
    Result<std::string> shown(const std::string& order_id) {
        auto system = source_.for_worker(http_);
        return await(io_, ask(*system, order_id));
    }

    FakeHttpClient http_;
    FakePlan plan_{StoreQuery{}};
    OrderSource source_;
};

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_F(OrderSourceTest, TellsTheCapturedMessageWithItsStepsAsTheyAdvance) {
    auto taken = capture("key-00001", new_order(2));
    ASSERT_TRUE(taken) << taken.error().message;
    auto first = shown(taken->order_id);
    ASSERT_TRUE(first) << first.error().message;
    EXPECT_TRUE(first->starts_with(R"({"order":)" + taken->body + R"(,"revision":)")) << *first;
    EXPECT_TRUE(holds(*first, R"("state":"open","steps":[)")) << *first;
    EXPECT_TRUE(holds(*first, R"({"system":"shop","call":"orderCreate","state":"ready","attempts":0,"changedAt":"20)"));
    EXPECT_TRUE(holds(*first, R"("crossReferences":[])")) << *first;
    EXPECT_EQ(relay_once(), 2u);
    auto then = shown(taken->order_id);
    ASSERT_TRUE(then);
    EXPECT_TRUE(holds(*then, R"("state":"done","steps":[)")) << *then;
    EXPECT_TRUE(holds(*then, R"("crossReferences":[{"system":"shop","key":"A-17"}])")) << *then;
}

TEST_F(OrderSourceTest, AnOrderThatIsNotThereIsNotFound) {
    auto none = shown("HO00000000000000000Z");
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().kind, ErrorKind::rejected);
    EXPECT_EQ(none.error().code, "not-found");
}

TEST_F(OrderSourceTest, AHeldStepHoldsTheOrder) {
    auto taken = capture("key-00002", new_order(1));
    ASSERT_TRUE(taken);
    shop_->otherwise(FakeAnswer::fails(ErrorKind::rejected, "out-of-stock"));
    relay_once();
    auto then = shown(taken->order_id);
    ASSERT_TRUE(then);
    EXPECT_TRUE(holds(*then, R"("state":"held","steps":[)")) << *then;
}

TEST_F(OrderSourceTest, RefusesCallsOfSystems) {
    EXPECT_EQ(source_.refuses(plan_), "");
    EXPECT_NE(source_.refuses(FakePlan(SoapCall{})), "");
}

TEST_F(OrderSourceTest, TellsALogThatCantBeReadAsOurOwnFault) {
    Arena arena;
    Builder builder(arena);
    OrderDetail detail;
    detail.order = "{";
    auto document = order_document(detail, builder);
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().kind, ErrorKind::internal);
}

}  // namespace headgate::orders
