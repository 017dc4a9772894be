// X12: guides as they are read, golden transaction sets, and what is refused with its element.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "contracts/document/json.hpp"
#include "mappings/formats/edi/guide.hpp"
#include "mappings/formats/edi/repertoire.hpp"
#include "mappings/formats/files/document_paths.hpp"
#include "mappings/formats/x12/writer.hpp"

namespace headgate {
namespace {

namespace fs = std::filesystem;
const fs::path golden = fs::path(HEADGATE_SOURCE_DIR) / "tests/golden/x12";

std::string text_of(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::shared_ptr<const edi::Guide> pick_order() {
    Diagnostics diagnostics;
    auto guide = edi::load_guide(HEADGATE_SOURCE_DIR "/mappings/catalog/legacy/940.guide.yaml", diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    return guide;
}

X12Envelope envelope() {
    X12Envelope out;
    out.sender = "HEADGATE";
    out.receiver = "LAGERWEST";
    out.date = "20261123";
    out.control_number = 42;
    return out;
}

std::string write(const edi::Guide& guide, std::string_view json, const X12Envelope& with = envelope()) {
    Arena arena;
    Builder builder(arena);
    auto document = read_json(json, builder);
    EXPECT_TRUE(document) << json;
    auto text = write_x12(guide, *document, with);
    return text ? *text : text.error().detail;
}

TEST(WriteX12, WritesOrRefusesEachGoldenDocument) {
    auto guide = pick_order();
    ASSERT_NE(guide, nullptr);
    int seen = 0;
    for (const auto& entry : fs::directory_iterator(golden)) {
        if (entry.path().extension() != ".json") continue;
        fs::path written = entry.path(), refused = entry.path();
        written.replace_extension(".940");
        refused.replace_extension(".error");
        std::string expected = fs::exists(written) ? text_of(written) : text_of(refused);
        if (!fs::exists(written)) expected.pop_back();
        EXPECT_EQ(write(*guide, text_of(entry.path())), expected) << entry.path();
        ++seen;
    }
    EXPECT_GE(seen, 18);
}

TEST(WriteX12, RefusesAWrongEnvelope) {
    auto guide = pick_order();
    std::string json = text_of(golden / "home-delivery.json");
    auto with = [&](auto change) {
        X12Envelope changed = envelope();
        change(changed);
        return write(*guide, json, changed);
    };
    EXPECT_TRUE(with([](auto& e) { e.sender = "SIXTEENLETTERS16"; }).starts_with("ISA06"));
    EXPECT_TRUE(with([](auto& e) { e.receiver = "A*B"; }).starts_with("ISA08"));
    EXPECT_TRUE(with([](auto& e) { e.date = ""; }).starts_with("GS04"));
    EXPECT_TRUE(with([](auto& e) { e.time = "9"; }).starts_with("GS05"));
    EXPECT_TRUE(with([](auto& e) { e.control_number = 0; }).starts_with("ISA13"));
    EXPECT_NE(with([](auto& e) { e.test = true; }).find("*T*>~"), std::string::npos);
    // ISA has 106 bytes, terminator included, whatever is in it.
    EXPECT_EQ(with([](auto& e) { e.sender = "AB"; }).find('~'), 105u);
}

TEST(WriteX12, GivesTheSameBytesEachTime) {
    auto guide = pick_order();
    std::string json = text_of(golden / "home-delivery.json");
    EXPECT_EQ(write(*guide, json), write(*guide, json));
}

TEST(ExpandPattern, FillsPathsInAndRefusesMissingOnes) {
    Arena arena;
    Builder builder(arena);
    auto document = read_json(R"({"W05":{"02":"HO1"},"N1[01=ST]":{"04":"X"}})", builder);
    EXPECT_EQ(*expand_pattern("pick-{W05/02}-{N1[01=ST]/04}.940", *document), "pick-HO1-X.940");
    EXPECT_FALSE(expand_pattern("pick-{W05/03}.940", *document));
    EXPECT_FALSE(expand_pattern("pick-{W05", *document));
    EXPECT_FALSE(expand_pattern("pick-{W05}", *document));
}

TEST(X12Charset, SpellsLettersInAscii) {
    auto spelled = [](std::string_view text) {
        std::string out, bad;
        bool good = edi::Repertoire::find(edi::Dialect::x12, "ascii-transliterated")->encode(text, out, bad);
        return good ? out : "bad: " + bad;
    };
    EXPECT_EQ(spelled("Ärger über Öl, groß"), "Aerger ueber Oel, gross");
    EXPECT_EQ(spelled("François Åkesson Łukasz Ørsted œuvre"), "Francois Aakesson Lukasz Oersted oeuvre");
    EXPECT_EQ(spelled("5 € – „so“"), "5 EUR - \"so\"");
    EXPECT_EQ(spelled("a😀"), "bad: 😀");
    EXPECT_EQ(spelled("a^"), "bad: ^");
    std::string out, bad;
    EXPECT_FALSE(edi::Repertoire::find(edi::Dialect::x12, "basic")->encode("a", out, bad));
    EXPECT_FALSE(edi::Repertoire::find(edi::Dialect::x12, "extended")->encode("ä", out, bad));
}

TEST(LoadGuide, GivesTheShapeThatMappingsSee) {
    auto guide = pick_order();
    ASSERT_NE(guide, nullptr);
    EXPECT_EQ(guide->version, "4010");
    EXPECT_EQ(guide->message, "940");
    const LegacyNode* lines = guide->shape.child("LX");
    ASSERT_NE(lines, nullptr);
    EXPECT_TRUE(lines->repeated);
    ASSERT_NE(lines->child("W01"), nullptr);
    EXPECT_FALSE(lines->child("W01")->child("05")->optional);
    EXPECT_TRUE(lines->child("W01")->child("02")->optional);  // a constant
    EXPECT_EQ(lines->child("W01")->child("05")->length, 48);
    EXPECT_EQ(guide->shape.child("G62")->child("02")->type, LegacyType::date);
    EXPECT_TRUE(guide->shape.child("N3")->optional);
}

TEST(LoadGuide, RefusesFaultsWithTheirPlace) {
    auto fault = [](const std::string& text) {
        fs::path path = fs::temp_directory_path() / ("headgate-" + std::to_string(::getpid()) + ".guide.yaml");
        std::ofstream(path) << text;
        Diagnostics diagnostics;
        EXPECT_EQ(edi::load_guide(path.string(), diagnostics), nullptr) << text;
        fs::remove(path);
        std::string all = diagnostics.text();
        auto at = all.find(".yaml:");
        return at == std::string::npos ? all : all.substr(at + 6, all.find('\n', at) - at - 6);
    };
    std::string head = "guide: x12/4010/940\nfunctional-group: OW\nsegments:\n";
    auto starts = [](const std::string& text, const std::string& with) { EXPECT_TRUE(text.starts_with(with)) << text; };
    starts(fault("guide: edifact\nfunctional-group: OW\nsegments: []\n"),
           "1:8: error: guide: 'guide' must be x12/VERSION/SET or edifact/VERSION/MESSAGE, not 'edifact'");
    starts(fault(head + "  - segment: N1[1=ST]\n    elements: []\n"),
           "4:14: error: segment: 'segment' must be an id or a qualified one");
    starts(fault(head + "  - segment: W05\n    elements:\n      - { at: \"1\", type: AN, length: 1 }\n"),
           "6:15: error: element: 'at' must be two digits, not '1'");
    starts(fault(head + "  - segment: W05\n    elements:\n      - { at: \"01\", type: XX, length: 1 }\n"),
           "6:27: error: element: 'type' must be an X12 type, not 'XX'");
    starts(fault(head + "  - segment: W05\n    elements:\n      - { at: \"01\", type: AN, length: 5..2 }\n"),
           "6:39: error: element: 'length' must be a length, not '5..2'");
    EXPECT_NE(fault(head + "  - segment: W05\n    elements:\n      - { at: \"01\", tpye: AN, type: AN, length: 2 }\n")
                  .find("tpye"),
              std::string::npos);
    EXPECT_NE(fault("- a\n").find("a guide is a mapping"), std::string::npos);
}

}  // namespace
}  // namespace headgate
