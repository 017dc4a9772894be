// Change: one difference between two versions of a contract, and what it means for callers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"

namespace headgate::evolution {

// In the order of weight.
enum class Level : std::uint8_t { compatible, risky, breaking };
std::string_view name(Level level);

// What callers send, or what they receive.
enum class Direction : std::uint8_t { none, request, response };
std::string_view name(Direction direction);

// The same place, seen from a component that the message is made of; mappings may be written on components.
struct ComponentPath {
    std::string contract, name, path;
};

struct Change {
    std::string rule;  // one of rules()
    Level level = Level::breaking;
    Direction direction = Direction::none;
    std::string contract;   // info.x-contract, else the file's name without its ending
    std::string operation;  // orders.v1/createOrder, else the operationId, else GET /path; empty: the document
    std::string where;      // request body application/json, query parameter skus, response 200 header Location
    std::string status;     // of a response: 200, 4XX, default
    std::string path;       // within the message: /items/*/sku; a parameter is a member of the request: /skus
    // The message has further such places, of which not all are told: it is recursive, or large.
    bool elsewhere = false;
    std::string message, hint;
    std::optional<SourceMark> before, after;  // absent on the side that has no such thing
    std::vector<ComponentPath> components;
};

}  // namespace headgate::evolution
