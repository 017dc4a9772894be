// Another project's pairs of documents (josephburnett/jd): judged same or different as a semantic comparison should.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "shadow/compare/compare.hpp"

namespace headgate {
namespace {

std::filesystem::path corpora() {
    if (const char* given = std::getenv("HEADGATE_CORPORA")) return given;
    return std::filesystem::path(HEADGATE_SOURCE_DIR) / "../shared/corpora";
}

TEST(JsonDiffCorpus, IsJudgedSameOrDifferentAsThere) {
    auto path = corpora() / "json-diff" / "core.json";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no corpus at " << path << ": set HEADGATE_CORPORA";
    // jd takes numbers as binary floating point, in which 0.1 and 0.10000000000000001 are one; exact decimals are two.
    const std::set<std::string> exact_here{"floating_point_precision"};
    std::size_t judged = 0;
    for (const auto& test : nlohmann::json::parse(std::ifstream(path))) {
        auto name = test.at("name").get<std::string>();
        if (test.value("operation", "diff") != "diff" || test.value("expect_error", false) || test.contains("options"))
            continue;
        bool same = test.value("expected_output", "").empty() && !test.contains("accepted_lines");
        auto comparison =
            compare_texts(test.at("content_a").get<std::string>(), test.at("content_b").get<std::string>(), nullptr);
        EXPECT_TRUE(comparison.usable()) << name;
        EXPECT_EQ(comparison.same(), same && !exact_here.contains(name)) << name;
        ++judged;
    }
    EXPECT_GE(judged, 40u);
}

}  // namespace
}  // namespace headgate
