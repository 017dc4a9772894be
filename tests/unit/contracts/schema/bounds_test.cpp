// Hostile schemas and documents cost bounded steps, depth and memory; large ones that are legal pass.
#include <gtest/gtest.h>

#include "tests/support/schemas.hpp"

namespace headgate {
namespace {

using test::TestSchema;

// As the command line reads schemas: no shapes.
schema::CompilerOptions plain() {
    schema::CompilerOptions options;
    options.make_shapes = false;
    return options;
}

// a0 leads to a1 and so on through `way`, in which # stands for the next one's reference.
std::string chain(int length, const std::string& way, const std::string& last) {
    std::string yaml = "$ref: '#/$defs/a0'\n$defs:\n";
    for (int i = 0; i < length; ++i) {
        std::string each = way, next = "{$ref: '#/$defs/a" + std::to_string(i + 1) + "'}";
        for (std::size_t at = 0; (at = each.find('#', at)) != std::string::npos; at += next.size())
            each.replace(at, 1, next);
        yaml += "  a" + std::to_string(i) + ": " + each + "\n";
    }
    return yaml + "  a" + std::to_string(length) + ": " + last + "\n";
}

TEST(SchemaBounds, AFanOutCostsNoMoreStepsThanTheDocumentIsWorth) {
    for (const char* way : {"{allOf: [#, #]}", "{anyOf: [#, #]}", "{oneOf: [#, #, #]}", "{if: #, then: #, else: #}"}) {
        TestSchema schema(chain(60, way, "{type: string}"), plain());
        ASSERT_EQ(schema.faults(), "") << way;
        // 1,000,000 and twice the widest place for each of the document's values, of which there is one.
        std::string said = schema.judge("1");
        if (std::string_view(way).starts_with("{allOf"))
            EXPECT_EQ(said, " type: must be a string\n");
        else
            EXPECT_EQ(said, " : takes more than 1000128 steps to judge\n") << way;
    }
    TestSchema valid(chain(60, "{allOf: [#, #]}", "{type: integer}"), plain());
    EXPECT_EQ(valid.judge("1"), " : takes more than 1000128 steps to judge\n");
}

TEST(SchemaBounds, ADepthOfManyWaysDownIsCountedInStepsToo) {
    TestSchema schema("{$defs: {n: {properties: {a: {$ref: '#'}}}}, allOf: [{$ref: '#/$defs/n'}, {$ref: '#/$defs/n'}]}",
                      plain());
    ASSERT_EQ(schema.faults(), "");
    std::string open, close;
    for (int i = 0; i < 60; ++i) {
        open += "{\"a\":";
        close += "}";
    }
    EXPECT_EQ(schema.judge(open + "1" + close), " : takes more than 1000976 steps to judge\n");
}

TEST(SchemaBounds, AChainOfReferencesIsNoDepth) {
    TestSchema schema(chain(20'000, "#", "{type: integer}"), plain());
    ASSERT_EQ(schema.faults(), "");
    EXPECT_EQ(schema.judge("1"), "");
    EXPECT_EQ(schema.judge("{}"), " type: must be an integer\n");
    // A contract's shapes follow each of them.
    EXPECT_NE(TestSchema(chain(20'000, "#", "{type: integer}")).faults().find("composed of too many others"),
              std::string::npos);
}

TEST(SchemaBounds, TooManySchemasForOneValueAreRefusedAtLoad) {
    std::string faults = TestSchema(chain(5'000, "{minimum: 1, allOf: [#]}", "{type: integer}"), plain()).faults();
    EXPECT_NE(faults.find("error: more than 200 schemas lead to one another from here"), std::string::npos) << faults;
    EXPECT_EQ(TestSchema(chain(100, "{minimum: 1, allOf: [#]}", "{type: integer}"), plain()).faults(), "");
}

TEST(SchemaBounds, ShapesThatMultiplyAreRefusedAtLoad) {
    std::string yaml = "$defs:\n";
    // Each level's shape depends on which of 16 schemas led to it: sets of them, of which there are 65,536.
    for (int i = 0; i < 16; ++i) {
        yaml += "  n" + std::to_string(i) + ":\n    properties:\n";
        for (int j = 0; j < 16; ++j) {
            int to = (i * 5 + j) % 16, other = (i + j * 3 + 1) % 16;
            yaml += "      p" + std::to_string(j) + ": {anyOf: [{$ref: '#/$defs/n" + std::to_string(to) +
                    "'}, {$ref: '#/$defs/n" + std::to_string(other) + "'}]}\n";
        }
    }
    std::string faults = TestSchema(yaml + "$ref: '#/$defs/n0'\n").faults();
    EXPECT_NE(faults.find("s.yaml:1:1: error: the schema is composed of too many others"), std::string::npos) << faults;
}

TEST(SchemaBounds, ALegalDepthPassesAndAnEndlessOneIsToldApart) {
    TestSchema nested("{type: array, items: {$ref: '#'}}");
    EXPECT_TRUE(nested.accepts(std::string(64, '[') + std::string(64, ']')));
    // Through $dynamicRef it leads to itself only at run time.
    TestSchema endless(
        "{$id: 'x:/a', $dynamicAnchor: n, allOf: [{$ref: b}], unevaluatedProperties: false,\n"
        " $defs: {b: {$id: b, $dynamicRef: '#n', $defs: {n: {$dynamicAnchor: n}}}}}",
        plain());
    ASSERT_EQ(endless.faults(), "");
    EXPECT_EQ(endless.judge("{\"a\":1}"), " : nests deeper than 1000 schemas\n");
}

TEST(SchemaBounds, ManyPropertiesRequiredNamesAndValuesCompileAndJudgeInProportion) {
    std::string properties = "{\"properties\":{", required = "},\"required\":[", values = "],\"enum\":[{",
                document = "{";
    for (int i = 0; i < 75'000; ++i) {
        std::string name = "\"p" + std::to_string(i) + "\"", comma = i > 0 ? "," : "";
        properties += comma + name + ":true";
        required += comma + name;
        values += comma + name + ":1";
        document += comma + name + ":1";
    }
    TestSchema schema(properties + required + values + "}]}", plain());
    ASSERT_EQ(schema.faults(), "");
    EXPECT_EQ(schema.judge(document + "}"), "");
    EXPECT_EQ(schema.judge("{}", 2), " enum: must be a value that the contract names\n required: must have 'p0'\n");
}

TEST(SchemaBounds, SizesBeyondAnyDocumentAreJudgedWithoutMemory) {
    TestSchema schema("{maxItems: 1e99, minItems: 0.0, contains: true, maxContains: 99999999999}");
    ASSERT_EQ(schema.faults(), "");
    EXPECT_EQ(schema.judge("[1]"), "");
    EXPECT_EQ(TestSchema("{minItems: 1e99}").judge("[]"), " minItems: must have at least 4294967294 items\n");
}

TEST(SchemaBounds, ALegalDocumentOfManyMegabytesPasses) {
    TestSchema schema(R"(
type: array
items: {type: object, additionalProperties: false, required: [a, b], properties: {
  a: {type: integer, minimum: 0}, b: {oneOf: [{type: string, pattern: '^[a-z]+$'}, {type: "null"}]}}}
)");
    ASSERT_EQ(schema.faults(), "");
    std::string json = "[{\"a\":0,\"b\":null}";
    for (int i = 1; i < 200'000; ++i) json += ",{\"a\":" + std::to_string(i) + ",\"b\":\"abcdefghijklmnopq\"}";
    ASSERT_GT(json.size(), 7'000'000u);
    EXPECT_EQ(schema.judge(json + "]"), "");
    EXPECT_EQ(schema.judge(json + ",{\"a\":-1,\"b\":null}]"), "/200000/a minimum: must be at least 0\n");
}

TEST(SchemaBounds, TenThousandErrorsAreToldUpToTheBound) {
    TestSchema schema("{type: array, items: {additionalProperties: false, properties: {abc: {type: string}}}}");
    std::string json = "[{\"abd\":0,\"abc\":1}";
    for (int i = 1; i < 10'000; ++i) json += ",{\"abd\":0,\"abc\":1}";
    std::string said = schema.judge(json + "]", 10'000);
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 10'000);
    EXPECT_TRUE(said.starts_with("/0/abd additionalProperties: is not known here; did you mean 'abc'?\n"));
    said = schema.judge(json + "]", 20);
    EXPECT_EQ(std::count(said.begin(), said.end(), '\n'), 20);
}

TEST(SchemaBounds, UnevaluatedMembersOfALargeValueAreBoundedInMemory) {
    // Each of the 100 levels remembers what was judged of the same array, 112 KB of bits.
    TestSchema schema(chain(100, "{allOf: [#], unevaluatedItems: true}", "true"), plain());
    ASSERT_EQ(schema.faults(), "");
    std::string json = "[0";
    for (int i = 1; i < 100'000; ++i) json += ",0";
    EXPECT_EQ(schema.judge(json + "]"), "");
    for (int i = 0; i < 800'000; ++i) json += ",0";
    EXPECT_EQ(schema.judge(json + "]"), " : is too large to be judged by unevaluated members\n");
}

TEST(SchemaBounds, PatternsOfOneLoadAreBoundedTogether) {
    std::string yaml = "patternProperties:\n";
    for (int i = 0; i < 200; ++i) yaml += "  '^x" + std::to_string(i) + "\\p{L}{20}$': true\n";
    std::string faults = TestSchema(yaml).faults();
    EXPECT_NE(faults.find("the patterns of this load are too large together"), std::string::npos) << faults;
}

}  // namespace
}  // namespace headgate
