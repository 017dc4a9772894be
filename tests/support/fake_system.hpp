// FakeSystem: a System that answers from a script, for tests of the pipeline, routing and orders.
#pragma once

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/system.hpp"
#include "contracts/document/json.hpp"

namespace headgate {

// One scripted answer: after `delay`, `json` as the message with `status`, or an error. `hang` never answers by itself:
// the call ends with deadline_exceeded at the context's deadline.
struct FakeAnswer {
    int status = 200;
    std::string json = {};
    std::optional<Error> error = {};
    milliseconds delay{0};
    bool hang = false;

    static FakeAnswer ok(std::string json, int status = 200) { return {status, std::move(json)}; }
    static FakeAnswer fails(ErrorKind kind, std::string code = {}, std::string pointer = {}) {
        return {0, {}, Error{kind, "scripted", "scripted", {}, std::move(pointer), std::move(code)}};
    }
    static FakeAnswer hangs() { return {0, {}, {}, milliseconds(0), true}; }
};

// What a call looked like, copied.
struct FakeSystemCall {
    std::string operation;  // contract operation's name, when set
    std::string plan;       // the plan's call name, when set
    std::string message;    // as JSON
    CallContext context;
};

// The script and the record, shared by the Systems of all workers. Thread-safe.
class FakeScript {
  public:
    // Answers in order; when they are used up, `otherwise` answers (the last one pushed when never set).
    void push(FakeAnswer answer) {
        std::lock_guard lock(mutex_);
        otherwise_ = answer;
        answers_.push_back(std::move(answer));
    }
    void otherwise(FakeAnswer answer) {
        std::lock_guard lock(mutex_);
        decide_ = nullptr;
        answers_.clear();
        otherwise_ = std::move(answer);
    }
    // Decides by the call itself; takes precedence over the answers.
    void decide(std::function<FakeAnswer(const FakeSystemCall&)> decide) {
        std::lock_guard lock(mutex_);
        decide_ = std::move(decide);
    }
    FakeAnswer next(FakeSystemCall call) {
        std::lock_guard lock(mutex_);
        calls_.push_back(call);
        if (decide_) return decide_(call);
        if (answers_.empty()) return otherwise_;
        FakeAnswer answer = std::move(answers_.front());
        answers_.pop_front();
        return answer;
    }
    std::vector<FakeSystemCall> calls() const {
        std::lock_guard lock(mutex_);
        return calls_;
    }
    std::size_t count() const { return calls().size(); }

  private:
    mutable std::mutex mutex_;
    std::deque<FakeAnswer> answers_;
    FakeAnswer otherwise_ = FakeAnswer::fails(ErrorKind::system_unavailable);
    std::function<FakeAnswer(const FakeSystemCall&)> decide_;
    std::vector<FakeSystemCall> calls_;
};

class FakeSystem : public System {
  public:
    explicit FakeSystem(std::shared_ptr<FakeScript> script) : script_(std::move(script)) {}

    Task<Result<SystemReply>> call(const SystemCall& call) override {
        FakeSystemCall seen{call.operation ? call.operation->name : "", call.plan ? call.plan->call_name() : "",
                            to_json(call.message), call.context};
        FakeAnswer answer = script_->next(std::move(seen));
        auto executor = co_await asio::this_coro::executor;
        if (answer.hang || answer.delay > milliseconds(0)) {
            SteadyTime wake = answer.hang ? SteadyTime::max() : system_clock().steady_now() + answer.delay;
            bool late = wake >= call.context.deadline.when();
            Timer timer(executor);
            timer.expires_at(std::min(wake, call.context.deadline.when()));
            boost::system::error_code ignored;
            co_await timer.async_wait(asio::redirect_error(use_task, ignored));
            if (late) co_return Error{ErrorKind::deadline_exceeded, "the system did not answer in time"};
        }
        if (answer.error) co_return *answer.error;
        if (answer.json.empty()) co_return SystemReply{answer.status, Value::null()};
        kept_.push_back(std::make_shared<std::string>(answer.json));
        auto message = read_json(*kept_.back(), call.builder);
        if (!message) co_return message.error();
        co_return SystemReply{answer.status, *message};
    }
    Task<Result<void>> probe(const CallContext&) override { co_return Result<void>(); }

  private:
    std::shared_ptr<FakeScript> script_;
    std::vector<std::shared_ptr<std::string>> kept_;  // documents borrow their text
};

class FakeSystemHost : public SystemHost {
  public:
    explicit FakeSystemHost(std::shared_ptr<FakeScript> script) : script_(std::move(script)) {}
    std::unique_ptr<System> for_worker(HttpClient&) override { return std::make_unique<FakeSystem>(script_); }
    milliseconds deadline() const override { return milliseconds(1000); }
    std::string refuses(const Plan&) const override { return {}; }

  private:
    std::shared_ptr<FakeScript> script_;
};

}  // namespace headgate
