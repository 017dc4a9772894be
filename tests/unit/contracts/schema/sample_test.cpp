// Documents that are made from schemas: valid, the same each time, and bounded whatever the schema asks for.
#include "contracts/schema/sample.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <iostream>

#include "contracts/registry/registry.hpp"
#include "contracts/schema/sample_pattern.hpp"
#include "contracts/schema/schema_file.hpp"
#include "tests/support/corpora.hpp"
#include "tests/support/schemas.hpp"

namespace headgate::schema {
namespace {

// JSON, or "none: " and why.
std::string made(const std::string& yaml, const Member* given = nullptr) {
    test::TestSchema schema(yaml);
    if (!schema.faults().empty()) return "schema: " + schema.faults();
    Arena arena;
    auto value = sample(schema.schema(), arena, given);
    return value ? to_json(*value) : "none: " + value.error().message;
}

struct Case {
    const char* schema;
    const char* document;
};

class Made : public ::testing::TestWithParam<Case> {};

TEST_P(Made, IsWhatTheSchemaAsksFor) { EXPECT_EQ(made(GetParam().schema), GetParam().document); }

INSTANTIATE_TEST_SUITE_P(
    Written, Made,
    ::testing::Values(Case{"const: {a: [1, null]}", R"({"a":[1,null]})"}, Case{"enum: [web, store]", R"("web")"},
                      Case{"{type: string, examples: [HG-1, HG-2]}", R"("HG-1")"},
                      Case{"{type: integer, default: 7}", "7"}, Case{"{type: integer, example: 8}", "8"},
                      Case{"{enum: [a, b], not: {const: a}}", R"("b")"},
                      // What a reference has beside it comes before what it leads to.
                      Case{"{properties: {s: {$ref: '#/$defs/S', examples: [mine]}}, required: [s], "
                           "$defs: {S: {type: string, examples: [theirs]}}}",
                           R"({"s":"mine"})"}));

INSTANTIATE_TEST_SUITE_P(
    Scalars, Made,
    ::testing::Values(
        Case{"type: string", R"("text")"}, Case{"type: boolean", "true"}, Case{"type: 'null'", "null"},
        Case{"type: [string, 'null']", R"("text")"}, Case{"{type: integer, minimum: 0}", "1"},
        Case{"{type: integer, minimum: 400, maximum: 599}", "400"}, Case{"{type: integer, maximum: -3}", "-3"},
        Case{"{exclusiveMinimum: 0, exclusiveMaximum: 1}", "0.1"},
        Case{"{type: number, multipleOf: 0.25, minimum: 7.1}", "7.25"}, Case{"{type: integer, multipleOf: 0.3}", "3"},
        Case{"allOf: [{multipleOf: 4}, {multipleOf: 6}, {minimum: 13}]", "24"},
        Case{"{type: integer, minimum: 123456789012345678901234567890}", "123456789012345678901234567890"},
        Case{"{type: string, format: date}", R"("2026-01-01")"},
        Case{"{type: string, format: date-time, pattern: Z$}", R"("2026-01-01T00:00:00Z")"},
        Case{"{type: string, format: uuid}", R"("00000000-0000-4000-8000-000000000001")"},
        Case{"{type: string, minLength: 6}", R"("aatext")"}, Case{"{type: string, maxLength: 2}", R"("aa")"},
        Case{"{type: string, maxLength: 0}", R"("")"}, Case{"{type: string, pattern: '^ST-[0-9]{4}$'}", R"("ST-0000")"},
        Case{"{type: string, minLength: 8, maxLength: 64, pattern: '^[!-~]+$'}", R"("aaaaaaaa")"},
        Case{"{type: string, pattern: '^(?:ab|cd)\\d{2,}x?$', minLength: 6}", R"("ab000x")"},
        Case{"{type: string, oneOf: [{minLength: 2}, {maxLength: 4}]}", R"("texttext")"},
        Case{"{type: string, pattern: 'Ab', minLength: 5}", R"("Abaaa")"}));

INSTANTIATE_TEST_SUITE_P(
    Containers, Made,
    ::testing::Values(
        Case{"{type: object, properties: {b: {type: string}, a: {type: integer}}, required: [a]}",
             R"({"b":"b","a":1})"},
        Case{"{type: array, items: {type: integer}}", "[1]"},
        Case{"{type: array, minItems: 2, items: {const: x}}", R"(["x","x"])"},
        Case{"{type: array, minItems: 3, uniqueItems: true, items: {type: string, examples: [one]}}",
             R"(["one","text2","text3"])"},
        Case{"{type: array, minItems: 2, uniqueItems: true, items: {enum: [a, b]}}", R"(["a","b"])"},
        Case{"{type: array, minItems: 2, uniqueItems: true, items: {type: object, required: [n], properties: {n: "
             "{type: integer}}}}",
             R"([{"n":1},{"n":2}])"},
        Case{"{type: array, prefixItems: [{type: integer}, {type: boolean}], items: false}", "[1,true]"},
        Case{"{type: array, contains: {const: 5}, minContains: 2}", "[5,5]"}, Case{"{type: array, maxItems: 0}", "[]"},
        Case{"{type: object, minProperties: 2, additionalProperties: {type: integer}}", R"({"member1":1,"member2":1})"},
        Case{"{type: object, minProperties: 1, propertyNames: {pattern: '^[A-Z]{2}$'}, additionalProperties: {type: "
             "boolean}}",
             R"({"AA":true})"},
        Case{"{type: object, maxProperties: 1, properties: {a: {type: integer}, b: {type: integer}}, required: [b]}",
             R"({"b":1})"},
        // Each alternative asks for its member and refuses the other's.
        Case{"{type: object, properties: {a: {type: integer}, b: {type: integer}}, oneOf: [{required: [a]}, {required: "
             "[b]}]}",
             R"({"a":1})"},
        Case{"{type: object, properties: {kind: {enum: [x, y]}}, required: [kind], if: {properties: {kind: {const: "
             "x}}}, "
             "then: {required: [more], properties: {more: {type: integer}}}}",
             R"({"kind":"x","more":1})"},
        Case{"{type: object, required: [a], properties: {a: {type: integer}}, dependentRequired: {a: [b]}}",
             R"({"a":1,"b":"b"})"},
        Case{"{allOf: [{type: object, properties: {a: {type: integer}}, required: [a]}, {properties: {a: {minimum: "
             "5}}}], "
             "unevaluatedProperties: false}",
             R"({"a":5})"}));

TEST(Sample, LeavesOutWhatWouldRepeatItself) {
    EXPECT_EQ(
        made("{$defs: {N: {type: object, required: [v], properties: {v: {type: integer}, next: {$ref: '#/$defs/N'}, "
             "all: {type: array, items: {$ref: '#/$defs/N'}}}}}, $ref: '#/$defs/N'}"),
        R"({"v":1,"all":[]})");
}

TEST(Sample, NamesThePlaceWhereNothingCanBeMade) {
    auto why = made(
        "{type: object, required: [a], properties: {a: {type: object, required: [b], properties: {b: {type: string, "
        "pattern: '^\\p{Lu}+$'}}}}}");
    EXPECT_TRUE(why.starts_with("none: ")) << why;
    EXPECT_NE(why.find("/a/b"), std::string::npos) << why;
    EXPECT_NE(why.find("s.yaml:1"), std::string::npos) << why;
    EXPECT_TRUE(made("{allOf: [{type: string}, {type: integer}]}").starts_with("none: "));
    EXPECT_TRUE(made("{type: object, required: [a], properties: {a: false}}").starts_with("none: "));
}

class MadeWithAMember : public ::testing::TestWithParam<Case> {};

TEST_P(MadeWithAMember, HasItWhereverTheSchemasNameIt) {
    Member seven{"n", Value::number("7")};
    EXPECT_EQ(made(GetParam().schema, &seven), GetParam().document);
}

INSTANTIATE_TEST_SUITE_P(
    Sample, MadeWithAMember,
    ::testing::Values(
        Case{"{type: object, properties: {a: {type: integer}, n: {minimum: 5}}}", R"({"a":1,"n":7})"},
        Case{"{type: object, properties: {a: {type: object, properties: {n: {type: integer}}}}}", R"({"a":{"n":1}})"},
        Case{"{type: array, items: {type: object, properties: {n: {type: integer}}}}", R"([{"n":1}])"},
        Case{"{type: object, properties: {n: {type: integer}}, examples: [{n: 1, m: 1}]}", R"({"n":7,"m":1})"},
        Case{"{type: object, properties: {n: {type: integer}}, examples: [{n: 1}, {m: 1}, {n: 7.0, m: 2}]}",
             R"({"n":7,"m":2})"},
        Case{"{oneOf: [{required: [n], properties: {n: {const: 6}}}, {required: [n, m], properties: {n: {const: 7}, m: "
             "{const: b}}}]}",
             R"({"n":7,"m":"b"})"},
        Case{"{allOf: [{properties: {n: {type: integer}}}, {properties: {n: {minimum: 8}}}]}",
             "none: no value can be made: at /n, 7 is not allowed (s.yaml:1)"},
        Case{"{const: {n: 6}}",
             "none: no value can be made: no value was found that all of its schemas allow (s.yaml:1)"},
        Case{"type: string", R"("text")"}));

class Hostile : public ::testing::TestWithParam<const char*> {};

TEST_P(Hostile, SchemasEndSoon) {
    auto begun = std::chrono::steady_clock::now();
    auto document = made(GetParam());
    EXPECT_FALSE(document.starts_with("schema: ")) << document;
    EXPECT_LT(document.size(), 5u << 20);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(20));  // far above what any takes
}

INSTANTIATE_TEST_SUITE_P(
    Sample, Hostile,
    ::testing::Values(
        "{type: array, minItems: 4000000000}", "{type: string, minLength: 4000000000}",
        "{type: object, minProperties: 4000000000}", "{type: array, contains: {const: 1}, minContains: 4000000000}",
        "{$defs: {N: {type: object, required: [next], properties: {next: {$ref: '#/$defs/N'}}}}, $ref: '#/$defs/N'}",
        "{$defs: {N: {type: object, required: [a, b], properties: {a: {$ref: '#/$defs/N'}, b: {$ref: '#/$defs/N'}}}}, "
        "$ref: "
        "'#/$defs/N'}",
        "{$defs: {A: {type: array, minItems: 900, items: {$ref: '#/$defs/B'}}, B: {type: array, minItems: 900, items: "
        "{type: "
        "string, minLength: 60000}}}, $ref: '#/$defs/A'}",
        "{$defs: {T: {anyOf: [{type: array, minItems: 1, items: {$ref: '#/$defs/T'}}, {type: object, required: [x], "
        "properties: "
        "{x: {$ref: '#/$defs/T'}}}]}}, $ref: '#/$defs/T'}",
        "{type: string, pattern: '^((a{30}){30})*$', minLength: 60000}",
        "{type: string, pattern: '^(a*)*$', minLength: 30000}",
        "{allOf: [{oneOf: [{const: 1}, {const: 2}, {const: 3}]}, {oneOf: [{const: 2}, {const: 3}, {const: 4}]}, "
        "{oneOf: [{const: 3}, "
        "{const: 5}, {const: 6}]}, {anyOf: [{type: string}, {maximum: 2}]}]}",
        "{multipleOf: 1e-300, minimum: 1e300}",
        "{type: integer, multipleOf: 999999937, minimum: 9000000000000000000}"));

TEST(Sample, OfAPatternIsATextOrNothing) {
    EXPECT_EQ(text_of_pattern("^(?<year>[0-9]{4})-(a|b)+?$", 1, 0), "0000-aa");
    EXPECT_EQ(text_of_pattern("[^a-z]\\.\\u00e9\\x41", 0, 1), "B.\u00e9A");
    EXPECT_EQ(text_of_pattern("", 0, 0), "");
    for (const char* none : {"(?=a)b", "(?<!a)b", "\\bword", "(a)\\1", "\\p{Lu}", "a{4000000000}", "a{3,2}", "(", ")",
                             "[", "[a", "a**", "\\", "((((a{1000}){1000}){1000}){1000})", "[\u4e00-\u9fff]", "{", "a{"})
        EXPECT_FALSE(text_of_pattern(none, 0, 0)) << none;
    EXPECT_FALSE(text_of_pattern(std::string(100'000, '(') + std::string(100'000, ')'), 0, 0));
}

TEST(Sample, OfEverySchemaOfTheCatalogIsValidAndTheSameEachTime) {
    Diagnostics diagnostics;
    auto registry = load_contracts({HEADGATE_SOURCE_DIR "/contracts/catalog"}, diagnostics);
    ASSERT_FALSE(diagnostics.has_errors()) << diagnostics.text();
    std::size_t count = 0;
    auto check = [&](const Schema* schema, const std::string& what) {
        if (!schema) return;
        ++count;
        Arena arena;
        auto first = sample(*schema, arena), second = sample(*schema, arena);
        ASSERT_TRUE(first && second) << what << ": " << first.error().message;
        EXPECT_TRUE(schema->validate(*first)) << what;
        EXPECT_EQ(to_json(*first), to_json(*second)) << what;
    };
    for (const auto& operation : registry->operations()) {
        for (const auto& parameter : operation->parameters)
            check(parameter.schema.get(), operation->name + " " + parameter.name);
        check(operation->body.get(), operation->name);
        for (const auto& [status, response] : operation->responses)
            check(response.schema(), operation->name + " " + std::to_string(status));
    }
    EXPECT_GT(count, 20u);
}

// The official suite: whatever a schema is, a run ends, and what it makes is valid. A schema that allows something is
// rarely left without a document.
TEST(Sample, OfTheSchemasOfTheSuite) {
    auto folder = test::corpus("json-schema-2020-12");
    if (!std::filesystem::is_directory(folder)) GTEST_SKIP() << "corpus json-schema-2020-12 is absent";
    std::size_t satisfiable = 0, found = 0;
    for (const auto& path : test::files_of(folder, ".json")) {
        Diagnostics diagnostics;
        auto file = read_source(path.string(), diagnostics);
        ASSERT_TRUE(file) << diagnostics.text();
        for (const SourceNode& group : file->root().items) {
            Diagnostics faults;
            Compiler compiler(specification_options(false), faults, fetch_files("", faults));
            auto schema = compiler.compile(*group.find("schema"), compiler.add("suite:", file, *group.find("schema")));
            compiler.finish();
            if (faults.has_errors()) continue;  // asks for remote documents
            bool allows = false;
            for (const SourceNode& test : group.find("tests")->items)
                allows = allows || test.find("valid")->text == "true";
            Arena arena;
            auto made = sample(*schema, arena);
            EXPECT_TRUE(!made || schema->validate(*made)) << group.find("description")->text;
            satisfiable += allows;
            found += allows && made;
        }
    }
    std::cout << "samples of the suite's schemas: " << found << " of " << satisfiable << "\n";
    EXPECT_GT(satisfiable, 250u);
    EXPECT_GE(found * 100, satisfiable * 95);
}

}  // namespace
}  // namespace headgate::schema
