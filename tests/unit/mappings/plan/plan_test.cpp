// Plans at run time: hostile answers, threads, and that a valid message allocates in the arena alone.
#include "mappings/plan/plan.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>
#include <thread>

#include "contracts/document/json.hpp"
#include "mappings/formats/drift.hpp"
#include "tests/unit/mappings/plan/contracts_of_the_retailer.hpp"

namespace {
thread_local std::size_t allocations = 0;
}
void* operator new(std::size_t size) {
    ++allocations;
    if (void* out = std::malloc(size ? size : 1)) return out;
    throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
    ++allocations;
    return std::malloc(size ? size : 1);
}
void operator delete(void* pointer) noexcept { std::free(pointer); }
void operator delete(void* pointer, std::size_t) noexcept { std::free(pointer); }

namespace headgate {

namespace {

std::shared_ptr<const PlanSet> plans() {
    static const auto all = [] {
        Diagnostics diagnostics;
        return load_mappings({HEADGATE_SOURCE_DIR "/mappings/catalog"}, retailer_contracts(), diagnostics);
    }();
    return all;
}

Value json(std::string_view text, Builder& builder) {
    auto value = read_json(text, builder, {}, false);
    EXPECT_TRUE(value) << text;
    return value ? *value : Value();
}

std::string prices_answer(int count) {
    std::string out = R"({"stand":"23.11.2026 10:15:00","pos":[)";
    for (int i = 0; i < count; ++i)
        out +=
            std::string(i ? "," : "") + R"({"artnr":"HG-)" + std::to_string(100000 + i) +
            R"(","listPreis":"19.99","aktPreis":"17.99","waehr":"EUR","aktion":{"@nr":"A17","bez":"Herbstaktion"},)" +
            R"("gueltVon":"01.11.2026 00:00:00","gueltBis":"30.11.2026 23:59:59"})";
    return out + "]}";
}

}  // namespace

TEST(Plan, AllocatesInTheArenaAloneOnTheValidPath) {
    const auto* plan = plans()->find_call("shop", "priceQuery");
    Arena source_arena;
    Builder source(source_arena);
    auto answer = json(prices_answer(20), source);
    static char block[1 << 20];
    Arena warm_arena(block, sizeof block);
    Builder builder(warm_arena);
    DriftLog drift;
    ASSERT_TRUE(plan->to_contract(answer, Value(), builder, &drift));
    static char second[1 << 20];
    Arena arena(second, sizeof second);
    builder.reset(arena);
    auto before = allocations;
    auto result = plan->to_contract(answer, Value(), builder, &drift);
    EXPECT_EQ(allocations, before);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->find("prices")->size(), 20u);
}

TEST(Bridge, AllocatesInTheArenaAloneOnTheValidPath) {
    const auto* bridge = plans()->find_bridge("inventory.v1/getAvailability", "inventory.v2/getAvailability");
    ASSERT_TRUE(bridge);
    std::string text = R"({"items":[)";
    for (int i = 0; i < 20; ++i)
        text += std::string(i ? "," : "") + R"({"sku":"HG-)" + std::to_string(100000 + i) +
                R"(","known":true,"locations":[{"locationId":"ST-0001","onHand":12,"reserved":2,"safetyStock":1,)" +
                R"("available":9,"status":"discontinued","asOf":"2026-11-23T09:15:00Z"}]})";
    Arena source_arena;
    Builder source(source_arena), asked(source_arena);
    auto answer = json(text + "]}", source);
    auto request = json(R"({"articles":["HG-1","HG-2"],"stores":["ST-0001"]})", asked);
    static char block[1 << 20];
    Arena warm_arena(block, sizeof block);
    Builder builder(warm_arena);
    ASSERT_TRUE(bridge->to_contract(answer, request, builder));
    static char second[1 << 20];
    Arena arena(second, sizeof second);
    builder.reset(arena);
    auto before = allocations;
    auto over = bridge->to_legacy(request, builder);
    auto back = bridge->to_contract(answer, request, builder);
    EXPECT_EQ(allocations, before);
    ASSERT_TRUE(over && back);
    EXPECT_EQ(back->find("articles")->size(), 20u);
}

TEST(Plan, RefusesHostileAnswersWithAPlaceAndGoesOn) {
    const auto* plan = plans()->find_call("shop", "priceQuery");
    const char* hostile[] = {
        R"(null)",
        R"("text")",
        R"([])",
        R"([[[[]]]])",
        R"({"stand":{"x":"y"}})",
        R"({"stand":["23.11.2026 10:15:00","23.11.2026 10:15:01"]})",
        R"({"stand":"23.11.2026 10:15:00","pos":"text"})",
        R"({"stand":"23.11.2026 10:15:00","pos":[["x"]]})",
        R"({"stand":"23.11.2026 10:15:00","pos":{"artnr":{"a":{"b":"c"}}}})",
        R"({"stand":"23.11.2026 10:15:00","fehlend":{"x":"y"}})",
        R"({"stand":"","pos":[]})",
    };
    Arena arena;
    Builder builder(arena);
    for (const char* text : hostile) {
        Builder source(arena);
        auto result = plan->to_contract(json(text, source), Value(), builder);
        ASSERT_FALSE(result) << text << to_json(*result);
        EXPECT_EQ(result.error().kind, ErrorKind::bad_answer) << text;
        EXPECT_EQ(result.error().message.find("pos"), std::string::npos) << "a legacy name in a safe message";
        EXPECT_FALSE(result.error().detail.empty()) << text;
    }
    Builder source(arena);
    EXPECT_TRUE(plan->to_contract(json(prices_answer(1), source), Value(), builder));
}

TEST(Plan, GroupsManyRowsInTimeThatGrowsWithThem) {
    const auto* plan = plans()->find_call("stock", "bySku");
    Arena arena;
    Builder source(arena);
    source.begin_array();
    for (int i = 0; i < 100'000; ++i) {
        source.begin_object();
        auto text = [&](const char* key, std::string_view value) {
            source.key(key);
            source.string(arena.copy(value));
        };
        text("ARTNR", "HG-" + std::to_string(i % 2 ? i : 100'000 + i / 7));
        text("LAG", std::to_string(i % 9999));
        text("BEST", "1"), text("KZ", "A"), text("ME", "ST"), text("WE_DAT", "0"), text("UPD", "2026-11-23 10:15:00");
        source.end_object();
    }
    source.end_array();
    auto rows = source.take();
    Builder builder(arena);
    Builder request(arena);
    auto begin = std::chrono::steady_clock::now();
    auto result = plan->to_contract(rows, json(R"({"skus":["HG-1"]})", request), builder);
    ASSERT_TRUE(result) << result.error().detail;
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
    EXPECT_GT(result->find("items")->size(), 50'000u);
}

TEST(Plan, ServesSeveralThreadsAtOnce) {
    const auto* plan = plans()->find_call("shop", "priceQuery");
    std::vector<std::thread> threads;
    std::atomic<int> good = 0;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i) {
                Arena arena;
                Builder source(arena), builder(arena);
                auto answer = read_json(prices_answer(3), source, {}, false);
                auto result = plan->to_contract(*answer, Value(), builder);
                good += result.ok() && result->find("prices")->size() == 3;
            }
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(good, 200);
}

}  // namespace headgate
