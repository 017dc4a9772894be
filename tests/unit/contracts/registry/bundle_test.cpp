// A contract as one document: it loads by itself, says the same, and reads alike as YAML and as JSON.
#include "contracts/registry/bundle.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "contracts/document/json.hpp"
#include "contracts/document/source_value.hpp"
#include "contracts/document/source_write.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate {
namespace {

std::shared_ptr<const Registry> load(const std::string& folder) {
    Diagnostics diagnostics;
    auto registry = load_contracts({folder}, diagnostics);
    EXPECT_FALSE(diagnostics.has_errors()) << diagnostics.text();
    return registry;
}

std::string json_of(const SourceNode& node) {
    Arena arena;
    Builder builder(arena);
    return to_json(to_value(node, builder));
}

TEST(Bundle, EveryContractOfTheCatalogLoadsByItselfAndSaysTheSame) {
    auto catalog = load(HEADGATE_SOURCE_DIR "/contracts/catalog");
    ASSERT_GT(catalog->contracts().size(), 2u);
    for (const auto& contract : catalog->contracts()) {
        auto whole = bundle(*catalog, *contract);
        ASSERT_TRUE(whole) << whole.error().detail;
        for (const char* ending : {".yaml", ".json"}) {
            TempFolder folder;
            std::string path = folder.file(contract->name + ending);
            std::ofstream(path) << (ending == std::string(".yaml") ? to_yaml(*whole) : to_pretty_json(*whole));
            auto alone = load(folder.path());
            ASSERT_EQ(alone->contracts().size(), 1u) << path;
            EXPECT_EQ(json_of(alone->contracts().front()->file->root()), json_of(*whole)) << path;
            ASSERT_EQ(alone->operations().size(), contract->operations.size());
            for (const Operation* operation : contract->operations) {
                const Operation* same = alone->find(operation->name);
                ASSERT_TRUE(same) << operation->name;
                // Its examples were checked against its schemas when it loaded; these are as many.
                ASSERT_EQ(same->responses.size(), operation->responses.size());
                for (const auto& [status, response] : operation->responses) {
                    ASSERT_EQ(same->responses.at(status).contents.size(), response.contents.size());
                    for (std::size_t i = 0; i < response.contents.size(); ++i)
                        EXPECT_EQ(same->responses.at(status).contents[i].examples.size(),
                                  response.contents[i].examples.size());
                }
            }
        }
    }
}

TEST(Bundle, ANameThatIsTakenGetsANumberAndExamplesKeepTheirWords) {
    TempFolder folder;
    std::ofstream(folder.file("library.yaml")) << R"(openapi: 3.1.0
info: {title: L, version: 1.0.0}
components:
  schemas:
    Thing: {type: object, properties: {part: {$ref: "#/components/schemas/Part"}}}
    Part: {type: string}
)";
    std::ofstream(folder.file("shop.v1.yaml")) << R"(openapi: 3.1.0
info: {title: T, version: 1.0.0, x-contract: shop.v1}
security: []
paths:
  /shop/v1/things:
    get:
      operationId: list
      responses:
        "200":
          description: things
          content:
            application/json:
              schema:
                type: object
                properties:
                  default: {$ref: "library.yaml#/components/schemas/Thing"}
                  own: {$ref: "#/components/schemas/Part"}
              example: {default: {part: a}, own: 1, $ref: "library.yaml#/none"}
components:
  schemas:
    Part: {type: integer}
)";
    auto registry = load(folder.path());
    const Contract* contract = registry->find_contract("shop.v1");
    ASSERT_TRUE(contract);
    auto whole = bundle(*registry, *contract);
    ASSERT_TRUE(whole) << whole.error().detail;
    std::string json = json_of(*whole);
    EXPECT_NE(
        json.find(R"("default":{"$ref":"#/components/schemas/Thing"},"own":{"$ref":"#/components/schemas/Part"})"),
        std::string::npos)
        << json;
    EXPECT_NE(json.find(R"("schemas":{"Part":{"type":"integer"},"Thing":{"type":"object","properties":{"part":{"$ref":)"
                        R"("#/components/schemas/Part2"}}},"Part2":{"type":"string"}})"),
              std::string::npos)
        << json;
    EXPECT_NE(json.find(R"("$ref":"library.yaml#/none")"), std::string::npos) << json;
}

// What loads can be told as one document, however its references lead to other files.
TEST(Bundle, FollowsEveryKindOfReferenceThatLoads) {
    TempFolder folder;
    std::filesystem::create_directory(folder.file("parts"));
    std::ofstream(folder.file("parts/money.yaml")) << R"($id: https://example.org/money
type: object
required: [amount]
properties:
  amount: {$ref: "#amount"}
  change: {$ref: "#"}
$defs:
  Amount: {$anchor: amount, type: integer, minimum: 1}
)";
    std::ofstream(folder.file("parts/a tree.yaml")) << R"(type: object
properties: {name: {type: string}, leaves: {type: array, items: {$ref: "a%20tree.yaml"}}}
additionalProperties: false
)";
    std::ofstream(folder.file("parts/library.yaml")) << R"(openapi: 3.1.0
info: {title: L, version: 1.0.0}
components:
  schemas:
    Pet:
      oneOf: [{$ref: "#/components/schemas/Cat"}, {$ref: "#/components/schemas/Dog"}]
      discriminator: {propertyName: kind, mapping: {cat: Cat, dog: "#/components/schemas/Dog"}}
    Cat: {type: object, required: [kind], properties: {kind: {const: cat}, lives: {$ref: "money.yaml#/properties/amount"}}}
    Dog: {type: object, required: [kind], properties: {kind: {const: dog}}}
)";
    std::ofstream(folder.file("parts/paths.yaml")) << R"(openapi: 3.1.0
info: {title: P, version: 1.0.0}
components:
  pathItems:
    tree:
      get:
        operationId: getTree
        responses:
          "200":
            description: a tree
            content: {application/json: {schema: {$ref: "a%20tree.yaml"}}}
)";
    std::ofstream(folder.file("shop.v1.yaml")) << R"(openapi: 3.1.0
