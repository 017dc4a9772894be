// Mappings of several calls, carried out over a system that answers from a script.
#include <gtest/gtest.h>

#include "adapters/stepped_system.hpp"
#include "tests/support/await.hpp"
#include "tests/support/fake_plan.hpp"
#include "tests/support/fake_system.hpp"

namespace headgate {

namespace {

// Keeps its whole answer.
class FakeStep : public CallStep {
  public:
    FakeStep(std::string name, std::vector<std::size_t> needs, std::size_t wave, std::string system = "fake")
        : name_(std::move(name)), needs_(std::move(needs)), wave_(wave), plan_(SoapCall{}, std::move(system)) {}
    std::function<bool(const Value&)> when = [](const Value&) { return true; };

    const std::string& name() const override { return name_; }
    const Plan& plan() const override { return plan_; }
    const std::vector<std::size_t>& needs() const override { return needs_; }
    std::size_t wave() const override { return wave_; }
    bool effect() const override { return false; }
    bool applies(const Value& message) const override { return when(message); }
    Result<Value> keep(const Value& answer, Builder&) const override { return answer; }

  private:
    std::string name_;
    std::vector<std::size_t> needs_;
    std::size_t wave_;
    FakePlan plan_;
};

// first, then second and third, which both use what it kept.
class Stepped : public testing::Test {
  protected:
    Stepped() {
        for (const auto& step : {first_, second_, third_}) {
            calls_.steps.push_back(step);
            LegacyNode answer;
            answer.name = step->name();
            calls_.answers.children.push_back(answer);
        }
    }
    // '{...}', or 'kind: detail'.
    std::string call(CallContext context = {}) {
        FakePlan plan(calls_);
        return await(io_, task(plan, std::move(context)));
    }
    Task<std::string> task(const Plan& plan, CallContext context) {
        Arena arena;
        Builder builder(arena);
        auto message = read_json(R"({"mail":"a"})", builder);
        SystemCall call{nullptr, &plan, *message, builder, context};
        auto reply = co_await system_->call(call);
        if (reply) co_return to_json(reply->message);
        co_return std::string(name(reply.error().kind)) + ": " + reply.error().detail;
    }
    static CallContext within(int ms) {
        CallContext context;
        context.deadline = Deadline::in(milliseconds(ms));
        return context;
    }

