#include "base/trace.hpp"

#include <array>
#include <random>

namespace headgate {
namespace {

std::uint64_t random_bits() {
    thread_local std::mt19937_64 engine = [] {
        std::random_device device;
        std::seed_seq seed{device(), device(), device(), device()};
        return std::mt19937_64(seed);
    }();
    std::uint64_t bits = 0;
    while (bits == 0) bits = engine();
    return bits;
}

void append_hex(std::string& out, std::uint64_t bits) {
    static constexpr std::string_view digits = "0123456789abcdef";
    for (int shift = 60; shift >= 0; shift -= 4) out.push_back(digits[(bits >> shift) & 0xF]);
}

// Lower-case hexadecimal only, as the specification demands.
std::optional<std::uint64_t> read_hex(std::string_view text) {
    std::uint64_t bits = 0;
    for (char c : text) {
        if (c >= '0' && c <= '9')
            bits = bits << 4 | static_cast<std::uint64_t>(c - '0');
        else if (c >= 'a' && c <= 'f')
            bits = bits << 4 | static_cast<std::uint64_t>(c - 'a' + 10);
        else
            return std::nullopt;
    }
    return bits;
}

}  // namespace

std::string TraceContext::trace_id() const {
    std::string out;
    out.reserve(32);
    append_hex(out, trace_high);
    append_hex(out, trace_low);
    return out;
}

std::string TraceContext::traceparent() const {
    std::string out;
    out.reserve(55);
    out += "00-";
    append_hex(out, trace_high);
    append_hex(out, trace_low);
    out += '-';
    append_hex(out, span);
    out += sampled ? "-01" : "-00";
    return out;
}

TraceContext begin_trace() { return {random_bits(), random_bits(), random_bits(), false}; }

std::optional<TraceContext> continue_trace(std::string_view text) {
    // version "-" trace-id "-" parent-id "-" flags; a later version may append more after another dash.
    if (text.size() < 55 || text[2] != '-' || text[35] != '-' || text[52] != '-') return std::nullopt;
    auto version = read_hex(text.substr(0, 2)), high = read_hex(text.substr(3, 16)),
         low = read_hex(text.substr(19, 16)), parent = read_hex(text.substr(36, 16)),
         flags = read_hex(text.substr(53, 2));
    if (!version || !high || !low || !parent || !flags) return std::nullopt;
    if (*version == 0xFF || (*version == 0 && text.size() != 55) || (text.size() > 55 && text[55] != '-'))
        return std::nullopt;
    if ((*high == 0 && *low == 0) || *parent == 0) return std::nullopt;
    return TraceContext{*high, *low, random_bits(), (*flags & 1) != 0};
}

TraceContext child_of(const TraceContext& parent) {
    TraceContext child = parent;
    child.span = random_bits();
    return child;
}

}  // namespace headgate
