// Examination: what a system is today, held against what the mappings to it were made for. Looks alone: nothing that an
// examination does changes anything.
#pragma once

#include <string>
#include <vector>

#include "mappings/formats/shape/shape_changes.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate {

struct SystemChange {
    enum class Part : std::uint8_t { call, request, answer } part = Part::call;
    ShapeChange change;  // kinds beside those of shapes: operation-gone, action, one-way, version, refused
    int line = 0;        // of the mapping, where it is known beforehand: a statement's
};

// One mapping, held against the system.
struct Examined {
    const Plan* plan = nullptr;
    std::vector<SystemChange> changes;
};

struct Examination {
    std::string at;  // what was looked at, for people: a URL
    std::vector<Examined> plans;
};

}  // namespace headgate
