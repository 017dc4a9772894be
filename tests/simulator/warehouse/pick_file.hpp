// Reads an X12 4010 940 (warehouse shipping order) as strictly as a warehouse's translator does.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace simulator {

struct PickLine {
    std::string number;  // LX01
    long quantity = 0;   // W0101, pieces
    std::string sku;     // W0105
};

struct PickOrder {
    std::string order_id;  // W0502
    std::string ship_to;   // N102, may be empty when a code is given
    std::string store;     // N104
    std::string date;      // G6202
    std::vector<PickLine> lines;
    std::string group_control, set_control;  // GS06, ST02: what an acknowledgement names
    std::string content;  // the order's own segments, to tell a repetition from another order under the same number
};

// False with `problem`, and with the control numbers as far as they could be read, which names the segment by its place
// in the interchange: "segment 7 N4: ...".
bool read_pick_file(std::string_view text, PickOrder& order, std::string& problem);

}  // namespace simulator
