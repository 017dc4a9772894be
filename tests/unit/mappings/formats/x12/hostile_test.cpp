// X12 from hands that mean no good: bounds hold where they are passed, and no bytes harm the reader.
#include "mappings/formats/edi/message_writer.hpp"
#include "mappings/formats/x12/acknowledgement.hpp"
#include "mappings/formats/x12/reader.hpp"
#include "tests/unit/mappings/formats/edi/edi_cases.hpp"

namespace headgate::x12 {
namespace {

using namespace edi::test;
using edi::Dialect;

const std::filesystem::path folder = golden / "x12";

const std::string head =
    "ISA*00*          *00*          *ZZ*SUPPLIER       *ZZ*HEADGATE       *261123*0930*U*00401*000000042*0*P*>~"
    "GS*PO*SUPPLIER*HEADGATE*20261123*0930*7*X*004010~";
const std::string begin = "ST*850*0001~BEG*00*SA*4711**20261123~N1*ST*Store 7~";

std::string first_refusal(const std::string& bytes, const edi::Limits& limits) {
    edi::ReadOptions options;
    options.guides = {guide_of(folder, "850")};
    options.limits = limits;
    auto received = read_x12(bytes, options);
    expect_same_for_every_split<Reader>(options, bytes, told(received.receipt, received.messages));
    EXPECT_TRUE(received.messages.empty());
    const edi::Finding* refusal = received.receipt.first_refusal();
    return refusal ? refusal->text() : "";
}

TEST(X12Bounds, AreHeldWhereTheyArePassed) {
    edi::Limits limits;
    limits.bytes = 170;
    EXPECT_EQ(first_refusal(head + begin, limits), "segment 4 at offset 170: more than 170 bytes");
    limits = {};
    limits.segment_bytes = 120;
    EXPECT_EQ(first_refusal(head + begin + "PO1*" + std::string(130, '1') + "~", limits),
              "segment 6 at offset 206: a segment of more than 120 bytes");
    EXPECT_EQ(first_refusal(head + begin + "PO1*" + std::string(130, '1'), limits),
              "segment 6 at offset 206: a segment of more than 120 bytes");
    limits = {};
    limits.parts = 20;
    EXPECT_EQ(first_refusal(head + begin + "PO1*1*2*3*4*5*6*7*8*9*0*1*2*3*4*5*6*7*8*9*0*1~", limits),
              "segment 6 at offset 206: a segment with more than 20 values");
    limits = {};
    limits.message_segments = 4;
    EXPECT_EQ(first_refusal(head + begin + "PO1*1*1*EA~PO1*2*1*EA~", limits),
              "segment 7 (PO1) at offset 217: a message of more than 4 segments or 67108864 bytes");
    limits = {};
    limits.message_bytes = 50;
    EXPECT_EQ(first_refusal(head + begin + "PO1*1*1*EA~PO1*2*1*EA~", limits),
              "segment 7 (PO1) at offset 217: a message of more than 500000 segments or 50 bytes");
    limits = {};
    limits.messages = 3;
    EXPECT_EQ(first_refusal(head + begin + "PO1**1*EA~SE*5*0001~" + begin, limits),
              "segment 8 (ST) at offset 226: more than 3 messages");
}

TEST(X12Bounds, KeepSomeFindingsOfAMessageAndRefuseIt) {
    std::string body;
    for (int i = 0; i < 500; ++i) body += "XYZ*1~";
    edi::ReadOptions options;
    options.guides = {guide_of(folder, "850")};
    auto received = read_x12(head + begin + body + "SE*504*0001~GE*1*7~IEA*1*000000042~", options);
    EXPECT_EQ(received.receipt.interchanges[0].groups[0].messages[0].findings.size(), options.limits.findings);
    EXPECT_TRUE(received.messages.empty());
}

TEST(X12Bounds, KeepSomeDriftAndCountTheRest) {
    std::string body;
    for (int i = 0; i < 100; ++i) body += "X" + std::to_string(i) + "*1~";
    edi::ReadOptions options;
    options.guides = {guide_of(folder, "AAA")};
    std::string bytes = head + "ST*AAA*0001~" + body + "SE*102*0001~GE*1*7~IEA*1*000000042~";
    bytes.replace(bytes.find("004010"), 6, "004060");
    bytes.replace(bytes.find("GS*PO"), 5, "GS*SH");
    auto received = read_x12(bytes, options);
    EXPECT_EQ(received.messages.size(), 1u);
    EXPECT_EQ(received.receipt.drift.entries().size(), 64u);
    EXPECT_EQ(received.receipt.drift.more(), 36u);
}

// A file of many sets, in pieces, without ever standing in memory as a whole; each set is handed over as it ends.
TEST(X12Stream, HandsSetsOverWhileTheFileIsStillComing) {
    edi::ReadOptions options;
    options.guides = {guide_of(folder, "850")};
    int handed_over = 0;
    options.on_message = [&](edi::Message message) {
        ++handed_over;
        EXPECT_EQ(message.document.find("BEG")->find("03")->text(), std::to_string(handed_over));
    };
    Reader reader(std::move(options));
    ASSERT_TRUE(reader.feed(head));
    for (int i = 1; i <= 3000; ++i) {
        std::string number = std::to_string(10000 + i);
        EXPECT_EQ(handed_over, i - 1);
        ASSERT_TRUE(reader.feed("ST*850*" + number + "~BEG*00*SA*" + std::to_string(i) +
                                "**20261123~N1*ST*Store~PO1**1*EA~SE*5*" + number + "~"));
    }
    ASSERT_TRUE(reader.feed("GE*3000*7~IEA*1*000000042~"));
    EXPECT_TRUE(reader.finish().accepted());
    EXPECT_EQ(handed_over, 3000);
}

// Bytes changed, left out, doubled, swapped: whatever comes of it is the same for every split, and what is accepted can
// be written again or says why not; whatever has a sender is answered in words that are read.
TEST(X12Mutation, HarmsNothing) {
    auto file = cases_in(folder / "read.yaml");
    ASSERT_TRUE(file);
    edi::ReadOptions of_answers;
    for (std::string version : {"4010", "4060", "5010"})
        of_answers.guides.push_back(guide_of(folder, "997@x12/" + version + "/997"));
    of_answers.tolerances.crlf = true;
    Mutator mutator(4010, "*~>^\n\r'+:? 0A-.\x1B\xC3");
    int accepted = 0, refused = 0;
    for (const SourceNode& node : file->root().items) {
        auto options = options_of(Dialect::x12, folder, node);
        std::string original = unescaped(text_of(node, "input"));
        for (int round = 0; round < 40 && !original.empty(); ++round) {
            std::string bytes = mutator.mutate(original);
            auto received = read_x12(bytes, options);
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
            auto answer = acknowledge(received.receipt.interchanges.front(), {"20261124", "0815", 1001});
            if (!answer || answer->empty()) continue;
            // Ids, versions and numbers that are no such are told as they came; all else is as it must be.
            auto read = read_x12(*answer, of_answers);
            const auto* fault = read.receipt.first_refusal();
            EXPECT_TRUE(!fault || fault->level == edi::Level::element ||
                        fault->fault == edi::Fault::unsupported_version)
                << fault->text() << "\n"
                << *answer;
        }
    }
    EXPECT_GT(accepted, 50);
    EXPECT_GT(refused, 1000);
}

}  // namespace
}  // namespace headgate::x12
