// The subcommand `check`: invariants from a folder against acknowledged orders.
#pragma once

#include <string>

namespace simulator {

struct CheckOptions {
    std::string dir;
    std::string orders;  // may be empty: only what the folder itself says
    bool allow_open = false;
    std::string stock_connection = {};  // for unixODBC; empty: the folder's stock.db
};

// Prints JSON; 0 when everything holds, 1 when not.
int check_folder(const CheckOptions& options);

}  // namespace simulator
