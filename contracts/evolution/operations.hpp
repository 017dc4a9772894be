// The operations of one document, with what they take over from their path and their document.
#pragma once

#include <string>
#include <vector>

#include "contracts/evolution/api_files.hpp"

namespace headgate::evolution {

struct ParameterPlace {
    std::string in, name;
    std::string key;  // equal for the same parameter of another version: `query skus`, `header etag`, `path 0`
    Place at;         // references followed
};

struct OperationPlace {
    std::string method, path;  // GET, as written
    std::string id;            // empty when there is none
    std::string route;         // GET /orders/{}: equal for operations that answer the same requests
    Place at, item;
    std::vector<ParameterPlace> parameters;  // its own, and those of its path
    Place security, servers;                 // the nearest; absent when nobody says any
};

std::vector<OperationPlace> operations_of(ApiFiles& files, Place root);
// `/orders/{id}` -> `/orders/{}`
std::string without_names(std::string_view path);

}  // namespace headgate::evolution
