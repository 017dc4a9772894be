// X12 interchanges by one of a few sets of guides: cut into pieces they tell the same; what is accepted is written and
// read as the same document, or the writer says why not; whatever has a sender is answered in words that are read.
#include <array>

#include "mappings/formats/x12/acknowledgement.hpp"
#include "mappings/formats/x12/reader.hpp"
#include "mappings/formats/x12/writer.hpp"
#include "tests/fuzz/edi.hpp"

using namespace headgate;

namespace {

const edi::ReadOptions& format(std::uint8_t which) {
    auto tolerant = [](edi::ReadOptions options) {
        for (auto word : edi::tolerance_words(edi::Dialect::x12))
            edi::tolerate(edi::Dialect::x12, word, options.tolerances);
        return options;
    };
    auto small = [](edi::ReadOptions options) {
        options.limits = fuzz::small_limits();
        return options;
    };
    static const std::array formats{
        fuzz::options({"x12/850", "x12/850@x12/5010/850", "x12/997"}),
        tolerant(fuzz::options({"x12/850", "x12/856", "x12/945"})),
        small(fuzz::options({"x12/856", "x12/856@x12/5010/856", "x12/AAA"})),
    };
    return formats[which % formats.size()];
}

Result<std::string> rewritten(const edi::Message& message) {
    X12Envelope envelope;
    envelope.sender = "HEADGATE";
    envelope.receiver = "WMS";
    envelope.date = "20261123";
    return write_x12(*message.guide, message.document, envelope);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    auto received =
        fuzz::read_and_write<x12::Reader>(format(data[0]), fuzz::bytes(data + 2, size - 2), data[1], rewritten);
    static const edi::ReadOptions of_answers = [] {
        auto options = fuzz::options({"x12/997@x12/4010/997", "x12/997@x12/4060/997", "x12/997@x12/5010/997"});
        options.tolerances.crlf = true;
        return options;
    }();
    for (const auto& interchange : received.receipt.interchanges) {
        auto answer = x12::acknowledge(interchange, {"20261124", "0815", 1001});
        if (answer && !answer->empty()) fuzz::hold_answer(x12::read_x12(*answer, of_answers).receipt, *answer);
    }
    return 0;
}
