// Finds which variant of the former choice is which of the present one.
#pragma once

#include <optional>

#include "contracts/evolution/schema_view.hpp"

namespace headgate::evolution {

// For each former variant the index of its partner among the present ones. By the name of the component, by a constant
// member (as a discriminator has), by equal text, by type, and at last as the only ones that are left.
std::vector<std::optional<std::size_t>> match_variants(ApiFiles& before_files, const std::vector<Conjunction>& before,
                                                       ApiFiles& after_files, const std::vector<Conjunction>& after,
                                                       Budget& budget);

}  // namespace headgate::evolution
