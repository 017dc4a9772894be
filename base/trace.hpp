// Trace identity of a call: W3C Trace Context, level 1 (`traceparent`).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace headgate {

struct TraceContext {
    std::uint64_t trace_high = 0, trace_low = 0;  // 16 bytes, never all zero once begun
    std::uint64_t span = 0;                       // the current span; what goes out as parent-id
    bool sampled = false;

    std::string trace_id() const;     // 32 lower-case hexadecimal digits
    std::string traceparent() const;  // 00-<trace-id>-<span>-<flags>
};

// A new trace with random identifiers.
TraceContext begin_trace();
// The caller's trace with a span of our own; nothing for a malformed header (the specification says: start anew).
std::optional<TraceContext> continue_trace(std::string_view traceparent);
// A child span for an outgoing call.
TraceContext child_of(const TraceContext& parent);

}  // namespace headgate
