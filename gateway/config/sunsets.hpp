// What an operator should hear of the life of the versions that are served; nothing of it stops anything.
#pragma once

#include "gateway/config/snapshot.hpp"

namespace headgate {

// Warnings: a sunset that has passed or is less than 30 days away, and a successor that is no contract here.
void warn_of_sunsets(const Snapshot& snapshot, WallTime now, Diagnostics& diagnostics);

}  // namespace headgate