info: {title: T, version: 1.0.0, x-contract: shop.v1}
security: []
paths:
  /shop/v1/money:
    get:
      operationId: getMoney
      responses:
        "200":
          description: money
          content: {application/json: {schema: {$ref: "parts/money.yaml"}}}
  /shop/v1/pet:
    get:
      operationId: getPet
      responses:
        "200":
          description: a pet
          content: {application/json: {schema: {$ref: "parts/library.yaml#/components/schemas/Pet"}}}
  /shop/v1/cat:
    get:
      operationId: getCat
      responses:
        "200":
          description: another cat
          content: {application/json: {schema: {$ref: "#/components/schemas/Cat"}}}
  /shop/v1/tree: {$ref: "parts/paths.yaml#/components/pathItems/tree"}
components:
  schemas:
    Cat: {type: string}
)";
    auto registry = load(folder.path());
    const Contract* contract = registry->find_contract("shop.v1");
    ASSERT_TRUE(contract);
    auto whole = bundle(*registry, *contract);
    ASSERT_TRUE(whole) << whole.error().message;
    TempFolder other;
    std::ofstream(other.file("shop.v1.yaml")) << to_yaml(*whole);
    auto alone = load(other.path());
    ASSERT_EQ(alone->files().size(), 1u) << to_yaml(*whole);
    int judged = 0;
    auto same = [&](const char* operation, const char* json, bool valid) {
        for (const auto& loaded : {registry, alone}) {
            const Operation* found = loaded->find(operation);
            ASSERT_TRUE(found) << operation << to_yaml(*whole);
            Arena arena;
            Builder builder(arena);
            EXPECT_EQ(found->response_schema(200)->validate(*read_json(json, builder)), valid)
                << operation << json << to_yaml(*whole);
            ++judged;
        }
    };
    same("shop.v1/getMoney", R"({"amount":1,"change":{"amount":2}})", true);
    same("shop.v1/getMoney", R"({"amount":1,"change":{"amount":0}})", false);
    same("shop.v1/getPet", R"({"kind":"cat","lives":9})", true);
    same("shop.v1/getPet", R"({"kind":"cat","lives":0})", false);
    same("shop.v1/getPet", R"({"kind":"dog"})", true);
    same("shop.v1/getPet", R"("a cat")", false);
    same("shop.v1/getCat", R"("a cat")", true);
    same("shop.v1/getTree", R"({"name":"oak","leaves":[{"name":"leaf","leaves":[]}]})", true);
    same("shop.v1/getTree", R"({"leaves":[{"leaves":[{"colour":1}]}]})", false);
    EXPECT_EQ(judged, 18);
}

