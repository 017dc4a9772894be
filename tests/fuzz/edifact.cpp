// EDIFACT interchanges by one of a few sets of guides: cut into pieces they tell the same; what is accepted is written
// and read as the same document, or the writer says why not; whatever has a sender is answered in words that are read.
#include <array>

#include "mappings/formats/edifact/acknowledgement.hpp"
#include "mappings/formats/edifact/reader.hpp"
#include "mappings/formats/edifact/writer.hpp"
#include "tests/fuzz/edi.hpp"

using namespace headgate;

namespace {

const edi::ReadOptions& format(std::uint8_t which) {
    auto tolerant = [](edi::ReadOptions options) {
        for (auto word : edi::tolerance_words(edi::Dialect::edifact))
            edi::tolerate(edi::Dialect::edifact, word, options.tolerances);
        return options;
    };
    auto small = [](edi::ReadOptions options) {
        options.limits = fuzz::small_limits();
        return options;
    };
    static const std::array formats{
        fuzz::options({"edifact/ORDERS", "edifact/DESADV", "edifact/CONTRL"}),
        tolerant(fuzz::options({"edifact/ORDERS", "edifact/INVRPT", "edifact/TAILOR"})),
        small(fuzz::options({"edifact/ORDERS@edifact/D01B/ORDERS", "edifact/DESADV"})),
    };
    return formats[which % formats.size()];
}

Result<std::string> rewritten(const edi::Message& message) {
    edifact::Envelope envelope;
    envelope.sender = "HEADGATE";
    envelope.receiver = "SUPPLIER";
    envelope.date = "20261123";
    envelope.reference = "R1";
    envelope.syntax_version = 4;  // where elements may repeat
    return edifact::write_edifact(*message.guide, message.document, envelope);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    auto received =
        fuzz::read_and_write<edifact::Reader>(format(data[0]), fuzz::bytes(data + 2, size - 2), data[1], rewritten);
    static const edi::ReadOptions of_answers = fuzz::options({"edifact/CONTRL", "edifact/CONTRL@edifact/41/CONTRL"});
    for (const auto& interchange : received.receipt.interchanges) {
        auto answer = edifact::acknowledge(interchange, {"20261124", "0815", "ACK1"});
        if (answer && !answer->empty()) fuzz::hold_answer(edifact::read_edifact(*answer, of_answers).receipt, *answer);
    }
    return 0;
}
