// Faults seeded into good mappings: each is refused at its place, with what is expected there
// (tests/golden/mappings/faults/NAME/x.map.yaml, expected.txt).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "mappings/plan/plan.hpp"

namespace headgate {

namespace {

namespace fs = std::filesystem;
const fs::path folder = HEADGATE_SOURCE_DIR "/tests/golden/mappings/faults";

std::string content(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

std::shared_ptr<const Registry> contracts() {
    static const auto all = [] {
        Diagnostics diagnostics;
        auto loaded = load_contracts({folder / "contracts", folder / "../files/contracts"}, diagnostics);
        EXPECT_TRUE(diagnostics.all().empty()) << diagnostics.text();
        return loaded;
    }();
    return all;
}

// What is told of the mappings in a folder, as places in it.
std::string told(const fs::path& of) {
    Diagnostics diagnostics;
    auto plans = load_mappings({of}, contracts(), diagnostics);
    if (!diagnostics.has_errors()) warn_of_past_drops(*plans, "2026-11-26", diagnostics);
    auto text = diagnostics.text();
    auto files = (folder / "../files/").lexically_normal().string();
    for (auto [path, instead] :
         {std::pair((of / "").string(), ""), {(folder / "").string(), "../"}, {files, "../../files/"}})
        for (auto at = text.find(path); at != std::string::npos; at = text.find(path))
            text.replace(at, path.size(), instead);
    return text;
}

bool is_fault(const fs::path& of) { return fs::exists(of / "expected.txt"); }

}  // namespace

TEST(LoadCheck, AcceptsTheMappingsThatTheFaultsAreSeededInto) { EXPECT_EQ(told(folder / "good"), ""); }

TEST(LoadCheck, RefusesEverySeededFaultAtItsPlace) {
    int refused = 0, known = 0;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (!is_fault(entry.path())) continue;
        SCOPED_TRACE(entry.path().filename().string());
        auto expected = content(entry.path() / "expected.txt");
        // What the schemas can't tell: `accepted: ` and why.
        bool accepted = expected.starts_with("accepted: ");
        EXPECT_EQ(told(entry.path()), accepted ? "" : expected);
        ++(accepted ? known : refused);
    }
    EXPECT_GE(refused, 294);
    EXPECT_LE(known, 6);
}

}  // namespace headgate
