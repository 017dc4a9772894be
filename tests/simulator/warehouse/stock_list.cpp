// Widths are counted in characters; the charsets have one byte each.
#include "tests/simulator/warehouse/stock_list.hpp"

#include <cstdio>
#include <cstdlib>

#include "tests/simulator/warehouse/code_page.hpp"

namespace simulator {
namespace {

constexpr std::size_t record_width = 80;

// Cut or filled with blanks on the right, by characters of UTF-8.
std::string field(const std::string& text, std::size_t width) {
    std::string out;
    std::size_t characters = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80 && ++characters > width) return out;
        out += c;
    }
    return out + std::string(width - characters, ' ');
}

// Three implied decimals, the sign behind: 12 -> 000012000+
std::string quantity(std::int64_t pieces, int width) {
    char text[40];
    std::snprintf(text, sizeof text, "%0*lld%c", width, static_cast<long long>(std::llabs(pieces)) * 1000,
                  pieces < 0 ? '-' : '+');
    return text;
}

std::string number(std::uint64_t value, int width) {
    char text[40];
    std::snprintf(text, sizeof text, "%0*llu", width, static_cast<unsigned long long>(value));
    return text;
}

}  // namespace

std::string stock_list(const std::vector<StockListRow>& rows, unsigned sequence, Instant at, StockListCharset charset) {
    const bool ebcdic = charset == StockListCharset::ebcdic;
    std::string text;
    const auto record = [&](const std::string& content) {
        text += field(content, record_width);
        if (!ebcdic) text += "\r\n";
    };
    const auto local = local_text(at);  // yyyy-MM-dd HH:mm:ss
    record("HLAGBEST " + local.substr(0, 4) + local.substr(5, 2) + local.substr(8, 2) + local.substr(11, 2) +
           local.substr(14, 2) + local.substr(17, 2) + number(sequence, 6));
    std::int64_t sum = 0;
    for (const auto& row : rows) {
        record("D" + field(row.sku, 18) + field(row.name, 40) + number(static_cast<std::uint64_t>(row.place), 4) +
               quantity(row.pieces, 9) + row.state);
        sum += row.pieces;
    }
    record("T" + number(rows.size(), 9) + quantity(sum, 15));
    return encoded(text, ebcdic ? "IBM1141" : "CP850");
}

}  // namespace simulator
