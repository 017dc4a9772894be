// Walk: goes through two documents side by side, by the schema's shape, and notes where they part (internal to
// compare).
#pragma once

#include <vector>

#include "contracts/document/value.hpp"
#include "contracts/schema/schema.hpp"
#include "shadow/compare/difference.hpp"
#include "shadow/compare/place.hpp"
#include "shadow/compare/rules.hpp"

namespace headgate {

// One comparison on one thread; borrows both documents and the shape.
class Walk {
  public:
    // `problem`: both documents are RFC 9457 problems, whose texts for people are ignored.
    Walk(Comparison& into, const CompareLimits& limits, bool problem)
        : into_(into), limits_(limits), problem_(problem) {}

    void node(const Value& left, const Value& right, const Shape* shape);

  private:
    using Items = std::vector<const Value*>;

    void objects(const Value& left, const Value& right, const Shape* shape);
    // Either may be nullptr: absent.
    void member(std::string_view key, const Value* left, const Value* right, const Shape* shape);
    bool ignored_here(const Shape* shape) const;

    void arrays(const Value& left, const Value& right, const Shape* shape);
    void ordered(const Value& left, const Value& right, const Shape* shape);
    void keyed(const Value& left, const Value& right, const Shape* shape, std::string_view keys);
    void bag(const Value& left, const Value& right, const Shape* shape, bool counted);

    void note(DifferenceKind kind, const Value* left, const Value* right, const Shape* shape, std::string value_class);
    void absent(DifferenceKind kind, const Value& value, const Shape* shape);

    Comparison& into_;
    const CompareLimits& limits_;
    const bool problem_;
    Place place_;
};

// Whether the contract calls them equal; stops at the first difference.
bool same_value(const Value& left, const Value& right, const Shape* shape);

}  // namespace headgate
