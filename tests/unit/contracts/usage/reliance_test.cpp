// What callers rely on is held against the contract; every fault is told at its place in the caller's file.
#include "contracts/usage/reliance.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace headgate {
namespace {

namespace fs = std::filesystem;
const fs::path golden = HEADGATE_SOURCE_DIR "/tests/golden/callers";

std::shared_ptr<const Registry> load(const std::string& folder) {
    Diagnostics diagnostics;
    auto registry = load_contracts({folder}, diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    return registry;
}

TEST(Reliance, TheDemosStorefrontIsGoodAndNamesItsFields) {
    auto catalog = load(HEADGATE_SOURCE_DIR "/contracts/catalog");
    Diagnostics diagnostics;
    auto contract = load_caller_contract(HEADGATE_SOURCE_DIR "/tests/demo/callers/storefront.yaml", "storefront",
                                         *catalog, diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    ASSERT_EQ(contract.relies_on.size(), 3u);
    EXPECT_EQ(contract.relies_on[0].operation->name, "inventory.v2/getAvailability");
    EXPECT_EQ(contract.relies_on[0].status, 200);
    EXPECT_EQ(contract.relies_on[0].fields,
              (std::vector<std::string>{"/items", "/items/*", "/items/*/sku", "/items/*/known", "/items/*/locations",
                                        "/items/*/locations/*", "/items/*/locations/*/locationId",
                                        "/items/*/locations/*/available", "/items/*/locations/*/status",
                                        "/items/*/locations/*/nextReceiptDate"}));
    // A schema that two places share names the fields of both.
    const auto& prices = contract.relies_on[1].fields;
    for (auto path : {"/prices/*/listPrice/centAmount", "/prices/*/effectivePrice/centAmount"})
        EXPECT_NE(std::find(prices.begin(), prices.end(), path), prices.end()) << path;
    EXPECT_EQ(contract.relies_on[2].status, 201) << "the status with which the operation succeeds";
}

// tests/golden/callers/cases/<case>/caller.yaml: what `app` relies on; `expected`: all diagnostics, a line each,
// without the folder; empty when there is no fault.
TEST(Reliance, FaultsAreFoundWithTheirPlace) {
    auto contracts = load((golden / "contracts").string());
    int cases = 0;
    for (const auto& entry : fs::directory_iterator(golden / "cases")) {
        ++cases;
        Diagnostics diagnostics;
        std::string file = (entry.path() / "caller.yaml").string();
        load_caller_contract(file, "app", *contracts, diagnostics);
        std::string told = diagnostics.text(), folder = entry.path().string() + "/", above = golden.string() + "/";
        for (const std::string& prefix : {folder, above})
            for (std::size_t at; (at = told.find(prefix)) != std::string::npos;) told.erase(at, prefix.size());
        std::ifstream in(entry.path() / "expected");
        std::string expected(std::istreambuf_iterator<char>(in), {});
        EXPECT_EQ(told, expected) << entry.path();
    }
    EXPECT_GE(cases, 20);
}

TEST(Reliance, AMissingFileIsTold) {
    auto contracts = load((golden / "contracts").string());
    Diagnostics diagnostics;
    load_caller_contract("/nowhere/app.yaml", "app", *contracts, diagnostics);
    EXPECT_NE(diagnostics.text().find("/nowhere/app.yaml"), std::string::npos);
}

}  // namespace
}  // namespace headgate
