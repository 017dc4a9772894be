// A text that a pattern matches, for the patterns that contracts have.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace headgate::schema {

// Literals, classes, groups, alternatives and repetitions of ASCII; nothing for what looks around, refers back or asks
// for Unicode properties. Each repetition is taken `more` times above its least, within its most; `variant` chooses
// other characters. The text is a proposal: whoever asks sees whether it matches.
std::optional<std::string> text_of_pattern(std::string_view pattern, std::size_t more, std::size_t variant);

}  // namespace headgate::schema