    asio::io_context io_;
    std::shared_ptr<FakeScript> script_ = std::make_shared<FakeScript>();
    std::unique_ptr<System> system_ = stepped(std::make_unique<FakeSystem>(script_));
    std::shared_ptr<FakeStep> first_ = std::make_shared<FakeStep>("first", std::vector<std::size_t>{}, 0),
                              second_ = std::make_shared<FakeStep>("second", std::vector<std::size_t>{0}, 1),
                              third_ = std::make_shared<FakeStep>("third", std::vector<std::size_t>{0}, 1);
    StepCalls calls_;
};

}  // namespace

TEST_F(Stepped, LaterCallsGetWhatEarlierOnesKept) {
    script_->push(FakeAnswer::ok(R"({"nr":"1"})"));
    script_->push(FakeAnswer::ok(R"({"b":"2"})"));
    script_->push(FakeAnswer::ok(R"({"c":"3"})"));
    EXPECT_EQ(call(), R"({"first":{"nr":"1"},"second":{"b":"2"},"third":{"c":"3"}})");
    auto calls = script_->calls();
    ASSERT_EQ(calls.size(), 3u);
    EXPECT_EQ(calls[0].message, R"({"mail":"a"})");
    EXPECT_EQ(calls[1].message, R"({"mail":"a","first":{"nr":"1"}})");
    EXPECT_EQ(calls[2].message, calls[1].message);
}

TEST_F(Stepped, CallsThatNeedNoAnswerOfEachOtherRunSideBySide) {
    script_->decide([&](const FakeSystemCall& call) {
        // One after the other they would need longer than there is.
        if (call.message == R"({"mail":"a"})") return FakeAnswer::ok(R"({"nr":"1"})");
        auto answer = FakeAnswer::ok("{}");
        answer.delay = milliseconds(150);
        return answer;
    });
    EXPECT_EQ(call(within(280)), R"({"first":{"nr":"1"},"second":{},"third":{}})");
}

TEST_F(Stepped, AStepWhoseConditionDoesNotHoldIsNotCalled) {
    second_->when = [](const Value& message) { return message.find("first")->find("card") != nullptr; };
    script_->otherwise(FakeAnswer::ok(R"({"nr":"1"})"));
    EXPECT_EQ(call(), R"({"first":{"nr":"1"},"third":{"nr":"1"}})");
    EXPECT_EQ(script_->count(), 2u);
}

TEST_F(Stepped, TheFirstErrorInTheMappingsOrderNamesItsStepAndEndsTheWhole) {
    script_->push(FakeAnswer::ok("{}"));
    script_->push(FakeAnswer::fails(ErrorKind::system_fault));
    script_->push(FakeAnswer::fails(ErrorKind::system_unavailable));
    EXPECT_EQ(call(), "system-fault: step 'second': scripted");
}

TEST_F(Stepped, NothingIsCalledOnceAStepHasFailed) {
    script_->push(FakeAnswer::fails(ErrorKind::rejected, "unknown-customer"));
    EXPECT_EQ(call(), "rejected: step 'first': scripted");
    EXPECT_EQ(script_->count(), 1u);
}

TEST_F(Stepped, OneDeadlineIsForAllCalls) {
    auto slow = FakeAnswer::ok("{}");
    slow.delay = milliseconds(30);
    script_->push(slow);
    script_->push(FakeAnswer::hangs());
    auto told = call(within(60));
    EXPECT_TRUE(told.starts_with("deadline-exceeded: step 'second'")) << told;
}

TEST_F(Stepped, AStepOfAnotherSystemIsCalledThere) {
    auto other = std::make_shared<FakeScript>();
    FakeSystem stock(other);
    system_ = stepped(std::make_unique<FakeSystem>(script_),
                      [&](std::string_view name) -> System* { return name == "stock" ? &stock : nullptr; });
    calls_.steps[1] = std::make_shared<FakeStep>("second", std::vector<std::size_t>{0}, 1, "stock");
    script_->push(FakeAnswer::ok(R"({"nr":"1"})"));
    script_->push(FakeAnswer::ok(R"({"c":"3"})"));
    other->push(FakeAnswer::ok(R"({"b":"2"})"));
    EXPECT_EQ(call(), R"({"first":{"nr":"1"},"second":{"b":"2"},"third":{"c":"3"}})");
    EXPECT_EQ(script_->count(), 2u);
    ASSERT_EQ(other->count(), 1u);
    EXPECT_EQ(other->calls()[0].message, R"({"mail":"a","first":{"nr":"1"}})");
}

TEST_F(Stepped, AStepOfASystemThatIsNotThereIsNoCall) {
    calls_.steps[0] = std::make_shared<FakeStep>("first", std::vector<std::size_t>{}, 0, "stock");
    EXPECT_EQ(call(), "internal: step 'first': there is no system 'stock'");
    EXPECT_EQ(script_->count(), 0u);
}

TEST_F(Stepped, RehearsesWhatNeedsNoOthersAnswer) {
    Arena arena;
    Builder builder(arena);
    FakePlan plan(calls_);
    CallContext context;
    SystemCall call{nullptr, &plan, Value(), builder, context};
    EXPECT_TRUE(system_->rehearse(call));
    EXPECT_EQ(script_->count(), 0u);
}

TEST_F(Stepped, AHostIsAskedOfEachCall) {
    class Picky : public FakeSystemHost {
      public:
        using FakeSystemHost::FakeSystemHost;
        std::string refuses(const Plan& plan) const override {
            return std::holds_alternative<StepCalls>(plan.call()) ? "of several calls" : "no SOAP here";
        }
    };
    EXPECT_EQ(refuses_call(Picky(script_), FakePlan(calls_)), "step 'first': no SOAP here");
    EXPECT_EQ(refuses_call(Picky(script_), FakePlan(SoapCall{})), "no SOAP here");
    // A step of another system is judged by that one's host.
    calls_.steps = {std::make_shared<FakeStep>("first", std::vector<std::size_t>{}, 0, "stock")};
    EXPECT_EQ(refuses_call(Picky(script_), FakePlan(calls_)), "step 'first': there is no system 'stock'");
    FakeSystemHost stock(script_);
    EXPECT_EQ(refuses_call(Picky(script_), FakePlan(calls_), [&](std::string_view) { return &stock; }), "");
}

}  // namespace headgate
