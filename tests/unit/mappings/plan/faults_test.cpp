// Faults seeded into good mappings: each is refused at its place (tests/golden/mappings/faults.yaml).
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "mappings/plan/compiled_plan.hpp"
#include "tests/unit/mappings/plan/contracts_of_the_retailer.hpp"

namespace headgate::mappings {

namespace {

const std::string folder = HEADGATE_SOURCE_DIR "/tests/golden/mappings/";

std::string content(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

// A mapping's text, loaded as if it stood in the file.
Diagnostics load(const std::string& path, const std::string& text) {
    Diagnostics diagnostics;
    auto file = parse_source(path, text, diagnostics);
    if (!file) return diagnostics;
    for (const auto& mapping : parse_mappings(file, diagnostics))
        CompiledPlan::compile(mapping, *retailer_contracts(), diagnostics);
    return diagnostics;
}

}  // namespace

TEST(LoadCheck, AcceptsTheMappingsThatTheFaultsAreSeededInto) {
    for (std::string base : {"prices", "stock", "reserve", "pick"}) {
        auto path = folder + "bases/" + base + ".map.yaml";
        auto diagnostics = load(path, content(path));
        EXPECT_TRUE(diagnostics.all().empty()) << diagnostics.text();
    }
}

TEST(LoadCheck, RefusesEverySeededFaultAtItsPlace) {
    Diagnostics own;
    auto file = read_source(folder + "faults.yaml", own);
    ASSERT_TRUE(file) << own.text();
    auto count = 0;
    for (const auto& fault : file->root().items) {
        auto text = [&](std::string_view key) { return fault.find(key) ? fault.find(key)->text : std::string(); };
        SCOPED_TRACE("faults.yaml:" + std::to_string(fault.line) + ": " + text("name"));
        auto path = folder + "bases/" + text("base") + ".map.yaml";
        auto mapping = content(path);
        auto at = mapping.find(text("replace"));
        ASSERT_NE(at, std::string::npos) << text("replace");
        mapping.replace(at, text("replace").size(), text("with"));
        auto diagnostics = load(path, mapping);
        ++count;
        if (diagnostics.all().empty()) {
            ADD_FAILURE() << "the fault is not found";
            continue;
        }
        const auto& first = diagnostics.all().front();
        EXPECT_EQ(std::to_string(first.mark.line) + ":" + std::to_string(first.mark.column), text("at"))
            << diagnostics.text();
        EXPECT_EQ(first.mark.file, path);
        EXPECT_NE(first.message.find(text("says")), std::string::npos) << diagnostics.text();
        EXPECT_NE(first.hint.find(text("hint")), std::string::npos) << diagnostics.text();
    }
    EXPECT_GE(count, 60);
}

}  // namespace headgate::mappings
