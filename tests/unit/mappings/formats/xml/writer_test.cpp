// Writing XML, and that what was written reads back as it was.
#include "mappings/formats/xml/writer.hpp"

#include <gtest/gtest.h>

#include "contracts/document/json.hpp"
#include "mappings/formats/charset/charset.hpp"
#include "mappings/formats/xml/reader.hpp"

namespace headgate::xml {
namespace {

std::string write(std::string_view json) {
    Arena arena;
    Builder builder(arena);
    auto value = read_json(json, builder);
    EXPECT_TRUE(value) << json;
    std::string out;
    LegacyNode shape;
    shape.name = "a";
    auto written = write_element(out, shape, *value);
    return written ? out : "error: " + written.error().detail;
}

TEST(WriteXml, WritesAttributesElementsListsAndNil) {
    EXPECT_EQ(write(R"({"b":"1","@nr":"7","c":[{"d":"x"},"y"],"e":null,"f":12.50,"g":true})"),
              "<a nr=\"7\"><b>1</b><c><d>x</d></c><c>y</c><e xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
              "xsi:nil=\"true\"/><f>12.50</f><g>true</g></a>");
}

TEST(WriteXml, Escapes) {
    EXPECT_EQ(write(R"({"@t":"<\"&\n","#text":"<&>\r"})"), "<a t=\"&lt;&quot;&amp;&#10;\">&lt;&amp;&gt;&#13;</a>");
}

TEST(WriteXml, RefusesControlCharactersWithTheirPlace) {
    EXPECT_EQ(write(R"({"b":"\u0001"})"), "error: XML: b: a control character");
    EXPECT_EQ(write(R"({"@b":"\u0008"})"), "error: XML: a/@b: a control character");
    EXPECT_EQ(write("{\"b\":\"\xEF\xBF\xBE\"}"), "error: XML: b: a control character");
}

TEST(WriteXml, ReadsBackAsItWas) {
    for (std::string_view json :
         {R"({"@nr":"1","b":["x","y"],"c":{"@u":"EUR","#text":"1 < 2"},"d":null,"e":"","f":"ä€ß\t\r\n\"'"})",
          R"("text")", R"({"a":{"a":{"a":"deep"}}})"}) {
        std::string text = write(json);
        for (std::string_view charset :
             {"UTF-8", "ISO-8859-15", "US-ASCII", "windows-1252", "UTF-16", "Shift_JIS", "GB18030"}) {
            auto bytes = encode_document(text, charset);
            ASSERT_TRUE(bytes);
            Arena arena;
            auto document = thread_xml_reader().read(*bytes, arena);
            ASSERT_TRUE(document) << document.error().detail;
            EXPECT_EQ(to_json(document->content), json) << charset;
        }
    }
}

TEST(EncodeXml, WritesWhatTheCharsetHasNotAsNumericReferences) {
    auto bytes = encode_document("<a>ä€✓</a>", "ISO-8859-15");
    ASSERT_TRUE(bytes);
    EXPECT_EQ(*bytes, "<?xml version=\"1.0\" encoding=\"ISO-8859-15\"?>\n<a>\xe4\xa4&#10003;</a>");
    EXPECT_FALSE(encode_document("<a/>", "X-KLINGON"));
}

TEST(Charset, KnowsSingleByteSetsThatContainAscii) {
    for (const char* name : {"UTF-8", "iso-8859-15", "CP850", "windows-1252", "US-ASCII", "ISO-8859-1"})
        EXPECT_NE(Charset::find(name), nullptr) << name;
    for (const char* name : {"UTF-16", "UTF-7", "CP037", "SHIFT_JIS", "GB18030", "", "none", "UTF-8//IGNORE"})
        EXPECT_EQ(Charset::find(name), nullptr) << name;
    EXPECT_EQ(Charset::find("iso-8859-15"), Charset::find("ISO-8859-15"));
}

TEST(Charset, RefusesWhatDoesNotFitAtItsOffset) {
    std::string out;
    EXPECT_EQ(Charset::find("CP850")->encode("ab€", out, Charset::Unfit::refuse), 2u);
    out.clear();
    EXPECT_EQ(Charset::find("US-ASCII")->decode("ab\x80", out), 2u);
    out.clear();
    EXPECT_EQ(Charset::find("UTF-8")->decode("a\xff", out), 1u);
    out.clear();
    EXPECT_EQ(Charset::find("CP850")->decode("M\x81ller", out), std::string_view::npos);
    EXPECT_EQ(out, "Müller");
}

}  // namespace
}  // namespace headgate::xml
