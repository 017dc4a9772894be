// A valid document costs no allocation: operator new is counted while it is judged.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <new>
#include <sstream>

#include "contracts/document/json.hpp"
#include "contracts/schema/schema_file.hpp"

namespace {

thread_local std::size_t allocations = 0;

void* counted(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return ++allocations, std::malloc(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return ++allocations, std::malloc(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }

namespace headgate {
namespace {

std::size_t allocations_of(const Schema& schema, const std::string& json) {
    Arena arena;
    Builder builder(arena);
    auto document = read_json(json, builder);
    EXPECT_TRUE(document.ok());
    EXPECT_TRUE(schema.validate(*document));  // and the engine's tables and the thread's scratch are warm
    std::size_t before = allocations;
    bool valid = schema.validate(*document);
    std::size_t after = allocations;
    EXPECT_TRUE(valid);
    return after - before;
}

std::shared_ptr<const Schema> catalog(const std::string& reference) {
    Diagnostics diagnostics;
    auto schema = schema::load_schema(HEADGATE_SOURCE_DIR "/contracts/catalog/" + reference, "", true, diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    return schema;
}

std::shared_ptr<const Schema> written(const char* yaml) {
    Diagnostics diagnostics;
    auto file = parse_source("s.yaml", yaml, diagnostics);
    schema::Compiler compiler({}, diagnostics);
    auto schema = compiler.compile(file->root(), compiler.add("s.yaml", file, file->root()));
    compiler.finish();
    EXPECT_EQ(diagnostics.text(), "");
    return schema;
}

TEST(SchemaAllocations, AreCounted) {
    std::size_t before = allocations;
    auto text = std::make_unique<std::string>(100, 'x');
    EXPECT_EQ(allocations - before, 2u);
}

TEST(SchemaAllocations, AValidOrderCostsNone) {
    EXPECT_EQ(allocations_of(*catalog("orders.v1.yaml#/components/schemas/NewOrder"), R"({
"channel":"web","placedAt":"2026-11-23T10:15:00+01:00","customer":{"customerId":"C-20417","firstName":"Jördis",
"lastName":"Weiß","email":"joerdis.weiss@example.com"},"delivery":{"method":"home","address":{"name":"Jördis Weiß",
"street":"Lange Straße 12","postalCode":"10243","city":"Berlin","countryCode":"DE"}},"lines":[{"lineId":"1",
"sku":"HG-100234","quantity":2,"locationId":"ST-0001","unitPrice":{"centAmount":1799,"currencyCode":"EUR"},
"giftWrap":true},{"lineId":"2","sku":"HG-100235","quantity":1,"locationId":"ST-0007",
"unitPrice":{"centAmount":4950,"currencyCode":"EUR"}}],"total":{"centAmount":8548,"currencyCode":"EUR"}})"),
              0u);
}

TEST(SchemaAllocations, AValidAvailabilityOfTwentyLinesCostsNone) {
    std::string json = "{\"items\":[";
    for (int i = 0; i < 20; ++i)
        json += std::string(i > 0 ? "," : "") + "{\"sku\":\"HG-10020" + std::to_string(i) +
                "\",\"known\":true,\"locations\":[{\"locationId\":\"ST-0007\",\"onHand\":12,\"reserved\":2,"
                "\"safetyStock\":1,\"available\":9,\"status\":\"sellable\",\"nextReceiptDate\":\"2026-12-01\","
                "\"asOf\":\"2026-11-23T09:15:00Z\"}]}";
    EXPECT_EQ(allocations_of(*catalog("inventory.v2.yaml#/components/schemas/Availability"), json + "]}"), 0u);
}

TEST(SchemaAllocations, KeywordsThatRememberCostNoneAtOrdinarySizes) {
    std::string items = "[0", members = "{\"m0\":0";
    for (int i = 1; i < 200; ++i) {
        items += "," + std::to_string(i);
        members += ",\"m" + std::to_string(i) + "\":0";
    }
    EXPECT_EQ(allocations_of(*written("{uniqueItems: true, contains: {const: 7}}"), items + "]"), 0u);
    EXPECT_EQ(
        allocations_of(*written("{anyOf: [{contains: {minimum: 5}}], unevaluatedItems: {maximum: 4}}"), items + "]"),
        0u);
    EXPECT_EQ(
        allocations_of(*written("{allOf: [{properties: {m1: {}}}], if: {required: [m2]}, then: true,\n"
                                " unevaluatedProperties: {enum: [0, 1, 2]}, propertyNames: {pattern: '^(m[0-9]+)$'}}"),
                       members + "}"),
        0u);
}

}  // namespace
}  // namespace headgate
