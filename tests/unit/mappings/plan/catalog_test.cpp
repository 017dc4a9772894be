// The retailer's own mappings: they load without a word, and their cases hold.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "mappings/plan/cases.hpp"
#include "tests/unit/mappings/plan/contracts_of_the_retailer.hpp"

namespace headgate {

namespace {

const std::string catalog = HEADGATE_SOURCE_DIR "/mappings/catalog";

std::shared_ptr<const PlanSet> retailer_plans() {
    Diagnostics diagnostics;
    auto plans = load_mappings({catalog}, retailer_contracts(), diagnostics);
    EXPECT_TRUE(diagnostics.all().empty()) << diagnostics.text();
    return plans;
}

// How many the files say there are.
std::size_t written_mappings() {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(catalog)) {
        if (!entry.path().string().ends_with(".map.yaml")) continue;
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);)
            count += line.starts_with("map: ") || line.starts_with("bridge: ");
    }
    return count;
}

}  // namespace

TEST(Catalog, LoadsEveryMapping) {
    auto plans = retailer_plans();
    EXPECT_EQ(plans->plans().size(), written_mappings());
    ASSERT_TRUE(plans->find("inventory.v2/getAvailability", "stock"));
    EXPECT_TRUE(plans->find("pricing.v1/getPrices", "shop"));
    EXPECT_TRUE(plans->find_call("shop", "orderCreate"));
    EXPECT_TRUE(plans->find("catalogue.v1/listProducts", "shop"));
    EXPECT_TRUE(plans->find("orders.v1/listOrders", "orders"));
    EXPECT_TRUE(plans->find_call("warehouse", "940"));
    EXPECT_TRUE(plans->find_call("stock", "reserve"));
    EXPECT_TRUE(plans->find_call("stock", "release"));
    EXPECT_FALSE(plans->find_call("stock", "nothing"));
}

TEST(Catalog, TellsAdaptersWhatTheyMustKnow) {
    auto plans = retailer_plans();
    const auto& query = std::get<RowsQuery>(plans->find_call("stock", "bySku")->call());
    EXPECT_EQ(query.parameters, (std::vector<std::string>{"skus", "lags", "lags"}));
    EXPECT_EQ(std::count(query.sql.begin(), query.sql.end(), '?'), 3);
    EXPECT_EQ(query.columns.size(), 9u);
    EXPECT_EQ(query.batch_over, "skus");
    EXPECT_EQ(query.batch_at_most, 100u);
    const auto& soap = std::get<SoapCall>(plans->find_call("shop", "orderCreate")->call());
    EXPECT_EQ(soap.request.name, "auftragAnlegen");
    EXPECT_EQ(soap.charset, "ISO-8859-15");
    const auto& reserve = std::get<RowsTransaction>(plans->find_call("stock", "reserve")->call());
    ASSERT_EQ(reserve.statements.size(), 3u);
    EXPECT_EQ(reserve.statements[0].on_duplicate, "check");
    EXPECT_EQ(reserve.statements[0].duplicate_parameters, (std::vector<std::string>{"order"}));
    EXPECT_EQ(reserve.statements[1].each_pointer, "/lines");
    EXPECT_EQ(reserve.statements[1].on_mismatch, "out-of-stock");
    const auto& release = std::get<RowsTransaction>(plans->find_call("stock", "release")->call());
    EXPECT_EQ(release.statements[0].on_duplicate, "retry");
    EXPECT_EQ(release.statements[1].on_mismatch, "done");
    const auto& drop = std::get<FileDrop>(plans->find_call("warehouse", "940")->call());
    EXPECT_EQ(drop.file_name, "pick-{W05/02}.940");
    EXPECT_EQ(drop.format->name(), "x12");
    EXPECT_TRUE(drop.writes && !drop.reads);
}

TEST(Catalog, FingerprintsTellMappingsApartAndStayTheSame) {
    auto first = retailer_plans(), second = retailer_plans();
    std::vector<std::uint64_t> seen;
    for (std::size_t i = 0; i < first->plans().size(); ++i) {
        EXPECT_EQ(first->plans()[i]->fingerprint(), second->plans()[i]->fingerprint());
        seen.push_back(first->plans()[i]->fingerprint());
    }
    std::sort(seen.begin(), seen.end());
    EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end());
}

TEST(Catalog, EveryCaseHolds) {
    auto plans = retailer_plans();
    int files = 0, cases = 0;
    for (const auto& path : case_files(catalog)) {
        Diagnostics diagnostics;
        for (const auto& count : run_cases(path, *plans, diagnostics)) {
            EXPECT_EQ(count.failed, 0) << diagnostics.text();
            cases += count.run;
        }
        ++files;
    }
    EXPECT_GE(files, 15);
    EXPECT_GE(cases, 30);
}

}  // namespace headgate
