// read_source: YAML and JSON files as text with places; what is refused, with file:line:column.
#include "contracts/document/source.hpp"

#include <gtest/gtest.h>

#include "contracts/document/json.hpp"
#include "contracts/document/source_format.hpp"
#include "contracts/document/source_value.hpp"
#include "contracts/document/source_write.hpp"

namespace headgate {
namespace {

// What the diagnostics say, or "" when the text is accepted.
std::string faults(std::string_view text, std::string path = "a.yaml") {
    Diagnostics diagnostics;
    auto file = parse_source(std::move(path), text, diagnostics);
    EXPECT_EQ(file == nullptr, diagnostics.has_errors());
    return diagnostics.text();
}

TEST(Source, KeepsScalarsAsText) {
    Diagnostics diagnostics;
    auto file = parse_source("a.yaml", "country: NO\nlag: 012\nrate: 1e3\nid: \"7\"\nnone:\ntext: |\n  two\n  lines\n",
                             diagnostics);
    ASSERT_TRUE(file) << diagnostics.text();
    EXPECT_EQ(file->root().find("country")->text, "NO");
    EXPECT_EQ(file->root().find("lag")->text, "012");
    EXPECT_EQ(file->root().find("rate")->text, "1e3");
    EXPECT_FALSE(file->root().find("rate")->quoted);
    EXPECT_TRUE(file->root().find("id")->quoted);
    EXPECT_EQ(file->root().find("none")->kind, SourceKind::null);
    EXPECT_EQ(file->root().find("text")->text, "two\nlines\n");
    EXPECT_TRUE(file->root().find("text")->quoted);
    EXPECT_EQ(file->root().find("absent"), nullptr);
}

TEST(Source, GivesOneBasedPlacesOfKeysAndValues) {
    Diagnostics diagnostics;
    auto file = parse_source("a.yaml", "a:\n  b: [x,\n      y]\n", diagnostics);
    ASSERT_TRUE(file);
    const auto& b = file->root().entries[0].value.entries[0];
    EXPECT_EQ(b.line, 2);
    EXPECT_EQ(b.column, 3);
    EXPECT_EQ(b.value.items[1].line, 3);
    EXPECT_EQ(b.value.items[1].column, 7);
    EXPECT_EQ(file->mark(b.value.items[1]).file, "a.yaml");
}

TEST(Source, ReadsAStreamOfDocuments) {
    Diagnostics diagnostics;
    auto file = parse_source("a.yaml", "a: 1\n---\nb: 2\n", diagnostics);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->documents.size(), 2u);
}

TEST(Source, TakesAFileForWhatItsEndingSaysInCapitalsToo) {
    EXPECT_EQ(faults("{a: 1}", "a.yaml"), "");
    EXPECT_EQ(faults("{a: 1}", "a.YML"), "");
    EXPECT_NE(faults("{a: 1}", "a.json"), "");
    EXPECT_NE(faults("{a: 1}", "a.JSON"), "");
    EXPECT_EQ(source_format("a.Yaml"), SourceFormat::yaml);
    for (const char* other : {"a.jsonl", "a.yaml.bak", "yaml", "a.yam", ""})
        EXPECT_EQ(source_format(other), SourceFormat::none) << other;
}

TEST(Source, RefusesWhatYamlWouldHideWithThePlace) {
    EXPECT_EQ(faults("a: 1\nb: 2\na: 3\n"), "a.yaml:3:1: error: duplicate key 'a' (remove one of the two)\n");
    EXPECT_EQ(faults("a: &x 1\n"), "a.yaml:1:4: error: anchors ('&name') are not read (write the value out)\n");
    EXPECT_NE(faults("a: &x [1]\nb: *x\n").find("a.yaml:1:4: error: anchors"), std::string::npos);
    EXPECT_NE(faults("a: !!str 1\n").find("a.yaml:1:4: error: tags are not read"), std::string::npos);
    EXPECT_NE(faults("a: !mine [1]\n").find("a.yaml:1:4: error: tags are not read"), std::string::npos);
    EXPECT_NE(faults("<<: {a: 1}\n").find("a.yaml:1:1: error: merge keys"), std::string::npos);
    EXPECT_NE(faults("? [a]\n: 1\n").find("a key must be text"), std::string::npos);
    EXPECT_NE(faults("~: 1\n").find("a key must be text"), std::string::npos);
}

TEST(Source, RefusesMalformedHostileAndEmptyFiles) {
    EXPECT_NE(faults("a: [1\nb: 2\n").find("a.yaml:2:"), std::string::npos);
    EXPECT_NE(faults("a: 'x\n").find("not well-formed YAML"), std::string::npos) << faults("a: 'x\n");
    EXPECT_NE(faults("").find("is empty"), std::string::npos);
    EXPECT_NE(faults("\xEF\xBB\xBF"
                     "a: 1")
                  .find("byte order mark"),
              std::string::npos);
    EXPECT_NE(faults("a: \xFF").find("a.yaml:1:4: error: is not valid UTF-8"), std::string::npos);
    EXPECT_NE(faults(std::string_view("a: \0", 4)).find("NUL"), std::string::npos);
    EXPECT_NE(faults(std::string(200, '[') + std::string(200, ']')).find("nested deeper than 100"), std::string::npos);
    EXPECT_NE(faults(std::string(100'000, '[')), "") << faults(std::string(100'000, '['));
    EXPECT_NE(faults(std::string(100'000, '['), "a.json").find("nested deeper than 100"), std::string::npos);
    Diagnostics diagnostics;
    EXPECT_EQ(read_source("no/such/file.yaml", diagnostics), nullptr);
    EXPECT_NE(diagnostics.text().find("no/such/file.yaml: error: can't be read"), std::string::npos);
}

TEST(Source, IsARegularFile) {
    Diagnostics diagnostics;
    EXPECT_EQ(read_source("/tmp", diagnostics), nullptr);
    EXPECT_EQ(read_source("/dev/zero", diagnostics), nullptr);
    EXPECT_EQ(diagnostics.text(),
              "/dev/zero: error: is a pipe or a device, not a file\n/tmp: error: is a directory, not a file\n");
}

TEST(Source, ReadsJsonFilesAsJson) {
    Diagnostics diagnostics;
    auto file = parse_source("a.json", "{\n\t\"a\\/b\": \"\\uD83D\\uDE00\\/\",\n\t\"n\": [1.50, true, null, \"1\"] }",
                             diagnostics);
    ASSERT_TRUE(file) << diagnostics.text();
    EXPECT_EQ(file->root().find("a/b")->text, "\xF0\x9F\x98\x80/");
    const SourceNode& list = *file->root().find("n");
    EXPECT_EQ(list.items[0].text, "1.50");
    EXPECT_FALSE(list.items[0].quoted);
    EXPECT_EQ(list.items[1].text, "true");
    EXPECT_EQ(list.items[2].kind, SourceKind::null);
    EXPECT_TRUE(list.items[3].quoted);
    EXPECT_EQ(list.line, 3);
    EXPECT_EQ(list.column, 7);
}

TEST(Source, RefusesMalformedJsonFilesWithThePlace) {
    EXPECT_EQ(faults("{\"a\":1,\n \"a\":2}", "a.json"),
              "a.json:2:2: error: duplicate key 'a' (remove one of the two)\n");
    EXPECT_NE(faults("{\"a\":\n tru}", "a.json").find("a.json:2:2: error: not well-formed JSON"), std::string::npos);
    for (auto text : {"{'a':1}", "{a:1}", "[1,]", "[01]", "[1.]", "[+1]", "[\"\\uD800\"]", "[\"\\x\"]", "[1] 2", "[",
                      "\"", "[\"\n\"]", "{\"a\"}", "{\"a\":1,}", "[\"\\u12\"]"})
        EXPECT_NE(faults(text, "a.json").find("a.json:1:"), std::string::npos) << text;
}

// What a value in a YAML file means as JSON.
std::string value_of(const std::string& yaml) {
    Diagnostics diagnostics;
    auto file = parse_source("a.yaml", yaml, diagnostics);
    EXPECT_TRUE(file) << diagnostics.text();
    Arena arena;
    Builder builder(arena);
    return to_json(to_value(file->root(), builder));
}

TEST(SourceValue, IsABooleanOrNullAsTheCoreSchemaSays) {
    EXPECT_EQ(value_of("[true, True, TRUE, false, False, FALSE]"), "[true,true,true,false,false,false]");
    EXPECT_EQ(value_of("[~, null, Null, NULL, ]"), "[null,null,null,null]");
    EXPECT_EQ(value_of("a:\nb: {c: , d: ~}\n"), R"({"a":null,"b":{"c":null,"d":null}})");
}

TEST(SourceValue, IsElseANumberOfJsonOrText) {
    EXPECT_EQ(value_of("[1, -2.50, 1e3]"), "[1,-2.50,1e3]");
    EXPECT_EQ(value_of("[yes, No, on, OFF, y, N, tRUE, nUll, 012, 0x1F, 0o17, +1, .5, 1., .inf, 1_000, 2026-11-26]"),
              R"(["yes","No","on","OFF","y","N","tRUE","nUll","012","0x1F","0o17","+1",".5","1.",".inf","1_000",)"
              R"("2026-11-26"])");
    EXPECT_EQ(value_of("[\"True\", 'FALSE', \"~\", 'null', \"1\"]"), R"(["True","FALSE","~","null","1"])");
}

TEST(Source, WritesADocumentSoThatItReadsBackAsItWas) {
    std::string text = R"({"a":10.10,"b":"012","c":[true,null,{}],"d":123456789012345678901234567890,"e":""})";
    Arena arena;
    Builder builder(arena), again(arena);
    auto document = read_json(text, builder);
    ASSERT_TRUE(document);
    for (auto written : {to_yaml(to_source(*document)), to_pretty_json(to_source(*document))}) {
        Diagnostics diagnostics;
        auto file = parse_source(written.front() == '{' ? "a.json" : "a.yaml", written, diagnostics);
        ASSERT_TRUE(file) << diagnostics.text() << written;
        EXPECT_EQ(to_json(to_value(file->root(), again)), text);
    }
}

}  // namespace
}  // namespace headgate
