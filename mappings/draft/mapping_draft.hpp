// Drafts a mapping between an operation (or a component) of a contract and a legacy call, from names and types.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostics.hpp"
#include "contracts/registry/registry.hpp"

namespace headgate::mappings {

struct DraftRequest {
    std::string contract;      // pricing.v1/getPrices, orders.v1/Order
    std::string legacy;        // shop.wsdl#priceQuery; a YAML file of columns; a partner's guide; a file's layout
    std::string system, call;  // what the mapping calls them; empty: after the file
    std::string folder = ".";  // where the mapping will stand: paths are relative to it
};

struct MappingDraft {
    std::string yaml;
    int rules = 0, unsure = 0, unfit = 0, gaps = 0;
};

// Every rule of it type-checks; one that does not stands behind '#' with the reason. Nothing after diagnostics.
std::optional<MappingDraft> draft_mapping(const DraftRequest& request, const Registry& contracts,
                                          Diagnostics& diagnostics);

}  // namespace headgate::mappings
