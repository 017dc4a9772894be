// What the warehouse tells the shop behind the gateway's back, as the estate's old interface does.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace simulator {

struct Shipment {
    std::string order;  // the number under which both know it
    std::string number, carrier;
    std::vector<std::pair<std::string, std::int64_t>> pieces;  // by article
};

}  // namespace simulator
