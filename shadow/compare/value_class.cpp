#include "shadow/compare/value_class.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "shadow/compare/delta.hpp"
#include "shadow/compare/instant.hpp"
#include "shadow/compare/rules.hpp"

namespace headgate {
namespace {

constexpr std::size_t word_bytes = 40;

bool blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool same_but_blanks(std::string_view a, std::string_view b) {
    std::size_t i = 0, j = 0;
    for (;;) {
        while (i < a.size() && blank(a[i])) ++i;
        while (j < b.size() && blank(b[j])) ++j;
        if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
        if (a[i++] != b[j++]) return false;
    }
}

std::string pair_of(std::string_view a, std::string_view b) {
    std::string pair(a.substr(0, word_bytes));
    return pair.append("->").append(b.substr(0, word_bytes));
}

bool has(const std::vector<std::string_view>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string class_of_texts(std::string_view left, std::string_view right, const Shape* shape) {
    if (is_date_time(shape)) {
        auto l = read_instant(left), r = read_instant(right);
        if (l && r) return r->before(*l) ? "earlier" : "later";
    }
    if (left.empty()) return "from-empty";
    if (right.empty()) return "to-empty";
    if (equals_ignoring_case(left, right)) return "case";
    if (same_but_blanks(left, right)) return "white-space";
    if (shape) {
        auto words = shape->enumeration();
        if (has(words, left)) return pair_of(left, has(words, right) ? right : "other");
    }
    if (left.starts_with(right)) return "cut";
    if (right.starts_with(left)) return "extended";
    return "text";
}

}  // namespace

std::string value_class(const Value& left, const Value& right, const Shape* shape) {
    if (left.kind() != right.kind()) return pair_of(name(left.kind()), name(right.kind()));
    switch (left.kind()) {
        case ValueKind::number: return std::string(delta_class(left.text(), right.text()));
        case ValueKind::boolean: return left.as_boolean() ? "true->false" : "false->true";
        case ValueKind::string: return class_of_texts(left.text(), right.text(), shape);
        default: return {};
    }
}

}  // namespace headgate
