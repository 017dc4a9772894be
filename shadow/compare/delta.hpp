// The class of the distance between two numbers, for grouping differences.
#pragma once

#include <string_view>

namespace headgate {

// Of two unequal JSON numbers: sign, and a magnitude that one cause tends to keep. from-zero, to-zero, sign, then +1 or
// -1 (one unit of the finest place written), then of the left value +<1%, +<10%, +<100%, +>=100% (or -). Exact as far
// as 37 digits go; beyond, the places decide.
std::string_view delta_class(std::string_view left, std::string_view right);

}  // namespace headgate
