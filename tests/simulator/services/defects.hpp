// What the new services do wrong, switched on and off one by one.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

namespace simulator {

struct Defects {
    std::atomic<bool> rounding{true};   // pricing: promotion A17's price is cut off to the cent instead of rounded
    std::atomic<bool> reorder{true};    // both: lists come in another order
    std::atomic<bool> timestamp{true};  // pricing: pricedAt has its own precision, so that it always differs
    std::atomic<bool> as_of{false};     // inventory: asOf is the moment of answering, not the row's own time

    std::atomic<bool>* find(std::string_view name) {
        return name == "rounding"    ? &rounding
               : name == "reorder"   ? &reorder
               : name == "timestamp" ? &timestamp
               : name == "as_of"     ? &as_of
                                     : nullptr;
    }
};

// {"rounding": true, ...}: named switches change, the others stay. Nothing changes when `problem` is told.
bool switch_defects(std::string_view json, Defects& defects, std::string& problem);
std::string defects_json(const Defects& defects);
// "rounding,reorder": exactly these on; "none": all off.
bool choose_defects(std::string_view list, Defects& defects);

}  // namespace simulator
