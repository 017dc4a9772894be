// What a contract's schema says about comparing: the extension `x-compare` and the standard `format`.
//   x-compare: {key: sku}          an array whose elements are told apart by this member (several: "sku locationId")
//   x-compare: set | multiset | order    (or {as: set}); an array without a word keeps its order
//   x-compare: {ignore: why}       differences below are counted, not reported
#pragma once

#include <string_view>

#include "contracts/schema/schema.hpp"

namespace headgate {

enum class ArrayMode : std::uint8_t { order, keyed, set, multiset };

struct ArrayRule {
    ArrayMode mode = ArrayMode::order;
    std::string_view keys;  // of `keyed`: member names separated by blanks or commas
};

inline ArrayRule array_rule(const Shape* shape) {
    if (!shape) return {};
    if (auto keys = shape->extension("x-compare", "key"); !keys.empty()) return {ArrayMode::keyed, keys};
    auto word = shape->extension("x-compare");
    if (word.empty()) word = shape->extension("x-compare", "as");
    if (word == "set") return {ArrayMode::set, {}};
    if (word == "multiset") return {ArrayMode::multiset, {}};
    return {};
}

inline bool ignored(const Shape* shape) { return shape && !shape->extension("x-compare", "ignore").empty(); }
inline bool is_date_time(const Shape* shape) { return shape && shape->format() == "date-time"; }
// Fields that name a person are never shown; `x-personal: yes` in the contract.
inline bool personal(const Shape* shape) {
    if (!shape) return false;
    auto word = shape->extension("x-personal");
    return word == "yes" || word == "true";
}

}  // namespace headgate
