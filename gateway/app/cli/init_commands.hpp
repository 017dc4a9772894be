// headgate contract init, headgate mapping init: drafts on stdout, what they lack on stderr.
#pragma once

#include <string>
#include <vector>

#include "mappings/draft/mapping_draft.hpp"

namespace headgate::cli {

struct ContractInitOptions {
    std::string legacy;                   // a WSDL; columns of a query; a partner's guide; a layout of files
    std::vector<std::string> operations;  // none: all that can be used; of what is no WSDL one at most
    std::string name;                     // shop.v1; empty: after the service
};
int contract_init(const ContractInitOptions& options);

struct MappingInitOptions {
    mappings::DraftRequest draft;
    std::vector<std::string> contracts;  // folders; none: those of headgate.yaml
};
int mapping_init(const MappingInitOptions& options);

}  // namespace headgate::cli
