#include "mappings/formats/fixed_width/numbers.hpp"

#include <charconv>
#include <cstdint>

#include "mappings/formats/decimal_text.hpp"

namespace headgate::fixed_width {
namespace {

using Sign = FixedField::Sign;

std::string at_byte(std::size_t index) { return " at byte " + std::to_string(index + 1) + " of the field"; }

std::string shown(unsigned value, int digits) {
    constexpr char hex[] = "0123456789ABCDEF";
    std::string out;
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += hex[value >> shift & 15];
    return out;
}

constexpr std::string_view punches = "{ABCDEFGHI}JKLMNOPQR";

std::uint64_t all_bits(std::size_t bytes) { return ~std::uint64_t{0} >> (64 - 8 * bytes); }

int digit_of(unsigned char byte, CodePage::Family family) {
    int digit = byte - (family == CodePage::Family::ebcdic ? 0xF0 : '0');
    return digit >= 0 && digit <= 9 ? digit : -1;
}

}  // namespace

std::string plain_text(const Number& number, std::size_t places) {
    std::string_view digits = number.digits;
    std::string out = number.negative ? "-" : "";
    std::string_view whole = digits.substr(0, digits.size() - places);
    whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
    out += whole.empty() ? "0" : whole;
    if (places > 0) (out += '.') += digits.substr(digits.size() - places);
    return out;
}

std::string parse_plain(std::string_view text, const FixedField& field, Number& out) {
    auto number = parse_decimal_text(text);
    if (!number) return field.places > 0 ? "not a decimal number" : "not a whole number";
    auto [negative, whole, fraction] = *number;
    if (whole.size() > 1 && whole[0] == '0') return "zeros in front of a number";
    while (fraction.size() > field.places && fraction.back() == '0') fraction.remove_suffix(1);
    if (fraction.size() > field.places)
        return std::to_string(fraction.size()) + " decimal places, at most " + std::to_string(field.places);
    if (whole == "0") whole = {};
    if (whole.size() + field.places > field.digits)
        return std::to_string(whole.size() + field.places) + " digits with the places, at most " +
               std::to_string(field.digits);
    if (negative && !field.signed_number()) return "a negative number, and the field has no sign";
    out.negative = negative;
    out.digits.assign(field.digits - field.places - whole.size(), '0');
    (out.digits += whole) += fraction;
    out.digits.append(field.places - fraction.size(), '0');
    return {};
}

std::string read_digits(std::string_view bytes, const FixedField& field, const CodePage& page, bool other_signs,
                        Number& out) {
    std::size_t from = 0, end = bytes.size();
    auto is = [&](std::size_t at, char c) { return static_cast<unsigned char>(bytes[at]) == page.byte(c); };
    if (field.fill == ' ') {
        while (from < end && is(field.right ? from : end - 1, ' ')) field.right ? ++from : --end;
        if (from < end && field.sign == Sign::leading && is(from, '-')) out.negative = true, ++from;
        if (from == end) return "no digit";
        if (end - from > 1 && is(from, '0')) return "a zero in front, where the layout has blanks";
    } else if (field.sign == Sign::leading || field.sign == Sign::trailing) {
        std::size_t sign = field.sign == Sign::leading ? from++ : --end;
        out.negative = is(sign, '-');
        if (!out.negative && !is(sign, '+')) return "neither + nor -" + at_byte(sign);
    }
    if (end - from > field.digits) return "more digits than the field has beside its sign";
    out.digits.assign(field.digits - (end - from), '0');
    for (std::size_t at = from; at < end; ++at) {
        auto byte = static_cast<unsigned char>(bytes[at]);
        int digit = digit_of(byte, page.family());
        if (field.sign == Sign::overpunch && at + 1 == end) {
            auto last = punched(page.family(), byte, other_signs);
            if (!last) return "no digit with a sign" + at_byte(at) + ": " + shown(byte, 2);
            digit = last->digit;
            out.negative = last->negative;
        }
        if (digit < 0) return "no digit" + at_byte(at) + ": " + shown(byte, 2);
        out.digits += static_cast<char>('0' + digit);
    }
    return {};
}

void write_digits(const Number& number, const FixedField& field, const CodePage& page, std::string& out) {
    auto put = [&](char c) { out += static_cast<char>(page.byte(static_cast<unsigned char>(c))); };
    std::string_view digits = number.digits;
    char sign = number.negative ? '-' : '+';
    if (field.fill == ' ') {
        while (digits.size() > 1 && digits[0] == '0') digits.remove_prefix(1);
        std::size_t blanks = field.length - digits.size() - number.negative;
        for (std::size_t i = 0; field.right && i < blanks; ++i) put(' ');
        if (number.negative) put('-');
        for (char digit : digits) put(digit);
        for (std::size_t i = 0; !field.right && i < blanks; ++i) put(' ');
        return;
    }
    if (field.sign == Sign::leading) put(sign);
    for (char digit : digits.substr(0, digits.size() - 1)) put(digit);
    if (field.sign == Sign::overpunch)
        out += static_cast<char>(punch(page.family(), digits.back() - '0', number.negative));
    else
        put(digits.back());
    if (field.sign == Sign::trailing) put(sign);
}

std::string read_packed(std::string_view bytes, const FixedField& field, bool other_signs, Number& out) {
    out.digits.clear();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        unsigned byte = static_cast<unsigned char>(bytes[i]);
        const unsigned halves[] = {byte >> 4, byte & 15};
        for (unsigned half : halves) {
            if (out.digits.size() == 2 * bytes.size() - 1) {
                bool usual = field.signed_number() ? half == 0xC || half == 0xD : half == 0xF;
                out.negative = half == 0xD || half == 0xB;
                if (!usual && (!other_signs || half < 10 || (out.negative && !field.signed_number())))
                    return "the sign " + shown(half, 1) + at_byte(i) + ", where " +
                           (field.signed_number() ? "C or D" : "F") + " is expected";
            } else if (half > 9) {
                return "no packed digit" + at_byte(i) + ": " + shown(byte, 2);
            } else {
                out.digits += static_cast<char>('0' + half);
            }
        }
    }
    if (out.digits.size() > field.digits) {
        if (out.digits[0] != '0') return "more than " + std::to_string(field.digits) + " digits";
        out.digits.erase(0, 1);
    }
    return {};
}

