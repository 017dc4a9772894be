// TreeMaker: messages of a contract as trees of typed values, as mappings see a legacy side.
#pragma once

#include <vector>

#include "contracts/schema/schema.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate::mappings {

// Follows shapes; one that holds itself ends as `any`, which is carried whole or not at all. Lives for one side; the
// trees borrow the shapes.
class TreeMaker {
  public:
    bool too_large() const;
    void fill(LegacyNode& node, const Shape& shape);

  private:
    void fill_single(LegacyNode& node, const Shape& shape);

    std::size_t made_ = 0;
    std::vector<const Shape*> way_;  // from the root to here
};

}  // namespace headgate::mappings
