#include "contracts/document/number.hpp"

#include <algorithm>
#include <cassert>
#include <vector>

namespace headgate {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
__extension__ typedef unsigned __int128 Wide;

}  // namespace

bool is_json_number(std::string_view text) {
    std::size_t at = 0;
    auto digits = [&] {
        std::size_t begin = at;
        while (at < text.size() && is_digit(text[at])) ++at;
        return at > begin;
    };
    if (at < text.size() && text[at] == '-') ++at;
    if (at < text.size() && text[at] == '0')
        ++at;
    else if (!digits())
        return false;
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (!digits()) return false;
    }
    if (at < text.size() && (text[at] | 32) == 'e') {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
        if (!digits()) return false;
    }
    return at == text.size();
}

Decimal::Decimal(std::string_view text) {
    assert(is_json_number(text));
    if (text.front() == '-') {
        negative_ = true;
        text.remove_prefix(1);
    }
    std::size_t mark = text.find_first_of("eE");
    if (mark != std::string_view::npos) {
        std::string_view power = text.substr(mark + 1);
        bool below = power.front() == '-';
        if (below || power.front() == '+') power.remove_prefix(1);
        power.remove_prefix(std::min(power.find_first_not_of('0'), power.size()));
        if (power.size() > 8)
            exponent_ = 100'000'000;
        else
            for (char c : power) exponent_ = exponent_ * 10 + (c - '0');
        if (below) exponent_ = -exponent_;
        text = text.substr(0, mark);
    }
    digits_ = text;
    point_ = std::min(text.find('.'), text.size());
    std::size_t all = text.size() - (point_ < text.size() ? 1 : 0);
    std::size_t fraction = all - point_;
    exponent_ -= static_cast<long>(fraction);
    count_ = all;
    while (count_ > 0 && digit(0) == 0) {
        ++first_;
        --count_;
    }
    while (count_ > 0 && digit(count_ - 1) == 0) {
        --count_;
        ++exponent_;
    }
    if (count_ == 0) {
        exponent_ = 0;
        negative_ = false;
    }
}

std::optional<std::int64_t> Decimal::as_int64() const {
    if (is_zero()) return 0;
    if (exponent_ < 0 || static_cast<long>(count_) + exponent_ > 18) return std::nullopt;
    std::int64_t value = 0;
    for (std::size_t i = 0; i < count_; ++i) value = value * 10 + digit(i);
    for (long i = 0; i < exponent_; ++i) value *= 10;
    return negative_ ? -value : value;
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
    if (is_zero() || other.is_zero() || negative_ != other.negative_) {
        int mine = is_zero() ? 0 : negative_ ? -1 : 1, theirs = other.is_zero() ? 0 : other.negative_ ? -1 : 1;
        return mine <=> theirs;
    }
    auto magnitude = [&]() -> std::strong_ordering {
        long mine = static_cast<long>(count_) + exponent_, theirs = static_cast<long>(other.count_) + other.exponent_;
        if (mine != theirs) return mine <=> theirs;
        std::size_t shared = std::min(count_, other.count_);
        for (std::size_t i = 0; i < shared; ++i)
            if (digit(i) != other.digit(i)) return digit(i) <=> other.digit(i);
        return count_ <=> other.count_;  // no trailing zeros: more digits is more
    }();
    if (!negative_) return magnitude;
    return 0 <=> magnitude;
}

bool Decimal::is_multiple_of(const Decimal& divisor) const {
    assert(!divisor.is_zero() && !divisor.negative_);
    if (is_zero()) return true;
    // The coefficient has no trailing zero, so it can't hold a divisor's positive power of ten.
    if (exponent_ < divisor.exponent_) return false;
    // Appending zeros multiplies by ten; a divisor of n digits has less than 4 n factors of 2 and of 5, so after as
    // many zeros nothing changes any more.
    long zeros = std::min(exponent_ - divisor.exponent_, 4 * static_cast<long>(divisor.count_));
    if (divisor.count_ > 18) return is_multiple_of_long(divisor, zeros);
    std::uint64_t by = 0;
    for (std::size_t i = 0; i < divisor.count_; ++i) by = by * 10 + static_cast<std::uint64_t>(divisor.digit(i));
    std::uint64_t rest = 0;
    auto shift = [&](int next) {
        rest = static_cast<std::uint64_t>((Wide(rest) * 10 + static_cast<unsigned>(next)) % by);
    };
    for (std::size_t i = 0; i < count_; ++i) shift(digit(i));
    for (long i = 0; i < zeros && rest != 0; ++i) shift(0);
    return rest == 0;
}

// Long division by hand: the rest is kept in limbs of nine digits, least significant first.
bool Decimal::is_multiple_of_long(const Decimal& divisor, long zeros) const {
    constexpr std::uint32_t base = 1'000'000'000;
    std::vector<std::uint32_t> by(divisor.count_ / 9 + 1), rest(by.size());
    for (std::size_t i = 0; i < divisor.count_; ++i) {
        std::size_t power = divisor.count_ - 1 - i;
        std::uint32_t unit = 1;
        for (std::size_t j = 0; j < power % 9; ++j) unit *= 10;
        by[power / 9] += unit * static_cast<std::uint32_t>(divisor.digit(i));
    }
    auto shift = [&](int next) {
        std::uint64_t carry = static_cast<std::uint64_t>(next);
        for (auto& limb : rest) {
            carry += std::uint64_t(limb) * 10;
            limb = static_cast<std::uint32_t>(carry % base);
            carry /= base;
        }
        while (!std::lexicographical_compare(rest.rbegin(), rest.rend(), by.rbegin(), by.rend())) {
            std::uint32_t borrow = 0;
            for (std::size_t i = 0; i < rest.size(); ++i) {
                std::uint32_t take = by[i] + borrow;
                borrow = rest[i] < take ? 1 : 0;
                rest[i] = rest[i] + (borrow ? base : 0) - take;
            }
        }
    };
    auto none = [&] { return std::all_of(rest.begin(), rest.end(), [](auto limb) { return limb == 0; }); };
    for (std::size_t i = 0; i < count_; ++i) shift(digit(i));
    for (long i = 0; i < zeros && !none(); ++i) shift(0);
    return none();
}

std::uint64_t Decimal::hash(std::uint64_t seed) const {
    std::uint64_t hash = seed ^ static_cast<std::uint64_t>(exponent_) ^ (negative_ ? 0x9E3779B97F4A7C15u : 0u);
    for (std::size_t i = 0; i < count_; ++i) {
        Wide product = Wide(hash ^ static_cast<std::uint64_t>(digit(i) + 1)) * 0xD6E8FEB86659FD93u;
        hash = static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
    }
    return hash;
}

}  // namespace headgate
