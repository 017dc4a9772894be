// Mutations of the catalog's own examples: whatever comes, reading and judging end, and what is accepted reads back.
#include <gtest/gtest.h>

#include <random>

#include "contracts/document/json.hpp"
#include "contracts/document/source_value.hpp"
#include "contracts/registry/registry.hpp"
#include "tests/support/corpora.hpp"

namespace headgate {
namespace {

// Every `value` under `examples` of the catalog, as JSON.
std::vector<std::string> examples() {
    std::vector<std::string> found;
    auto visit = [&](auto& self, const SourceNode& node) -> void {
        for (const auto& entry : node.entries) {
            if (entry.key == "value" && entry.value.is_mapping()) {
                Arena arena;
                Builder builder(arena);
                found.push_back(to_json(to_value(entry.value, builder)));
            }
            self(self, entry.value);
        }
        for (const auto& item : node.items) self(self, item);
    };
    for (const auto& path : test::files_of(HEADGATE_SOURCE_DIR "/contracts/catalog", ".yaml")) {
        Diagnostics diagnostics;
        auto file = read_source(path, diagnostics);
        if (file) visit(visit, file->root());
    }
    return found;
}

std::string mutated(std::string text, std::mt19937& random) {
    static const char* const pieces[] = {"{",
                                         "}",
                                         "[",
                                         "]",
                                         ",",
                                         ":",
                                         "\"",
                                         "\\u0000",
                                         "\\uD800",
                                         "1e999",
                                         "-",
                                         "null",
                                         "9999999999999999999999",
                                         "\xC3",
                                         "\xFF",
                                         "\"sku\":1,",
                                         "\"\":",
                                         "0.1",
                                         " "};
    for (int edits = static_cast<int>(random() % 4) + 1; edits > 0; --edits) {
        std::size_t at = random() % (text.size() + 1);
        switch (random() % 4) {
            case 0: text.insert(at, pieces[random() % std::size(pieces)]); break;
            case 1: text.erase(at, random() % 9 + 1); break;
            case 2:
                if (at < text.size()) text[at] = static_cast<char>(random());
                break;
            default: text.insert(at, text.substr(random() % (text.size() + 1), random() % 40)); break;
        }
    }
    return text;
}

TEST(Mutations, NeverBreakReadingOrJudging) {
    Diagnostics diagnostics;
    auto registry = load_contracts({HEADGATE_SOURCE_DIR "/contracts/catalog"}, diagnostics);
    auto seeds = examples();
    ASSERT_GE(seeds.size(), 15u);
    std::mt19937 random(20261123);
    int read = 0, valid = 0;
    for (int round = 0; round < 6'000; ++round) {
        std::string text = mutated(seeds[random() % seeds.size()], random);
        Arena arena;
        Builder builder(arena);
        auto value = read_json(text, builder);
        if (!value) continue;
        ++read;
        for (const auto& operation : registry->operations())
            for (const Schema* schema :
                 {operation->body.get(), operation->response_schema(operation->success_status)}) {
                if (!schema) continue;
                std::vector<SchemaIssue> issues;
                bool ok = schema->validate(*value, &issues);
                EXPECT_EQ(ok, issues.empty());
                EXPECT_LE(issues.size(), 20u);
                valid += ok;
            }
        std::string again = to_json(*value);
        Arena other;
        Builder second(other);
        auto reread = read_json(again, second);
        ASSERT_TRUE(reread) << again;
        EXPECT_EQ(to_json(*reread), again);
    }
    EXPECT_GT(read, 500);
    EXPECT_GT(valid, 50);
}

}  // namespace
}  // namespace headgate
