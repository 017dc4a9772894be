// The styles of OpenAPI 3.1: the specification's own table, read and written; and what is written reads back, always.
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "contracts/registry/message.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate {
namespace {

struct Style {
    const char* in;
    const char* style;
    bool explode;
};

const Style all_styles[] = {
    {"path", "simple", false},         {"path", "simple", true},      {"path", "label", false},
    {"path", "label", true},           {"path", "matrix", false},     {"path", "matrix", true},
    {"query", "form", false},          {"query", "form", true},       {"query", "spaceDelimited", false},
    {"query", "pipeDelimited", false}, {"query", "deepObject", true}, {"header", "simple", false},
    {"header", "simple", true},
};
const char* const kinds[] = {"string", "array", "object", "numbers", "mixed"};

bool defined(const Style& style, std::string_view kind) {
    std::string_view name = style.style;
    bool object = kind == "object" || kind == "mixed", scalar = kind == "string";
    if (name == "deepObject") return object;
    return !scalar || (name != "spaceDelimited" && name != "pipeDelimited");
}

std::string operation_id(const Style& style, std::string_view kind) {
    return std::string(style.in) + "-" + style.style + (style.explode ? "-exploded-" : "-plain-") + std::string(kind);
}

// A contract with one operation for each combination that is defined.
std::string contract() {
    std::string out = "openapi: 3.1.0\ninfo: {title: T, version: 1.0.0, x-contract: table.v1}\nsecurity: []\npaths:\n";
    for (const Style& style : all_styles)
        for (std::string_view kind : kinds) {
            if (!defined(style, kind)) continue;
            std::string schema =
                kind == "string"    ? "{type: string}"
                : kind == "array"   ? "{type: array, items: {type: string}}"
                : kind == "numbers" ? "{type: array, items: {type: number}}"
                : kind == "object"
                    ? "{type: object, additionalProperties: {type: string}}"
                    : "{type: object, properties: {R: {type: integer}, on: {type: boolean}, t: {type: string}}}";
            bool path = std::string_view(style.in) == "path";
            out += "  /table/v1/" + operation_id(style, kind) + (path ? "/{color}" : "") +
                   ":\n    get:\n      operationId: " + operation_id(style, kind) +
                   "\n      parameters: [{name: color, in: " + style.in + (path ? ", required: true" : "") +
                   ", style: " + style.style + ", explode: " + (style.explode ? "true" : "false") +
                   ", schema: " + schema + "}]\n      responses: {\"204\": {description: done}}\n";
        }
    return out;
}

const Registry& table() {
    static const std::shared_ptr<const Registry> loaded = [] {
        TempFolder folder;
        std::ofstream(folder.file("table.v1.yaml")) << contract();
        Diagnostics diagnostics;
        auto registry = load_contracts({folder.path()}, diagnostics);
        EXPECT_EQ(diagnostics.text(), "");
        return registry;
    }();
    return *loaded;
}

// The value of `color` as JSON, or what is wrong with it; `wire` is what the style makes of it.
std::string read(const Style& style, std::string_view kind, const std::string& wire, Arena& arena) {
    Builder builder(arena);
    std::string id = operation_id(style, kind), in = style.in;
    std::string path = "/table/v1/" + id + (in == "path" ? "/" + wire : "");
    auto match = table().match("GET", path);
    if (!match) return match.error().message;
    auto header = [&](std::string_view name) {
        return in == "header" && name == "color" ? std::string_view(wire) : std::string_view();
    };
    std::vector<SchemaIssue> issues;
    auto message = read_request(*match, {in == "query" ? wire : std::string_view(), {}, {}, header}, builder, issues);
    if (!message) return issues.front().pointer + " " + issues.front().message;
    const Value* color = message->find("color");
    return color ? to_json(*color) : "absent";
}

// The wire, or why it can't be written.
std::string write(const Style& style, std::string_view kind, const Value& color) {
    Member member{"color", color};
    auto written = write_request(*table().find("table.v1/" + operation_id(style, kind)), Value::object(&member, 1));
    if (!written) return written.error().pointer + " " + written.error().message;
    std::string_view in = style.in;
    if (in == "header") return written->headers.front().second;
    auto at = in == "path" ? written->target.rfind('/') : written->target.find('?');
    return at == std::string::npos ? "" : written->target.substr(at + 1);
}

struct Row {
    Style style;
    const char *kind, *json, *wire;
};

// OpenAPI 3.1.1, section 4.8.12.6 ("Style Examples"): every cell that is not n/a and whose value is told apart from
// none.
const Row rows[] = {
    {{"path", "matrix", false}, "string", R"("")", ";color"},
    {{"path", "matrix", false}, "string", R"("blue")", ";color=blue"},
    {{"path", "matrix", false}, "array", R"(["blue","black","brown"])", ";color=blue,black,brown"},
    {{"path", "matrix", false}, "object", R"({"R":"100","G":"200","B":"150"})", ";color=R,100,G,200,B,150"},
    {{"path", "matrix", true}, "string", R"("")", ";color"},
    {{"path", "matrix", true}, "string", R"("blue")", ";color=blue"},
    {{"path", "matrix", true}, "array", R"(["blue","black","brown"])", ";color=blue;color=black;color=brown"},
    {{"path", "matrix", true}, "object", R"({"R":"100","G":"200","B":"150"})", ";R=100;G=200;B=150"},
    {{"path", "label", false}, "string", R"("blue")", ".blue"},
    {{"path", "label", false}, "array", R"(["blue","black","brown"])", ".blue,black,brown"},
    {{"path", "label", false}, "object", R"({"R":"100","G":"200","B":"150"})", ".R,100,G,200,B,150"},
    {{"path", "label", true}, "string", R"("blue")", ".blue"},
    {{"path", "label", true}, "array", R"(["blue","black","brown"])", ".blue.black.brown"},
    {{"path", "label", true}, "object", R"({"R":"100","G":"200","B":"150"})", ".R=100.G=200.B=150"},
    {{"path", "simple", false}, "string", R"("blue")", "blue"},
    {{"path", "simple", false}, "array", R"(["blue","black","brown"])", "blue,black,brown"},
    {{"path", "simple", false}, "object", R"({"R":"100","G":"200","B":"150"})", "R,100,G,200,B,150"},
    {{"path", "simple", true}, "array", R"(["blue","black","brown"])", "blue,black,brown"},
    {{"path", "simple", true}, "object", R"({"R":"100","G":"200","B":"150"})", "R=100,G=200,B=150"},
    {{"query", "form", false}, "string", R"("")", "color="},
    {{"query", "form", false}, "string", R"("blue")", "color=blue"},
    {{"query", "form", false}, "array", R"(["blue","black","brown"])", "color=blue,black,brown"},
    {{"query", "form", false}, "object", R"({"R":"100","G":"200","B":"150"})", "color=R,100,G,200,B,150"},
    {{"query", "form", true}, "string", R"("")", "color="},
    {{"query", "form", true}, "string", R"("blue")", "color=blue"},
    {{"query", "form", true}, "array", R"(["blue","black","brown"])", "color=blue&color=black&color=brown"},
    {{"query", "form", true}, "object", R"({"R":"100","G":"200","B":"150"})", "R=100&G=200&B=150"},
    {{"query", "spaceDelimited", false}, "array", R"(["blue","black","brown"])", "color=blue%20black%20brown"},
    {{"query", "spaceDelimited", false},
     "object",
     R"({"R":"100","G":"200","B":"150"})",
     "color=R%20100%20G%20200%20B%20150"},
    {{"query", "pipeDelimited", false}, "array", R"(["blue","black","brown"])", "color=blue%7Cblack%7Cbrown"},
    {{"query", "pipeDelimited", false},
     "object",
     R"({"R":"100","G":"200","B":"150"})",
     "color=R%7C100%7CG%7C200%7CB%7C150"},
    {{"query", "deepObject", true},
     "object",
     R"({"R":"100","G":"200","B":"150"})",
     "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"},
    {{"header", "simple", false}, "string", R"("")", ""},
    {{"header", "simple", false}, "string", R"("blue")", "blue"},
    {{"header", "simple", false}, "array", R"(["blue","black","brown"])", "blue,black,brown"},
    {{"header", "simple", false}, "object", R"({"R":"100","G":"200","B":"150"})", "R,100,G,200,B,150"},
    {{"header", "simple", true}, "object", R"({"R":"100","G":"200","B":"150"})", "R=100,G=200,B=150"},
};

TEST(Styles, AreTheSpecificationsTableBothWays) {
    for (const Row& row : rows) {
        Arena arena;
        Builder builder(arena);
        EXPECT_EQ(read(row.style, row.kind, row.wire, arena), row.json) << row.wire;
        EXPECT_EQ(write(row.style, row.kind, *read_json(row.json, builder)), row.wire) << row.json;
    }
}

TEST(Styles, ReadWhatOthersWriteAndSayWhatIsWrong) {
    const Row reads[] = {
        {{"query", "spaceDelimited", false}, "array", R"(["a","b","c"])", "color=a+b%20c"},
        {{"query", "pipeDelimited", false}, "array", R"(["a","b","c"])", "color=a|b%7cc"},
        {{"query", "deepObject", true}, "object", R"({"a]b":"1"})", "color[a]b]=1"},
        {{"query", "form", false}, "array", R"(["a,b","c"])", "color=a%2Cb,c"},
        {{"path", "simple", false}, "array", R"(["a,b","c"])", "a%2Cb,c"},
        {{"path", "label", true}, "array", R"(["a.b","c"])", ".a%2Eb.c"},
        {{"header", "simple", true}, "object", R"({"R":"1","G":"2"})", "R=1, G=2"},
        {{"query", "form", true}, "mixed", R"({"R":7,"on":true,"t":"true"})", "R=7&on=true&t=true"},
        {{"query", "form", false}, "string", "absent", ""},
        {{"path", "label", false}, "string", "/color must begin with '.'", "blue"},
        {{"path", "matrix", false}, "string", "/color must begin with ';'", "blue"},
        {{"path", "matrix", false}, "string", "/color must begin with ';color'", ";colour=blue"},
        {{"path", "matrix", true}, "array", "/color has another name inside", ";color=a;colour=b"},
        {{"path", "simple", false}, "object", "/color has a name without a value", "R,100,G"},
        {{"path", "simple", true}, "object", "/color has a name without a value", "R=100,G"},
        {{"query", "deepObject", true}, "object", "/color has a member twice", "color[R]=1&color[R]=2"},
        {{"query", "form", true}, "object", "/color has a member twice", "R=1&R=2"},
        {{"query", "spaceDelimited", false},
         "array",
         "/color is given twice; its items are separated by blanks",
         "color=a&color=b"},
        {{"query", "form", true}, "mixed", "/color/R must be an integer", "R=x"},
        {{"query", "form", true}, "mixed", "/G is no parameter of this operation", "R=1&G=2"},
        {{"query", "deepObject", true}, "object", "/color is not well-formed", "color[R]=%FF"},
        {{"query", "form", true}, "array", "/color is not well-formed", "color=a&color=%zz"},
    };
    for (const Row& row : reads) {
        Arena arena;
        EXPECT_EQ(read(row.style, row.kind, row.wire, arena), row.json) << row.wire;
    }
}

