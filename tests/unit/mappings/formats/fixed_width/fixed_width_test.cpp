// Fixed-width records: golden cases of several layouts, each read in every two pieces and written back; the shape that
// mappings see; layouts refused.
#include <gtest/gtest.h>

#include "mappings/formats/fixed_width/document.hpp"
#include "mappings/formats/fixed_width/reader.hpp"
#include "tests/support/format_cases.hpp"

namespace headgate {
namespace {

namespace fs = std::filesystem;
const fs::path golden = fs::path(HEADGATE_SOURCE_DIR) / "tests/golden/formats/fixed_width";

std::string read_whole(const FixedWidthLayout& layout, const CodePage& page, std::string_view bytes, DriftLog& drift) {
    Arena arena;
    Builder builder(arena);
    auto document = read_fixed_width(layout, page, bytes, builder, drift);
    return document ? to_json(*document) : "error: " + document.error().detail;
}

// Each record as its type and fields, one a line.
std::string records_in_pieces(const FixedWidthLayout& layout, const CodePage& page, std::string_view bytes,
                              std::vector<std::size_t> cuts, DriftLog& drift) {
    FixedWidthReader reader(layout, page, drift);
    std::string out;
    cuts.push_back(bytes.size());
    auto records = [&](auto next) {
        for (;;) {
            auto more = next();
            if (!more) return out += "error: " + more.error().detail, false;
            if (!*more) return true;
            Arena arena;
            Builder builder(arena);
            builder.begin_object();
            reader.append_fields(builder);
            builder.end_object();
            out += reader.type().name + to_json(builder.take()) + "\n";
        }
    };
    std::size_t from = 0;
    for (std::size_t cut : cuts) {
        std::string piece(bytes.substr(from, cut - from));  // a copy, so that nothing may be kept of it
        std::string_view rest = piece;
        if (!records([&] { return reader.read(rest); })) return out;
        EXPECT_TRUE(rest.empty());
        from = cut;
    }
    records([&] { return reader.finish(); });
    return out;
}

std::shared_ptr<const FixedWidthLayout> golden_layout(const fs::path& folder) {
    Diagnostics diagnostics;
    auto layout = load_fixed_width_layout((folder / "layout.yaml").string(), diagnostics);
    EXPECT_TRUE(layout) << diagnostics.text();
    return layout;
}

TEST(FixedWidth, HoldsItsGoldenCasesInEveryPieces) {
    int folders = 0;
    for (const auto& entry : fs::directory_iterator(golden)) {
        if (!entry.is_directory()) continue;
        auto layout = golden_layout(entry.path());
        ASSERT_TRUE(layout);
        FormatUnderTest format;
        format.read = [&](const FormatCase& one, const std::vector<std::size_t>& cuts, DriftLog& drift) {
            const CodePage& page = *CodePage::find(one.charset);
            if (!cuts.empty()) {
                DriftLog once;
                EXPECT_EQ(records_in_pieces(*layout, page, one.input, cuts, drift),
                          records_in_pieces(*layout, page, one.input, {}, once));
                EXPECT_EQ(told(drift), told(once));
                drift = {};
            }
            return read_whole(*layout, page, one.input, drift);
        };
        format.write = [&](const FormatCase& one, const Value& document) {
            auto written = write_fixed_width(*layout, *CodePage::find(one.charset), document);
            return written ? *written : "error: " + written.error().detail;
        };
        check_format_cases(entry.path(), format);
        ++folders;
    }
    EXPECT_GE(folders, 6);
}

TEST(FixedWidth, RefusesLayoutsThatAreWrongWithTheirPlace) {
    int seen = check_layout_faults(golden / "faults.yaml", [](const SourceFile& file) {
        Diagnostics diagnostics;
        EXPECT_EQ(fixed_width_layout(file, diagnostics), nullptr);
        return diagnostics.text();
    });
    EXPECT_GE(seen, 35);
}

TEST(FixedWidth, FailsAgainOnceItHasFailed) {
    auto layout = golden_layout(golden / "pick");
    DriftLog drift;
    FixedWidthReader reader(*layout, *CodePage::find("US-ASCII"), drift);
    std::string_view bad = "X1\n", good = "H1PO4711      261201          \n";
    auto first = reader.read(bad), second = reader.read(good), third = reader.finish();
    ASSERT_TRUE(!first && !second && !third);
    EXPECT_EQ(second.error().detail, first.error().detail);
    EXPECT_EQ(third.error().detail, first.error().detail);
}

TEST(FixedWidth, KeepsNoMoreOfALineThanARecordMayHave) {
    auto layout = golden_layout(golden / "pick");
    DriftLog drift;
    FixedWidthReader reader(*layout, *CodePage::find("US-ASCII"), drift);
    std::string megabyte(1 << 20, 'H');
    for (int i = 0; i < 3; ++i) {
        std::string_view rest = megabyte;
        auto more = reader.read(rest);
        ASSERT_TRUE(more && !*more);
    }
    std::string_view end = "\n";
    auto more = reader.read(end);
    ASSERT_FALSE(more);
    EXPECT_EQ(more.error().detail, "fixed-width: record 1, offset 0: unknown record type 'HH'");
}

TEST(FixedWidth, BoundsTheWholeFile) {
    auto layout = golden_layout(golden / "prices");
    Arena arena;
    Builder builder(arena);
    DriftLog drift;
    std::string two = "004711   199912  *****SALE\n004712   199912  *****SALE\n";
    auto read = [&](std::size_t file, std::size_t values) {
        auto document =
            read_fixed_width(*layout, *CodePage::find("US-ASCII"), two, builder, drift, FixedWidthLimits{file, values});
        return document ? "good" : document.error().detail;
    };
    EXPECT_EQ(read(two.size(), 10), "good");
    EXPECT_EQ(read(two.size() - 1, 10), "fixed-width: more than 53 bytes");
    EXPECT_EQ(read(two.size(), 9), "fixed-width: more than 9 values");
}

TEST(FixedWidth, ShowsMappingsItsRecordsAndFields) {
    auto layout = golden_layout(golden / "pick");
    const LegacyNode* header = layout->shape.child("H1");
    ASSERT_TRUE(header);
    EXPECT_FALSE(header->optional);
    EXPECT_FALSE(header->repeated);
    EXPECT_EQ(header->child("Record-Type")->codes, std::vector<std::string>{"H1"});
    EXPECT_TRUE(header->child("Record-Type")->optional);
    EXPECT_EQ(header->child("PO")->length, 12);
    EXPECT_FALSE(header->child("PO")->optional);
    EXPECT_EQ(header->child("Cancel-by-date")->type, LegacyType::date);
    EXPECT_TRUE(header->child("Cancel-by-date")->nillable);
    const LegacyNode* detail = layout->shape.child("D1");
    EXPECT_TRUE(detail->repeated && detail->optional);
    EXPECT_EQ(detail->child("Pack-Qty")->type, LegacyType::decimal);
    EXPECT_EQ(detail->child("Pack-Qty")->length, 5);
    EXPECT_EQ(detail->child("Pack-Qty")->fraction, 2);
    EXPECT_EQ(detail->child("Price")->length, 6);  // without its sign
    EXPECT_EQ(detail->child("Change")->type, LegacyType::integer);
    EXPECT_TRUE(layout->shape.child("T1")->child("Lines")->optional);  // counted by the writer

    auto nested = golden_layout(golden / "orders");
    EXPECT_TRUE(nested->shape.child("Order")->child("Line")->child("Note")->optional);
    EXPECT_EQ(nested->shape.child("Order")->child("Record-Type"), nullptr);  // it has no name
}

}  // namespace
}  // namespace headgate
