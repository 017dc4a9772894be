// The layouts that docs/reference/layouts.md shows can be used as they stand there.
#include <gtest/gtest.h>

#include <fstream>

#include "mappings/formats/csv/layout.hpp"
#include "mappings/formats/fixed_width/layout.hpp"

namespace headgate {
namespace {

TEST(LayoutDocs, ShowLayoutsThatLoad) {
    std::ifstream in(std::string(HEADGATE_SOURCE_DIR) + "/docs/reference/layouts.md");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    int seen = 0;
    for (auto at = text.find("```yaml\n"); at != std::string::npos; at = text.find("```yaml\n", at)) {
        auto begin = at + 8, end = text.find("```", begin);
        std::string block = text.substr(begin, end - begin);
        at = end;
        Diagnostics diagnostics;
        auto file = parse_source("layouts.md", block, diagnostics);
        ASSERT_TRUE(file) << diagnostics.text();
        bool loaded = block.starts_with("layout: csv") ? csv_layout(*file, diagnostics) != nullptr
                                                       : fixed_width_layout(*file, diagnostics) != nullptr;
        EXPECT_TRUE(loaded) << diagnostics.text();
        ++seen;
    }
    EXPECT_EQ(seen, 2);
}

}  // namespace
}  // namespace headgate
