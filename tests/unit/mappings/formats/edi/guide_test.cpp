// Guides as they are loaded: faults with their places, versions, and what mappings see of composites and repetitions.
#include "tests/unit/mappings/formats/edi/edi_cases.hpp"

namespace headgate::edi {
namespace {

using namespace edi::test;

TEST(LoadGuide, RefusesEachFaultAtItsPlace) {
    auto file = cases_in(golden / "guide-faults.yaml");
    ASSERT_TRUE(file);
    for (const SourceNode& node : file->root().items) {
        SCOPED_TRACE("guide-faults.yaml:" + std::to_string(node.line) + ": " + text_of(node, "name"));
        Diagnostics diagnostics;
        EXPECT_EQ(parse_guide("g", text_of(node, "guide"), diagnostics), nullptr);
        std::string first = diagnostics.text().substr(0, diagnostics.text().find('\n'));
        EXPECT_TRUE(first.starts_with("g:" + text_of(node, "at") + ": ")) << first;
        EXPECT_NE(first.find(text_of(node, "says")), std::string::npos) << first;
    }
}

TEST(LoadGuide, IsOfTheVersionThatIsWanted) {
    const std::string text =
        "guide: [edifact/D96A/ORDERS, edifact/D01B/ORDERS]\n"
        "segments:\n"
        "  - segment: BGM\n"
        "    elements:\n"
        "      - { at: \"02\", type: an, length: 1..35, only: D96A }\n"
        "      - { at: \"02\", components: [{ at: \"01\", type: an, length: 1..35 }], only: D01B }\n"
        "  - { segment: FTX, only: D01B, elements: [] }\n";
    Diagnostics diagnostics;
    auto first = parse_guide("g", text, diagnostics),
         other = parse_guide("g", text, diagnostics, "edifact/D01B/ORDERS"),
         none = parse_guide("g", text, diagnostics, "edifact/D02A/ORDERS");
    ASSERT_TRUE(first && other && none) << diagnostics.text();
    EXPECT_EQ(first->id(), "edifact/D96A/ORDERS");
    EXPECT_EQ(first->segments.size(), 1u);
    EXPECT_EQ(first->shape.child("BGM")->child("02")->type, LegacyType::text);
    EXPECT_EQ(other->id(), "edifact/D01B/ORDERS");
    EXPECT_EQ(other->segments.size(), 2u);
    EXPECT_EQ(other->shape.child("BGM")->child("02")->type, LegacyType::group);
    EXPECT_EQ(none->id(), "edifact/D96A/ORDERS");
}

TEST(LoadGuide, ShowsMappingsWhatRepeatsAndWhatTheWriterFillsIn) {
    auto notice = guide_of(golden / "x12", "856");
    const LegacyNode* shipment = notice->shape.child("HL[03=S]");
    ASSERT_TRUE(shipment);
    EXPECT_FALSE(shipment->repeated);
    EXPECT_TRUE(shipment->child("HL[03=O]")->repeated);
    EXPECT_TRUE(shipment->child("HL[03=O]")->child("01")->optional);  // numbered when written
    auto repeats = guide_of(golden / "x12", "889@x12/5010/889");
    EXPECT_TRUE(repeats->shape.child("PRD")->child("01")->repeated);
    EXPECT_EQ(repeats->shape.child("PRD")->child("02")->child("02")->type, LegacyType::integer);
}

}  // namespace
}  // namespace headgate::edi
