// The official suite of JSON Schema 2020-12: every required case, remote schemas from the corpus, the network never.
#include "contracts/schema/suite.hpp"

#include <gtest/gtest.h>

#include "tests/support/corpora.hpp"

namespace headgate {
namespace {

TEST(SchemaSuite, Passes1299Of1299RequiredCases) {
    auto folder = test::corpus("json-schema-2020-12");
    if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "corpus json-schema-2020-12 is absent";
    Diagnostics diagnostics;
    auto result = schema::run_suite(folder, {}, diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    for (const auto& failure : result.failures)
        ADD_FAILURE() << failure.mark.file << ":" << failure.mark.line << ": " << failure.group << ": " << failure.test
                      << ": " << failure.why;
    std::cout << "JSON Schema 2020-12: " << result.passed << " of 1299 passed\n";
    EXPECT_EQ(result.passed, 1299);
}

}  // namespace
}  // namespace headgate
