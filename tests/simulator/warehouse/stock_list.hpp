// The nightly stock list: fixed-width records of 80 characters, a header, a detail an article and place, a trailer.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/simulator/catalog/berlin_time.hpp"

namespace simulator {

struct StockListRow {
    std::string sku, name;  // UTF-8
    int place = 0;
    std::int64_t pieces = 0;  // on hand less reserved: may be below zero
    char state = ' ';         // KZ
};

enum class StockListCharset { cp850, ebcdic };

// CP850 with CRLF behind each record; EBCDIC (IBM1141) without any line end. Layout: tests/simulator/README.md.
std::string stock_list(const std::vector<StockListRow>& rows, unsigned sequence, Instant at, StockListCharset charset);

}  // namespace simulator
