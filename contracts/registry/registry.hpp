// Registry: the contracts that are served: OpenAPI 3.1 documents, their operations, and which one a request means.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/registry/contract.hpp"

namespace headgate {

struct OperationMatch {
    const Operation* operation = nullptr;
    std::vector<std::pair<std::string_view, std::string_view>> path_parameters;  // as sent, borrowed from the path
};

// Immutable once loaded; shared by snapshots.
class Registry {
  public:
    virtual ~Registry() = default;
    // `path` without query. Fails with unknown_operation (the message names the versions that exist when the version is
    // what is unknown) or method_not_allowed (`detail` is the Allow list).
    virtual Result<OperationMatch> match(std::string_view method, std::string_view path) const = 0;
    virtual const Operation* find(std::string_view operation_name) const = 0;
    virtual const std::vector<std::unique_ptr<Operation>>& operations() const = 0;
    virtual const std::vector<std::unique_ptr<Contract>>& contracts() const = 0;  // by name
    virtual const Contract* find_contract(std::string_view contract) const = 0;   // nullptr when absent
    // Every file that was read, libraries of components too: what references between contracts lead to.
    virtual const std::vector<std::shared_ptr<const SourceFile>>& files() const = 0;
    // A schema by contract and component: find_schema("orders.v1", "Order"); nullptr when absent.
    virtual const Schema* find_schema(std::string_view contract, std::string_view component) const = 0;
};

// Loads every *.yaml / *.json contract of the folders. Diagnostics decide: has_errors() means don't serve.
std::shared_ptr<const Registry> load_contracts(const std::vector<std::string>& folders, Diagnostics& diagnostics);

}  // namespace headgate
