// EDIFACT from hands that mean no good, and envelopes that can't be written.
#include "mappings/formats/edi/message_writer.hpp"
#include "mappings/formats/edifact/acknowledgement.hpp"
#include "mappings/formats/edifact/reader.hpp"
#include "mappings/formats/edifact/writer.hpp"
#include "tests/unit/mappings/formats/edi/edi_cases.hpp"

namespace headgate::edifact {
namespace {

using namespace edi::test;
using edi::Dialect;

const std::filesystem::path folder = golden / "edifact";

// Whatever comes of changed bytes is the same for every split; what is accepted can be written again or says why not;
// whatever has a sender is answered in words that are read.
TEST(EdifactMutation, HarmsNothing) {
    auto file = cases_in(folder / "read.yaml");
    ASSERT_TRUE(file);
    edi::ReadOptions of_answers;
    of_answers.guides = {guide_of(folder, "CONTRL"), guide_of(folder, "CONTRL@edifact/41/CONTRL")};
    Mutator mutator(9735, "'+:?*.,\n\r UA1-\x1B(B$\xC3\xA4");
    int accepted = 0, refused = 0;
    for (const SourceNode& node : file->root().items) {
        auto options = options_of(Dialect::edifact, folder, node);
        std::string original = unescaped(text_of(node, "input"));
        for (int round = 0; round < 40; ++round) {
            std::string bytes = mutator.mutate(original);
            auto received = read_edifact(bytes, options);
            Told whole = told(received.receipt, received.messages);
            std::size_t cut = mutator.below(bytes.size() + 1);
            std::string_view view(bytes);
            ASSERT_EQ(read_in_pieces<Reader>(options, {view.substr(0, cut), view.substr(cut)}), whole) << bytes;
            (received.receipt.accepted() ? accepted : refused)++;
            for (const auto& message : received.messages) {
                std::string out;
                (void)edi::MessageWriter(*message.guide, message.guide->separators, out).write(message.document);
            }
            if (received.receipt.interchanges.empty()) continue;
            auto answer = acknowledge(received.receipt.interchanges.front(), {"20261124", "0815", "ACK1"});
            if (!answer || answer->empty()) continue;
            // Types, versions and references that are no such are told as they came; all else is as it must be.
            auto read = read_edifact(*answer, of_answers);
            const auto* fault = read.receipt.first_refusal();
            EXPECT_TRUE(!fault || fault->level == edi::Level::element) << fault->text() << "\n" << *answer;
        }
    }
    EXPECT_GT(accepted, 50);
    EXPECT_GT(refused, 1000);
}

class EdifactEnvelope : public testing::Test {
  protected:
    std::string written(const std::string& guide = "TAILOR") {
        auto loaded = guide_of(folder, guide);
        Arena arena;
        Builder builder(arena);
        auto text = write_edifact(*loaded, *read_json(R"({"BGM":{"01":{"01":"220"}}})", builder), envelope);
        return text ? *text : text.error().detail;
    }
    void SetUp() override {
        envelope.sender = "4012345000009";
        envelope.sender_qualifier = "14";
        envelope.receiver = "SUPPLIER";
        envelope.date = "20261123";
        envelope.reference = "R1";
    }
    Envelope envelope;
};

TEST_F(EdifactEnvelope, IsWrittenAsItsVersionHasIt) {
    EXPECT_EQ(written(),
              "UNA:+.? 'UNB+UNOC:3+4012345000009:14+SUPPLIER+261123:0000+R1'UNH+1+ORDERS:D:96A:UN:EAN010'BGM+220'"
              "UNT+3+1'UNZ+1+R1'");
    envelope.syntax_version = 4;
    envelope.test = true;
    envelope.application = "SHOP";
    envelope.service_string = false;
    EXPECT_EQ(written(),
              "UNB+UNOC:4+4012345000009:14+SUPPLIER+20261123:0000+R1++SHOP++++1'UNH+1+ORDERS:D:96A:UN:EAN010'BGM+220'"
              "UNT+3+1'UNZ+1+R1'");
    envelope.groups = true;
    envelope.group_reference = 7;
    EXPECT_NE(written().find("UNG+ORDERS+4012345000009:14+SUPPLIER+20261123:0000+7+UN+D:96A:EAN010'UNH+1"),
              std::string::npos);
    EXPECT_NE(written().find("UNE+1+7'UNZ+1+R1'"), std::string::npos);
}

TEST_F(EdifactEnvelope, IsRefusedWhereItIsWrong) {
    auto with = [&](auto change) {
        Envelope kept = envelope;
        change(envelope);
        std::string text = written();
        envelope = kept;
        return text;
    };
    auto says = [](const std::string& text, const std::string& what) { EXPECT_TRUE(text.starts_with(what)) << text; };
    says(with([](auto& e) { e.sender = ""; }), "UNB 0004");
    says(with([](auto& e) { e.receiver = std::string(36, 'A'); }), "UNB 0010");
    says(with([](auto& e) { e.receiver = "\xE6\x97\xA5"; }), "UNB 0010");  // not in ISO 8859-1
    says(with([](auto& e) { e.sender_qualifier = "12345"; }), "UNB 0007");
    says(with([](auto& e) { e.date = "261123"; }), "UNB 0017");
    says(with([](auto& e) { e.time = "2400"; }), "UNB 0019");
    says(with([](auto& e) { e.reference = "123456789012345"; }), "UNB 0020");
    says(with([](auto& e) { e.syntax_version = 5; }), "UNB 0002");
}

TEST(EdifactBounds, AToleratedCharsetHidesNoFault) {
    std::string body;
    for (int i = 0; i < 5; ++i) body += "FTX+AAI+++some text:of small letters'";
    edi::ReadOptions options;
    options.guides = {guide_of(folder, "ORDERS")};
    options.tolerances.charset = true;
    options.limits.findings = 3;
    auto received = read_edifact("UNB+UNOA:3+A+B+261123:0930+R1'UNH+1+ORDERS:D:96A:UN'BGM+220+1'DTM+137:20261123:102'" +
                                     body + "NAD+BY+1'NAD+SU+1'LIN+1'QTY+21:x'UNS+S'UNT+13+1'UNZ+1+R1'",
                                 options);
    ASSERT_TRUE(received.receipt.first_refusal());
    EXPECT_NE(received.receipt.first_refusal()->text().find("not a decimal number: 'x'"), std::string::npos);
    EXPECT_TRUE(received.messages.empty());
}

}  // namespace
}  // namespace headgate::edifact
