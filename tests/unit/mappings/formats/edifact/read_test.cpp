// EDIFACT interchanges as they are read, written and answered: golden files, and every split of the bytes.
#include "mappings/formats/edifact/acknowledgement.hpp"
#include "mappings/formats/edifact/reader.hpp"
#include "mappings/formats/edifact/writer.hpp"
#include "tests/unit/mappings/formats/edi/edi_cases.hpp"

namespace headgate::edifact {
namespace {

using namespace edi::test;
using edi::Dialect;

const std::filesystem::path folder = golden / "edifact";

// What was read, written again in an envelope like the one that it came in, in the same characters.
std::string written_again(const edi::Received& received) {
    const auto& interchange = received.receipt.interchanges.front();
    Envelope envelope;
    envelope.sender = interchange.sender.id;
    envelope.sender_qualifier = interchange.sender.qualifier;
    envelope.receiver = interchange.receiver.id;
    envelope.receiver_qualifier = interchange.receiver.qualifier;
    envelope.date = (interchange.date.size() == 6 ? "20" : "") + interchange.date;
    envelope.time = interchange.time;
    envelope.reference = interchange.control;
    envelope.syntax_version = interchange.syntax_version == "4" ? 4 : 3;
    envelope.groups = interchange.groups.front().stated;
    Writer writer(envelope);
    for (const auto& message : received.messages) {
        edi::Guide guide = *message.guide;
        guide.repertoire = *edi::Repertoire::find(Dialect::edifact, interchange.syntax);
        guide.separators.escapes = guide.repertoire.escapes();
        guide.suffix = "\n";
        auto added = writer.add(guide, message.document);
        if (!added) return added.error().detail;
    }
    auto text = writer.finish();
    return text ? *text : text.error().detail;
}

TEST(ReadEdifact, ReadsOrRefusesEachGoldenFileHoweverItIsCut) {
    auto file = cases_in(folder / "read.yaml");
    ASSERT_TRUE(file);
    for (const SourceNode& node : file->root().items) {
        SCOPED_TRACE("read.yaml:" + std::to_string(node.line) + ": " + text_of(node, "name"));
        std::string bytes = unescaped(text_of(node, "input"));
        auto options = options_of(Dialect::edifact, folder, node);
        auto received = read_edifact(bytes, options);
        Told whole = told(received.receipt, received.messages);
        expect_told(node, whole);
        expect_same_for_every_split<Reader>(options, bytes, whole);
        if (text_of(node, "written-again") == "the same") {
            EXPECT_EQ(written_again(received), bytes);
        }
    }
}

TEST(ReadEdifact, ReadsWhatItWrites) {
    auto file = cases_in(folder / "read.yaml");
    ASSERT_TRUE(file);
    int seen = 0;
    for (const SourceNode& node : file->root().items) {
        if (texts_of(node, "documents").empty() || !texts_of(node, "tolerated").empty() ||
            !texts_of(node, "drift").empty())
            continue;
        SCOPED_TRACE("read.yaml:" + std::to_string(node.line) + ": " + text_of(node, "name"));
        auto options = options_of(Dialect::edifact, folder, node);
        auto received = read_edifact(unescaped(text_of(node, "input")), options);
        auto again = read_edifact(written_again(received), options);
        EXPECT_EQ(told(again.receipt, again.messages).documents, told(received.receipt, received.messages).documents)
            << written_again(received);
        EXPECT_TRUE(again.receipt.accepted());
        ++seen;
    }
    EXPECT_GE(seen, 20);
}

TEST(AcknowledgeEdifact, AnswersEachGoldenFileInWordsThatItReads) {
    auto file = cases_in(folder / "read.yaml");
    ASSERT_TRUE(file);
    edi::ReadOptions of_answers;
    of_answers.guides = {guide_of(folder, "CONTRL"), guide_of(folder, "CONTRL@edifact/41/CONTRL")};
    int seen = 0;
    for (const SourceNode& node : file->root().items) {
        SCOPED_TRACE("read.yaml:" + std::to_string(node.line) + ": " + text_of(node, "name"));
        auto received = read_edifact(unescaped(text_of(node, "input")), options_of(Dialect::edifact, folder, node));
        if (received.receipt.interchanges.empty()) continue;
        auto answer = acknowledge(received.receipt.interchanges.front(), {"20261124", "0815", "ACK1"});
        std::string text = answer ? *answer : answer.error().detail;
        if (node.find("answer")) {
            EXPECT_EQ(text, unescaped(text_of(node, "answer")));
            ++seen;
        }
        if (!answer || text.empty()) continue;
        auto read = read_edifact(text, of_answers);
        const auto* refused = read.receipt.first_refusal();
        EXPECT_FALSE(refused) << refused->text() << "\n" << text;
    }
    EXPECT_GE(seen, 20);
}

}  // namespace
}  // namespace headgate::edifact
