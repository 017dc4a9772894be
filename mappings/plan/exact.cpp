// Exact arithmetic on 128-bit integers with a scale; mostly the numbers are small and 64 bits do.
#include "mappings/plan/exact.hpp"

#include <cstdint>
#include <limits>

namespace headgate::mappings {

namespace {

constexpr int max_digits = 36;

Int128 power_of_ten(int exponent) {
    Int128 out = 1;
    for (int i = 0; i < exponent; ++i) out *= 10;
    return out;
}

constexpr Int128 max_small = std::numeric_limits<std::int64_t>::max();  // division is much faster up to here

const Int128 limit = power_of_ten(max_digits);

bool digit(char c) { return c >= '0' && c <= '9'; }

// Both at the larger scale.
bool align(Exact& a, Exact& b) {
    if (a.scale == b.scale) return true;
    Exact& small = a.scale < b.scale ? a : b;
    int difference = std::max(a.scale, b.scale) - small.scale;
    Int128 factor = power_of_ten(difference);
    if (small.units > limit / factor || small.units < -limit / factor) return false;
    small.units *= factor;
    small.scale += difference;
    return true;
}

// Towards the front, `scale` of them behind the point.
template <class Units>
void put_digits(char*& at, Units units, int scale, bool point) {
    for (int i = 0; i < scale; ++i, units /= 10) *--at = static_cast<char>('0' + static_cast<int>(units % 10));
    if (point) *--at = '.';
    do {
        *--at = static_cast<char>('0' + static_cast<int>(units % 10));
        units /= 10;
    } while (units != 0);
}

std::optional<Exact> bounded(Exact number) {
    if (number.units >= limit || number.units <= -limit) return std::nullopt;
    return number;
}

}  // namespace

int plain_places(std::string_view text) {
    auto size = text.size();
    if (size == 0 || size > max_digits || !digit(text[0])) return -1;
    if (text[0] == '0' && size > 1 && text[1] != '.') return -1;
    std::size_t i = 1;
    while (i < size && digit(text[i])) ++i;
    if (i == size) return 0;
    if (text[i] != '.' || i + 1 == size) return -1;
    int places = static_cast<int>(size - ++i);
    while (i < size && digit(text[i])) ++i;
    return i == size ? places : -1;
}

std::optional<Exact> parse_exact(std::string_view text) {
    Exact out;
    std::size_t i = 0;
    bool negative = false;
    if (i < text.size() && (text[i] == '-' || text[i] == '+')) negative = text[i++] == '-';
    int digits = 0, seen = 0;
    auto take = [&](char c) {
        ++seen;
        out.units = out.units * 10 + (c - '0');
        if (out.units != 0) ++digits;
        return digits <= max_digits;
    };
    for (; i < text.size() && digit(text[i]); ++i)
        if (!take(text[i])) return std::nullopt;
    if (seen == 0) return std::nullopt;
    if (i < text.size() && text[i] == '.') {
        std::size_t begin = ++i;
        for (; i < text.size() && digit(text[i]); ++i) {
            if (++out.scale > max_digits || !take(text[i])) return std::nullopt;
        }
        if (i == begin) return std::nullopt;
    }
    if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
        bool down = false;
        ++i;
        if (i < text.size() && (text[i] == '-' || text[i] == '+')) down = text[i++] == '-';
        int exponent = 0;
        std::size_t begin = i;
        for (; i < text.size() && digit(text[i]); ++i) {
            exponent = exponent * 10 + (text[i] - '0');
            if (exponent > 2 * max_digits) return std::nullopt;
        }
        if (i == begin) return std::nullopt;
        if (out.units == 0) exponent = 0;
        out.scale += down ? exponent : -exponent;
        out = trim(out);
        if (out.scale < 0) {
            if (digits - out.scale > max_digits) return std::nullopt;
            out.units *= power_of_ten(-out.scale);
            out.scale = 0;
        }
        if (out.scale > max_digits) return std::nullopt;
    }
    if (i != text.size()) return std::nullopt;
    if (negative) out.units = -out.units;
    return out;
}

Exact trim(Exact number) {
    if (number.scale == 0) return number;
    if (auto small = static_cast<std::int64_t>(number.units); small == number.units) {
        for (; number.scale > 0 && small % 10 == 0; --number.scale) small /= 10;
        return {small, number.scale};
    }
    while (number.scale > 0 && number.units % 10 == 0) {
        number.units /= 10;
        --number.scale;
    }
    return number;
}

std::optional<std::string_view> write_exact(const Exact& number, int places, Arena& arena) {
    Exact value = number;
    if (places >= 0 && value.scale > places) {
        value = trim(value);
        if (value.scale > places) return std::nullopt;
    }
    if (places > max_digits) return std::nullopt;
    char buffer[2 * max_digits + 8];
    char* const end = buffer + sizeof buffer;
    char* at = end;
    bool negative = value.units < 0;
    Int128 units = negative ? -value.units : value.units;
    int fraction = places < 0 ? value.scale : places;
    for (int i = value.scale; i < fraction; ++i) *--at = '0';
    if (units <= max_small)
        put_digits(at, static_cast<std::uint64_t>(units), value.scale, fraction > 0);
    else
        put_digits(at, units, value.scale, fraction > 0);
    if (negative) *--at = '-';
    return arena.copy({at, static_cast<std::size_t>(end - at)});
}

std::optional<std::string_view> write_whole(const Exact& number, Arena& arena) { return write_exact(number, 0, arena); }

std::optional<Exact> add(const Exact& a, const Exact& b) {
    Exact x = a, y = b;
    if (!align(x, y)) return std::nullopt;
    return bounded({x.units + y.units, x.scale});
}

std::optional<Exact> subtract(const Exact& a, const Exact& b) { return add(a, {-b.units, b.scale}); }

std::optional<Exact> multiply(const Exact& a, const Exact& b) {
    Exact x = trim(a), y = trim(b);
    if (x.scale + y.scale > max_digits) return std::nullopt;
    Int128 out = 0;
    if (__builtin_mul_overflow(x.units, y.units, &out)) return std::nullopt;
    return bounded({out, x.scale + y.scale});
}

std::optional<Exact> divide(const Exact& a, const Exact& b) {
    Exact x = trim(a), y = trim(b);
    if (y.units == 0) return std::nullopt;
    if (y.units < 0) x.units = -x.units, y.units = -y.units;
    Int128 common = x.units < 0 ? -x.units : x.units;
    for (Int128 other = y.units; other != 0;) common = std::exchange(other, common % other);
    x.units /= common;
    y.units /= common;
    // What is left below ends when it is made of twos and fives: x/4 is 25x/100.
    int scale = x.scale - y.scale;
    for (; y.units % 10 == 0; y.units /= 10) ++scale;
    for (Int128 prime : {2, 5})
        for (; y.units % prime == 0; y.units /= prime, ++scale)
            if (__builtin_mul_overflow(x.units, 10 / prime, &x.units)) return std::nullopt;
    if (y.units != 1 || scale > max_digits || scale < -max_digits) return std::nullopt;
    if (scale < 0 && __builtin_mul_overflow(x.units, power_of_ten(-scale), &x.units)) return std::nullopt;
    return bounded({x.units, std::max(scale, 0)});
}

std::optional<int> compare(const Exact& a, const Exact& b) {
    Exact x = a, y = b;
    if (!align(x, y)) return std::nullopt;
    return x.units < y.units ? -1 : x.units > y.units ? 1 : 0;
}

}  // namespace headgate::mappings
