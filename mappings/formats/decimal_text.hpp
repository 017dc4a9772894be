// A decimal number as plain text, `-12.50`, taken apart: what the formats of files check and write digit by digit.
#pragma once

#include <optional>
#include <string_view>

namespace headgate {

struct DecimalText {
    bool negative = false;
    std::string_view whole, fraction;  // digits; `whole` has at least one, zeros in front are kept
};

// Nothing for any other text: an exponent, a plus sign, a point without digits on both its sides.
inline std::optional<DecimalText> parse_decimal_text(std::string_view text, char point = '.') {
    auto digits = [](std::string_view part) {
        return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
    };
    DecimalText out;
    out.negative = text.starts_with('-');
    if (out.negative) text.remove_prefix(1);
    auto at = text.find(point);
    out.whole = text.substr(0, at);
    if (at != std::string_view::npos) {
        out.fraction = text.substr(at + 1);
        if (!digits(out.fraction)) return std::nullopt;
    }
    if (!digits(out.whole)) return std::nullopt;
    return out;
}

}  // namespace headgate
