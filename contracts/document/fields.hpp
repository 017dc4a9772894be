// Fields: reads the typed fields of one mapping node of a source file. Every key must be asked for; what is left over
// is an error with its place and the nearest known key, so that a misspelt setting never passes silently.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "contracts/document/source.hpp"

namespace headgate {

// Borrows file, node and diagnostics for its short life. Readers report and return the default on a fault. A missing
// required field is reported at the node's place.
class Fields {
  public:
    // `what` names the node in messages: "route", "system 'shop'".
    Fields(const SourceFile& file, const SourceNode& node, std::string what, Diagnostics& diagnostics);

    std::string text(std::string_view key, std::string_view otherwise = {});
    std::string required_text(std::string_view key);
    std::int64_t integer(std::string_view key, std::int64_t otherwise, std::int64_t least, std::int64_t most);
    milliseconds span_ms(std::string_view key, milliseconds otherwise, milliseconds least, milliseconds most);
    bool flag(std::string_view key, bool otherwise);
    // "25%", "0.5%": in parts per million; at most 4 decimal places.
    std::uint32_t share_ppm(std::string_view key, std::uint32_t otherwise);
    // One of `words`; its index.
    std::size_t word(std::string_view key, const std::vector<std::string_view>& words, std::size_t otherwise);
    // A list of some of `words`: which of them it holds, in the order of `words`.
    std::vector<bool> words(std::string_view key, const std::vector<std::string_view>& words);
    // A scalar or a sequence of scalars.
    std::vector<std::string> texts(std::string_view key);
    // The node of a field, or nullptr; counts as asked for.
    const SourceNode* node(std::string_view key);
    // Reports the keys nobody asked for.
    void finish();

    SourceMark mark_of(std::string_view key) const;  // of the value, else of the node
    void fault(std::string_view key, std::string message, std::string hint = {});

  private:
    const SourceNode* scalar(std::string_view key);

    const SourceFile& file_;
    const SourceNode& node_;
    std::string what_;
    Diagnostics& diagnostics_;
    std::vector<std::string_view> known_;
};

// Parses "25%" alone; nothing when it is no share from 0% to 100%.
std::optional<std::uint32_t> parse_share_ppm(std::string_view text);
// 250000 -> "25%"
std::string share_text(std::uint32_t ppm);

}  // namespace headgate
