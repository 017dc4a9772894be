// CSV: golden cases of several layouts, each read in every two pieces and written back; bounds; layouts refused.
#include <gtest/gtest.h>

#include "mappings/formats/charset/charset.hpp"
#include "mappings/formats/csv/reader.hpp"
#include "mappings/formats/csv/writer.hpp"
#include "tests/support/format_cases.hpp"

namespace headgate {
namespace {

namespace fs = std::filesystem;
const fs::path golden = fs::path(HEADGATE_SOURCE_DIR) / "tests/golden/formats/csv";

std::string read_in_pieces(const CsvLayout& layout, const Charset& charset, std::string_view bytes,
                           std::vector<std::size_t> cuts, DriftLog& drift, const CsvLimits& limits = {}) {
    CsvReader reader(layout, charset, drift, limits);
    std::string out;
    cuts.push_back(bytes.size());
    auto records = [&](auto next) {
        for (;;) {
            auto more = next();
            if (!more) return out = "error: " + more.error().detail, false;
            if (!*more) return true;
            Arena arena;
            out += (out.empty() ? "" : ",") + to_json(reader.record(arena));
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
    if (!records([&] { return reader.finish(); })) return out;
    return "[" + out + "]";
}

std::string read_whole(const CsvLayout& layout, const Charset& charset, std::string_view bytes, DriftLog& drift,
                       const CsvLimits& limits = {}) {
    Arena arena;
    auto document = read_csv(layout, charset, bytes, arena, drift, limits);
    return document ? to_json(*document) : "error: " + document.error().detail;
}

std::shared_ptr<const CsvLayout> layout_of(std::string_view yaml) {
    Diagnostics diagnostics;
    auto file = parse_source("layout.yaml", yaml, diagnostics);
    auto layout = file ? csv_layout(*file, diagnostics) : nullptr;
    EXPECT_TRUE(layout) << diagnostics.text();
    return layout;
}

TEST(Csv, HoldsItsGoldenCasesInEveryPieces) {
    int folders = 0;
    for (const auto& entry : fs::directory_iterator(golden)) {
        if (!entry.is_directory()) continue;
        Diagnostics diagnostics;
        auto layout = load_csv_layout((entry.path() / "layout.yaml").string(), diagnostics);
        ASSERT_TRUE(layout) << diagnostics.text();
        FormatUnderTest format;
        format.read = [&](const FormatCase& one, const std::vector<std::size_t>& cuts, DriftLog& drift) {
            const Charset& charset = *Charset::find(one.charset);
            return cuts.empty() ? read_whole(*layout, charset, one.input, drift)
                                : read_in_pieces(*layout, charset, one.input, cuts, drift);
        };
        format.write = [&](const FormatCase& one, const Value& document) {
            auto written = write_csv(*layout, *Charset::find(one.charset), document);
            return written ? *written : "error: " + written.error().detail;
        };
        check_format_cases(entry.path(), format);
        ++folders;
    }
    EXPECT_GE(folders, 5);
}

TEST(Csv, RefusesLayoutsThatAreWrongWithTheirPlace) {
    int seen = check_layout_faults(golden / "faults.yaml", [](const SourceFile& file) {
        Diagnostics diagnostics;
        EXPECT_EQ(csv_layout(file, diagnostics), nullptr);
        return diagnostics.text();
    });
    EXPECT_GE(seen, 10);
}

TEST(Csv, BoundsFieldsRecordsAndColumnsWhateverThePieces) {
    auto layout = layout_of("layout: csv\nheader: none\nline-end: lf\ncolumns:\n  a: text?\n  b: text?\n");
    auto open = layout_of("layout: csv\nline-end: lf\ncolumns:\n  a: text?\n");
    const Charset& charset = *Charset::find("UTF-8");
    CsvLimits limits;
    limits.field = 5;
    limits.record = 8;
    limits.columns = 3;
    limits.file = 40;
    auto read = [&](const CsvLayout& by, const std::string& bytes) {
        DriftLog drift;
        std::string whole = read_whole(by, charset, bytes, drift, limits);
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut)
            EXPECT_EQ(read_in_pieces(by, charset, bytes, {cut}, drift, limits), whole);
        return whole;
    };
    EXPECT_EQ(read(*layout, "12345,123\n"), R"([{"a":"12345","b":"123"}])");
    EXPECT_EQ(read(*layout, "1,\n123456,1\n"), "error: CSV: line 2, column 1 (a): more than 5 bytes");
    EXPECT_EQ(read(*layout, "1,\n12345,1234\n"), "error: CSV: line 2, column 1: a record of more than 8 bytes");
    EXPECT_EQ(read(*layout, "\"\n\n\n\n\n\n"), "error: CSV: line 1, column 1 (a): more than 5 bytes");
    EXPECT_EQ(read(*open, "a,b,c,d\n"), "error: CSV: line 1, column 7: more than 3 fields");
    DriftLog drift;
    EXPECT_EQ(read_whole(*layout, charset, std::string(41, ','), drift, limits), "error: CSV: more than 40 bytes");
    limits.values = 4;
    EXPECT_EQ(read_whole(*layout, charset, "1,2\n3,4\n", drift, limits), R"([{"a":"1","b":"2"},{"a":"3","b":"4"}])");
    EXPECT_EQ(read_whole(*layout, charset, "1,2\n3,4\n5,6\n", drift, limits), "error: CSV: more than 4 values");
}

TEST(Csv, FailsAgainOnceItHasFailed) {
    auto layout = layout_of("layout: csv\nheader: none\ncolumns: { a: int }\n");
    DriftLog drift;
    CsvReader reader(*layout, *Charset::find("UTF-8"), drift);
    std::string_view bad = "x\r\n1\r\n";
    auto first = reader.read(bad);
    ASSERT_FALSE(first);
    std::string_view good = "1\r\n";
    auto second = reader.read(good), third = reader.finish();
    ASSERT_FALSE(second);
    ASSERT_FALSE(third);
    EXPECT_EQ(second.error().detail, first.error().detail);
    EXPECT_EQ(third.error().detail, first.error().detail);
}

TEST(Csv, ShowsMappingsItsColumnsWithTypesAndWhatMayBeNull) {
    auto layout = layout_of("layout: csv\ncolumns:\n  sku: char(18)\n  qty: decimal(9,3)?\n  at: timestamp\n");
    ASSERT_TRUE(layout);
    EXPECT_TRUE(layout->shape.repeated);
    ASSERT_EQ(layout->shape.children.size(), 3u);
    EXPECT_EQ(layout->shape.child("sku")->length, 18);
    EXPECT_FALSE(layout->shape.child("sku")->optional);
    EXPECT_EQ(layout->shape.child("qty")->type, LegacyType::decimal);
    EXPECT_EQ(layout->shape.child("qty")->fraction, 3);
    EXPECT_TRUE(layout->shape.child("qty")->nillable);
    EXPECT_EQ(layout->shape.child("at")->type, LegacyType::datetime);
}

TEST(Drift, IsKeptOnceForEachNameWithItsCountAndBounded) {
    DriftLog log;
    for (std::size_t i = 0; i < DriftLog::at_most + 5; ++i) log.add("column", std::to_string(i), "here");
    log.add("column", "7", "there");
    EXPECT_EQ(log.all().size(), DriftLog::at_most);
    EXPECT_EQ(log.left_out(), 5u);
    EXPECT_EQ(log.all()[7].count, 2u);
    EXPECT_EQ(log.all()[7].place, "here");
}

}  // namespace
}  // namespace headgate
