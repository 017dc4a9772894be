#include "mappings/formats/fixed_width/field.hpp"

#include <algorithm>

#include "contracts/document/utf8.hpp"
#include "mappings/formats/fixed_width/numbers.hpp"

namespace headgate::fixed_width {
namespace {

using Kind = FixedField::Kind;

bool all_blank(std::string_view bytes, const CodePage& page) {
    auto blank = static_cast<char>(page.byte(' '));
    return bytes.find_first_not_of(blank) == std::string_view::npos;
}

// Without what fills the field up; of digits one stays.
std::string_view stripped(const FixedField& field, std::string_view text) {
    std::size_t least = field.fill >= '0' && field.fill <= '9' ? 1 : 0;
    while (text.size() > least && (field.right ? text.front() : text.back()) == field.fill)
        field.right ? text.remove_prefix(1) : text.remove_suffix(1);
    return text;
}

// What a text may not hold.
std::string text_problem(const FixedWidthLayout& layout, std::string_view text) {
    if (text.find('\0') != std::string_view::npos) return "a NUL";
    bool ended = layout.terminator != FixedWidthLayout::Terminator::none;
    if (ended &&
        (text.find_first_of("\r\n") != std::string_view::npos || text.find("\xC2\x85") != std::string_view::npos))
        return "a line end";
    return {};
}

std::string read_text(const FixedField& field, const FixedWidthLayout& layout, const CodePage& page,
                      std::string_view bytes, std::string& out) {
    std::string decoded;
    if (auto bad = page.decode(bytes, decoded); bad != std::string_view::npos)
        return "byte " + std::to_string(bad + 1) + " of the field means nothing in " + page.name();
    auto text = stripped(field, decoded);
    auto problem = text_problem(layout, text);
    if (problem.empty() && !field.value.empty() && text != field.value) problem = "not '" + field.value + "'";
    out += text;
    return problem;
}

std::string write_text(const FixedField& field, const FixedWidthLayout& layout, const CodePage& page,
                       std::string_view text, std::string& out) {
    if (auto problem = text_problem(layout, text); !problem.empty()) return problem;
    if (!field.value.empty() && text != field.value) return "not '" + field.value + "'";
    std::string bytes;
    if (auto bad = page.encode(text, bytes); bad != std::string_view::npos)
        return "character " + std::to_string(count_code_points(text.substr(0, bad)) + 1) + " is not in " + page.name();
    if (bytes.size() > field.length)
        return std::to_string(bytes.size()) + " characters, at most " + std::to_string(field.length);
    int fill = page.byte(static_cast<unsigned char>(field.fill));
    if (fill < 0) return "the fill is not in " + page.name();
    std::string filled(field.length - bytes.size(), static_cast<char>(fill));
    filled.insert(field.right ? filled.size() : 0, bytes);
    // What would not come back is refused, not mangled.
    std::string back;
    page.decode(filled, back);
    if (stripped(field, back) != text) return "a text that its fill would change";
    if (field.optional && all_blank(filled, page)) return "an empty text, which means 'no value' here";
    out += filled;
    return {};
}

}  // namespace

std::string read_field(const FixedField& field, const FixedWidthLayout& layout, const CodePage& page,
                       std::string_view bytes, std::string& text, bool& null) {
    null = field.optional && all_blank(bytes, page);
    if (null) return {};
    if (field.kind == Kind::text) return read_text(field, layout, page, bytes, text);
    Number number;
    bool other = layout.tolerates.signs;
    auto problem = field.kind == Kind::digits   ? read_digits(bytes, field, page, other, number)
                   : field.kind == Kind::packed ? read_packed(bytes, field, other, number)
                                                : read_binary(bytes, field, number);
    if (problem.empty()) text += plain_text(number, field.places);
    return problem;
}

std::string write_field(const FixedField& field, const FixedWidthLayout& layout, const CodePage& page,
                        std::string_view text, bool null, std::string& bytes) {
    if (null) {
        if (!field.optional) return "a value is required";
        bytes.append(field.length, static_cast<char>(page.byte(' ')));
        return {};
    }
    if (field.kind == Kind::text) return write_text(field, layout, page, text, bytes);
    Number number;
    if (auto problem = parse_plain(text, field, number); !problem.empty()) return problem;
    if (field.kind == Kind::binary) return write_binary(number, field, bytes);
    field.kind == Kind::packed ? write_packed(number, field, bytes) : write_digits(number, field, page, bytes);
    return {};
}

std::string write_terminator(const FixedWidthLayout& layout, const CodePage& page, std::string& bytes) {
    constexpr std::string_view terminators[] = {"", "\n", "\r\n", "\xC2\x85"};
    auto bad = page.encode(terminators[static_cast<std::size_t>(layout.terminator)], bytes);
    return bad == std::string_view::npos ? "" : "the layout's terminator is not in " + page.name();
}

}  // namespace headgate::fixed_width
