// headgate contract init, headgate mapping init: drafts on stdout, what they lack on stderr.
#pragma once

#include <string>
#include <vector>

namespace headgate::cli {

struct ContractInitOptions {
    std::string wsdl;
    std::vector<std::string> operations;  // none: all that can be used
    std::string name;                     // shop.v1; empty: after the service
};
int contract_init(const ContractInitOptions& options);

}  // namespace headgate::cli
