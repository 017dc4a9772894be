#include "mappings/plan/codecs/decimal_marks.hpp"

#include <algorithm>

namespace headgate::mappings {

std::optional<std::string_view> without_marks(std::string_view text, const DecimalMarks& marks, Arena& arena) {
    auto end = std::min(text.find(marks.point), text.size());
    auto whole = text.substr(0, end), fraction = text.substr(std::min(end + 1, text.size()));
    if (end < text.size() && fraction.empty()) return std::nullopt;
    char* out = arena.allocate<char>(text.size());
    char* to = out;
    std::size_t sign = whole.starts_with('-') ? 1 : 0;
    for (std::size_t i = 0; i < whole.size(); ++i) {
        bool mark = marks.group != 0 && i >= sign && (whole.size() - i) % 4 == 0;
        if (mark && (i == sign || whole[i] != marks.group)) return std::nullopt;
        if (mark) continue;
        if ((whole[i] < '0' || whole[i] > '9') && i >= sign) return std::nullopt;
        *to++ = whole[i];
    }
    if (end < text.size()) *to++ = '.';
    for (char c : fraction) {
        if (c < '0' || c > '9') return std::nullopt;
        *to++ = c;
    }
    return std::string_view(out, static_cast<std::size_t>(to - out));
}

std::string_view with_marks(std::string_view plain, const DecimalMarks& marks, Arena& arena) {
    auto end = std::min(plain.find('.'), plain.size());
    std::size_t sign = plain.starts_with('-') ? 1 : 0;
    char* out = arena.allocate<char>(plain.size() + end / 3);
    char* to = out;
    for (std::size_t i = 0; i < end; ++i) {
        if (marks.group != 0 && i > sign && (end - i) % 3 == 0) *to++ = marks.group;
        *to++ = plain[i];
    }
    if (end < plain.size()) *to++ = marks.point;
    for (std::size_t i = end + 1; i < plain.size(); ++i) *to++ = plain[i];
    return {out, static_cast<std::size_t>(to - out)};
}

}  // namespace headgate::mappings
