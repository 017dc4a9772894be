// Exact arithmetic on numbers' decimal text: comparison, integrality, multiples; nothing passes through floating point.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace headgate {

// Whether the text is a number of RFC 8259, section 6.
bool is_json_number(std::string_view text);

// A decimal number, normalised: coefficient digits without leading or trailing zeros, times 10^exponent. A view into
// the text that it was read from, which must outlive it; the digits may have a point amid them.
class Decimal {
  public:
    // `text` must be a JSON number. An exponent of more than 8 digits is taken for 10^8, far beyond what read_json lets
    // in.
    explicit Decimal(std::string_view text);

    bool is_zero() const { return count_ == 0; }
    bool is_integer() const { return is_zero() || exponent_ >= 0; }
    bool negative() const { return negative_; }
    // Coefficient digits, most significant first.
    std::size_t digits() const { return count_; }
    int digit(std::size_t index) const {
        std::size_t at = first_ + index;
        if (at >= point_) ++at;  // digits_ holds the point itself
        return digits_[at] - '0';
    }
    long exponent() const { return exponent_; }
    // Of the whole number, where it is one of at most 18 digits.
    std::optional<std::int64_t> as_int64() const;

    std::strong_ordering operator<=>(const Decimal& other) const;
    bool operator==(const Decimal& other) const { return (*this <=> other) == 0; }
    // `divisor` must be above zero. Steps grow with the digits of both; beyond 18 of the divisor's it may allocate.
    bool is_multiple_of(const Decimal& divisor) const;
    // Equal numbers have equal hashes.
    std::uint64_t hash(std::uint64_t seed) const;

  private:
    bool is_multiple_of_long(const Decimal& divisor, long zeros) const;

    std::string_view digits_;  // from the first digit of the text to the last before an exponent
    std::size_t point_ = 0;    // index of the point in digits_; its size when there is none
    std::size_t first_ = 0;    // of the first coefficient digit, counting digits alone
    std::size_t count_ = 0;    // coefficient digits
    long exponent_ = 0;
    bool negative_ = false;
};

}  // namespace headgate
