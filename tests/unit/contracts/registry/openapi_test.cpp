// Media types, security and servers as loaded and used; contracts that are hostile end at a bound.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "contracts/registry/media_type.hpp"
#include "contracts/registry/message.hpp"

namespace headgate {
namespace {

std::shared_ptr<const Registry> load(const std::string& name, const std::string& text, Diagnostics& diagnostics) {
    std::filesystem::path folder = std::string(HEADGATE_BINARY_DIR) + "/openapi-contract/" + name;
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "shop.v1.yaml") << text;
    return load_contracts({folder.string()}, diagnostics);
}

const std::string head = "openapi: 3.1.0\ninfo: {title: T, version: 1.0.0, x-contract: shop.v1}\n";

std::shared_ptr<const Registry> shop() {
    static const std::shared_ptr<const Registry> loaded = [] {
        Diagnostics diagnostics;
        auto registry = load("media", head + R"(
servers: [{url: /shop/v1}]
security: [{bearer: []}, {key: [], bearer: []}, {}]
paths:
  /things/{id}:
    patch:
      operationId: change
      security: [{key: []}]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      requestBody:
        content:
          application/json: {schema: {type: object, additionalProperties: false, properties: {a: {type: integer}}}}
          application/merge-patch+json: {schema: {type: object, properties: {a: {type: [integer, "null"]}}}}
      responses:
        2XX: {description: one, content: {application/json: {schema: {type: object}}, application/vnd.shop+json: {schema: {type: array}}}}
        "404": {description: none}
        4XX: {description: wrong, content: {application/problem+json: {schema: {type: object}}}}
    get:
      operationId: read
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - name: filter
          in: query
          content: {application/json: {schema: {type: object, required: [a], properties: {a: {type: array}}}}}
        - {name: url, in: query, allowReserved: true, schema: {type: string}}
      responses: {"204": {description: done}}
components:
  securitySchemes:
    bearer: {type: http, scheme: Bearer}
    key: {type: apiKey, in: header, name: X-Api-Key}
)",
                             diagnostics);
        EXPECT_EQ(diagnostics.text(), "");
        return registry;
    }();
    return loaded;
}

Result<Value> change(std::string_view type, std::string_view body, Arena& arena) {
    static const std::string path = "/shop/v1/things/7";
    Builder builder(arena);
    std::vector<SchemaIssue> issues;
    return read_request(*shop()->match("PATCH", path), {{}, type, body, {}}, builder, issues);
}

TEST(MediaTypes, ChooseTheSchemaOfTheBody) {
    Arena arena;
    EXPECT_EQ(change("application/json", R"({"a":null})", arena).error().kind, ErrorKind::invalid_message);
    EXPECT_EQ(to_json(*change("Application/Merge-Patch+JSON; charset=utf-8", R"({"a":null})", arena)),
              R"({"id":"7","a":null})");
    auto other = change("application/xml", "<a/>", arena);
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().kind, ErrorKind::unsupported_media);
    EXPECT_EQ(other.error().message, "the body must be application/json or application/merge-patch+json");
}

TEST(MediaTypes, AreWrittenByTheSchemaThatTheBodyFits) {
    Arena arena;
    Builder builder(arena);
    const Operation& operation = *shop()->find("shop.v1/change");
    auto type = [&](const char* json) {
        return write_request(operation, *read_json(json, builder))->headers.back().second;
    };
    EXPECT_EQ(type(R"({"id":"7","a":1})"), "application/json");
    EXPECT_EQ(type(R"({"id":"7","a":null})"), "application/merge-patch+json");
}

