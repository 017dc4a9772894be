// What the targets of X12 and EDIFACT share: the guides of the golden cases, and everything that a reader tells, as a
// text to compare.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "contracts/document/equal.hpp"
#include "contracts/document/json.hpp"
#include "mappings/formats/edi/interchange_reader.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/pieces.hpp"

namespace headgate::fuzz {

// `x12/850`, `x12/850@x12/5010/850`: the guide of the golden cases, as that version.
inline std::shared_ptr<const edi::Guide> guide(const std::string& word) {
    auto at = word.find('@'), slash = word.find('/');
    std::string path = HEADGATE_SOURCE_DIR "/tests/golden/formats/" + word.substr(0, slash) + "/guides" +
                       word.substr(slash, at - slash) + ".guide.yaml";
    Diagnostics diagnostics;
    auto loaded = edi::load_guide(path, diagnostics, at == std::string::npos ? "" : word.substr(at + 1));
    hold(loaded != nullptr, "the guide is right", diagnostics.text());
    return loaded;
}

inline edi::ReadOptions options(const std::vector<std::string>& guides) {
    edi::ReadOptions out;
    for (const std::string& word : guides) out.guides.push_back(guide(word));
    return out;
}

// Small bounds, so that inputs of a few hundred bytes meet them.
inline edi::Limits small_limits() {
    edi::Limits limits;
    limits.segment_bytes = 300;
    limits.parts = 40;
    limits.message_segments = 30;
    limits.messages = 5;
    return limits;
}

inline std::string told(const edi::Receipt& receipt, const std::vector<edi::Message>& messages) {
    std::string out;
    receipt.each_finding(
        [&](const edi::Finding& finding) { out += finding.text() + (finding.tolerated ? " (let pass)\n" : "\n"); });
    for (const auto& entry : receipt.drift.entries()) out += entry.name + " x" + std::to_string(entry.count) + "\n";
    for (const auto& message : messages) out += to_json(message.document) + "\n";
    return out;
}

template <class Reader>
std::string read_in_pieces(edi::ReadOptions options, std::string_view bytes, std::uint32_t seed) {
    std::vector<edi::Message> messages;
    options.on_message = [&](edi::Message message) { messages.push_back(std::move(message)); };
    Reader reader(std::move(options));
    in_pieces(bytes, seed, [&](std::string_view& rest) { return reader.feed(rest).ok(); });
    edi::Receipt receipt = reader.finish();
    std::erase_if(messages, [&](const edi::Message& message) { return !edi::stands(receipt, message); });
    return told(receipt, messages);
}

// Both ways of reading; then `write` of each document, which may say that it can't, read again.
template <class Reader, class Write>
edi::Received read_and_write(const edi::ReadOptions& options, std::string_view bytes, std::uint32_t seed, Write write) {
    auto received = edi::receive<Reader>(bytes, options);
    std::string whole = told(received.receipt, received.messages);
    hold(read_in_pieces<Reader>(options, bytes, seed) == whole, "pieces give the same", whole);
    hold(received.receipt.accepted() || !whole.empty(), "what is refused has a reason");
    for (const auto& message : received.messages) {
        Result<std::string> written = write(message);
        if (!written) continue;
        edi::ReadOptions plain;
        plain.guides = {message.guide};
        auto again = edi::receive<Reader>(*written, plain);
        hold(again.messages.size() == 1, "what was written can be read",
             *written + "\n" + told(again.receipt, again.messages));
        hold(equal(again.messages[0].document, message.document), "what was written is read as it was",
             *written + "\n" + to_json(message.document) + "\n" + to_json(again.messages[0].document));
    }
    return received;
}

// Ids, versions and numbers that are no such are told as they came; all else of an answer is as it must be.
inline void hold_answer(const edi::Receipt& read, std::string_view answer) {
    const auto* fault = read.first_refusal();
    hold(!fault || fault->level == edi::Level::element || fault->fault == edi::Fault::unsupported_version,
         "the answer is one", std::string(answer) + (fault ? "\n" + fault->text() : ""));
}

}  // namespace headgate::fuzz