TEST(Styles, RefuseToWriteWhatWouldNotReadBack) {
    const Row refused[] = {
        {{"path", "simple", false}, "string", R"("")", "can't be a segment of a path"},
        {{"path", "simple", false}, "string", R"("..")", "can't be a segment of a path"},
        {{"path", "label", false}, "string", R"("")", "can't be a segment of a path"},
        {{"path", "label", false}, "string", R"(".")", "can't be a segment of a path"},
        {{"query", "form", false}, "array", R"([""])", "a list of one empty text reads as an empty list"},
        {{"query", "form", true}, "array", "[]", "an empty list leaves nothing to send"},
        {{"query", "deepObject", true}, "object", "{}", "an empty object leaves nothing to send"},
        {{"query", "spaceDelimited", false}, "array", R"(["a b"])", "an item can't hold a blank, which separates them"},
        {{"query", "pipeDelimited", false}, "array", R"(["a|b"])", "an item can't hold '|', which separates them"},
        {{"query", "form", false}, "string", "null", "null can't be told"},
        {{"query", "form", false},
         "string",
         "1e5",
         "a number with an exponent or more than 64 characters can't be told"},
        {{"query", "form", false}, "array", "[[]]", "a list or an object can't be told inside another"},
        {{"header", "simple", false}, "string", "\"a\\nb\"", "a header can't hold control characters"},
        {{"header", "simple", false}, "string", R"(" a")", "can't begin or end with a blank in a header"},
        {{"header", "simple", false}, "array", R"(["a,b"])", "an item of a header can't hold ','"},
        {{"header", "simple", true}, "object", R"({"a=b":"c"})", "a name can't hold '='"},
    };
    for (const Row& row : refused) {
        Arena arena;
        Builder builder(arena);
        EXPECT_EQ(write(row.style, row.kind, *read_json(row.json, builder)),
                  "/color the parameter 'color': " + std::string(row.wire))
            << row.json;
    }
}