TEST(MediaTypes, FollowTheAcceptHeader) {
    EXPECT_EQ(accepted("", "application/json"), 1000);
    EXPECT_EQ(accepted("text/html, application/*;q=0.5, */*;q=0.1", "application/json"), 500);
    EXPECT_EQ(accepted("application/json;q=0, */*", "application/json"), 0);
    EXPECT_EQ(accepted("application/json ; Q=0.25", "application/json"), 250);
    EXPECT_EQ(accepted("text/html", "application/json"), 0);
    const Operation& operation = *shop()->find("shop.v1/change");
    EXPECT_TRUE(acceptable(operation, "application/vnd.shop+json"));
    EXPECT_FALSE(acceptable(operation, "application/problem+json"));
    EXPECT_TRUE(acceptable(*shop()->find("shop.v1/read"), "text/html"));
    const auto& contents = operation.response(201)->contents;
    bool wanted = false;
    EXPECT_EQ(choose_content(contents, "*/*", Value::object(nullptr, 0), wanted)->media_type, "application/json");
    EXPECT_EQ(choose_content(contents, "*/*", Value::array(nullptr, 0), wanted)->media_type,
              "application/vnd.shop+json");
    EXPECT_TRUE(wanted);
    ASSERT_TRUE(choose_content(contents, "application/json", Value::array(nullptr, 0), wanted));
    EXPECT_FALSE(wanted);
    EXPECT_EQ(choose_content(contents, "*/*", Value::null(), wanted), nullptr);
}

TEST(Responses, AreFoundByStatusThenRange) {
    const Operation& operation = *shop()->find("shop.v1/change");
    EXPECT_EQ(operation.success_status, 200);
    EXPECT_TRUE(operation.response(404)->contents.empty());
    EXPECT_EQ(operation.response(418)->contents.front().media_type, "application/problem+json");
    EXPECT_EQ(operation.response(500), nullptr);
}

TEST(Security, IsAListOfAlternatives) {
    const Operation& change = *shop()->find("shop.v1/change");
    EXPECT_EQ(change.path, "/shop/v1/things/{id}");
    EXPECT_TRUE(change.authenticated);
    EXPECT_EQ(change.security, (std::vector<std::vector<Credential>>{{{"x-api-key"}}}));
    EXPECT_EQ(change.security[0][0].header, "X-Api-Key");
    const Operation& read = *shop()->find("shop.v1/read");
    EXPECT_FALSE(read.authenticated);
    EXPECT_EQ(read.security, (std::vector<std::vector<Credential>>{{{""}}, {{"x-api-key"}, {""}}, {}}));
}

