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

TEST(WriteX12, WritesOrRefusesEachDocumentBetweenHeaderAndTrailer) {
    auto file = cases_in(folder / "write.yaml");
    ASSERT_TRUE(file);
    for (const SourceNode& node : file->root().items) {
        SCOPED_TRACE("write.yaml:" + std::to_string(node.line) + ": " + text_of(node, "name"));
        auto guide = guide_of(folder, text_of(node, "guide"));
        Arena arena;
        Builder builder(arena);
        std::string json = text_of(node, "document");
        auto document = read_json(json, builder);
        ASSERT_TRUE(document);
        X12Envelope envelope;
        envelope.sender = "HEADGATE";
        envelope.receiver = "SUPPLIER";
        envelope.date = "20261123";
        auto text = write_x12(*guide, *document, envelope);
        if (!text) {
            EXPECT_EQ(text.error().detail, text_of(node, "error"));
            continue;
        }
        auto from = text->find("~\n", text->find("\nST*")) + 2;
        EXPECT_EQ(text->substr(from, text->find("SE*") - from), text_of(node, "written"));
    }
}

TEST(WriteX12, CountsSetsAndGroups) {
    auto order = guide_of(folder, "940"), advice = guide_of(folder, "945");
    Arena arena;
    Builder builder(arena);
    auto one = read_json(
        R"({"W05":{"01":"N","02":"1"},"N1[01=ST]":{},"G62":{"02":"20261123"},"LX":[{"01":"1","W01":{"01":"1","05":"A"}}],"W76":{"01":"1"}})",
        builder);
    auto two = read_json(
        R"({"W06":{"01":"F","02":"1","03":"20261123","04":"S1"},"N1[01=WH]":{},"W27":{"01":"M","02":"DHL"},"LX":[{"01":"1","W12":{"01":"SH","03":"1"}}],"W03":{"01":"1"}})",
        builder);
    auto bad = read_json(R"({"W05":{"01":"N"}})", builder);
    X12Envelope envelope;
    envelope.sender = "HEADGATE";
    envelope.receiver = "SUPPLIER";
    envelope.date = "20261123";
    envelope.control_number = 5;
    envelope.group_control_number = 70;
    X12Writer writer(envelope);
    EXPECT_TRUE(writer.add(*order, *one));
    EXPECT_FALSE(writer.add(*order, *bad));  // left out
    EXPECT_TRUE(writer.add(*order, *one));
    EXPECT_TRUE(writer.add(*advice, *two));
    auto text = writer.finish();
    ASSERT_TRUE(text);
    edi::ReadOptions options;
    options.guides = {order, advice};
    auto received = read_x12(*text, options);
    EXPECT_TRUE(received.receipt.accepted()) << received.receipt.first_refusal()->text();
    ASSERT_EQ(received.messages.size(), 3u);
    EXPECT_EQ(received.receipt.interchanges[0].control, "000000005");
    EXPECT_EQ(received.receipt.interchanges[0].groups[1].control, "71");
    EXPECT_EQ(received.receipt.interchanges[0].groups[0].messages[1].control, "0002");
    EXPECT_EQ(X12Writer(envelope).finish().error().kind, ErrorKind::internal);
}

TEST(AcknowledgeX12, AnswersEachGoldenFileInWordsThatItReads) {
    auto file = cases_in(folder / "read.yaml");
    ASSERT_TRUE(file);
    edi::ReadOptions of_answers;
    for (std::string version : {"4010", "4060", "5010"})
        of_answers.guides.push_back(guide_of(folder, "997@x12/" + version + "/997"));
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