void write_packed(const Number& number, const FixedField& field, std::string& out) {
    std::string halves(2 * field.length - 1 - number.digits.size(), '0');
    halves += number.digits;
    unsigned sign = !field.signed_number() ? 0xF : number.negative ? 0xD : 0xC;
    for (std::size_t i = 0; i < halves.size(); i += 2) {
        unsigned low = i + 1 < halves.size() ? static_cast<unsigned>(halves[i + 1] - '0') : sign;
        out += static_cast<char>(static_cast<unsigned>(halves[i] - '0') << 4 | low);
    }
}

std::string read_binary(std::string_view bytes, const FixedField& field, Number& out) {
    std::uint64_t value = 0;
    for (char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
    out.negative = field.signed_number() && (static_cast<unsigned char>(bytes[0]) & 0x80) != 0;
    if (out.negative) value = (all_bits(bytes.size()) - value) + 1;
    out.digits = std::to_string(value);
    if (out.digits.size() > field.digits) return "more than " + std::to_string(field.digits) + " digits";
    out.digits.insert(0, field.digits - out.digits.size(), '0');
    return {};
}

std::string write_binary(const Number& number, const FixedField& field, std::string& out) {
    std::uint64_t value = 0, most = all_bits(field.length);
    auto [end, error] = std::from_chars(number.digits.data(), number.digits.data() + number.digits.size(), value);
    if (number.negative && value == 0) return "a negative zero";
    if (field.signed_number()) most = most / 2 + number.negative;
    if (error != std::errc{} || value > most) return "more than " + std::to_string(field.length) + " bytes can hold";
    if (number.negative) value = ~value + 1;
    for (std::size_t i = field.length; i > 0; --i) out += static_cast<char>(value >> (8 * (i - 1)) & 0xFF);
    return {};
}

std::optional<Punched> punched(CodePage::Family family, unsigned char byte, bool other_signs) {
    if (other_signs)
        if (int digit = digit_of(byte, family); digit >= 0) return Punched{digit, false};
    if (family == CodePage::Family::ebcdic) {
        unsigned zone = byte >> 4u, digit = byte & 15u;
        bool usual = zone == 0xC || zone == 0xD;
        if (digit > 9 || (!usual && (!other_signs || zone < 10))) return std::nullopt;
        return Punched{static_cast<int>(digit), zone == 0xD || zone == 0xB};
    }
    auto at = punches.find(static_cast<char>(byte));
    if (at == std::string_view::npos) return std::nullopt;
    return Punched{static_cast<int>(at % 10), at >= 10};
}

unsigned char punch(CodePage::Family family, int digit, bool negative) {
    if (family == CodePage::Family::ebcdic) return static_cast<unsigned char>((negative ? 0xD0 : 0xC0) | digit);
    return static_cast<unsigned char>(punches[static_cast<std::size_t>(digit + (negative ? 10 : 0))]);
}

}  // namespace headgate::fixed_width
