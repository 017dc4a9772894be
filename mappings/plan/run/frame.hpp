// Frame: a scope while it runs, with its slots and results, on the frame of the scope around it.
#pragma once

#include "mappings/plan/run/transfer.hpp"

namespace headgate::mappings {

// Lives on the stack of the run; its values on the worker's value stack or in the arena.
struct Frame {
    const Scope* scope = nullptr;
    const Frame* parent = nullptr;
    Value source, rows;  // rows: of a group
    Value* slots = nullptr;
    Value* results = nullptr;
    const Outlet* list = nullptr;  // whose item this is; nullptr: the root
    std::uint32_t index = 0;
};

inline const Value& value_at(const Frame& frame, const Reference& reference) {
    const Frame* where = &frame;
    for (int i = 0; i < reference.up; ++i) where = where->parent;
    return (reference.result ? where->results : where->slots)[reference.index];
}

bool test_holds(const Frame& frame, const Test& test);

}  // namespace headgate::mappings
