// X12 interchanges as they are read: golden files, what others wrote, bounds, and every split of the bytes.
#include "mappings/formats/edi/message_writer.hpp"
#include "mappings/formats/x12/acknowledgement.hpp"
#include "mappings/formats/x12/reader.hpp"
#include "mappings/formats/x12/writer.hpp"
#include "tests/support/corpora.hpp"
#include "tests/unit/mappings/formats/edi/edi_cases.hpp"

namespace headgate::x12 {
namespace {

using namespace edi::test;
using edi::Dialect;

const std::filesystem::path folder = golden / "x12";

// What was read, written again in an envelope like the one that it came in.
std::string written_again(const edi::Received& received) {
    const auto& interchange = received.receipt.interchanges.front();
    X12Envelope envelope;
    envelope.sender_qualifier = interchange.sender.qualifier;
    envelope.sender = interchange.sender.id;
    envelope.receiver_qualifier = interchange.receiver.qualifier;
    envelope.receiver = interchange.receiver.id;
    envelope.date = "20" + interchange.date;
    envelope.time = interchange.time;
    envelope.test = interchange.test;
    envelope.control_number = static_cast<std::uint32_t>(std::stoul(interchange.control));
    envelope.group_control_number = static_cast<std::uint32_t>(std::stoul(interchange.groups.front().control));
    X12Writer writer(envelope);
    for (const auto& message : received.messages) {
        auto added = writer.add(*message.guide, message.document);
        if (!added) return added.error().detail;
    }
    auto text = writer.finish();
    return text ? *text : text.error().detail;
}

// The segments between ST and SE, with the separators of the file that they came in.
std::string body_written_again(const edi::Received& received) {
    const auto& message = received.messages.front();
    edi::Guide guide = *message.guide;
    guide.suffix.clear();
    std::string out;
    edi::MessageWriter writer(guide, received.receipt.interchanges.front().separators, out);
    auto written = writer.write(message.document);
    return written ? out + "SE*" : written.error().detail;
}

TEST(ReadX12, ReadsOrRefusesEachGoldenFileHoweverItIsCut) {
    auto file = cases_in(folder / "read.yaml");
    ASSERT_TRUE(file);
    for (const SourceNode& node : file->root().items) {
        SCOPED_TRACE("read.yaml:" + std::to_string(node.line) + ": " + text_of(node, "name"));
        std::string bytes = unescaped(text_of(node, "input"));
        auto options = options_of(Dialect::x12, folder, node);
        auto received = read_x12(bytes, options);
        Told whole = told(received.receipt, received.messages);
        expect_told(node, whole);
        expect_same_for_every_split<Reader>(options, bytes, whole);
        if (text_of(node, "written-again") == "the same") {
            EXPECT_EQ(written_again(received), bytes);
        }
    }
}

TEST(ReadX12, ReadsWhatItWrites) {
    auto file = cases_in(folder / "read.yaml");
    ASSERT_TRUE(file);
    int seen = 0;
    for (const SourceNode& node : file->root().items) {
        if (texts_of(node, "documents").empty() || !texts_of(node, "tolerated").empty() ||
            !texts_of(node, "drift").empty())
            continue;
        SCOPED_TRACE(text_of(node, "name"));
        auto options = options_of(Dialect::x12, folder, node);
        auto received = read_x12(unescaped(text_of(node, "input")), options);
        auto again = read_x12(written_again(received), options);
        EXPECT_EQ(told(again.receipt, again.messages).documents, told(received.receipt, received.messages).documents);
        EXPECT_TRUE(again.receipt.accepted());
        ++seen;
    }
    EXPECT_GE(seen, 8);
}

TEST(AcknowledgeX12, AnswersEachGoldenFileInWordsThatItReads) {
    auto file = cases_in(folder / "read.yaml");
    ASSERT_TRUE(file);
    edi::ReadOptions of_answers;
    of_answers.guides = {guide_of(folder, "997@x12/4010/997"), guide_of(folder, "997@x12/5010/997")};
    of_answers.tolerances.crlf = true;  // one is in the separators of a file that ends its lines so
    int seen = 0;
    for (const SourceNode& node : file->root().items) {
        SCOPED_TRACE("read.yaml:" + std::to_string(node.line) + ": " + text_of(node, "name"));
        auto received = read_x12(unescaped(text_of(node, "input")), options_of(Dialect::x12, folder, node));
        if (received.receipt.interchanges.empty()) continue;
        auto answer = acknowledge(received.receipt.interchanges.front(), {"20261124", "0815", 1001});
        std::string text = answer ? *answer : answer.error().detail;
        if (node.find("answer")) {
            EXPECT_EQ(text, unescaped(text_of(node, "answer")));
            ++seen;
        }
        if (!answer || text.empty()) continue;
        auto read = read_x12(text, of_answers);
        const auto* refused = read.receipt.first_refusal();
        EXPECT_FALSE(refused) << refused->text() << "\n" << text;
    }
    EXPECT_GE(seen, 20);
}

TEST(AcknowledgeX12, RefusesAnEnvelopeThatItCannotWrite) {
    edi::InterchangeReceipt received;
    received.sender = {"SUPPLIER", "ZZ"};
    received.receiver = {"HEADGATE", "ZZ"};
    EXPECT_EQ(acknowledge(received, {"2026", "0815", 1}).error().detail, "GS04: not yyyyMMdd");
    EXPECT_EQ(acknowledge(received, {"20261124", "2515", 1}).error().detail, "GS05: not HHmm");
    EXPECT_EQ(acknowledge(received, {"20261124", "0815", 0}).error().detail, "ISA13: no nine-digit control number");
    received.receiver.id.clear();
    EXPECT_EQ(acknowledge(received, {"20261124", "0815", 1}).error().kind, ErrorKind::invalid_message);
}

TEST(ReadX12, TellsTheTruthAboutFilesThatOthersWrote) {
    auto file = cases_in(folder / "corpora.yaml");
    ASSERT_TRUE(file);
    for (const SourceNode& node : file->root().items) {
        SCOPED_TRACE("corpora.yaml:" + std::to_string(node.line));
        auto path = headgate::test::corpus("x12/" + text_of(node, "file"));
        if (!std::filesystem::exists(path)) GTEST_SKIP() << "no corpus at " << path;
        std::string bytes = headgate::test::read_file(path);
        auto options = options_of(Dialect::x12, folder, node);
        auto received = read_x12(bytes, options);
        Told whole = told(received.receipt, received.messages);
        expect_told(node, whole);
        expect_same_for_every_split<Reader>(options, bytes, whole);
        if (text_of(node, "body") == "same") {
            EXPECT_NE(bytes.find(body_written_again(received)), std::string::npos) << body_written_again(received);
        }
    }
}

}  // namespace
}  // namespace headgate::x12
