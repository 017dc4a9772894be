// Schemas as contracts use them: exact numbers, words of issues, faults at load with their place.
#include <gtest/gtest.h>

#include "tests/support/schemas.hpp"

namespace headgate {
namespace {

using test::TestSchema;

TEST(Schema, JudgesNumbersOnTheirDecimalText) {
    TestSchema cents("{type: number, multipleOf: 0.01}");
    EXPECT_TRUE(cents.accepts("0.07"));
    EXPECT_TRUE(cents.accepts("19999999999999999999999999999999999999.99"));
    EXPECT_FALSE(cents.accepts("19999999999999999999999999999999999999.999"));
    EXPECT_TRUE(cents.accepts("1e300"));
    EXPECT_FALSE(cents.accepts("1e-300"));
    TestSchema exact("{minimum: 12345678901234567890, exclusiveMaximum: 12345678901234567891.5}");
    EXPECT_TRUE(exact.accepts("12345678901234567890"));
    EXPECT_FALSE(exact.accepts("12345678901234567889"));
    EXPECT_TRUE(exact.accepts("12345678901234567891.4999999"));
    EXPECT_FALSE(exact.accepts("123456789012345678915e-1"));
    TestSchema integer("{type: integer, const: 10}");
    EXPECT_TRUE(integer.accepts("10.0"));
    EXPECT_TRUE(integer.accepts("1e1"));
    EXPECT_EQ(integer.judge("10.5"), " type: must be an integer\n");
}

TEST(Schema, CountsCodePoints) {
    TestSchema schema("{type: string, minLength: 2, maxLength: 3}");
    EXPECT_TRUE(schema.accepts("\"\xF0\x9F\x98\x80\xF0\x9F\x98\x80\""));
    EXPECT_EQ(schema.judge("\"\xF0\x9F\x98\x80\""), " minLength: must have at least 2 characters\n");
    EXPECT_EQ(schema.judge("\"abcd\""), " maxLength: must have at most 3 characters\n");
}

TEST(Schema, NamesEachPlaceAndWhatIsExpected) {
    TestSchema schema(R"(
type: object
additionalProperties: false
required: [channel, lines, total]
properties:
  channel: {enum: [web, store]}
  lines:
    type: array
    minItems: 1
    items:
      type: object
      additionalProperties: false
      properties: {sku: {type: string, pattern: '^[A-Z]+$'}, quantity: {type: integer, minimum: 1}}
  total: {type: [integer, "null"]}
)");
    ASSERT_EQ(schema.faults(), "");
    EXPECT_EQ(schema.judge(R"({"channel":"web","lines":[{"sku":"A","quantity":1}],"total":null})"), "");
    EXPECT_EQ(schema.judge(R"({"channel":"fax","lines":[{"sku":"a"},{"qantity":1,"quantity":0}]})"),
              "/channel enum: must be one of \"web\", \"store\"\n"
              "/lines/0/sku pattern: must match ^[A-Z]+$\n"
              "/lines/1/qantity additionalProperties: is not known here; did you mean 'quantity'?\n"
              "/lines/1/quantity minimum: must be at least 1\n"
              " required: must have 'total'\n");
    EXPECT_EQ(schema.judge(R"({"channel":"web","lines":[],"total":"1"})"),
              "/lines minItems: must have at least 1 item\n"
              "/total type: must be an integer or null\n");
    EXPECT_EQ(schema.judge("[]"), " type: must be an object\n");
}

TEST(Schema, SaysWhereTheSchemaSaysSo) {
    TestSchema schema("type: object\nproperties:\n  a:\n    type: integer\n    minimum: 3\n");
    Arena arena;
    Builder builder(arena);
    std::vector<SchemaIssue> issues;
    EXPECT_FALSE(schema.schema().validate(*read_json(R"({"a":2})", builder), &issues));
    ASSERT_EQ(issues.size(), 1u);
    EXPECT_EQ(issues[0].schema.file, "s.yaml");
    EXPECT_EQ(issues[0].schema.line, 5);
    EXPECT_EQ(issues[0].schema.column, 5);
    EXPECT_EQ(issues[0].schema_pointer, "/properties/a/minimum");
}

TEST(Schema, NamesThePointerOfTheSchemaThatAReferenceLedTo) {
    TestSchema schema(
        R"({"properties": {"a/b": {"$ref": "#/$defs/x"}}, "$defs": {"x": {"anyOf": [false, {"not": {}}]}}})");
    Arena arena;
    Builder builder(arena);
    std::vector<SchemaIssue> issues;
    EXPECT_FALSE(schema.schema().validate(*read_json(R"({"a/b":2})", builder), &issues));
    ASSERT_EQ(issues.size(), 1u);
    EXPECT_EQ(issues[0].pointer, "/a~1b");
    EXPECT_EQ(issues[0].schema_pointer, "/$defs/x/anyOf");
}

TEST(Schema, JudgesEnumAndConstTogether) {
    TestSchema schema("{enum: [1, 2], const: 2.0}");
    ASSERT_EQ(schema.faults(), "");
    EXPECT_EQ(schema.judge("2"), "");
    EXPECT_EQ(schema.judge("1"), " const: must be 2.0\n");
    EXPECT_EQ(schema.judge("3"), " enum: must be one of 1, 2\n const: must be 2.0\n");
}

TEST(Schema, FindsAnEnumerationsValueAmongManyByEquality) {
    std::string yaml = "enum: [{a: 1, b: [1.0]}";
    for (int i = 0; i < 500; ++i) yaml += ", v" + std::to_string(i) + ", " + std::to_string(i);
    TestSchema schema(yaml + "]");
    EXPECT_TRUE(schema.accepts("\"v499\""));
    EXPECT_TRUE(schema.accepts("1.2e1"));
    EXPECT_TRUE(schema.accepts(R"({"b":[1],"a":1.0})"));
    EXPECT_FALSE(schema.accepts("\"v500\""));
    EXPECT_FALSE(schema.accepts("\"12\""));
}

TEST(Schema, JudgesMultiplesOfLongDivisorsExactly) {
    TestSchema schema("{multipleOf: 1234567890123456789.01}");
    ASSERT_EQ(schema.faults(), "");
    EXPECT_TRUE(schema.accepts("3703703670370370367.03"));
    EXPECT_FALSE(schema.accepts("3703703670370370367.04"));
    EXPECT_TRUE(schema.accepts("123456789012345678901e300"));
    EXPECT_FALSE(schema.accepts("1e300"));
    EXPECT_NE(TestSchema("multipleOf: " + std::string(1001, '7') + "\n").faults().find("more than 1000 digits"),
              std::string::npos);
}

TEST(Schema, BoundsTheIssues) {
    TestSchema schema("{type: array, items: {type: string}}");
    std::string json = "[0";
    for (int i = 0; i < 10'000; ++i) json += ",0";
    EXPECT_EQ(schema.judge(json + "]", 3),
              "/0 type: must be a string\n/1 type: must be a string\n/2 type: must be a string\n");
}

TEST(Schema, ExplainsTheAlternativeThatIsMeant) {
    TestSchema schema(R"(
oneOf:
  - {type: object, required: [method, address], properties: {method: {const: home}, address: {type: string}}}
  - {type: object, required: [method, locationId], properties: {method: {const: pickup}, locationId: {type: string}}}
)");
    EXPECT_EQ(schema.judge(R"({"method":"home","address":"x"})"), "");
    EXPECT_EQ(schema.judge(R"({"method":"pickup","locationId":7})"), "/locationId type: must be a string\n");
    EXPECT_EQ(schema.judge(R"({"method":"drone"})"), " oneOf: fits none of the 2 alternatives\n");
}

TEST(Schema, AnAlternativeThatIsNotTakenLeavesNoIssue) {
    TestSchema schema("{properties: {a: {anyOf: [false, {type: integer}]}, b: {type: integer}}}");
    EXPECT_EQ(schema.judge(R"({"a":1,"b":"x"})"), "/b type: must be an integer\n");
}

TEST(Schema, FindsARepeatedItemAmongMany) {
    TestSchema schema("{uniqueItems: true}");
    std::string items = "[{\"a\":1,\"b\":2}";
    for (int i = 0; i < 20'000; ++i) items += "," + std::to_string(i);
    EXPECT_TRUE(schema.accepts(items + "]"));
    EXPECT_EQ(schema.judge(items + ",1.7e1]"), " uniqueItems: must not hold the same item twice\n");
    EXPECT_FALSE(schema.accepts(items + ",{\"b\":2.0,\"a\":1}]"));
    EXPECT_FALSE(schema.accepts("[1,2,1.0]"));
}

TEST(Schema, RefusesFaultsAtLoadWithPlaceAndHint) {
    auto expect = [](const char* yaml, const char* fault) {
        EXPECT_NE(TestSchema(yaml).faults().find(fault), std::string::npos) << yaml << "\n"
                                                                            << TestSchema(yaml).faults();
    };
    expect("type: object\nproprties: {}\n",
           "s.yaml:2:1: error: unknown keyword 'proprties' (did you mean 'properties'?)");
    expect("type: string\nnullable: true\n", "s.yaml:2:1: error: unknown keyword 'nullable' (OpenAPI 3.1 writes");
    expect("type: strng\n", "s.yaml:1:7: error: unknown type 'strng' (did you mean 'string'?)");
    expect("type: [string, null]\n", "s.yaml:1:16: error: type null must be quoted");
    expect("format: datetime\n", "s.yaml:1:9: error: unknown format 'datetime' (did you mean 'date-time'?)");
    expect("pattern: '(a{1000}){1000}'\n",
           "s.yaml:1:10: error: the pattern '(a{1000}){1000}' can't be run in linear time");
    expect("pattern: '[a'\n",
           "s.yaml:1:10: error: the pattern '[a' is no regular expression of ECMA-262: ']' is expected");
    expect("pattern: '(?=a)b'\n", "s.yaml:1:10: error: the pattern '(?=a)b' can't be run in linear time");
    expect("minimum: three\n", "s.yaml:1:10: error: minimum must be a number");
    expect("minimum: '3'\n", "s.yaml:1:10: error: minimum must be a number");
    expect("minLength: -1\n", "s.yaml:1:12: error: minLength must be a whole number");
    expect("multipleOf: 0\n", "s.yaml:1:13: error: multipleOf must be above 0");
    expect("required: sku\n", "s.yaml:1:11: error: required must be a list");
    expect("allOf: []\n", "s.yaml:1:8: error: allOf must be a list that is not empty");
    expect("uniqueItems: 1\n", "s.yaml:1:14: error: uniqueItems must be true or false");
    expect("properties: [a]\n", "s.yaml:1:13: error: properties must be a mapping");
    expect("items: 7\n", "s.yaml:1:8: error: a schema must be a mapping, true or false");
    expect("$ref: '#/$defs/none'\n", "s.yaml:1:7: error: $ref '#/$defs/none' leads nowhere");
    expect("$ref: 'other.yaml#/x'\n",
           "s.yaml:1:7: error: $ref 'other.yaml#/x' leads nowhere: there is no 'other.yaml'");
    expect("$ref: '#'\n", "s.yaml:1:1: error: the schema leads back to itself without end");
    expect("allOf: [{$ref: '#/$defs/a'}]\n$defs: {a: {anyOf: [{$ref: '#'}]}}\n", "leads back to itself without end");
    expect("type: integer\nexamples: [1, x]\n",
           "s.yaml:2:15: error: the example breaks its schema at '': must be an integer");
    expect("type: integer\ndefault: x\n", "s.yaml:2:10: error: the default breaks its schema");
    expect("$schema: http://json-schema.org/draft-07/schema\n",
           "the dialect 'http://json-schema.org/draft-07/schema' is not");
}

TEST(Schema, UnevaluatedPropertiesSeesThroughComposition) {
    TestSchema schema(R"(
allOf: [{$ref: '#/$defs/base'}]
properties: {b: {type: integer}}
unevaluatedProperties: false
$defs: {base: {type: object, properties: {a: {type: integer}}}}
)");
    ASSERT_EQ(schema.faults(), "");
    EXPECT_EQ(schema.judge(R"({"a":1,"b":2})"), "");
    EXPECT_EQ(schema.judge(R"({"a":1,"c":2})"), "/c unevaluatedProperties: is not known here; did you mean 'b'?\n");
}

TEST(Schema, AMetaschemaChoosesWhichKeywordsMeanSomething) {
    const std::string vocabulary = "https://json-schema.org/draft/2020-12/vocab/";
    auto schema = [&](const std::string& vocabularies) {
        return "$id: x:/s\n$schema: x:/m\nminimum: 3\nformat: date\nproperties: {a: false}\n"
               "$defs: {m: {$id: 'x:/m', $vocabulary: {" +
               vocabularies + "}}}\n";
    };
    schema::CompilerOptions annotation;
    annotation.assert_format = false;
    TestSchema applicator(schema("'" + vocabulary + "applicator': true"));
    ASSERT_EQ(applicator.faults(), "");
    EXPECT_TRUE(applicator.accepts("2"));
    EXPECT_TRUE(applicator.accepts("\"x\""));
    EXPECT_FALSE(applicator.accepts("{\"a\":1}"));
    TestSchema asserted(schema("'" + vocabulary + "format-assertion': true"), annotation);
    EXPECT_FALSE(asserted.accepts("\"x\""));
    EXPECT_TRUE(asserted.accepts("{\"a\":1}"));
    TestSchema annotated(schema("'" + vocabulary + "format-annotation': true, 'x:/unknown': false"), annotation);
    EXPECT_TRUE(annotated.accepts("\"x\""));
    EXPECT_NE(TestSchema(schema("'x:/unknown': true"))
                  .faults()
                  .find("s.yaml:2:10: error: the dialect 'x:/m' requires an unknown vocabulary ('x:/unknown' is not "
                        "supported)"),
              std::string::npos)
        << TestSchema(schema("'x:/unknown': true")).faults();
}

TEST(Schema, CarriesTheMetaschemasWithIt) {
    TestSchema schema("$ref: https://json-schema.org/draft/2020-12/schema\n");
    ASSERT_EQ(schema.faults(), "");
    EXPECT_TRUE(schema.accepts(R"({"type":"object","properties":{"a":{"minLength":1}}})"));
    EXPECT_FALSE(schema.accepts(R"({"properties":{"a":{"minLength":-1}}})"));
}

TEST(Shape, FollowsReferencesAndMergesCompositions) {
    TestSchema schema(R"(
allOf:
  - $ref: '#/$defs/base'
  - {required: [b], properties: {b: {type: array, x-compare: {key: id}, items: {$ref: '#/$defs/base'}}}}
oneOf:
  - {properties: {kind: {const: home}, street: {type: string, x-personal: yes}}, required: [kind, street]}
  - {properties: {kind: {const: pickup}}, required: [kind]}
$defs:
  base:
    type: object
    required: [id]
    properties: {id: {type: integer}, at: {type: string, format: date-time, x-compare: set}, more: {$ref: '#'}}
)");
    ASSERT_EQ(schema.faults(), "");
    const Shape& shape = schema.schema().shape();
    EXPECT_TRUE(shape.allows(ValueKind::object));
    EXPECT_FALSE(shape.allows(ValueKind::string));
    EXPECT_TRUE(shape.required("id"));
    EXPECT_TRUE(shape.required("b"));
    EXPECT_TRUE(shape.required("kind")) << "by whichever alternative is taken";
    EXPECT_FALSE(shape.required("street"));
    EXPECT_TRUE(shape.may_require("street"));
    EXPECT_FALSE(shape.may_require("at"));
    EXPECT_EQ(shape.property_names().size(), 6u);
    EXPECT_EQ(shape.property("none"), nullptr);
    const Shape& id = *shape.property("id");
    EXPECT_TRUE(id.integer());
    EXPECT_TRUE(id.allows(ValueKind::number));
    EXPECT_EQ(shape.property("at")->format(), "date-time");
    EXPECT_EQ(shape.property("at")->extension("x-compare"), "set");
    EXPECT_EQ(shape.property("at")->extension("x-compare", "key"), "");
    const Shape& b = *shape.property("b");
    EXPECT_EQ(b.extension("x-compare", "key"), "id");
    EXPECT_EQ(b.extension("x-compare"), "");
    EXPECT_TRUE(b.items()->required("id"));
    EXPECT_EQ(shape.property("kind")->enumeration(), (std::vector<std::string_view>{"home", "pickup"}));
    EXPECT_EQ(shape.property("street")->extension("x-personal"), "yes");
    EXPECT_TRUE(shape.property("more")->property("more")->property("id")->integer());
    EXPECT_EQ(b.mark().line, 4);
    EXPECT_EQ(b.pointer(), "/allOf/1/properties/b");
}

TEST(Shape, TellsTheBoundsOfTextsAndNumbers) {
    TestSchema schema(R"(
properties:
  name: {type: string, maxLength: 60}
  sku: {type: string, maxLength: 40, pattern: '^[A-Z0-9-]{3,18}$'}
  day: {type: string, format: date}
  free: {type: string, pattern: 'Z$'}
  count: {type: integer, minimum: 1, maximum: 9999}
  either: {oneOf: [{type: string, maxLength: 3}, {type: string, maxLength: 7}]}
  both: {allOf: [{type: string, maxLength: 3}, {type: string, maxLength: 7}]}
)");
    ASSERT_EQ(schema.faults(), "");
    const Shape& shape = schema.schema().shape();
    auto longest = [&](std::string_view name) { return shape.property(name)->longest(); };
    EXPECT_EQ(longest("name"), 60u);
    EXPECT_EQ(longest("sku"), 18u);
    EXPECT_EQ(longest("day"), 10u);
    EXPECT_EQ(longest("free"), 0u);
    EXPECT_EQ(longest("either"), 7u);
    EXPECT_EQ(longest("both"), 3u);
    EXPECT_EQ(shape.property("count")->least(), "1");
    EXPECT_EQ(shape.property("count")->greatest(), "9999");
    EXPECT_EQ(shape.property("name")->greatest(), "");
}

// Of alternatives of which one alone may be an object or a list, its members are as certain as without the others.
TEST(Shape, RequiresWhatTheOneAlternativeOfAnObjectRequires) {
    TestSchema schema(R"(
$defs:
  amount: {type: object, required: [value], properties: {value: {type: object, required: [cents], properties: {cents: {type: integer}}}}}
properties:
  nullable: {oneOf: [{$ref: '#/$defs/amount'}, {type: 'null'}]}
  listed: {oneOf: [{type: array, items: {$ref: '#/$defs/amount'}}, {$ref: '#/$defs/amount'}]}
  constant: {anyOf: [{const: none}, {$ref: '#/$defs/amount'}]}
  either: {oneOf: [{$ref: '#/$defs/amount'}, {type: object}]}
  open: {oneOf: [{$ref: '#/$defs/amount'}, {}]}
)");
    ASSERT_EQ(schema.faults(), "");
    const Shape& shape = schema.schema().shape();
    for (const char* name : {"nullable", "listed", "constant"}) {
        EXPECT_TRUE(shape.property(name)->required("value")) << name;
        EXPECT_TRUE(shape.property(name)->property("value")->required("cents")) << name;
    }
    EXPECT_TRUE(shape.property("listed")->items()->property("value")->required("cents"));
    EXPECT_TRUE(shape.property("nullable")->allows(ValueKind::null));
    for (const char* name : {"either", "open"}) {
        EXPECT_FALSE(shape.property(name)->required("value")) << name;
        EXPECT_FALSE(shape.property(name)->property("value")->required("cents")) << name;
    }
}

}  // namespace
}  // namespace headgate