TEST(Parameters, WithContentAreJsonText) {
    Arena arena;
    Builder builder(arena);
    std::vector<SchemaIssue> issues;
    auto read = [&](std::string_view query) {
        static const std::string path = "/shop/v1/things/7";
        auto message = read_request(*shop()->match("GET", path), {query, {}, {}, {}}, builder, issues);
        return message ? to_json(*message) : issues.front().pointer + " " + issues.front().message;
    };
    EXPECT_EQ(read("filter=%7B%22a%22:[1,%22x%22]%7D"), R"({"id":"7","filter":{"a":[1,"x"]}})");
    EXPECT_EQ(read("filter={}"), "/filter must have 'a'");
    EXPECT_EQ(read("filter={"), "/filter invalid JSON at line 1, column 2: the JSON text ends too soon");
    Value message = *read_json(R"({"id":"7","filter":{"a":[1,"x&y"]},"url":"http://a/b?c=d&e#f,g+h"})", builder);
    auto written = write_request(*shop()->find("shop.v1/read"), message);
    EXPECT_EQ(written->target,
              "/shop/v1/things/7?filter=%7B%22a%22%3A%5B1%2C%22x%26y%22%5D%7D&url=http://a/b?c=d%26e%23f,g%2Bh");
    EXPECT_EQ(read(written->target.substr(written->target.find('?') + 1)), to_json(message));
}

TEST(Lifecycles, AreTheContractsUnlessAnOperationSaysItsOwn) {
    Diagnostics diagnostics;
    auto registry = load("lifecycle", R"(
openapi: 3.1.0
info:
  title: T
  version: 1.0.0
  x-contract: shop.v1
  x-lifecycle: {state: deprecated, deprecated: 2026-12-01, sunset: "2027-06-30T01:30:00+02:00"}
security: []
paths:
  /shop/v1/a: {get: {operationId: old, responses: {"204": {description: d}}}}
  /shop/v1/b: {get: {operationId: fresh, x-lifecycle: {state: draft}, responses: {"204": {description: d}}}}
)",
                         diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    using namespace std::chrono;
    const Operation& old = *registry->find("shop.v1/old");
    EXPECT_EQ(old.lifecycle.state, Lifecycle::State::deprecated);
    EXPECT_EQ(old.lifecycle.deprecated, WallTime(sys_days(2026y / 12 / 1)));
    EXPECT_EQ(old.lifecycle.sunset, WallTime(sys_days(2027y / 6 / 29) + 23h + 30min));
    EXPECT_EQ(old.lifecycle.successor, "");
    EXPECT_TRUE(old.deprecated);
    const Operation& fresh = *registry->find("shop.v1/fresh");
    EXPECT_EQ(fresh.lifecycle.state, Lifecycle::State::draft);
    EXPECT_FALSE(fresh.lifecycle.deprecated || fresh.lifecycle.sunset || fresh.deprecated);
}

std::size_t faults(const std::string& name, const std::string& text) {
    Diagnostics diagnostics;
    load(name, text, diagnostics);
    EXPECT_TRUE(diagnostics.has_errors());
    return diagnostics.all().size();
}

TEST(HostileContracts, EndAtABound) {
    std::string paths = head + "security: []\npaths:\n";
    for (int i = 0; i < 100'000; ++i)
        paths += "  /shop/v1/p" + std::to_string(i) + ": {get: {operationId: o" + std::to_string(i) +
                 ", responses: {\"204\": {description: d}}}}\n";
    EXPECT_EQ(faults("paths", paths), 1u);  // more values than a file may hold
    std::string unknown = head;
    for (int i = 0; i < 100'000; ++i) unknown += "k" + std::to_string(i) + ": 1\n";
    EXPECT_LE(faults("unknown", unknown), 1001u);
    EXPECT_EQ(faults("deep", head + "paths: " + std::string(100'000, '[')), 1u);
    EXPECT_EQ(faults("large", head + "# " + std::string(20'000'000, 'x')), 1u);
    EXPECT_LE(faults("long-key", head + std::string(1'000, 'k') + ": 1\nsecurity: []\n"), 3u);
}

// Each file refers to the next: what is read ends with a bound on the files, not with the chain.
TEST(HostileContracts, ReferToABoundedNumberOfFiles) {
    std::filesystem::path parts = std::string(HEADGATE_BINARY_DIR) + "/openapi-contract/chain-parts";
    std::filesystem::create_directories(parts);
    for (int i = 0; i < 300; ++i)
        std::ofstream(parts / (std::to_string(i) + ".yaml"))
            << "type: object\nproperties: {next: {$ref: " << i + 1 << ".yaml}}\n";
    Diagnostics diagnostics;
    auto registry = load("chain", head + R"(
security: []
paths:
  /shop/v1/a:
    get:
      operationId: a
      responses: {"200": {description: d, content: {application/json: {schema: {$ref: ../chain-parts/0.yaml}}}}}
)",
                         diagnostics);
    EXPECT_EQ(registry->files().size(), 201u);
    EXPECT_NE(diagnostics.text().find("references lead to more than 200 files"), std::string::npos);
    EXPECT_EQ(diagnostics.all().size(), 2u) << diagnostics.text();  // and the reference that was not followed
}

// A response with many parts, referred to by many operations: what is behind references counts each time it is read.
TEST(HostileContracts, CountWhatReferencesRepeat) {
    std::string text = head + "security: []\ncomponents:\n  responses:\n    R:\n      description: d\n      headers:\n";
    for (int i = 0; i < 10'000; ++i) text += "        H" + std::to_string(i) + ": {$ref: '#/components/headers/H'}\n";
    text += "  headers: {H: {schema: {type: string}}}\npaths:\n";
    for (int i = 0; i < 80; ++i)
        text += "  /shop/v1/p" + std::to_string(i) + ": {get: {operationId: o" + std::to_string(i) +
                ", responses: {\"200\": {$ref: '#/components/responses/R'}}}}\n";
    Diagnostics diagnostics;
    load("repeat", text, diagnostics);
    EXPECT_NE(diagnostics.text().find("the contracts hold more than 500000 objects"), std::string::npos);
    EXPECT_LE(diagnostics.all().size(), 1001u);
}

}  // namespace
}  // namespace headgate
