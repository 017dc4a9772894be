// Drafts a contract (OpenAPI 3.1) of the operations of a WSDL: names kept, types translated.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mappings/formats/soap/wsdl.hpp"

namespace headgate::mappings {

// `shop.v1` of ShopService.
std::string contract_name_of(std::string_view service);

// What the contract calls a legacy member: the same, but for `@nr` and letters that paths of mappings don't take.
std::string contract_member_of(std::string_view legacy_name);

// The document as YAML. `operations` must not be empty; `name` is a contract's: shop.v1.
std::string draft_contract(const Wsdl& wsdl, const std::vector<const SoapOperation*>& operations,
                           const std::string& name);

}  // namespace headgate::mappings
