// Places in what a transfer wrote, told as places in what it read.
#pragma once

#include <optional>
#include <string>

#include "mappings/plan/run/transfer.hpp"

namespace headgate::mappings {

// JSON Pointers (RFC 6901). Nothing when the place was set or computed, has no single source, or is none at all.
std::optional<std::string> source_pointer(const Transfer& transfer, std::string_view target);

}  // namespace headgate::mappings
