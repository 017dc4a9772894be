// A request message held against its operation, as one from a caller would be.
#include "contracts/registry/request_check.hpp"

#include <gtest/gtest.h>

#include "contracts/document/json.hpp"

namespace headgate {
namespace {

std::string judged(const std::string& operation, std::string_view json) {
    static const auto contracts = [] {
        Diagnostics diagnostics;
        return load_contracts({HEADGATE_SOURCE_DIR "/contracts/catalog"}, diagnostics);
    }();
    Arena arena;
    Builder builder(arena);
    std::vector<SchemaIssue> issues;
    bool good = check_request(*contracts->find(operation), *read_json(json, builder), arena, issues);
    EXPECT_EQ(good, issues.empty());
    std::string out;
    for (const auto& issue : issues) out += issue.pointer + " " + issue.keyword + "\n";
    return out;
}

TEST(RequestCheck, AcceptsWhatAnOperationTakes) {
    EXPECT_EQ(judged("inventory.v2/getAvailability", R"({"skus":["HG-1"]})"), "");
    EXPECT_EQ(judged("inventory.v2/getAvailability", R"({"skus":["HG-1"],"locationIds":["ST-0001"]})"), "");
    EXPECT_EQ(judged("pricing.v1/getPrices",
                     R"({"channel":"web","currencyCode":"EUR","lines":[{"sku":"HG-1","quantity":1}]})"),
              "");
}

TEST(RequestCheck, NamesEachPlaceThatDisagrees) {
    EXPECT_EQ(judged("inventory.v2/getAvailability", "{}"), "/skus required\n");
    EXPECT_EQ(judged("inventory.v2/getAvailability", R"({"skus":["HG-1","x"],"locationIds":["7"]})"),
              "/skus/1 pattern\n/locationIds/0 pattern\n");
    EXPECT_EQ(judged("inventory.v2/getAvailability", R"({"skus":["HG-1"],"page":1})"), " body\n");
    EXPECT_EQ(judged("pricing.v1/getPrices", R"({"channel":"smoke","currencyCode":"EUR","lines":[]})").substr(0, 13),
              "/channel enum");
}

}  // namespace
}  // namespace headgate
