// Code pages: EBCDIC and ASCII's kind both ways, and what is refused.
#include "mappings/formats/charset/code_page.hpp"

#include <gtest/gtest.h>

#include "mappings/formats/charset/charset.hpp"

namespace headgate {
namespace {

TEST(CodePage, KnowsEbcdicAndAsciisKindByAnyName) {
    for (const char* name : {"CP037", "ibm037", "IBM273", "IBM500", "IBM1047", "IBM1141", "CP1141"}) {
        const CodePage* page = CodePage::find(name);
        ASSERT_TRUE(page) << name;
        EXPECT_EQ(page->family(), CodePage::Family::ebcdic) << name;
        EXPECT_FALSE(page->has_ascii()) << name;
        EXPECT_EQ(Charset::find(name), nullptr) << name << " could hide marks from a scan";
    }
    for (const char* name : {"US-ASCII", "ISO-8859-15", "CP850", "WINDOWS-1252"}) {
        const CodePage* page = CodePage::find(name);
        ASSERT_TRUE(page) << name;
        EXPECT_EQ(page->family(), CodePage::Family::ascii) << name;
        EXPECT_TRUE(page->has_ascii()) << name;
    }
    const CodePage* german = CodePage::find("ISO646-DE");  // letters where ASCII has brackets
    ASSERT_TRUE(german);
    EXPECT_EQ(german->family(), CodePage::Family::ascii);
    EXPECT_FALSE(german->has_ascii());
}

TEST(CodePage, RefusesSetsOfSeveralBytesACharacter) {
    for (const char* name : {"UTF-8", "UTF-16", "UTF-7", "SHIFT-JIS", "IBM930", "EUC-JP", "no-such-set", ""})
        EXPECT_EQ(CodePage::find(name), nullptr) << name;
}

TEST(CodePage, DecodesAndEncodesWhatDiffersBetweenCountries) {
    std::string out;
    EXPECT_EQ(CodePage::find("CP037")->decode("\xC8\xC7\x60\xF1\x40\xC0\xD0", out), std::string_view::npos);
    EXPECT_EQ(out, "HG-1 {}");
    out.clear();
    EXPECT_EQ(CodePage::find("IBM273")->decode("\xC8\xC7\x60\xF1\x40\xC0\xD0", out), std::string_view::npos);
    EXPECT_EQ(out, "HG-1 äü");
    out.clear();
    EXPECT_EQ(CodePage::find("IBM1141")->encode("5 €", out), std::string_view::npos);
    EXPECT_EQ(out, "\xF5\x40\x9F");
    EXPECT_EQ(CodePage::find("IBM273")->encode("5 €", out), 2u);
    EXPECT_EQ(CodePage::find("US-ASCII")->decode("a\x80", out), 1u);
}

TEST(CodePage, GivesBackEveryByteItKnows) {
    for (const char* name : {"CP037", "IBM273", "IBM500", "IBM1047", "IBM1141", "CP850", "ISO-8859-15", "ISO646-DE"}) {
        const CodePage& page = *CodePage::find(name);
        for (int byte = 0; byte < 256; ++byte) {
            std::string text, back, one(1, static_cast<char>(byte));
            if (page.decode(one, text) != std::string_view::npos) continue;
            EXPECT_EQ(page.encode(text, back), std::string_view::npos);
            EXPECT_EQ(back, one) << name << " " << byte;
            EXPECT_EQ(page.byte(page.point(static_cast<unsigned char>(byte))), byte);
        }
    }
}

}  // namespace
}  // namespace headgate
