// Hostile files: the comparison ends, in bounded time, and what it could not judge it says.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

#include "contracts/evolution/contract_diff.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate::evolution {
namespace {

const std::string head = "openapi: 3.1.0\ninfo: { title: T, version: 1.0.0 }\n";
const std::string one_operation =
    head +
    "paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: d\n          content:\n"
    "            application/json: { schema: { $ref: '#/components/schemas/s0' } }\ncomponents:\n  schemas:\n";

class Hostile : public testing::Test {
  protected:
    std::string write(const std::string& name, const std::string& text) {
        std::string path = folder_.file(name);
        std::ofstream(path) << text;
        return path;
    }
    std::vector<Change> diff(const std::string& before, const std::string& after, Limits limits = {}) {
        auto begin = std::chrono::steady_clock::now();
        auto changes = diff_contracts(write("old.yaml", before), write("new.yaml", after),
                                      {.today = "2026-11-26", .limits = limits}, diagnostics_);
        EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
        EXPECT_EQ(bool(changes), !diagnostics_.has_errors());
        return changes.value_or(std::vector<Change>());
    }
    static std::size_t count(const std::vector<Change>& changes, const std::string& rule) {
        std::size_t n = 0;
        for (const auto& change : changes) n += change.rule == rule;
        return n;
    }
    TempFolder folder_;
    Diagnostics diagnostics_;
};

std::string schema(int i, const std::string& text) { return "    s" + std::to_string(i) + ": " + text + "\n"; }
std::string ref(int i) { return "{ $ref: '#/components/schemas/s" + std::to_string(i) + "' }"; }

TEST_F(Hostile, AFanOfReferencesIsJudgedOnceASchema) {
    // 2^40 paths lead to the last schema.
    auto bomb = [](const std::string& last) {
        std::string text = one_operation;
        for (int i = 0; i < 40; ++i)
            text += schema(i, "{ properties: { a: " + ref(i + 1) + ", b: " + ref(i + 1) + " } }");
        return text + schema(40, last);
    };
    EXPECT_TRUE(diff(bomb("{ type: string }"), bomb("{ type: string }")).empty());
    auto changes = diff(bomb("{ type: string }"), bomb("{ type: integer }"));
    EXPECT_GE(count(changes, "response-type-changed"), 1u);
    EXPECT_LE(changes.size(), 20u);
}

TEST_F(Hostile, AFanOfAllOfIsPutTogetherOnce) {
    auto bomb = [](const std::string& last) {
        std::string text = one_operation;
        for (int i = 0; i < 200; ++i) text += schema(i, "{ allOf: [" + ref(i + 1) + ", " + ref(i + 1) + "] }");
        return text + schema(200, last);
    };
    EXPECT_EQ(count(diff(bomb("{ maxLength: 3 }"), bomb("{ maxLength: 4 }")), "response-limit-loosened"), 1u);
}

TEST_F(Hostile, ALongChainOfReferencesEnds) {
    auto chain = [](const std::string& last) {
        std::string text = one_operation;
        for (int i = 0; i < 1'500; ++i) text += schema(i, ref(i + 1));
        return text + schema(1'500, last);
    };
    EXPECT_EQ(count(diff(chain("{ type: string }"), chain("{ type: [string, integer] }")), "response-type-widened"),
              1u);
}

TEST_F(Hostile, ADeepChainOfMembersEnds) {
    auto chain = [](const std::string& last) {
        std::string text = one_operation;
        for (int i = 0; i < 20'000; ++i) text += schema(i, "{ properties: { a: " + ref(i + 1) + " } }");
        return text + schema(20'000, last);
    };
    EXPECT_EQ(count(diff(chain("{ type: string }"), chain("{ type: [string, integer] }")), "response-type-widened"),
              1u);
}

TEST_F(Hostile, RecursiveSchemasEnd) {
    auto tree = [](const std::string& value) {
        return one_operation +
               schema(0, "{ properties: { value: " + value + ", children: { items: " + ref(0) + " } } }");
    };
    auto changes = diff(tree("{ type: string }"), tree("{ type: [string, 'null'] }"));
    ASSERT_EQ(changes.size(), 1u);
    EXPECT_EQ(changes[0].path, "/value");
    EXPECT_TRUE(changes[0].elsewhere);  // /children/*/value, and so on
    // Each of thirty refers to each.
    auto mesh = [](const std::string& last) {
        std::string text = one_operation;
        for (int i = 0; i < 30; ++i) {
            std::string members;
            for (int j = 0; j < 30; ++j) members += "m" + std::to_string(j) + ": " + ref(j) + ", ";
            text += schema(i, "{ properties: { " + members + "v: " + (i == 29 ? last : "{}") + " } }");
        }
        return text;
    };
    EXPECT_GE(count(diff(mesh("{ type: string }"), mesh("{ type: integer }")), "response-type-changed"), 1u);
}

TEST_F(Hostile, ManyHeirsEnd) {
    // Each made of the one before: a family of all pairs.
    auto family = [](int heirs) {
        std::string text = one_operation + schema(0, "{ discriminator: { propertyName: kind } }");
        for (int i = 1; i <= heirs; ++i) text += schema(i, "{ allOf: [" + ref(i - 1) + ", " + ref(0) + "] }");
        return text;
    };
    auto changes = diff(family(100), family(99));
    EXPECT_EQ(count(changes, "response-subtype-removed"), 1u);
    EXPECT_EQ(changes.size(), 1u);
    EXPECT_TRUE(diff(family(100), family(100)).empty());
}

TEST_F(Hostile, ReferencesInACircleEnd) {
    std::string circle = one_operation + schema(0, ref(1)) + schema(1, "{ allOf: [" + ref(0) + "] }");
    EXPECT_TRUE(diff(circle, circle).empty());
    std::string items = head + "paths:\n  /a: { get: { parameters: [{ $ref: '#/components/parameters/a' }] } }\n" +
                        "components: { parameters: { a: { $ref: '#/components/parameters/a' } } }\n";
    diff(items, items);
    EXPECT_NE(diagnostics_.text().find("new.yaml:5"), std::string::npos) << diagnostics_.text();
}

TEST_F(Hostile, WhatIsTooMuchIsToldAsABreak) {
    auto many = [](const std::string& type) {
        std::string text = one_operation + "    s0:\n      properties:\n";
        for (int i = 0; i < 300; ++i) text += "        p" + std::to_string(i) + ": { type: " + type + " }\n";
        return text;
    };
    EXPECT_EQ(count(diff(many("string"), many("integer")), "comparison-cut"), 0u);
    auto few_changes = diff(many("string"), many("integer"), {.changes = 50});
    EXPECT_EQ(count(few_changes, "comparison-cut"), 1u);
    EXPECT_EQ(few_changes.size(), 51u);
    EXPECT_EQ(count(diff(many("string"), many("integer"), {.work = 500}), "comparison-cut"), 1u);
    EXPECT_EQ(count(diff(many("string"), many("integer"), {.pairs = 100}), "comparison-cut"), 1u);
    // Even where nothing was found before the bound.
    auto same = diff(many("string"), many("string"), {.work = 500});
    ASSERT_EQ(same.size(), 1u);
    EXPECT_EQ(same[0].rule, "comparison-cut");
    EXPECT_EQ(same[0].level, Level::breaking);
}

TEST_F(Hostile, MalformedSchemasAreComparedAsTheyAreWritten) {
    for (const char* keyword :
         {"type: 7", "required: true", "properties: [a]", "enum: 3", "minimum: many", "items: 4", "oneOf: {}",
          "allOf: x", "additionalProperties: 3", "pattern: [x]", "format: {}", "maxLength: -1", "multipleOf: 0",
          "discriminator: x", "readOnly: perhaps", "nullable: 3"}) {
        SCOPED_TRACE(keyword);
        std::string bare = one_operation + "    s0: {}\n";
        std::string odd = one_operation + "    s0: { " + keyword + " }\n";
        EXPECT_TRUE(diff(odd, odd).empty());
        auto changes = diff(bare, odd);
        EXPECT_FALSE(changes.empty());
    }
}

TEST_F(Hostile, WhatIsNoOpenApiIsRefusedWithItsPlace) {
    diff(head + "paths: {}\n", "openapi: 2.0\n");
    EXPECT_NE(diagnostics_.text().find("new.yaml:1:10: error: is no document of OpenAPI 3.0 or 3.1"), std::string::npos)
        << diagnostics_.text();
}

TEST_F(Hostile, ASecondDocumentInOneFileIsRefusedWithItsPlace) {
    diff(head + "paths: {}\n", head + "paths: {}\n---\n" + head + "paths: {}\n");
    EXPECT_NE(diagnostics_.text().find("new.yaml:5:1: error: a second document in one file"), std::string::npos)
        << diagnostics_.text();
}

TEST_F(Hostile, AReferenceThatLeadsNowhereIsRefusedWithItsPlace) {
    diff(one_operation + schema(0, "{}"), one_operation + schema(0, ref(1)));
    EXPECT_NE(diagnostics_.text().find("new.yaml:13:"), std::string::npos) << diagnostics_.text();
    EXPECT_NE(diagnostics_.text().find("leads nowhere"), std::string::npos) << diagnostics_.text();
}

TEST_F(Hostile, AnAnchorThatIsThereTwiceIsRefusedWithItsPlace) {
    std::string twice = head;
    for (const char* path : {"a", "b"})
        twice += (twice == head ? "paths:\n  /" : "  /") + std::string(path) +
                 ": { get: { responses: { '200': { description: d, content: { application/json: { schema: "
                 "{ $ref: '#x', $defs: { x: { $anchor: x } } } } } } } } }\n";
    diff(twice, twice);
    EXPECT_NE(diagnostics_.text().find("new.yaml:5:"), std::string::npos) << diagnostics_.text();
    EXPECT_NE(diagnostics_.text().find("anchor 'x' is used twice"), std::string::npos) << diagnostics_.text();
    // An example holds what it likes, and a member may be called so.
    std::string other = head +
                        "paths:\n  /a: { get: { responses: { '200': { description: d, content: { application/json: "
                        "{ example: { $anchor: x }, schema: { $anchor: x, properties: { $anchor: { default: "
                        "{ $anchor: x } }, $id: {} } } } } } } } }\n";
    diagnostics_ = {};
    EXPECT_TRUE(diff(other, other).empty());
}

TEST_F(Hostile, AFaultIsToldOnceAPlaceHoweverOftenItIsMet) {
    auto count_of = [&](const std::string& text) {
        std::size_t n = 0, from = 0;
        for (std::string all = diagnostics_.text(); (from = all.find(text, from)) != std::string::npos; ++from) ++n;
        return n;
    };
    // In requests and in answers, beside a member and in a variant.
    std::string operation = one_operation;
    operation.insert(operation.find("      responses:"),
                     "      requestBody: { content: { application/json: { schema: " + ref(0) + " } } }\n");
    std::string broken = operation + schema(0, "{ properties: { a: " + ref(9) + " }, oneOf: [" + ref(0) + "] }");
    diff(broken, operation + schema(0, "{}"));
    EXPECT_EQ(count_of("leads nowhere"), 1u) << diagnostics_.text();
    // In a file that both sides refer to, and which can't be read as often.
    diagnostics_ = {};
    write("shared.yaml", "a: { $ref: '#/none' }\n");
    write("malformed.yaml", "a: [\n");
    std::string shared = one_operation + schema(0,
                                                "{ properties: { a: { $ref: 'shared.yaml#/a' }, b: { $ref: "
                                                "'malformed.yaml#/a' }, c: { $ref: 'malformed.yaml#/a' } } }");
    diff(shared, shared);
    EXPECT_EQ(count_of("shared.yaml:1:12: error"), 1u) << diagnostics_.text();
    EXPECT_EQ(count_of("malformed.yaml:2:1: error"), 1u) << diagnostics_.text();
    EXPECT_EQ(count_of("'malformed.yaml#/a' leads nowhere"), 4u) << diagnostics_.text();
}

TEST_F(Hostile, MissingFilesAreRefused) {
    Diagnostics diagnostics;
    EXPECT_FALSE(diff_contracts("/none/a.yaml", "/none/b.yaml", {.today = "2026-11-26"}, diagnostics));
    EXPECT_TRUE(diagnostics.has_errors());
    Diagnostics mixed;
    EXPECT_FALSE(diff_contracts(folder_.path(), write("a.yaml", head), {.today = "2026-11-26"}, mixed));
    EXPECT_NE(mixed.text().find("two files or two folders"), std::string::npos) << mixed.text();
}

}  // namespace
}  // namespace headgate::evolution
