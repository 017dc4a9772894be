// TreeMaker: messages that a JSON Schema describes as trees of typed values, as mappings see a legacy side.
#pragma once

#include <vector>

#include "contracts/schema/schema.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate::mappings {

// Follows shapes; one that holds itself ends as `any`, which is carried whole or not at all. Lives for one side; the
// trees of a contract borrow the shapes.
class TreeMaker {
  public:
    // A contract's nodes know their shape; those of a system's own API stand for themselves, with lengths, and are
    // lists where one thing stands for a list of one.
    enum class Of : std::uint8_t { contract, api };
    explicit TreeMaker(Of of = Of::contract) : of_(of) {}

    bool too_large() const;
    void fill(LegacyNode& node, const Shape& shape);

  private:
    bool api() const { return of_ == Of::api; }
    void fill_list(LegacyNode& node, const Shape& shape);
    void fill_single(LegacyNode& node, const Shape& shape);
    void fill_group(LegacyNode& node, const Shape& shape);

    const Of of_;
    std::size_t made_ = 0;
    std::vector<const Shape*> way_;  // from the root to here
};

}  // namespace headgate::mappings
