// Golden cases of EDI files (tests/golden/formats/x12|edifact): a file, what is let pass, the documents or the refusal.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "contracts/document/json.hpp"
#include "contracts/document/source.hpp"
#include "mappings/formats/edi/interchange_reader.hpp"

namespace headgate::edi::test {

inline const std::filesystem::path golden = HEADGATE_SOURCE_DIR "/tests/golden/formats";

inline std::string text_of(const SourceNode& node, std::string_view key) {
    const SourceNode* found = node.find(key);
    return found ? found->text : std::string();
}
inline std::vector<std::string> texts_of(const SourceNode& node, std::string_view key) {
    std::vector<std::string> out;
    if (const SourceNode* found = node.find(key))
        for (const SourceNode& item : found->items) out.push_back(item.text);
    return out;
}

inline std::shared_ptr<const SourceFile> cases_in(const std::filesystem::path& file) {
    Diagnostics diagnostics;
    auto source = read_source(file.string(), diagnostics);
    EXPECT_EQ(diagnostics.text(), "");
    return source;
}

// `850`, `850@x12/5010/850`: the guide of that name, as that version.
inline std::shared_ptr<const Guide> guide_of(const std::filesystem::path& folder, const std::string& word) {
    auto at = word.find('@');
    Diagnostics diagnostics;
    auto guide = load_guide((folder / "guides" / (word.substr(0, at) + ".guide.yaml")).string(), diagnostics,
                            at == std::string::npos ? "" : word.substr(at + 1));
    EXPECT_EQ(diagnostics.text(), "");
    return guide;
}

inline ReadOptions options_of(Dialect dialect, const std::filesystem::path& folder, const SourceNode& node) {
    ReadOptions options;
    for (const std::string& word : texts_of(node, "guides")) options.guides.push_back(guide_of(folder, word));
    for (const std::string& word : texts_of(node, "tolerate"))
        EXPECT_TRUE(tolerate(dialect, word, options.tolerances)) << word;
    return options;
}

// JSON as this project writes it, so that members are compared in their order.
inline std::string json_of(std::string_view text) {
    Arena arena;
    Builder builder(arena);
    auto value = read_json(text, builder);
    EXPECT_TRUE(value) << text;
    return value ? to_json(*value) : "";
}

// Everything that a reader tells: documents, findings, drift; equal for equal readings.
struct Told {
    std::vector<std::string> documents, refusals, tolerated, drift;
    bool operator==(const Told&) const = default;
};
inline Told told(const Receipt& receipt, const std::vector<Message>& messages) {
    Told out;
    for (const Message& message : messages) out.documents.push_back(to_json(message.document));
    std::vector<const Finding*> all;
    auto look = [&](const std::vector<Finding>& findings) {
        for (const Finding& finding : findings) all.push_back(&finding);
    };
    look(receipt.findings);
    for (const InterchangeReceipt& interchange : receipt.interchanges) {
        look(interchange.findings);
        for (const GroupReceipt& group : interchange.groups) {
            look(group.findings);
            for (const MessageReceipt& message : group.messages) look(message.findings);
        }
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const Finding* a, const Finding* b) { return a->place.segment < b->place.segment; });
    for (const Finding* finding : all) (finding->tolerated ? out.tolerated : out.refusals).push_back(finding->text());
    for (const DriftEntry& entry : receipt.drift.entries())
        out.drift.push_back(std::string(name(entry.kind)) + " " + entry.name + ", first in " + entry.first.text() +
                            ", times " + std::to_string(entry.count));
    return out;
}

// The pieces one after the other, through a reader of its own.
template <class Reader>
Told read_in_pieces(ReadOptions options, const std::vector<std::string_view>& pieces) {
    std::vector<Message> messages;
    options.on_message = [&](Message message) { messages.push_back(std::move(message)); };
    Reader reader(std::move(options));
    for (std::string_view piece : pieces)
        if (!reader.feed(std::string(piece))) break;  // a copy, so that nothing may point into it afterwards
    Receipt receipt = reader.finish();
    std::erase_if(messages, [&](const Message& m) { return !stands(receipt, m); });
    return told(receipt, messages);
}

// Cut in two at each place, and into single bytes.
template <class Reader>
void expect_same_for_every_split(const ReadOptions& options, std::string_view bytes, const Told& whole) {
    for (std::size_t cut = 0; cut <= bytes.size(); ++cut)
        if (read_in_pieces<Reader>(options, {bytes.substr(0, cut), bytes.substr(cut)}) != whole) {
            ADD_FAILURE() << "another reading when cut at " << cut;
            return;
        }
    std::vector<std::string_view> single;
    for (std::size_t i = 0; i < bytes.size(); ++i) single.push_back(bytes.substr(i, 1));
    EXPECT_EQ(read_in_pieces<Reader>(options, single), whole) << "another reading byte by byte";
}

inline std::string lines(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += text + "\n";
    return out;
}

// `documents` (JSON, or their `count`), `refused`, `tolerated` and `drift` (texts) are all that is expected of a case's
// reading.
inline void expect_told(const SourceNode& node, const Told& told) {
    std::vector<std::string> documents;
    for (const std::string& text : texts_of(node, "documents")) documents.push_back(json_of(text));
    if (const SourceNode* count = node.find("count"))
        EXPECT_EQ(std::to_string(told.documents.size()), count->text);
    else
        EXPECT_EQ(lines(told.documents), lines(documents));
    EXPECT_EQ(lines(told.refusals), lines(texts_of(node, "refused")));
    EXPECT_EQ(lines(told.tolerated), lines(texts_of(node, "tolerated")));
    EXPECT_EQ(lines(told.drift), lines(texts_of(node, "drift")));
}

// In a case's input, what YAML and people can't see: \r, \n, \t, \\, \xNN. A line end of the YAML text is a line end.
inline std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        char c = text[++i];
        if (c == 'x') {
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            out += c == 'r' ? '\r' : c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
    }
    return out;
}

// Changes bytes, leaves some out, doubles some, swaps two; the same for the same seed.
class Mutator {
  public:
    Mutator(unsigned seed, std::string marks) : random_(seed), marks_(std::move(marks)) {}
    std::size_t below(std::size_t most) { return std::uniform_int_distribution<std::size_t>(0, most - 1)(random_); }
    std::string mutate(std::string bytes) {
        for (std::size_t changes = 1 + below(4); changes > 0 && !bytes.empty(); --changes) {
            std::size_t at = below(bytes.size());
            switch (below(5)) {
                case 0: bytes[at] = static_cast<char>(below(256)); break;
                case 1: bytes[at] = marks_[below(marks_.size())]; break;
                case 2: bytes.erase(at, 1 + below(12)); break;
                case 3: bytes.insert(at, bytes.substr(below(bytes.size()), below(40))); break;
                case 4: std::swap(bytes[at], bytes[below(bytes.size())]); break;
            }
        }
        return bytes;
    }

  private:
    std::mt19937 random_;
    std::string marks_;
};

}  // namespace headgate::edi::test
