// Reading XML: the neutral shape, and everything that must be refused.
#include "mappings/formats/xml/reader.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "contracts/document/json.hpp"

namespace headgate::xml {
namespace {

namespace fs = std::filesystem;
const fs::path golden = fs::path(HEADGATE_SOURCE_DIR) / "tests/golden/xml";

std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// The content as JSON, or 'error: ' and the detail.
std::string read(std::string_view text, std::string_view charset = {}, const XmlLimits& limits = {}) {
    Arena arena;
    auto document = thread_xml_reader().read(text, arena, charset, limits);
    if (!document) return "error: " + document.error().detail;
    return to_json(document->content);
}

TEST(ReadXml, GivesTheDocumentOfEachGoldenFile) {
    int seen = 0;
    for (const auto& entry : fs::directory_iterator(golden)) {
        if (entry.path().extension() != ".json") continue;
        fs::path xml = entry.path();
        std::string expected = text_of(entry.path());
        expected.pop_back();
        EXPECT_EQ(read(text_of(xml.replace_extension(".xml"))), expected) << xml;
        ++seen;
    }
    EXPECT_GE(seen, 12);
}

TEST(ReadXml, RefusesEachHostileGoldenFileAndSaysWhy) {
    int seen = 0;
    for (const auto& entry : fs::directory_iterator(golden)) {
        if (entry.path().extension() != ".error") continue;
        fs::path xml = entry.path();
        std::string expected = text_of(entry.path());
        expected.pop_back();
        std::string got = read(text_of(xml.replace_extension(".xml")));
        EXPECT_TRUE(got.starts_with("error: XML: ")) << xml << ": " << got;
        EXPECT_NE(got.find(expected), std::string::npos) << xml << ": " << got;
        ++seen;
    }
    EXPECT_GE(seen, 18);
}

TEST(ReadXml, RefusesADocumentCutOffAtAnyByte) {
    std::string whole = text_of(golden / "iso-8859-15.xml");
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_TRUE(read(whole.substr(0, size)).starts_with("error: ")) << "cut off at byte " << size;
    EXPECT_FALSE(read(whole).starts_with("error: "));
}

TEST(ReadXml, SurvivesAnyByteReplaced) {
    std::string whole = text_of(golden / "entities-and-cdata.xml") + text_of(golden / "nil.xml");
    whole = text_of(golden / "entities-and-cdata.xml");
    for (std::size_t at = 0; at < whole.size(); ++at)
        for (char c : {'<', '>', '&', '"', '\0', '\xff', ']', '!'}) {
            std::string changed = whole;
            changed[at] = c;
            read(changed);
        }
}

TEST(ReadXml, TakesTheCharsetOfTheContentTypeBeforeTheDeclaration) {
    EXPECT_EQ(read("<?xml version=\"1.0\" encoding=\"UTF-8\"?><a>\xa4</a>", "iso-8859-15"), "\"€\"");
    EXPECT_TRUE(read("<a>x</a>", "UTF-16").starts_with("error: "));
}

TEST(ReadXml, ReadsAfterAFailureAsIfNothingHadHappened) {
    EXPECT_TRUE(read("<a><b>1</b>").starts_with("error: "));
    EXPECT_EQ(read("<a><b>1</b></a>"), "{\"b\":\"1\"}");
    EXPECT_TRUE(read("<!DOCTYPE a><a/>").starts_with("error: "));
    EXPECT_EQ(read("<a>x</a>"), "\"x\"");
}

TEST(ReadXml, BoundsDepth) {
    auto nested = [](int depth) {
        std::string text;
        for (int i = 0; i < depth; ++i) text += "<a>";
        for (int i = 0; i < depth; ++i) text += "</a>";
        return text;
    };
    EXPECT_FALSE(read(nested(64)).starts_with("error: "));
    EXPECT_NE(read(nested(65)).find("deeper than 64 levels"), std::string::npos);
    EXPECT_NE(read(nested(1'000'000)).find("deeper than 64 levels"), std::string::npos);
}

TEST(ReadXml, BoundsAttributesElementsNamesAndBytes) {
    std::string many = "<a";
    for (int i = 0; i < 65; ++i) many += " a" + std::to_string(i) + "=\"\"";
    EXPECT_NE(read(many + "/>").find("more than 64 attributes"), std::string::npos);
    XmlLimits few;
    few.elements = 3;
    EXPECT_NE(read("<a><b/><b/><b/></a>", {}, few).find("more than 3 elements"), std::string::npos);
    std::string names = "<a>";
    for (int i = 0; i < 513; ++i) names += "<n" + std::to_string(i) + "/>";
    EXPECT_NE(read(names + "</a>").find("more than 512 different names"), std::string::npos);
    XmlLimits small;
    small.bytes = 10;
    EXPECT_NE(read("<a>1234567</a>", {}, small).find("larger than 10 bytes"), std::string::npos);
    EXPECT_NE(read("<a b=\"" + std::string(70'000, 'x') + "\"/>").find("start tag"), std::string::npos);
}

TEST(ReadXml, KeepsLongTextThatCameInPieces) {
    std::string text(300'000, 'x');
    text += "ä&amp;";
    EXPECT_EQ(read("<a>" + text + "</a>"), "\"" + std::string(300'000, 'x') + "ä&\"");
}

TEST(ReadXml, NamesTheElementsNearTheRoot) {
    Arena arena;
    auto document = thread_xml_reader().read("<e:a xmlns:e='urn:e'><e:b><c><d/></c></e:b></e:a>", arena);
    ASSERT_TRUE(document);
    ASSERT_EQ(document->top.size(), 3u);
    EXPECT_EQ(document->root, "a");
    EXPECT_EQ(document->top[1].ns, "urn:e");
    EXPECT_EQ(document->top[2].name, "c");
    EXPECT_EQ(document->top[2].ns, "");
}

}  // namespace
}  // namespace headgate::xml
