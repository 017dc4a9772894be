// ContractEnd: what the contract's side of a mapping means.
#pragma once

#include <memory>

#include "contracts/registry/registry.hpp"
#include "mappings/language/mapping.hpp"

namespace date {
class time_zone;
}

namespace headgate::mappings {

// An operation, or a component whose messages are carried on.
struct ContractEnd {
    const Operation* operation = nullptr;  // nullptr: a component
    std::unique_ptr<const Shape> message;  // owned: parameters and body
    const Shape* request = nullptr;
    const Shape* reply = nullptr;  // nullptr: a step's answer
    SourceMark mark;
};

// False after a diagnostic.
bool find_contract(const Mapping& mapping, const Registry& contracts, ContractEnd& out, Diagnostics& diagnostics);
// The zone of its local times; nullptr when there is none, or after a diagnostic.
const date::time_zone* find_zone(const Mapping& mapping, Diagnostics& diagnostics);

}  // namespace headgate::mappings
