// What did not fit, told with its place on both sides and in the mapping.
#pragma once

#include "mappings/plan/run/frame.hpp"

namespace headgate::mappings {

// Views into the transfer and the source; read at once by describe.
struct Misfit {
    std::string_view legacy, contract;  // inside the frame's scope: legacy location, JSON Pointer part
    const SourceMark* mark = nullptr;   // of the rule
    std::string_view expected;
    Value value = {};  // what was there; null: not told
    int index = -1;    // in the list that the contract's field is; -1: no list
};

// Where a frame's scope lies on both sides: appended to a JSON Pointer and to a legacy location.
void places(const Frame& frame, std::string& pointer, std::string& legacy);

// The one place of a run that may allocate.
Error describe(const Transfer& transfer, const Frame& frame, const Misfit& misfit);

}  // namespace headgate::mappings
