#include "contracts/schema/ecma_characters.hpp"

#include "contracts/document/utf8.hpp"
#include "contracts/schema/ecma_class.hpp"

namespace headgate::schema {

void EcmaCharacters::fault(std::string why) {
    if (out_.fault.empty()) out_.fault = std::move(why) + " at character " + std::to_string(at_ + 1);
}

void EcmaCharacters::unsupported(std::string what) {
    if (out_.unsupported.empty()) out_.unsupported = std::move(what);
}

bool EcmaCharacters::next(std::string_view text) {
    if (!source_.substr(at_).starts_with(text)) return false;
    at_ += text.size();
    return true;
}

EcmaCharacters::Item EcmaCharacters::escaped(bool in_class) {
    if (at_ >= source_.size()) return fault("'\\' at the end"), Item{};
    char c = source_[at_++];
    switch (c) {
        case 'd':
        case 'D':
        case 'w':
        case 'W':
        case 's':
        case 'S': return {re2_class_escape(c), {}};
        case 'p':
        case 'P': return property(c == 'P');
        case 't': return {{}, '\t'};
        case 'n': return {{}, '\n'};
        case 'v': return {{}, '\v'};
        case 'f': return {{}, '\f'};
        case 'r': return {{}, '\r'};
        case '0':
            if (at_ < source_.size() && is_digit(source_[at_])) fault("an octal escape");
            return {{}, 0};
        case 'c':
            if (at_ < source_.size() && is_letter(source_[at_])) return {{}, source_[at_++] & 31};
            return fault("'\\c' without a letter"), Item{};
        case 'x': return {{}, hex(2)};
        case 'u': return {{}, unicode()};
        default: break;
    }
    if (in_class && c == 'b') return {{}, '\b'};
    bool syntax = std::string_view("^$\\.*+?()[]{}|/").find(c) != std::string_view::npos || (in_class && c == '-');
    if (!syntax) fault(std::string("'\\") + c + "' is no escape");
    return {{}, static_cast<unsigned char>(c)};
}

EcmaCharacters::Item EcmaCharacters::property(bool negated) {
    std::size_t end = next("{") ? source_.find('}', at_) : std::string_view::npos;
    if (end == std::string_view::npos) return fault("'\\p' without {...}"), Item{};
    EcmaProperty found = ecma_property(source_.substr(at_, end - at_), negated);
    if (found.kind == EcmaProperty::Kind::unknown) fault("an unknown property");
    if (found.kind == EcmaProperty::Kind::unsupported)
        unsupported("the property " + std::string(source_.substr(at_, end - at_)));
    at_ = end + 1;
    return {std::move(found.re2), {}};
}

std::uint32_t EcmaCharacters::hex(int length) {
    std::uint32_t number = 0;
    for (int i = 0; i < length; ++i) {
        char c = at_ < source_.size() ? source_[at_] : '\0';
        if (!is_digit(c) && ((c | 32) < 'a' || (c | 32) > 'f')) return fault("a hexadecimal digit is expected"), 0;
        number = number * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : (c | 32) - 'a' + 10);
        ++at_;
    }
    return number;
}

// After \u: four digits, two surrogates of them, or {...}.
std::uint32_t EcmaCharacters::unicode() {
    if (next("{")) {
        std::uint32_t number = 0;
        do {
            number = number * 16 + hex(1);
            if (number > 0x10FFFF) return fault("a code point above 10FFFF"), 0;
        } while (out_.fault.empty() && !next("}"));
        return number;
    }
    std::uint32_t unit = hex(4);
    if (unit < 0xD800 || unit >= 0xDC00 || !source_.substr(at_).starts_with("\\u") || source_.substr(at_ + 2, 1) == "{")
        return unit;
    std::size_t before = at_;
    at_ += 2;
    std::uint32_t low = hex(4);
    if (low >= 0xDC00 && low < 0xE000) return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    at_ = before;
    return unit;
}

EcmaCharacters::Item EcmaCharacters::class_item() {
    if (next("\\")) return escaped(true);
    return {{}, read_code_point(source_, at_)};
}

std::string EcmaCharacters::character_class() {
    ++at_;
    bool negated = next("^");
    std::string inside;
    while (out_.fault.empty() && !next("]")) {
        if (at_ >= source_.size()) return fault("']' is expected"), "";
        Item first = class_item();
        bool range =
            source_.substr(at_).starts_with('-') && source_.substr(at_ + 1, 1) != "]" && at_ + 1 < source_.size();
        if (!range) {
            inside += first.character ? re2_range(*first.character, *first.character) : first.re2;
            continue;
        }
        ++at_;
        Item last = class_item();
        if (!first.character || !last.character) return fault("a range that ends in a class"), "";
        if (*first.character > *last.character) return fault("a range from higher to lower"), "";
        inside += re2_range(*first.character, *last.character);
    }
    if (inside.empty()) return std::string(negated ? re2_anything : re2_nothing);
    return (negated ? "[^" : "[") + inside + "]";
}

}  // namespace headgate::schema
