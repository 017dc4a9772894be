// read_request and write_request: parameters and body by the contract, every issue at its pointer, and back again.
#include "contracts/registry/message.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "tests/support/temp_folder.hpp"

namespace headgate {
namespace {

// A contract with every style; written into the tests' binary folder, since contracts are loaded from folders.
const char* const styles = R"(
openapi: 3.1.0
info: {title: T, version: 1.0.0, x-contract: styles.v1}
security: []
paths:
  /styles/v1/{kind}/things/{thingId}:
    post:
      operationId: change
      parameters:
        - {name: kind, in: path, required: true, schema: {type: string}}
        - {name: thingId, in: path, required: true, schema: {type: integer, minimum: 1}}
        - {name: names, in: query, explode: false, schema: {type: array, items: {type: string}}}
        - {name: sizes, in: query, schema: {type: array, items: {type: number}, maxItems: 5}}
        - {name: dry, in: query, schema: {type: boolean}}
        - {name: note, in: query, schema: {type: string}}
        - {name: X-Trail, in: header, schema: {type: array, items: {type: integer}}}
      requestBody:
        content:
          application/json: {schema: {type: object, additionalProperties: false, properties: {a: {type: number}, b: {}}}}
      responses: {"204": {description: done}}
  /styles/v1/open:
    post:
      operationId: open
      parameters: [{name: dry, in: query, schema: {type: boolean}}]
      requestBody: {content: {application/json: {schema: {type: object}}}}
      responses: {"204": {description: done}}
  /styles/v1/mine/things/{thingId}:
    get:
      operationId: read
      parameters: [{name: thingId, in: path, required: true, schema: {type: string}}]
      responses: {"200": {description: one, content: {application/json: {schema: {}}}}}
)";

struct Contracts {
    std::shared_ptr<const Registry> registry;
    Contracts() {
        TempFolder folder;  // tests of one process each run side by side
        std::ofstream(folder.file("styles.v1.yaml")) << styles;
        Diagnostics diagnostics;
        registry = load_contracts({folder.path(), HEADGATE_SOURCE_DIR "/contracts/catalog"}, diagnostics);
        EXPECT_EQ(diagnostics.text(), "");
    }
};

const Registry& contracts() {
    static const Contracts loaded;
    return *loaded.registry;
}

struct Wire {
    std::string method, path, query, body;
    std::map<std::string, std::string> headers;
};

// The message as JSON, or the error and each issue.
std::string read(const Wire& wire, Arena& arena, Value* message = nullptr) {
    Builder builder(arena);
    auto match = contracts().match(wire.method, wire.path);
    if (!match) return match.error().message;
    auto header = [&](std::string_view name) -> std::string_view {
        auto found = wire.headers.find(std::string(name));
        return found == wire.headers.end() ? std::string_view() : std::string_view(found->second);
    };
    std::vector<SchemaIssue> issues;
    auto result = read_request(*match, {wire.query, header("content-type"), wire.body, header}, builder, issues);
    if (result) {
        if (message) *message = *result;
        return to_json(*result);
    }
    std::string out(name(result.error().kind));
    for (const auto& issue : issues) out += "\n" + issue.pointer + " " + issue.message;
    return out;
}

std::string availability(const std::string& query) {
    Arena arena;
    return read({"GET", "/inventory/v2/availability", query, "", {}}, arena);
}

TEST(ReadRequest, RefusesAMemberOfAnOpenBodyUnderTheNameOfAParameter) {
    auto open = [](const std::string& query, const std::string& body) {
        Arena arena;
        return read({"POST", "/styles/v1/open", query, body, {{"content-type", "application/json"}}}, arena);
    };
    EXPECT_EQ(open("dry=true", R"({"wet":1})"), R"({"dry":true,"wet":1})");
    const char* refused = "invalid-message\n/dry is a parameter of this operation, and no member of its body";
    EXPECT_EQ(open("", R"({"dry":"past the schema"})"), refused);
    EXPECT_EQ(open("dry=true", R"({"dry":false})"), refused);
}

TEST(ReadRequest, ReadsQueryArraysAndValidatesThem) {
    EXPECT_EQ(availability("skus=HG-100234,HG-100235&locationIds=ST-0007"),
              R"({"skus":["HG-100234","HG-100235"],"locationIds":["ST-0007"]})");
    EXPECT_EQ(availability("skus=HG%2D100234"), R"({"skus":["HG-100234"]})");
    EXPECT_EQ(availability("skus=HG-100234&locationIds="), R"({"skus":["HG-100234"],"locationIds":[]})");
    EXPECT_EQ(availability(""), "invalid-message\n/skus is required");
    EXPECT_EQ(availability("skus="), "invalid-message\n/skus must have at least 1 item");
    EXPECT_EQ(availability("skus=hg,HG-1&locationIds=7"),
              "invalid-message\n/skus/0 must match ^[A-Z0-9-]{3,18}$\n/locationIds/0 must match ^ST-[0-9]{4}$");
    EXPECT_EQ(availability("skus=HG-1,"), "invalid-message\n/skus/1 must match ^[A-Z0-9-]{3,18}$");
    EXPECT_EQ(availability("skus=HG-1,HG-1"), "invalid-message\n/skus must not hold the same item twice");
    EXPECT_EQ(availability("skus=HG-1&skus=HG-2"),
              "invalid-message\n/skus is given twice; its items are separated by commas");
    EXPECT_EQ(availability("skus=HG-1&sku=HG-2&x=1"),
              "invalid-message\n/sku is no parameter of this operation; did you mean 'skus'?\n"
              "/x is no parameter of this operation");
    EXPECT_EQ(availability("skus=HG-1%"), "invalid-message\n/skus is not well-formed");
    EXPECT_EQ(availability("skus=HG-1%00"), "invalid-message\n/skus is not well-formed");
    EXPECT_EQ(availability("skus=%FF"), "invalid-message\n/skus is not well-formed");
    std::string many = "skus=A00";
    for (int i = 1; i <= 100; ++i) many += ",A" + std::to_string(100 + i);
    EXPECT_EQ(availability(many), "invalid-message\n/skus must have at most 100 items");
}

TEST(ReadRequest, BoundsAHostileQuery) {
    std::string query;
    for (int i = 0; i < 50'000; ++i) query += "&x" + std::to_string(i) + "=1";
    std::string answer = availability(query);
    EXPECT_NE(answer.find("more than 1000 query parameters"), std::string::npos);
    EXPECT_LE(std::count(answer.begin(), answer.end(), '\n'), 20);
    EXPECT_NE(availability(std::string(100'000, 'x') + "=1").find("is no parameter"), std::string::npos);
}

Wire prices(const std::string& body, const std::string& type = "application/json") {
    return {"POST", "/pricing/v1/prices/query", "", body, {{"content-type", type}}};
}

TEST(ReadRequest, ReadsTheBodyBesideTheParameters) {
    Arena arena;
    const std::string good = R"({"channel":"web","currencyCode":"EUR","lines":[{"sku":"HG-100234","quantity":1}]})";
    EXPECT_EQ(read(prices(good), arena), good);
    EXPECT_EQ(read(prices(good, "application/json; charset=UTF-8"), arena), good);
    EXPECT_EQ(read(prices(R"({"channel":"fax","currencyCode":"EUR","lines":[{"sku":"HG-100234","quantity":"1"},{}]})"),
                   arena),
              "invalid-message\n/channel must be one of \"web\", \"store\", \"app\", \"marketplace\"\n"
              "/lines/0/quantity must be an integer\n/lines/1 must have 'sku'\n/lines/1 must have 'quantity'");
    EXPECT_EQ(read(prices(""), arena), "invalid-message\n a body is required");
    EXPECT_EQ(read(prices("[]"), arena), "invalid-message\n must be an object");
    EXPECT_EQ(read(prices(R"({"channel":)"), arena),
              "invalid-message\n/channel invalid JSON at line 1, column 12: the JSON text ends too soon");
    Wire both = prices("{");
    both.query = "x=1";
    EXPECT_EQ(read(both, arena),
              "invalid-message\n invalid JSON at line 1, column 2: the JSON text ends too soon\n"
              "/x is no parameter of this operation");
    Wire get{"GET", "/inventory/v2/availability", "skus=HG-1", "{}", {{"content-type", "application/json"}}};
    EXPECT_EQ(read(get, arena), "invalid-message\n this operation has no body");
}

TEST(ReadRequest, RefusesOtherMediaTypes) {
    Arena arena;
    for (auto type : {"text/plain", "", "application/json; charset=latin1", "application/json5", "application/xml",
                      "application/json; x=y"})
        EXPECT_EQ(read(prices("{}", type), arena), "unsupported-media-type") << type;
}

TEST(ReadRequest, PutsHeadersIntoTheMessage) {
    Arena arena;
    Wire wire{"POST", "/orders/v1/orders", "", "{}", {{"content-type", "application/json"}}};
    EXPECT_NE(read(wire, arena).find("\n/Idempotency-Key is required"), std::string::npos);
    wire.headers["idempotency-key"] = "short";
    EXPECT_NE(read(wire, arena).find("\n/Idempotency-Key must have at least 8 characters"), std::string::npos);
    wire.headers["idempotency-key"] = "0123 5678";
    EXPECT_NE(read(wire, arena).find("\n/Idempotency-Key must match"), std::string::npos);
}

TEST(ReadRequest, TypesParametersByTheirSchema) {
    Arena arena;
    Wire wire{"POST",
              "/styles/v1/a%2Fb/things/7",
              "names=a%2Cb,c+d&sizes=1.50&sizes=2&dry=true&note=1",
              "",
              {{"x-trail", "1, 2,3"}}};
    EXPECT_EQ(
        read(wire, arena),
        R"({"kind":"a/b","thingId":7,"names":["a,b","c d"],"sizes":[1.50,2],"dry":true,"note":"1","X-Trail":[1,2,3]})");
    wire.query = "sizes=x&dry=yes&note=a&note=b";
    wire.path = "/styles/v1/a/things/0";
    EXPECT_EQ(read(wire, arena),
              "invalid-message\n/thingId must be at least 1\n/sizes/0 must be a number\n/dry must be a boolean\n"
              "/note is given twice");
    EXPECT_EQ(read({"GET", "/styles/v1/mine/things/x%20y", "", "", {}}, arena), R"({"thingId":"x y"})");
    EXPECT_EQ(read({"GET", "/styles/v1/mine/things/%zz", "", "", {}}, arena), "the path is not well-formed");
    EXPECT_EQ(read({"GET", "/styles/v1/mine/things/", "", "", {}}, arena), "there is no operation at this path");
    EXPECT_EQ(read({"POST", "/styles/v1/other/things/1", "", "", {}}, arena), R"({"kind":"other","thingId":1})");
    // A literal segment wins however it is written; a parameter is decoded once.
    EXPECT_EQ(read({"GET", "/styles/v1/m%69ne/th%69ngs/%78%2541%2F", "", "", {}}, arena), R"({"thingId":"x%41/"})");
    EXPECT_EQ(read({"POST", "/styles/v1/m%69ne/things/1", "", "", {}}, arena), "this path has another method");
    EXPECT_EQ(read({"POST", "/styles/v1/m%2569ne/things/1", "", "", {}}, arena), R"({"kind":"m%69ne","thingId":1})");
}

TEST(WriteRequest, IsTheInverseOfReading) {
    std::mt19937 random(7);
    auto text = [&] {
        static const char* const parts[] = {"a", "B", "0", ",", "&",        "=",  "%", "+",
                                            " ", "/", "?", "#", "\xC3\xA4", "\"", "\\"};
        std::string out = "x";
        for (int i = static_cast<int>(random() % 8); i > 0; --i) out += parts[random() % std::size(parts)];
        return out;
    };
    const Operation& operation = *contracts().find("styles.v1/change");
    for (int round = 0; round < 500; ++round) {
        Arena arena;
        Builder builder(arena);
        auto put = [&](std::string_view key, auto&& write) {
            if (random() % 4 == 0 && key != "kind" && key != "thingId") return;
            builder.key(key);
            write();
        };
        auto list = [&](auto&& item) {
            builder.begin_array();
            for (int i = static_cast<int>(random() % 4) + 1; i > 0; --i) item();
            builder.end_array();
        };
        auto string = [&] { builder.string(arena.copy(text())); };
        auto number = [&] { builder.number(arena.copy(std::to_string(random() % 1000 + 1))); };
        builder.begin_object();
        put("kind", string);
        put("thingId", number);
        put("names", [&] { list(string); });
        put("sizes", [&] { list(number); });
        put("dry", [&] { builder.boolean(random() % 2 == 0); });
        put("note", string);
        put("X-Trail", [&] { list(number); });
        put("a", number);
        put("b", [&] { list(string); });
        builder.end_object();
        Value message = builder.take();

        auto result = write_request(operation, message);
        ASSERT_TRUE(result) << result.error().message;
        const WrittenRequest& written = *result;
        auto question = written.target.find('?');
        Wire wire{operation.method,
                  written.target.substr(0, question),
                  question == std::string::npos ? "" : written.target.substr(question + 1),
                  written.body,
                  {}};
        for (auto& [name, value] : written.headers) {
            std::string lower = name;
            for (char& c : lower) c = static_cast<char>(std::tolower(c));
            wire.headers[lower] = value;
        }
        EXPECT_EQ(read(wire, arena), to_json(message));
    }
}

TEST(WriteRequest, WritesWhatAnotherServiceReads) {
    Arena arena;
    Builder builder(arena);
    Value message = *read_json(R"({"skus":["HG-1","HG-2"],"locationIds":["ST-0007"]})", builder);
    auto get = *write_request(*contracts().find("inventory.v2/getAvailability"), message);
    EXPECT_EQ(get.target, "/inventory/v2/availability?skus=HG-1,HG-2&locationIds=ST-0007");
    EXPECT_TRUE(get.headers.empty());
    EXPECT_EQ(get.body, "");
    message = *read_json(R"({"Idempotency-Key":"k-12345678","channel":"web"})", builder);
    auto post = *write_request(*contracts().find("orders.v1/createOrder"), message);
    EXPECT_EQ(post.target, "/orders/v1/orders");
    EXPECT_EQ(post.body, R"({"channel":"web"})");
    ASSERT_EQ(post.headers.size(), 2u);
    EXPECT_EQ(post.headers[0].second, "k-12345678");
    EXPECT_EQ(post.headers[1].second, "application/json");
}

}  // namespace
}  // namespace headgate
