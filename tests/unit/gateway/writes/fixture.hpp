// What the tests of keyed writes share: a real store, time by hand.
#pragma once

#include "contracts/document/json.hpp"
#include "gateway/writes/key_errors.hpp"
#include "gateway/writes/key_sweeper.hpp"
#include "gateway/writes/unknown_writes.hpp"
#include "gateway/writes/write_keys.hpp"
#include "tests/support/await.hpp"
#include "tests/support/fake_clock.hpp"
#include "tests/unit/gateway/store/fixture.hpp"

namespace headgate::writes {

class WritesTest : public store::StoreTest {
  protected:
    WritesTest() {
        operation_.name = "returns.v1/createReturn";
        operation_.parameters.push_back({"Idempotency-Key", ParameterPlace::header, true, false, nullptr});
    }
    void TearDown() override {
        if (store_) store_->close();
        readers_.join();
    }

    store::AsyncStore async() { return {*store_, readers_}; }
    WriteKeys keys() { return {async(), clock_, WriteMetrics(metrics_)}; }
    Result<HeldWrite> begin(const std::string& key, const std::string& body = R"({"orderId":"HO1"})") {
        Arena arena;
        Builder builder(arena);
        auto message = read_json(body, builder);
        EXPECT_TRUE(message.ok());
        const WriteRequest request{.operation = operation_,
                                   .message = *message,
                                   .caller = "storefront",
                                   .key = key,
                                   .system = system_,
                                   .repeatable = repeatable_,
                                   .atomic = atomic_};
        return await(io_, keys().begin(request, CallContext()));
    }
    // What a beginning is refused with; "held" or "replay" where it is not.
    std::string told(const std::string& key, const std::string& body = R"({"orderId":"HO1"})") {
        auto held = begin(key, body);
        if (!held) return held.error().code.empty() ? std::string(name(held.error().kind)) : held.error().code;
        return held->replay ? "replay" : "held";
    }
    void done(HeldWrite held, const std::string& body = R"({"rma":"1"})") {
        await_done(io_, keys().done(std::move(held), {201, "application/json", body, {{"Location", "/r/1"}}}));
    }
    Error failed(HeldWrite held, ErrorKind kind) {
        return await(io_, keys().failed(std::move(held), Error{kind, "scripted", "at the till", "stock"}));
    }
    std::size_t sweep(KeySweeperSettings settings = {}) {
        KeySweeper sweeper(io_.get_executor(), async(), clock_, WriteMetrics(metrics_), settings);
        return await(io_, sweeper.sweep());
    }
    std::size_t kept() { return static_cast<std::size_t>(store_->count(write_keys, false).value()); }
    std::vector<KeyRow> unknown() { return unknown_writes(*store_, "", 100).value(); }
    std::string counted(const std::string& outcome) {
        const std::string line =
            R"(headgate_keyed_writes_total{operation="returns.v1/createReturn",outcome=")" + outcome + "\"} ";
        const std::string all = metrics_.exposition();
        auto at = all.find(line);
        return at == std::string::npos ? "0" : all.substr(at + line.size(), all.find('\n', at) - at - line.size());
    }

    asio::io_context io_;
    BlockingPool readers_{2, 100};
    FakeClock clock_;
    Metrics metrics_;
    Operation operation_;
    std::string system_ = "stock";
    bool repeatable_ = false, atomic_ = false;
};

}  // namespace headgate::writes
