// What a CSV file may ask of its reader.
#pragma once

#include <cstddef>

namespace headgate {

struct CsvLimits {
    std::size_t record = 1 << 20, field = 64 << 10;  // bytes
    std::size_t columns = 1000;
    // Of read_csv, which holds the whole document:
    std::size_t file = 64 << 20;     // bytes
    std::size_t values = 2'000'000;  // fields of all records
};

}  // namespace headgate
