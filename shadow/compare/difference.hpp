// Difference: one disagreement inside a pair; Comparison: all of them, bounded.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace headgate {

enum class DifferenceKind : std::uint8_t {
    missing,  // only the left side has it; null and absent are two facts
    added,    // only the right side has it
    type,     // another kind of value: nothing is coerced
    value,    // the same kind, another value
    order,    // the same elements of an ordered array, in another order
    status,   // another HTTP status; the bodies are then not compared
    failed,   // a side gave no usable answer
    other     // beyond the bound on findings; not told apart any more
};
std::string_view name(DifferenceKind kind);
// The inverse of name(); an unknown word is `other`.
DifferenceKind difference_kind(std::string_view word);

// `left` is legacy's answer and `right` the candidate's, whichever of them serves (or the files A and B).
struct Difference {
    std::string path;    // with keys: /prices[sku=HG-100234]/effectivePrice/centAmount
    std::string folded;  // without:   /prices[]/effectivePrice/centAmount
    DifferenceKind kind = DifferenceKind::value;
    std::string value_class;  // see value_class.hpp
    std::string left, right;  // excerpts as JSON; empty: absent
};

struct Comparison {
    std::vector<Difference> differences;  // at most CompareLimits::differences
    std::uint64_t more = 0;               // found beyond that bound
    std::uint64_t ignored = 0;            // suppressed by `x-compare: {ignore: why}`
    // A body that is no JSON document: the side has failed, and nothing was compared.
    std::string left_unusable, right_unusable;  // why; empty: usable

    bool usable() const { return left_unusable.empty() && right_unusable.empty(); }
    bool same() const { return usable() && differences.empty(); }
};

struct CompareLimits {
    std::size_t differences = 100;  // kept of one pair
};

}  // namespace headgate
