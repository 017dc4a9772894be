// Schemas of files: places inside them, other files beside them, remotes from a folder; and suites of cases.
#include "contracts/schema/schema_file.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "contracts/schema/suite.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate {
namespace {

class SchemaFiles : public testing::Test {
  protected:
    void write(const std::string& name, const std::string& text) {
        std::filesystem::create_directories(std::filesystem::path(folder_.file(name)).parent_path());
        std::ofstream(folder_.file(name), std::ios::binary) << text;
    }
    std::string path(const std::string& name) const { return folder_.file(name); }
    bool accepts(const std::string& reference, Value value) {
        Diagnostics diagnostics;
        auto schema = schema::load_schema(path(reference), path("remotes"), false, diagnostics);
        EXPECT_EQ(diagnostics.text(), "");
        return schema && schema->validate(value);
    }
    std::string faults(const std::string& reference) {
        Diagnostics diagnostics;
        EXPECT_FALSE(schema::load_schema(path(reference), path("remotes"), false, diagnostics));
        return diagnostics.text();
    }

    TempFolder folder_;
};

TEST_F(SchemaFiles, APlaceInsideAnOpenApiFileIsASchema) {
    write("api.yaml", "openapi: 3.1.0\ncomponents: {schemas: {A: {$ref: 'more/b.json#/$defs/n'}}}\n");
    write("more/b.json", R"({"$defs": {"n": {"$anchor": "here", "type": "integer"}}})");
    EXPECT_TRUE(accepts("api.yaml#/components/schemas/A", Value::number("1")));
    EXPECT_FALSE(accepts("api.yaml#/components/schemas/A", Value::null()));
    EXPECT_FALSE(accepts("more/b.json#here", Value::null()));
    EXPECT_TRUE(accepts("more/b.json", Value::null()));
    EXPECT_NE(faults("api.yaml").find("leads to an OpenAPI document, not to a schema (name a schema, as in"),
              std::string::npos);
    write("other.yaml", "openapi: 3.1.0\ncomponents: {securitySchemes: {S: {type: http, scheme: bearer}}}\n");
    EXPECT_NE(faults("other.yaml#/components/securitySchemes/S").find("leads to a security scheme, not to a schema"),
              std::string::npos);
    EXPECT_NE(faults("api.yaml#/components/schemas/B").find("leads nowhere: there is nothing at"), std::string::npos);
    EXPECT_NE(faults("none.yaml").find("can't be read"), std::string::npos);
}

TEST_F(SchemaFiles, RemotesComeFromTheFolderAlone) {
    write("s.json", R"({"$ref": "http://localhost:1234/n/int.json"})");
    write("remotes/n/int.json", R"({"type": "integer"})");
    write("up.json", R"({"$ref": "http://localhost:1234/%2e%2e/s.json"})");
    write("far.json", R"({"$ref": "https://example.com/x.json"})");
    EXPECT_TRUE(accepts("s.json", Value::number("1")));
    EXPECT_FALSE(accepts("s.json", Value::null()));
    EXPECT_NE(faults("up.json").find("leads nowhere: there is no"), std::string::npos);
    EXPECT_NE(faults("far.json").find("far.json:1:10: error: $ref 'https://example.com/x.json' leads nowhere"),
              std::string::npos);
}

TEST_F(SchemaFiles, ASuiteTellsEachFailureWithItsPlace) {
    write("suite/a.json", R"([{"description": "g", "schema": {"type": "integer", "format": "date"}, "tests": [
  {"description": "right", "data": 1, "valid": true},
  {"description": "wrong", "data": "x", "valid": true},
  {"description": "loose", "data": 2, "valid": false}]},
 {"description": "bad", "schema": {"type": "strng"}, "tests": [{"description": "any", "data": 1, "valid": true}]}])");
    Diagnostics diagnostics;
    auto result = schema::run_suite(path("suite"), {}, diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    EXPECT_EQ(result.files, 1);
    EXPECT_EQ(result.passed, 1);
    ASSERT_EQ(result.failures.size(), 3u);
    EXPECT_EQ(result.failures[0].mark.line, 3);
    EXPECT_EQ(result.failures[0].test, "wrong");
    EXPECT_EQ(result.failures[0].why, "expected valid, found invalid: at '': must be an integer");
    EXPECT_EQ(result.failures[1].why, "expected invalid, found valid");
    EXPECT_NE(result.failures[2].why.find("the schema can't be loaded: "), std::string::npos);
}

TEST_F(SchemaFiles, WhatIsNoSuiteIsSaidSo) {
    write("suite/a.json", R"({"schema": true})");
    write("suite/b.json", R"([{"schema": true}, {"schema": true, "tests": [{"data": 1}]}])");
    Diagnostics diagnostics;
    auto result = schema::run_suite(path("suite"), {}, diagnostics);
    EXPECT_EQ(result.passed, 0);
    EXPECT_EQ(diagnostics.all().size(), 3u) << diagnostics.text();
    Diagnostics empty;
    schema::run_suite(path("nowhere"), {}, empty);
    EXPECT_TRUE(empty.has_errors());
}

}  // namespace
}  // namespace headgate
