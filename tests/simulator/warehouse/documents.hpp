// The texts that the warehouse sends: X12 4010 997 and 945, the return receipt as CSV.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/warehouse/pick_file.hpp"
#include "tests/simulator/warehouse/shipment.hpp"

namespace simulator {

// Functional acknowledgement of one 940. Names the group and the set of the file that was received.
std::string acknowledgement_997(const PickOrder& received, bool accepted, unsigned control, Instant at);

// Shipment advice: each of the order's lines with what was asked for and what was sent (0: nothing of it).
std::string advice_945(const PickOrder& order, const Shipment& shipment, unsigned control, Instant at);

struct ReturnedLine {
    std::string position, sku;
    long pieces = 0;
    char condition = 'A';        // A as new, B to be refurbished, C scrap
    std::string reason, remark;  // remark: UTF-8
};
struct ReturnReceipt {
    std::string number, order;
    std::vector<ReturnedLine> lines;
};
// With a line of names, semicolons, a comma in decimals, dd.MM.yyyy, CRLF; in `charset`.
std::string return_csv(const ReturnReceipt& receipt, Instant at, const std::string& charset);

}  // namespace simulator
