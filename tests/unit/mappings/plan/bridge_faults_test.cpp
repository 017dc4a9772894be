// Faults seeded into a bridge or into one of its contracts: each is refused at the bridge's place
// (tests/golden/bridges/faults.yaml).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "mappings/plan/plan.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate {

namespace {

namespace fs = std::filesystem;
const fs::path folder = HEADGATE_SOURCE_DIR "/tests/golden/bridges";

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// The two contracts and the bridges, copied so that one of them can be changed.
struct Copy {
    TempFolder at;
    Copy() {
        fs::create_directory(at.file("contracts"));
        fs::create_directory(at.file("mappings"));
        for (auto name : {"shop.v1.yaml", "shop.v2.yaml"}) fs::copy_file(folder / "contracts" / name, place(name));
        fs::copy_file(folder / "shop.map.yaml", place("shop.map.yaml"));
    }
    std::string place(const std::string& name) const {
        return at.file(name == "shop.map.yaml" ? "mappings/" + name : "contracts/" + name);
    }
    Diagnostics load() const {
        Diagnostics diagnostics;
        auto contracts = load_contracts({at.file("contracts")}, diagnostics);
        EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.text();
        if (!diagnostics.has_errors()) load_mappings({at.file("mappings")}, contracts, diagnostics);
        return diagnostics;
    }
};

}  // namespace

TEST(BridgeCheck, AcceptsTheBridgesThatTheFaultsAreSeededInto) {
    auto diagnostics = Copy().load();
    EXPECT_TRUE(diagnostics.all().empty()) << diagnostics.text();
}

TEST(BridgeCheck, RefusesEverySeededFaultAtItsPlace) {
    Diagnostics own;
    auto file = read_source(folder / "faults.yaml", own);
    ASSERT_TRUE(file) << own.text();
    auto count = 0;
    for (const auto& fault : file->root().items) {
        auto text = [&](std::string_view key) { return fault.find(key) ? fault.find(key)->text : std::string(); };
        SCOPED_TRACE("faults.yaml:" + std::to_string(fault.line) + ": " + text("name"));
        Copy copy;
        auto changed = copy.place(fault.find("in") ? text("in") : "shop.map.yaml");
        auto all = content(changed);
        auto at = all.find(text("replace"));
        ASSERT_NE(at, std::string::npos) << text("replace");
        all.replace(at, text("replace").size(), text("with"));
        std::ofstream(changed, std::ios::binary) << all;
        auto diagnostics = copy.load();
        ++count;
        if (!diagnostics.has_errors()) {
            ADD_FAILURE() << "the fault is not found";
            continue;
        }
        const auto& first = diagnostics.all().front();
        EXPECT_EQ(std::to_string(first.mark.line) + ":" + std::to_string(first.mark.column), text("at"))
            << diagnostics.text();
        EXPECT_EQ(first.mark.file, copy.place("shop.map.yaml")) << diagnostics.text();
        EXPECT_NE(first.message.find(text("says")), std::string::npos) << diagnostics.text();
        EXPECT_NE(first.hint.find(text("hint")), std::string::npos) << diagnostics.text();
    }
    EXPECT_GE(count, 40);
}

TEST(BridgeCheck, WarnsOfAStatusThatTheFirstVersionDoesNotDeclare) {
    Copy copy;
    auto change = [&](const std::string& name, std::string_view from, std::string_view to) {
        auto text = content(copy.place(name));
        auto at = text.find(from);
        ASSERT_NE(at, std::string::npos);
        std::ofstream(copy.place(name), std::ios::binary) << text.replace(at, from.size(), to);
    };
    change("shop.v1.yaml", "        default: { description: problem }\n", "        \"404\": { description: yours }\n");
    change("shop.v2.yaml", "        default:",
           "        \"404\": { description: none }\n        \"503\": { description: later }\n        default:");
    auto diagnostics = copy.load();
    EXPECT_FALSE(diagnostics.has_errors());
    ASSERT_EQ(diagnostics.all().size(), 1u) << diagnostics.text();
    EXPECT_NE(
        diagnostics.text().find("shop.map.yaml:1:9: warning: shop.v2/findItems may answer 503, which shop.v1/findItems "
                                "does not declare"),
        std::string::npos)
        << diagnostics.text();
}

}  // namespace headgate
