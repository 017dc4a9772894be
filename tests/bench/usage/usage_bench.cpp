// What counting usage costs a request: nanoseconds to clean the build's name and record one message, by operation.
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "contracts/document/json.hpp"
#include "contracts/registry/registry.hpp"
#include "contracts/usage/app_build.hpp"
#include "contracts/usage/usage_book.hpp"

namespace {

using namespace headgate;

struct Case {
    const char* name;
    const char* operation;
    std::string message;
};

std::string order_of(int lines) {
    std::string out =
        R"({"Idempotency-Key":"checkout-5f3a9c11-1","channel":"web","placedAt":"2026-11-23T10:15:00+01:00","customer":)"
        R"({"customerId":"C-1","firstName":"J","lastName":"W","email":"j@example.com"},"delivery":{"method":"home",)"
        R"("address":{"name":"J","street":"S 1","postalCode":"10243","city":"Berlin","countryCode":"DE"}},"lines":[)";
    for (int i = 0; i < lines; ++i)
        out += std::string(i > 0 ? "," : "") +
               R"({"lineId":"1","sku":"HG-100234","quantity":2,"locationId":"ST-0001",)" +
               R"("unitPrice":{"centAmount":1799,"currencyCode":"EUR"},"giftWrap":true})";
    return out + R"(],"total":{"centAmount":8548,"currencyCode":"EUR"}})";
}

double nanoseconds(const Operation& operation, const std::string& json, int rounds) {
    Arena arena;
    Builder builder(arena);
    auto message = read_json(json, builder);
    if (!message) std::abort();
    UsageBook book;
    auto recorder = book.recorder();
    auto fields = std::make_shared<const FieldIndex>(operation);
    auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < rounds; ++i) {
        std::array<char, longest_build> room;
        recorder->record(fields, "storefront", app_build("3.1.4", room), &*message, system_clock().wall_now());
    }
    std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - begin;
    if (book.usage().front().usage.calls != static_cast<std::uint64_t>(rounds)) std::abort();
    return spent.count() / rounds;
}

}  // namespace

// An argument bounds the rounds, for a run under callgrind.
int main(int count, char** arguments) {
    int rounds = count > 1 ? std::atoi(arguments[1]) : 300'000;
    Diagnostics diagnostics;
    auto catalog = load_contracts({HEADGATE_SOURCE_DIR "/contracts/catalog"}, diagnostics);
    if (diagnostics.has_errors()) return std::fputs(diagnostics.text().c_str(), stderr), 2;
    std::string skus = R"({"skus":["HG-100000")";
    for (int i = 1; i < 100; ++i) skus += ",\"HG-" + std::to_string(100000 + i) + "\"";
    const Case cases[] = {{"getAvailability, 100 skus", "inventory.v2/getAvailability", skus + "]}"},
                          {"createOrder, 2 lines", "orders.v1/createOrder", order_of(2)},
                          {"createOrder, 99 lines", "orders.v1/createOrder", order_of(99)}};
    for (const Case& one : cases)
        std::printf("%-28s %8.0f ns\n", one.name, nanoseconds(*catalog->find(one.operation), one.message, rounds));
}
