// One folder a case under tests/golden/evolution: old and new, and every change that is told of them. Each rule of the
// table has a case of its name; what must not be told has cases that expect nothing.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "contracts/evolution/contract_diff.hpp"
#include "contracts/evolution/rules.hpp"
#include "tests/support/corpora.hpp"

namespace headgate::evolution {
namespace {

namespace fs = std::filesystem;

const fs::path golden = HEADGATE_SOURCE_DIR "/tests/golden/evolution";

std::string side(const fs::path& folder, const char* name) {
    for (const char* ending : {".yaml", ".json", ""})
        if (auto path = folder / (std::string(name) + ending); fs::exists(path)) return path.string();
    return {};
}

std::string place(const std::optional<SourceMark>& mark, const fs::path& folder) {
    if (!mark) return "-";
    return fs::relative(mark->file, folder).string() + ':' + std::to_string(mark->line) + ':' +
           std::to_string(mark->column);
}

// The file's format: level rule | operation | where | path | old place | new place | message
std::string told(const std::vector<Change>& changes, const fs::path& folder) {
    std::string out;
    for (const auto& change : changes)
        out += std::string(name(change.level)) + ' ' + change.rule + " | " + change.operation + " | " + change.where +
               " | " + change.path + " | " + place(change.before, folder) + " | " + place(change.after, folder) +
               " | " + change.message + '\n';
    return out;
}

std::vector<fs::path> cases() {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(golden))
        if (entry.is_directory()) found.push_back(entry.path());
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<Change> diff(const fs::path& folder) {
    Diagnostics diagnostics;
    auto changes = diff_contracts(side(folder, "old"), side(folder, "new"), {.today = "2026-11-26"}, diagnostics);
    EXPECT_TRUE(changes) << folder << "\n" << diagnostics.text();
    return changes.value_or(std::vector<Change>());
}

// HEADGATE_UPDATE=1 writes what is told now; whoever does so reads the difference.
TEST(EvolutionGolden, EveryCaseIsToldAsExpected) {
    ASSERT_GT(cases().size(), 150u);
    for (const auto& folder : cases()) {
        SCOPED_TRACE(folder.filename().string());
        std::string text = told(diff(folder), folder);
        if (std::getenv("HEADGATE_UPDATE")) std::ofstream(folder / "expected.txt") << text;
        EXPECT_EQ(text, test::read_file(folder / "expected.txt"));
    }
}

TEST(EvolutionGolden, EveryRuleHasACaseThatTriggersIt) {
    std::set<std::string> shown;
    for (const auto& folder : cases())
        for (const auto& rule : rules())
            if (test::read_file(folder / "expected.txt").find(' ' + rule.id + " | ") != std::string::npos &&
                folder.filename().string().starts_with(rule.id))
                shown.insert(rule.id);
    for (const auto& rule : rules()) {
        if (rule.id == "comparison-cut") continue;  // hostile_test.cpp
        EXPECT_TRUE(shown.contains(rule.id)) << rule.id;
    }
}

TEST(EvolutionGolden, TheLevelOfARuleIsThatOfItsTable) {
    for (const auto& folder : cases()) {
        if (folder.filename().string().find("-inside-") != std::string::npos) continue;  // conditions, hidden members
        for (const auto& change : diff(folder)) {
            ASSERT_TRUE(find_rule(change.rule)) << change.rule;
            EXPECT_EQ(change.level, find_rule(change.rule)->level) << folder << " " << change.rule;
        }
    }
}

TEST(EvolutionGolden, NothingIsToldWhereNothingHasChanged) {
    int silent = 0;
    for (const auto& folder : cases()) {
        if (!folder.filename().string().starts_with("same-")) continue;
        ++silent;
        EXPECT_EQ(told(diff(folder), folder), "") << folder;
    }
    EXPECT_GT(silent, 12);
}

TEST(EvolutionGolden, NoDocumentDiffersFromItself) {
    for (const auto& folder : cases())
        for (const char* name : {"old", "new"}) {
            Diagnostics diagnostics;
            auto path = side(folder, name);
            auto changes = diff_contracts(path, path, {.today = "2026-11-26"}, diagnostics);
            ASSERT_TRUE(changes) << diagnostics.text();
            EXPECT_EQ(told(*changes, folder), "") << path;
        }
}

}  // namespace
}  // namespace headgate::evolution
