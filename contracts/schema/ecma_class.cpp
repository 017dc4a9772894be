#include "contracts/schema/ecma_class.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <span>
#include <unordered_map>
#include <unordered_set>

namespace headgate::schema {
namespace {

struct Range {
    std::uint32_t first, last;
};
constexpr std::uint32_t last_code_point = 0x10FFFF;

constexpr std::array<Range, 1> digits{{{'0', '9'}}};
constexpr std::array<Range, 4> words{{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}};
// WhiteSpace and LineTerminator (ECMA-262, sections 12.2 and 12.3).
constexpr std::array<Range, 10> spaces{{{0x09, 0x0D},
                                        {0x20, 0x20},
                                        {0xA0, 0xA0},
                                        {0x1680, 0x1680},
                                        {0x2000, 0x200A},
                                        {0x2028, 0x2029},
                                        {0x202F, 0x202F},
                                        {0x205F, 0x205F},
                                        {0x3000, 0x3000},
                                        {0xFEFF, 0xFEFF}}};
constexpr std::array<Range, 1> ascii{{{0, 0x7F}}};
constexpr std::array<Range, 3> hex_digits{{{'0', '9'}, {'A', 'F'}, {'a', 'f'}}};

std::string hex(std::uint32_t code_point) {
    char text[16];
    std::snprintf(text, sizeof text, "\\x{%X}", static_cast<unsigned>(code_point));
    return text;
}

std::string written(std::span<const Range> ranges, bool negated) {
    std::string out;
    std::uint32_t next = 0;
    for (const Range& range : ranges) {
        if (!negated) out += re2_range(range.first, range.last);
        if (negated && range.first > next) out += re2_range(next, range.first - 1);
        next = range.last + 1;
    }
    if (negated) out += re2_range(next, last_code_point);
    return out;
}

// General categories that RE2 knows as ECMA-262 does; its C has no unassigned code points, so C is none of them.
std::string_view category(std::string_view name) {
    static const std::unordered_map<std::string_view, std::string_view> all = {
        {"Letter", "L"},
        {"Uppercase_Letter", "Lu"},
        {"Lowercase_Letter", "Ll"},
        {"Titlecase_Letter", "Lt"},
        {"Modifier_Letter", "Lm"},
        {"Other_Letter", "Lo"},
        {"Mark", "M"},
        {"Combining_Mark", "M"},
        {"Nonspacing_Mark", "Mn"},
        {"Spacing_Mark", "Mc"},
        {"Enclosing_Mark", "Me"},
        {"Number", "N"},
        {"Decimal_Number", "Nd"},
        {"digit", "Nd"},
        {"Letter_Number", "Nl"},
        {"Other_Number", "No"},
        {"Punctuation", "P"},
        {"punct", "P"},
        {"Connector_Punctuation", "Pc"},
        {"Dash_Punctuation", "Pd"},
        {"Open_Punctuation", "Ps"},
        {"Close_Punctuation", "Pe"},
        {"Initial_Punctuation", "Pi"},
        {"Final_Punctuation", "Pf"},
        {"Other_Punctuation", "Po"},
        {"Symbol", "S"},
        {"Math_Symbol", "Sm"},
        {"Currency_Symbol", "Sc"},
        {"Modifier_Symbol", "Sk"},
        {"Other_Symbol", "So"},
        {"Separator", "Z"},
        {"Space_Separator", "Zs"},
        {"Line_Separator", "Zl"},
        {"Paragraph_Separator", "Zp"},
        {"Control", "Cc"},
        {"cntrl", "Cc"},
        {"Format", "Cf"},
        {"Private_Use", "Co"},
    };
    if (auto found = all.find(name); found != all.end()) return found->second;
    for (const auto& [longer, shorter] : all)
        if (shorter == name) return shorter;
    return {};
}

// Of ECMA-262, but of nothing that RE2 has a table for.
bool known_elsewhere(std::string_view name) {
    static const std::unordered_set<std::string_view> all = {"C",
                                                             "Other",
                                                             "Cn",
                                                             "Unassigned",
                                                             "Cs",
                                                             "Surrogate",
                                                             "LC",
                                                             "Cased_Letter",
                                                             "Alphabetic",
                                                             "Alpha",
                                                             "Assigned",
                                                             "Bidi_Control",
                                                             "Bidi_C",
                                                             "Bidi_Mirrored",
                                                             "Bidi_M",
                                                             "Case_Ignorable",
                                                             "CI",
                                                             "Cased",
                                                             "Changes_When_Casefolded",
                                                             "CWCF",
                                                             "Changes_When_Casemapped",
                                                             "CWCM",
                                                             "Changes_When_Lowercased",
                                                             "CWL",
                                                             "Changes_When_NFKC_Casefolded",
                                                             "CWKCF",
                                                             "Changes_When_Titlecased",
                                                             "CWT",
                                                             "Changes_When_Uppercased",
                                                             "CWU",
                                                             "Dash",
                                                             "Default_Ignorable_Code_Point",
                                                             "DI",
                                                             "Deprecated",
                                                             "Dep",
                                                             "Diacritic",
                                                             "Dia",
                                                             "Emoji",
                                                             "Emoji_Component",
                                                             "EComp",
                                                             "Emoji_Modifier",
                                                             "EMod",
                                                             "Emoji_Modifier_Base",
                                                             "EBase",
                                                             "Emoji_Presentation",
                                                             "EPres",
                                                             "Extended_Pictographic",
                                                             "ExtPict",
                                                             "Extender",
                                                             "Ext",
                                                             "Grapheme_Base",
                                                             "Gr_Base",
                                                             "Grapheme_Extend",
                                                             "Gr_Ext",
                                                             "Hex_Digit",
                                                             "Hex",
                                                             "IDS_Binary_Operator",
                                                             "IDSB",
                                                             "IDS_Trinary_Operator",
                                                             "IDST",
                                                             "ID_Continue",
                                                             "IDC",
                                                             "ID_Start",
                                                             "IDS",
                                                             "Ideographic",
                                                             "Ideo",
                                                             "Join_Control",
                                                             "Join_C",
                                                             "Logical_Order_Exception",
                                                             "LOE",
                                                             "Lowercase",
                                                             "Lower",
                                                             "Math",
                                                             "Noncharacter_Code_Point",
                                                             "NChar",
                                                             "Pattern_Syntax",
                                                             "Pat_Syn",
                                                             "Pattern_White_Space",
                                                             "Pat_WS",
                                                             "Quotation_Mark",
                                                             "QMark",
                                                             "Radical",
                                                             "Regional_Indicator",
                                                             "RI",
                                                             "Sentence_Terminal",
                                                             "STerm",
                                                             "Soft_Dotted",
                                                             "SD",
                                                             "Terminal_Punctuation",
                                                             "Term",
                                                             "Unified_Ideograph",
                                                             "UIdeo",
                                                             "Uppercase",
                                                             "Upper",
                                                             "Variation_Selector",
                                                             "VS",
                                                             "White_Space",
                                                             "space",
                                                             "XID_Continue",
                                                             "XIDC",
                                                             "XID_Start",
                                                             "XIDS"};
    return all.contains(name);
}

// A script by the name that RE2 has it under; which names there are is RE2's to say.
std::string_view script(std::string_view name) {
    static const std::unordered_map<std::string_view, std::string_view> shorter = {
        {"Arab", "Arabic"}, {"Cyrl", "Cyrillic"}, {"Deva", "Devanagari"}, {"Grek", "Greek"},    {"Hang", "Hangul"},
        {"Hani", "Han"},    {"Hebr", "Hebrew"},   {"Hira", "Hiragana"},   {"Kana", "Katakana"}, {"Latn", "Latin"},
    };
    if (auto found = shorter.find(name); found != shorter.end()) return found->second;
    bool plain =
        name.size() > 1 && name[0] >= 'A' && name[0] <= 'Z' && name != "Any" && category(name).empty() &&
        std::all_of(name.begin(), name.end(), [](char c) { return (c | 32) >= 'a' ? (c | 32) <= 'z' : c == '_'; });
    return plain ? name : std::string_view();
}

}  // namespace

std::string re2_range(std::uint32_t first, std::uint32_t last) {
    constexpr std::uint32_t surrogate = 0xD800, after = 0xE000;
    if (first < surrogate && last >= after) return re2_range(first, surrogate - 1) + re2_range(after, last);
    if (first >= surrogate && first < after) first = after;
    if (last >= surrogate && last < after) last = surrogate - 1;
    if (first > last) return {};
    return first == last ? hex(first) : hex(first) + "-" + hex(last);
}

std::string re2_character(std::uint32_t code_point) {
    bool plain = (code_point >= '0' && code_point <= '9') || (code_point >= 'A' && code_point <= 'Z') ||
                 (code_point >= 'a' && code_point <= 'z');
    if (plain) return std::string(1, static_cast<char>(code_point));
    std::string range = re2_range(code_point, code_point);
    return range.empty() ? std::string(re2_nothing) : range;
}

std::string re2_class_escape(char letter) {
    bool negated = letter == 'D' || letter == 'W' || letter == 'S';
    switch (letter | 32) {
        case 'd': return written(digits, negated);
        case 'w': return written(words, negated);
        default: return written(spaces, negated);
    }
}

EcmaProperty ecma_property(std::string_view text, bool negated) {
    using Kind = EcmaProperty::Kind;
    auto known = [&](std::string_view name) {
        return EcmaProperty{Kind::known, std::string(negated ? "\\P{" : "\\p{").append(name) + "}"};
    };
    std::size_t equals = text.find('=');
    std::string_view value = equals == std::string_view::npos ? text : text.substr(equals + 1);
    std::string_view key = equals == std::string_view::npos ? "" : text.substr(0, equals);
    if (key == "Script" || key == "sc") {
        std::string_view name = script(value);
        return name.empty() ? EcmaProperty{} : known(name);
    }
    if (key == "Script_Extensions" || key == "scx") return {script(value).empty() ? Kind::unknown : Kind::unsupported};
    if (!key.empty() && key != "General_Category" && key != "gc") return {};
    if (std::string_view name = category(value); !name.empty()) return known(name);
    if (key.empty() && value == "Any") return {Kind::known, negated ? std::string() : re2_range(0, last_code_point)};
    if (key.empty() && value == "ASCII") return {Kind::known, written(ascii, negated)};
    if (key.empty() && (value == "ASCII_Hex_Digit" || value == "AHex"))
        return {Kind::known, written(hex_digits, negated)};
    return {known_elsewhere(value) ? Kind::unsupported : Kind::unknown};
}

}  // namespace headgate::schema