// Whatever is written reads back as it was; what can't be told is said, and seldom.
TEST(Styles, ReadBackWhateverIsWritten) {
    std::mt19937 random(31);
    static const char* const pieces[] = {"a", "B", "7",        ",",  "&",  "=", "%",   "+",    " ",   "/",
                                         "?", "#", "\xC3\xA4", "\"", "\\", ".", ";",   "|",    "[",   "]",
                                         ":", "@", "~",        "-",  "_",  "'", "%2C", "true", "1.50"};
    auto text = [&] {
        std::string out;
        for (int i = static_cast<int>(random() % 5); i > 0; --i) out += pieces[random() % std::size(pieces)];
        return out;
    };
    int written = 0, told = 0;
    for (int round = 0; round < 300; ++round)
        for (const Style& style : all_styles)
            for (std::string_view kind : kinds) {
                if (!defined(style, kind)) continue;
                Arena arena;
                Builder builder(arena);
                auto string = [&] { builder.string(arena.copy(text())); };
                auto number = [&] { builder.number(arena.copy(std::to_string(random() % 1000) + ".50")); };
                int count = static_cast<int>(random() % 4);
                if (kind == "string") {
                    string();
                } else if (kind == "array" || kind == "numbers") {
                    builder.begin_array();
                    for (int i = 0; i < count; ++i) kind == "array" ? string() : number();
                    builder.end_array();
                } else {
                    builder.begin_object();
                    for (int i = 0; i < count && kind == "object"; ++i)
                        builder.key(arena.copy("k" + std::to_string(i) + text())), string();
                    if (kind == "mixed") {
                        if (random() % 2) builder.key("R"), builder.number("-12");
                        if (random() % 2) builder.key("on"), builder.boolean(random() % 2 == 0);
                        if (random() % 2) builder.key("t"), string();
                    }
                    builder.end_object();
                }
                Value color = builder.take();
                std::string wire = write(style, kind, color);
                ++told;
                if (wire.starts_with("/color the parameter")) continue;
                ++written;
                EXPECT_EQ(read(style, kind, wire, arena), to_json(color)) << operation_id(style, kind) << " " << wire;
            }
    EXPECT_GT(written, told * 3 / 5);
}

TEST(Styles, BoundHostileText) {
    Arena arena;
    std::string commas(200'000, ','), members = "color=", brackets;
    for (int i = 0; i < 50'000; ++i) members += std::to_string(i) + ",1,";
    for (int i = 0; i < 50'000; ++i) brackets += "color[" + std::to_string(i) + "]=1&";
    EXPECT_EQ(read({"query", "form", false}, "object", members + "x,1", arena), "/color has too many members");
    EXPECT_EQ(read({"query", "deepObject", true}, "object", brackets, arena), " more than 1000 query parameters");
    EXPECT_EQ(read({"query", "form", false}, "array", "color=" + commas, arena).size(), 3u * 200'001 + 1);
    EXPECT_EQ(read({"path", "matrix", true}, "array", std::string(100'000, ';'), arena),
              "/color has another name inside");
}

}  // namespace
}  // namespace headgate
