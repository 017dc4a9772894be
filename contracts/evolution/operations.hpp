// The operations of one document, with what they take over from their path and their document.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contracts/evolution/api_files.hpp"

namespace headgate::evolution {

// A second declaration of one thing, which the specification doesn't allow, has a key of its own: it is compared with
// the second of the other side, and is never new or gone like the first.
inline void mark_again(std::string& key) { key += '\n'; }
inline bool is_again(std::string_view key) { return key.ends_with('\n'); }
inline std::string without_again(std::string_view key) {
    return std::string(key.substr(0, key.find_last_not_of('\n') + 1));
}

struct ParameterPlace {
    std::string in, name;
    std::string key;  // equal for the same parameter of another version: `query skus`, `header etag`, `path 0`
    Place at;         // references followed
};

struct OperationPlace {
    std::string method, path;  // GET, as written
    std::string id;            // empty when there is none
    std::string label;         // orders.v1/createOrder, else the id, else GET /path
    std::string route;         // GET /orders/{}: equal for operations that answer the same requests
    Place at, item;
    std::vector<ParameterPlace> parameters;  // its own, and those of its path
    Place security, servers;                 // the nearest; absent when nobody says any
};

std::vector<OperationPlace> operations_of(ApiFiles& files, Place root);

}  // namespace headgate::evolution
