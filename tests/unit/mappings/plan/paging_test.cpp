// Lists page by page: their cases, and cursors that are not what was given
// (tests/golden/mappings/faults/good/pages.cases.yaml).
#include <gtest/gtest.h>

#include "base/base64url.hpp"
#include "contracts/document/json.hpp"
#include "mappings/plan/cases.hpp"

namespace headgate {

namespace {

const std::string folder = HEADGATE_SOURCE_DIR "/tests/golden/mappings/faults/";

const PlanSet& plans() {
    static const auto all = [] {
        Diagnostics diagnostics;
        auto out = load_mappings({folder + "good"}, load_contracts({folder + "contracts"}, diagnostics), diagnostics);
        EXPECT_TRUE(diagnostics.all().empty()) << diagnostics.text();
        return out;
    }();
    return *all;
}

// What a caller is told of a request; empty: it is asked.
std::string refusal(const std::string& call, const std::string& request) {
    Arena arena;
    Builder source(arena), builder(arena);
    auto made = plans().find_call("depot", call)->to_legacy(*read_json(request, source, {}, false), builder);
    if (made) return {};
    EXPECT_EQ(made.error().kind, ErrorKind::invalid_message);
    return made.error().pointer + ": " + made.error().message;
}

std::string cursor(const std::string& call, const std::string& request, const std::string& position) {
    Arena arena;
    Builder builder(arena);
    auto asked = *read_json(request, builder, {}, false), at = *read_json(position, builder, {}, false);
    return plans().find_call("depot", call)->cursor(asked, at).value_or("");
}

const std::string none =
    "/cursor: This is no cursor: send the nextCursor of the page before, or none for the first page";

}  // namespace

TEST(Paging, EveryCaseHolds) {
    Diagnostics diagnostics;
    int cases = 0;
    for (const auto& count : run_cases(folder + "good/pages.cases.yaml", plans(), diagnostics)) {
        EXPECT_EQ(count.failed, 0) << count.call;
        cases += count.run;
    }
    EXPECT_EQ(diagnostics.text(), "");
    EXPECT_EQ(cases, 30);
}

TEST(Paging, ACursorHoldsForItsOwnQueryAlone) {
    auto given = cursor("shelves", R"({"hall":"north","limit":5})", "10");
    auto send = [&](const std::string& call, const std::string& others) {
        return refusal(call, "{" + others + R"("cursor":")" + given + "\"}");
    };
    EXPECT_EQ(send("shelves", R"("hall":"north",)"), "");
    EXPECT_EQ(send("shelves", R"("limit":7,"hall":"north",)"), "");
    EXPECT_EQ(send("shelves", R"("hall":"south",)"), "/cursor: This cursor belongs to a query with other parameters");
    EXPECT_EQ(send("shelves", ""), "/cursor: This cursor belongs to a query with other parameters");
    EXPECT_EQ(send("goods", ""), "/cursor: This cursor belongs to another operation");
}

TEST(Paging, ACursorThatWasChangedIsNone) {
    auto given = cursor("shelves", "{}", "10");
    auto send = [&](const std::string& text) { return refusal("shelves", R"({"cursor":")" + text + "\"}"); };
    for (std::size_t length = 0; length < given.size(); ++length) EXPECT_EQ(send(given.substr(0, length)), none);
    EXPECT_EQ(send(given + "A"), none);
    for (std::size_t at = 0; at < given.size(); ++at) {
        auto changed = given;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        send(changed);  // another position, or refused: never anything else
    }
    EXPECT_EQ(send(to_base64url(std::string(200, '['))), none);
    EXPECT_EQ(send(to_base64url("{}")), none);
    EXPECT_EQ(send(to_base64url("[1,2,3]")), none);
}

TEST(Paging, ACursorIsTextForAnAddressWithoutWordsOfASystem) {
    auto given = cursor("goods", "{}", R"(["HG-1"])");
    EXPECT_EQ(given.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
              std::string::npos);
    EXPECT_EQ(*from_base64url(given), R"(["shelves.v1/listGoods","47DEQpj8HBSa",["HG-1"]])");
}

}  // namespace headgate
