// Schemas with seeded mistakes: each is refused with a place, or judges; none brings the process down.
#include <gtest/gtest.h>

#include <random>

#include "tests/support/schemas.hpp"

namespace headgate {
namespace {

using test::TestSchema;

constexpr const char* original = R"($id: x:/s
$dynamicAnchor: n
type: [object, "null"]
required: [id, lines]
properties:
  id: {type: string, pattern: '^[A-Z]{2}\d+$', minLength: 3, maxLength: 9}
  at: {type: string, format: date-time}
  total: {type: number, multipleOf: 0.01, minimum: 0, exclusiveMaximum: 1e9}
  lines: {type: array, minItems: 1, maxItems: 9, uniqueItems: true, contains: {$ref: '#/$defs/line'}, items: {$ref: '#/$defs/line'}}
  more: {$dynamicRef: '#n'}
patternProperties: {'^x-': {enum: [1, a, null]}}
dependentRequired: {at: [total]}
if: {properties: {id: {const: AB1}}}
then: {maxProperties: 4}
else: {not: {required: [never]}}
oneOf: [{properties: {total: {maximum: 5}}}, {properties: {total: {minimum: 6}}, required: [total]}]
unevaluatedProperties: false
$defs: {line: {anyOf: [{type: integer}, {type: object, properties: {sku: {$anchor: sku, type: string}}, additionalProperties: false}]}}
)";
constexpr const char* documents[] = {R"({"id":"AB1","lines":[1],"total":7.25})",
                                     R"({"id":"AB12","lines":[{"sku":"x"},2],"more":{"id":"CD3","lines":[3]}})",
                                     R"({"id":"ab","lines":[],"at":"x","x-a":2,"other":1})", "null", "[1,2.5,\"x\"]"};

TEST(MutatedSchemas, AreRefusedWithAPlaceOrJudge) {
    ASSERT_EQ(TestSchema(original).faults(), "");
    EXPECT_TRUE(TestSchema(original).accepts(documents[0])) << TestSchema(original).judge(documents[0]);
    EXPECT_TRUE(TestSchema(original).accepts(documents[1])) << TestSchema(original).judge(documents[1]);
    std::mt19937 random(20'26);
    const std::string_view alphabet = "{}[]:,'\"#$/-0179aexn \\^*(|?~\n";
    int refused = 0, judging = 0;
    for (int round = 0; round < 1'500; ++round) {
        std::string text = original;
        for (auto changes = random() % 3 + 1; changes > 0; --changes) {
            std::size_t at = random() % text.size();
            switch (random() % 4) {
                case 0: text[at] = alphabet[random() % alphabet.size()]; break;
                case 1: text.erase(at, random() % 6 + 1); break;
                case 2: text.insert(at, 1, alphabet[random() % alphabet.size()]); break;
                default: text.insert(at, text.substr(random() % text.size(), random() % 12)); break;
            }
        }
        // A contract refuses what it doesn't know; the specification takes it for an annotation.
        schema::CompilerOptions options;
        options.refuse_unknown = round % 2 == 0;
        TestSchema schema(text, options);
        if (!schema.faults().empty()) {
            ++refused;
            EXPECT_TRUE(schema.faults().starts_with("s.yaml:")) << schema.faults() << text;
            continue;
        }
        ++judging;
        for (const char* document : documents)
            EXPECT_NE(schema.judge(document), "invalid without an issue") << document << text;
    }
    EXPECT_GT(refused, 300);
    EXPECT_GT(judging, 100);
}

}  // namespace
}  // namespace headgate
