// Registry: the contracts that are served: OpenAPI 3.1 documents, their operations, and which one a request means.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "contracts/schema/schema.hpp"

namespace headgate {

enum class ParameterPlace : std::uint8_t { path, query, header };

struct Parameter {
    std::string name;
    ParameterPlace in = ParameterPlace::query;
    bool required = false;
    bool explode = false;  // query arrays: `skus=A,B` (false) or `skus=A&skus=B` (true); style `form`/`simple`
    std::shared_ptr<const Schema> schema;
};

// One operationId of a contract. Its request message is one object: every parameter by name, and, where the body is an
// object, the body's members beside them (a name in both is refused at load). Its response message is the body.
struct Operation {
    std::string contract;  // inventory.v2
    std::string id;        // getAvailability
    std::string name;      // inventory.v2/getAvailability
    std::string method;    // GET
    std::string path;      // /inventory/v2/availability, with {parameters}
    std::vector<Parameter> parameters;
    std::shared_ptr<const Schema> body;  // nullptr: no request body; else its shape is an object
    bool body_required = false;
    std::map<int, std::shared_ptr<const Schema>> responses;  // by status; a null schema: no body
    std::shared_ptr<const Schema> default_response;
    std::map<int, std::vector<Parameter>> response_headers;  // by status; `in` is header
    int success_status = 200;                                // the lowest 2xx declared
    bool authenticated = true;                               // false: declared `security: []`
    // Method semantics of RFC 9110: safe operations may be mirrored and retried.
    bool safe = false;  // GET, HEAD, or declared `x-safe: true` (a query that is sent by POST)
    SourceMark mark;

    const Schema* response_schema(int status) const;  // nullptr: undeclared, or no body
    const Parameter* parameter(std::string_view parameter_name) const;
};

struct OperationMatch {
    const Operation* operation = nullptr;
    std::vector<std::pair<std::string_view, std::string>> path_parameters;  // decoded
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
    // A schema by contract and component: find_schema("orders.v1", "Order"); nullptr when absent.
    virtual const Schema* find_schema(std::string_view contract, std::string_view component) const = 0;
};

// Loads every *.yaml / *.json contract of the folders. Diagnostics decide: has_errors() means don't serve.
std::shared_ptr<const Registry> load_contracts(const std::vector<std::string>& folders, Diagnostics& diagnostics);

}  // namespace headgate
