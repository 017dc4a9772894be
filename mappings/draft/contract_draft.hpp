// Drafts a contract (OpenAPI 3.1) of a WSDL's operations, of a table, of files: names kept, types translated.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "mappings/formats/soap/wsdl.hpp"

namespace headgate::mappings {

// `shop.v1` of ShopService.
std::string contract_name_of(std::string_view service);

// What the contract calls a legacy member: the same, but for `@nr` and letters that paths of mappings don't take.
std::string contract_member_of(std::string_view legacy_name);

// The document as YAML. `operations` must not be empty; `name` is a contract's: shop.v1.
std::string draft_contract(const Wsdl& wsdl, const std::vector<const SoapOperation*>& operations,
                           const std::string& name);

// What is no WSDL.
struct FileContract {
    std::string path;       // columns of a query, a partner's guide, a file's layout
    std::string name;       // pick.v1; empty: after the file
    std::string operation;  // its one operation; empty: findX of a query, sendX of what is dropped
};
// A query answers `rows`; a file's operation takes one and answers nothing. What nobody told is marked `unsure` at its
// head. Nothing after diagnostics.
std::optional<std::string> draft_contract(const FileContract& wanted, Diagnostics& diagnostics);

}  // namespace headgate::mappings
