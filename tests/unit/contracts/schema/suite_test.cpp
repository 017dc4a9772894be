// The official suite of JSON Schema 2020-12, as far as its schemas can be loaded.
#include <gtest/gtest.h>

#include "contracts/document/source_value.hpp"
#include "contracts/schema/compiler.hpp"
#include "tests/support/corpora.hpp"

namespace headgate {
namespace {

std::shared_ptr<const SourceFile> remote(const std::string& uri) {
    const std::string host = "http://localhost:1234/";
    if (!uri.starts_with(host)) return nullptr;
    auto path = test::corpus("json-schema-2020-12") / "remotes" / uri.substr(host.size());
    Diagnostics unread;
    return read_source(path, unread);
}

struct Count {
    int passed = 0, failed = 0, not_loaded = 0;
    std::string first;
};

void judge_group(const std::shared_ptr<const SourceFile>& file, const SourceNode& group, Count& count) {
    Diagnostics diagnostics;
    schema::Compiler compiler({.assert_format = false, .refuse_unknown = false, .check_examples = false}, diagnostics,
                              remote);
    const SourceNode& root = *group.find("schema");
    auto schema = compiler.compile(root, compiler.add("test:/" + file->path, file, root));
    compiler.finish();
    // The meta-schema itself is not loaded.
    if (diagnostics.text().find("there is no 'https://json-schema.org/draft/2020-12/schema'") != std::string::npos) {
        count.not_loaded += static_cast<int>(group.find("tests")->items.size());
        return;
    }
    Arena arena;
    Builder builder(arena);
    for (const auto& test : group.find("tests")->items) {
        bool expected = test.find("valid")->text == "true";
        bool right = !diagnostics.has_errors() && schema->validate(to_value(*test.find("data"), builder)) == expected;
        ++(right ? count.passed : count.failed);
        if (!right && count.first.empty())
            count.first = file->path + ": " + group.find("description")->text + ": " + test.find("description")->text +
                          (diagnostics.has_errors() ? "\n" + diagnostics.text() : "");
    }
}

TEST(SchemaSuite, PassesTheKeywordsThatAreSupported) {
    auto files = test::files_of(test::corpus("json-schema-2020-12"), ".json");
    if (files.empty()) GTEST_SKIP() << "corpus json-schema-2020-12 is absent";
    int passed = 0, failed = 0, not_loaded = 0;
    for (const auto& path : files) {
        Diagnostics diagnostics;
        auto file = read_source(path, diagnostics);
        ASSERT_TRUE(file) << diagnostics.text();
        Count count;
        for (const auto& group : file->root().items) judge_group(file, group, count);
        passed += count.passed;
        failed += count.failed;
        not_loaded += count.not_loaded;
        if (path.filename() != "vocabulary.json") {
            EXPECT_EQ(count.failed, 0) << count.first;
        }
    }
    std::cout << "JSON Schema 2020-12: " << passed << " of " << passed + failed + not_loaded << " passed\n";
    EXPECT_GE(passed, 1294);
}

}  // namespace
}  // namespace headgate