TEST(Bundle, RefusesADynamicReferenceOfAnotherFile) {
    TempFolder folder;
    std::ofstream(folder.file("library.yaml")) << R"(openapi: 3.1.0
info: {title: L, version: 1.0.0}
components:
  schemas:
    Tree: {$dynamicAnchor: node, type: object, properties: {left: {$dynamicRef: "#node"}}}
)";
    std::ofstream(folder.file("shop.v1.yaml")) << R"(openapi: 3.1.0
info: {title: T, version: 1.0.0, x-contract: shop.v1}
security: []
paths:
  /shop/v1/tree:
    get:
      operationId: getTree
      responses:
        "200":
          description: a tree
          content: {application/json: {schema: {$ref: "library.yaml#/components/schemas/Tree"}}}
)";
    auto registry = load(folder.path());
    ASSERT_TRUE(registry->find_contract("shop.v1"));
    auto whole = bundle(*registry, *registry->find_contract("shop.v1"));
    ASSERT_FALSE(whole);
    EXPECT_NE(whole.error().message.find("library.yaml: '#node': a $dynamicRef"), std::string::npos);
}

TEST(YamlText, KeepsWhatReadersTakeForSomethingElse) {
    Diagnostics diagnostics;
    std::string text =
        R"({"a":"NO","b":"012","c":"1e3","d":1e3,"e":true,"f":"true","g":null,"h":"null","i":"","j":[],)"
        R"("k":{},"l":"2026-11-26","m":"a: b","n":"a #b","o":"line\nline two\n","p":" x","q":"- x",)"
        R"("r":[[1,2],[{"x":1,"y":[]}]],"s":"line\n  deeper\n\nlast","t":"\ttab","u":"é ü","on":1,"200":2,)"
        R"("v":"~","w":"@x","x":"a'b","y":"x: ","z":"0x1f","aa":"1:30","bb":".inf"})";
    auto file = parse_source("text.json", text, diagnostics);
    ASSERT_TRUE(file) << diagnostics.text();
    std::string yaml = to_yaml(file->root());
    auto again = parse_source("text.yaml", yaml, diagnostics);
    ASSERT_TRUE(again) << diagnostics.text() << yaml;
    EXPECT_EQ(json_of(again->root()), text) << yaml;
    for (const char* line : {"a: \"NO\"\n", "b: \"012\"\n", "c: \"1e3\"\n", "d: 1e3\n", "f: \"true\"\n", "\"on\": 1\n",
                             "\"200\": 2\n", "aa: \"1:30\"\n", "l: \"2026-11-26\"\n"})
        EXPECT_NE(yaml.find(line), std::string::npos) << line << yaml;
    auto json = parse_source("again.json", to_pretty_json(file->root()), diagnostics);
    ASSERT_TRUE(json) << diagnostics.text();
    EXPECT_EQ(json_of(json->root()), text);
}

TEST(YamlText, KeepsABooleanOneWhateverItsLetters) {
    Diagnostics diagnostics;
    auto file = parse_source("text.yaml", "a: True\nb: \"True\"\nc: FALSE\n", diagnostics);
    ASSERT_TRUE(file) << diagnostics.text();
    for (const auto& again : {parse_source("again.yaml", to_yaml(file->root()), diagnostics),
                              parse_source("again.json", to_pretty_json(file->root()), diagnostics)}) {
        ASSERT_TRUE(again) << diagnostics.text();
        EXPECT_EQ(json_of(again->root()), R"({"a":true,"b":"True","c":false})");
    }
}

}  // namespace
}  // namespace headgate
