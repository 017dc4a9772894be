#include "shadow/compare/delta.hpp"

#include <algorithm>
#include <optional>

#include "contracts/document/number.hpp"

namespace headgate {
namespace {

__extension__ typedef __int128 Wide;

// The value in units of 10^scale, or nothing when 128 bits are too few.
std::optional<Wide> in_units(const Decimal& d, long scale) {
    if (d.is_zero()) return Wide(0);
    long zeros = d.exponent() - scale;
    if (zeros < 0 || zeros + static_cast<long>(d.digits()) > 37) return std::nullopt;
    Wide value = 0;
    for (std::size_t i = 0; i < d.digits(); ++i) value = value * 10 + d.digit(i);
    for (; zeros > 0; --zeros) value *= 10;
    return d.negative() ? -value : value;
}

// Places written after the point: 2 for "1.50" (texts with an exponent are judged by their digits).
long written_places(std::string_view text) {
    auto point = text.find('.');
    if (point == std::string_view::npos || text.find_first_of("eE") != std::string_view::npos) return 0;
    return static_cast<long>(text.size() - point - 1);
}

// Place of the first digit: 2 for 150, -1 for 0.5.
long order_of(const Decimal& d) { return d.exponent() + static_cast<long>(d.digits()) - 1; }

std::string_view graded(bool up, double ratio) {
    if (ratio < 0.01) return up ? "+<1%" : "-<1%";
    if (ratio < 0.1) return up ? "+<10%" : "-<10%";
    if (ratio < 1) return up ? "+<100%" : "-<100%";
    return up ? "+>=100%" : "->=100%";
}

}  // namespace

std::string_view delta_class(std::string_view left, std::string_view right) {
    Decimal l(left), r(right);
    if (l.is_zero()) return "from-zero";
    if (r.is_zero()) return "to-zero";
    if (l.negative() != r.negative()) return "sign";
    bool up = r > l;
    long finest = -std::max(written_places(left), written_places(right));
    long scale = std::min({finest, l.exponent(), r.exponent()});
    auto a = in_units(l, scale), b = in_units(r, scale);
    if (!a || !b) return graded(up, order_of(r) > order_of(l) ? 9.0 : order_of(r) < order_of(l) ? 0.9 : 0.0);
    Wide delta = *b - *a;
    if (delta == 1) return "+1";
    if (delta == -1) return "-1";
    return graded(up, static_cast<double>(delta < 0 ? -delta : delta) / static_cast<double>(*a < 0 ? -*a : *a));
}

}  // namespace headgate
