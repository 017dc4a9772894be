// Reading XML: the neutral shape, and everything that must be refused.
#include "mappings/formats/xml/reader.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "contracts/document/json.hpp"
#include "mappings/formats/charset/wide_charset.hpp"

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

// `text` in UTF-16, with its mark or without.
std::string utf16(std::string_view text, bool little, bool mark = true) {
    std::string out;
    WideCharset::find(little ? "UTF-16LE" : "UTF-16BE")->encode(text, out);
    if (mark) out.insert(0, little ? "\xFF\xFE" : "\xFE\xFF");
    return out;
}

TEST(ReadXml, ReadsUtf16ByItsMarkOrTheContentType) {
    const std::string text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a b='ä'>€ 漢</a>";
    const std::string read_as = R"({"@b":"ä","#text":"€ 漢"})";
    for (bool little : {true, false}) {
        EXPECT_EQ(read(utf16(text, little)), read_as);
        EXPECT_EQ(read(utf16(text, little), "utf-16"), read_as);
        // The mark wins over what the Content-Type says.
        EXPECT_EQ(read(utf16(text, little), "ISO-8859-1"), read_as);
        EXPECT_EQ(read(utf16(text, little, false), "UTF-16"), read_as);
        EXPECT_EQ(read(utf16(text, little, false), little ? "utf-16le" : "utf-16be"), read_as);
        EXPECT_TRUE(read(utf16(text, little, false)).starts_with("error: ")) << "nobody says what it is";
    }
    EXPECT_EQ(read("\xEF\xBB\xBF<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><a>\xC3\xA4</a>", "ISO-8859-15"),
              "\"ä\"");
    EXPECT_EQ(read("<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>"),
              "error: XML: declares 'utf-16', and its bytes are none");
    // The Content-Type wins over a declaration that toolkits write whatever the bytes are.
    EXPECT_EQ(read("<?xml version=\"1.0\" encoding=\"utf-16\"?><a>x</a>", "utf-8"), "\"x\"");
    // A bound counts the bytes that came and those that they become.
    XmlLimits small;
    small.bytes = 10;
    EXPECT_EQ(read(utf16("<a>123</a>", true), "", small), "error: XML: offset 0: larger than 10 bytes");
}

TEST(ReadXml, ReadsSetsOfOneAndOfSeveralBytes) {
    struct Case {
        const char *charset, *bytes, *text;
    };
    for (const Case& c :
         {Case{"CP850", "M\x81ller", "Müller"}, Case{"ISO-8859-15", "\xA4", "€"}, Case{"windows-1252", "\x80", "€"},
          Case{"Shift_JIS", "\x93\x8C\x8B\x9E \x95\x5C", "東京 表"}, Case{"EUC-JP", "\xC5\xEC", "東"},
          Case{"GB18030", "\xB6\xAB\x81\x30\x81\x30", "东\u0080"}, Case{"Big5", "\xAA\x46", "東"}}) {
        std::string declared =
            "<?xml version=\"1.0\" encoding=\"" + std::string(c.charset) + "\"?><a>" + c.bytes + "</a>";
        EXPECT_EQ(read(declared), "\"" + std::string(c.text) + "\"") << c.charset;
        EXPECT_EQ(read("<a>" + std::string(c.bytes) + "</a>", c.charset), "\"" + std::string(c.text) + "\"")
            << c.charset;
    }
}

TEST(ReadXml, RefusesBytesThatMeanNothingWithTheirOffset) {
    EXPECT_EQ(read("<a>\x81</a>", "windows-1252"), "error: XML: offset 3: a byte that means nothing in WINDOWS-1252");
    EXPECT_EQ(read("<a>\xA0</a>", "Shift_JIS"), "error: XML: offset 3: a byte that means nothing in SHIFT_JIS");
    EXPECT_EQ(read("<a>\x93", "Shift_JIS"), "error: XML: offset 3: a byte that means nothing in SHIFT_JIS");
    EXPECT_EQ(read(std::string("\xFF\xFE<\0a\0>\0\0\xD8<\0/\0a\0>\0", 18)),
              "error: XML: offset 8: a byte that means nothing in UTF-16LE");
    EXPECT_EQ(read(std::string("\xFF\xFE<\0a\0/\0>\0x", 11)),
              "error: XML: offset 10: a byte that means nothing in UTF-16LE");
    EXPECT_EQ(read("<a>\xC3</a>"), "error: XML: line 1, column 4: a byte that means nothing in UTF-8");
    // Nothing hides from the scan behind bytes of another set.
    EXPECT_NE(read(utf16("<!DOCTYPE a><a/>", true)).find("a DOCTYPE is not allowed"), std::string::npos);
    EXPECT_TRUE(read("+ADw-a/+AD4-", "UTF-7").starts_with("error: XML: the charset 'UTF-7' is not supported"));
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
