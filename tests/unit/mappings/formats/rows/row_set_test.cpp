// Rows as a document: columns that nobody named are drift, and not even read.
#include "mappings/formats/rows/row_set.hpp"

#include <gtest/gtest.h>

#include "contracts/document/json.hpp"
#include "mappings/formats/charset/charset.hpp"
#include "mappings/formats/drift.hpp"

namespace headgate {
namespace {

TEST(RowSet, LeavesOutColumnsThatNobodyNamedAndTellsEachOnce) {
    RowSet rows;
    rows.set_columns({"NEU", "ARTNR", "LAG", "NEU"});
    for (std::string_view sku : {"HG-1", "HG-2"}) {
        rows.add("\xFF\xFE");  // no text at all
        rows.add(sku);
        rows.add_null();
        rows.add("x");
    }
    Arena arena;
    DriftLog drift;
    const Charset& utf8 = *Charset::find("UTF-8");
    auto document = rows.document({"ARTNR", "LAG"}, utf8, arena, &drift);
    ASSERT_TRUE(document) << document.error().detail;
    EXPECT_EQ(to_json(*document), R"([{"ARTNR":"HG-1","LAG":null},{"ARTNR":"HG-2","LAG":null}])");
    ASSERT_EQ(drift.all().size(), 1u);
    EXPECT_EQ(drift.all()[0].kind + " " + drift.all()[0].name, "column NEU");
    auto twice = rows.document({"NEU"}, utf8, arena);
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().detail, "rows: the column NEU occurs twice");
}

}  // namespace
}  // namespace headgate
