// What of a configuration a mock needs, and what it passes over.
#include "gateway/config/mock_snapshot.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/temp_folder.hpp"

namespace headgate {
namespace {

const std::string contracts = "contracts: [" HEADGATE_SOURCE_DIR "/tests/golden/mock]\n";

class MockConfiguration : public ::testing::Test {
  protected:
    std::shared_ptr<const Snapshot> load(const std::string& yaml) {
        MockSettings settings;
        settings.config = folder_.file("headgate.yaml");
        std::ofstream(settings.config) << yaml;
        diagnostics_ = {};
        return load_mock_snapshot(settings, nullptr, diagnostics_);
    }
    TempFolder folder_;
    Diagnostics diagnostics_;
};

TEST_F(MockConfiguration, ServesEveryOperationWhateverSystemsAndRoutesSay) {
    auto snapshot = load(contracts +
                         "listen: { api: 127.0.0.1:0, admin: 127.0.0.1:0 }\n"
                         "mappings: [nowhere]\nsystems: { shop: { adapter: smoke } }\n"
                         "routes: [{ operation: none/such, legacy: nobody }]\ncallers: [{ token: plain }]\n");
    ASSERT_TRUE(snapshot) << diagnostics_.text();
    EXPECT_TRUE(snapshot->systems.empty());
    for (const auto& operation : snapshot->contracts->operations()) EXPECT_TRUE(snapshot->route(operation.get()));
    EXPECT_FALSE(snapshot->contracts->operations().empty());
}

TEST_F(MockConfiguration, ReportsTheFaultsThatMatterToIt) {
    EXPECT_FALSE(load("contracts: [nowhere]\nlisten: { api: somewhere }\nlimits: { in_flight: none }\nrotues: []\n"));
    for (const char* told : {"'contracts'", "'api'", "in_flight", "rotues"})
        EXPECT_NE(diagnostics_.text().find(told), std::string::npos) << told << "\n" << diagnostics_.text();
}

TEST(MockSettingsAlone, NeedAnAddressAndAFolderOfContracts) {
    MockSettings settings;
    settings.contracts = {HEADGATE_SOURCE_DIR "/tests/golden/no-such-folder"};
    settings.api = "everywhere";
    Diagnostics diagnostics;
    EXPECT_FALSE(load_mock_snapshot(settings, nullptr, diagnostics));
    EXPECT_NE(diagnostics.text().find("--api"), std::string::npos) << diagnostics.text();
    EXPECT_NE(diagnostics.text().find("no-such-folder"), std::string::npos) << diagnostics.text();
}

}  // namespace
}  // namespace headgate
