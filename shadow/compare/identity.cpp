#include "shadow/compare/identity.hpp"

#include <random>

#include "contracts/document/number.hpp"
#include "shadow/compare/instant.hpp"
#include "shadow/compare/rules.hpp"
#include "shadow/compare/stable_hash.hpp"

namespace headgate {
namespace {

std::uint64_t process_seed() {
    static const std::uint64_t seed = [] {
        std::random_device device;
        return (std::uint64_t{device()} << 32) ^ device();
    }();
    return seed;
}

std::uint64_t combine(std::uint64_t a, std::uint64_t b) { return mix(a * 0x9e3779b97f4a7c15u + b + 1); }

// Sign, digits and exponent all count: what meets by identity is taken for equal.
std::uint64_t of_number(std::string_view text) {
    Decimal number(text);
    if (number.is_zero()) return mix(2);
    std::uint64_t h = process_seed() ^ (number.negative() ? 3 : 2);
    for (std::size_t i = 0; i < number.digits(); ++i)
        h = h * 0x100000001b3u + static_cast<std::uint64_t>(number.digit(i)) + 1;
    return combine(combine(11, h), static_cast<std::uint64_t>(number.exponent()));
}

std::uint64_t of_text(std::string_view text, const Shape* shape) {
    if (is_date_time(shape))
        if (auto instant = read_instant(text))
            return combine(combine(5, static_cast<std::uint64_t>(instant->seconds)), seeded_hash(instant->fraction));
    return combine(4, seeded_hash(text));
}

std::uint64_t of_array(const Value& array, const Shape* shape) {
    const Shape* items = shape ? shape->items() : nullptr;
    ArrayMode mode = array_rule(shape).mode;
    if (mode == ArrayMode::order) {
        std::uint64_t h = 6;
        for (const Value& item : array) h = combine(h, identity(item, items));
        return h;
    }
    std::vector<std::uint64_t> hashes;
    hashes.reserve(array.size());
    for (const Value& item : array) hashes.push_back(identity(item, items));
    std::sort(hashes.begin(), hashes.end());
    if (mode == ArrayMode::set) hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
    std::uint64_t h = 7;
    for (std::uint64_t one : hashes) h = combine(h, one);
    return h;
}

std::uint64_t of_object(const Value& object, const Shape* shape) {
    std::uint64_t sum = 8;  // members have no order: their hashes are added
    for (const Member& member : object.members()) {
        const Shape* child = shape ? shape->property(member.key) : nullptr;
        if (ignored(child)) continue;
        sum += combine(seeded_hash(member.key), identity(member.value, child));
    }
    return mix(sum);
}

}  // namespace

std::uint64_t seeded_hash(std::string_view text) { return mix(fnv1a(text, process_seed())); }

std::uint64_t identity(const Value& value, const Shape* shape) {
    switch (value.kind()) {
        case ValueKind::null: return mix(1);
        case ValueKind::boolean: return value.as_boolean() ? mix(9) : mix(10);
        case ValueKind::number: return of_number(value.text());
        case ValueKind::string: return of_text(value.text(), shape);
        case ValueKind::array: return of_array(value, shape);
        case ValueKind::object: return of_object(value, shape);
    }
    return 0;
}

}  // namespace headgate
