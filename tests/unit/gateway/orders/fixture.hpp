// What the orders' tests share: a real store, a fake retailer behind, time by hand.
#pragma once

#include "gateway/orders/capture.hpp"
#include "gateway/orders/orders_view.hpp"
#include "gateway/orders/sweeper.hpp"
#include "tests/support/await.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/unit/gateway/orders/fake_stock.hpp"
#include "tests/unit/gateway/store/fixture.hpp"

namespace headgate::orders {

inline Operation create_order() {
    Operation operation;
    operation.contract = "orders.v1";
    operation.id = "createOrder";
    operation.name = "orders.v1/createOrder";
    operation.method = "POST";
    operation.path = "/orders/v1/orders";
    operation.parameters.push_back({"Idempotency-Key", ParameterPlace::header, true, false, nullptr});
    operation.success_status = 201;
    return operation;
}

inline std::string new_order(int quantity, const std::string& sku = "HG-1") {
    return R"({"Idempotency-Key":"ignored","channel":"web","lines":[{"lineId":"1","sku":")" + sku + R"(","quantity":)" +
           std::to_string(quantity) + R"(}],"total":{"centAmount":1000,"currencyCode":"EUR"}})";
}

class OrdersTest : public store::StoreTest {
  protected:
    OrdersTest() {
        shop_->otherwise(FakeAnswer::ok(R"({"xref":{"shop":"A-17"},"step":{"outcome":"accepted"}})"));
        warehouse_->otherwise(FakeAnswer::ok(""));
        script_->decide([this](const FakeSystemCall& call) { return answer_stock(call); });
    }
    void TearDown() override {
        if (store_) store_->close();
        readers_.join();
    }

    // What the stock system does next, once; then it behaves.
    enum class Mishap { none, error_before, error_after };
    FakeAnswer answer_stock(const FakeSystemCall& call) {
        const Mishap now = std::exchange(mishap_, Mishap::none);
        if (now == Mishap::error_before) return FakeAnswer::fails(ErrorKind::outcome_unknown);
        if (auto before = std::exchange(before_reserve_, nullptr)) before();
        FakeAnswer answer = call.plan == "release" ? stock_.release(call.message) : stock_.reserve(call.message);
        if (now == Mishap::error_after) return FakeAnswer::fails(ErrorKind::deadline_exceeded);
        return answer;
    }

    store::AsyncStore async() { return {*store_, readers_}; }
    CaptureRoute route() { return {stock_system_, &reserve_, milliseconds(1'000), {"stock", "release"}, steps_}; }
    Result<CapturedOrder> capture(const std::string& key, const std::string& body, CallContext context = {}) {
        Arena arena;
        Builder builder(arena);
        auto message = read_json(body, builder);
        EXPECT_TRUE(message.ok()) << message.error().message;
        const Capture capture(async(), clock_, limits_);
        const CaptureRequest request{operation_, "storefront", key, *message};
        const CaptureRoute to = route();
        auto order = await(io_, capture.capture(request, to, context));
        (void)store_->commit({});  // what capture left in the queue without waiting is done now
        return order;
    }
    StepResolver resolver() {
        return [this](const StepName& step) -> Result<StepTarget> {
            if (step.system == "shop") return StepTarget{&shop_system_, &shop_plan_};
            if (step.system == "warehouse") return StepTarget{&warehouse_system_, &warehouse_plan_};
            if (step.system == "stock") return StepTarget{&stock_system_, &release_};
            return Error{ErrorKind::configuration, "no such system"};
        };
    }
    std::size_t relay_once() {
        Relay relay(io_.get_executor(), async(), clock_, resolver());
        return await(io_, relay.run_due());
    }
    std::size_t sweep_once() {
        Sweeper sweeper(io_.get_executor(), async(), clock_, resolver());
        return await(io_, sweeper.sweep());
    }
    std::size_t release_once() {
        Sweeper sweeper(io_.get_executor(), async(), clock_, resolver());
        return await(io_, sweeper.release_due());
    }
    std::optional<Intent> intent_of(const std::string& key) {
        auto row = store_->find(intents, intent_key("storefront", key)).value();
        if (!row) return std::nullopt;
        return read_intent(row->payload).value();
    }

    asio::io_context io_;
    BlockingPool readers_{2, 100};
    FakeClock clock_;
    CaptureLimits limits_;
    Operation operation_ = create_order();
    FakeStock stock_{{{"HG-1", 10}, {"HG-2", 5}}};
    Mishap mishap_ = Mishap::none;
    std::function<void()> before_reserve_;  // between announcing and reserving
    std::shared_ptr<FakeScript> script_ = std::make_shared<FakeScript>(), shop_ = std::make_shared<FakeScript>(),
                                warehouse_ = std::make_shared<FakeScript>();
    FakeSystem stock_system_{script_}, shop_system_{shop_}, warehouse_system_{warehouse_};
    NamedPlan reserve_{"stock", "reserve"}, release_{"stock", "release"}, shop_plan_{"shop", "orderCreate"},
        warehouse_plan_{"warehouse", "940"};
    std::vector<StepName> steps_{{"shop", "orderCreate"}, {"warehouse", "940"}};
};

}  // namespace headgate::orders
