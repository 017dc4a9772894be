#include "base/trace.hpp"

#include <gtest/gtest.h>

namespace headgate {
namespace {

constexpr std::string_view known = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(Trace, ContinuesTheCallersTraceWithASpanOfItsOwn) {
    auto trace = continue_trace(known);
    ASSERT_TRUE(trace);
    EXPECT_EQ(trace->trace_id(), "4bf92f3577b34da6a3ce929d0e0e4736");
    EXPECT_NE(trace->span, 0x00f067aa0ba902b7u);
    EXPECT_TRUE(trace->sampled);
    EXPECT_EQ(trace->traceparent().size(), 55u);
    EXPECT_TRUE(trace->traceparent().starts_with("00-4bf92f3577b34da6a3ce929d0e0e4736-"));
}

TEST(Trace, AcceptsALaterVersionThatAppendsFields) {
    EXPECT_TRUE(continue_trace("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-ever"));
}

TEST(Trace, RefusesWhatTheSpecificationCallsInvalid) {
    for (std::string_view bad : {"", "00", "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                 "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                                 "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                                 "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                                 "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra",
                                 "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-011",
                                 "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.what"})
        EXPECT_FALSE(continue_trace(bad)) << bad;
}

TEST(Trace, AChildKeepsTheTraceAndChangesTheSpan) {
    auto parent = begin_trace();
    auto child = child_of(parent);
    EXPECT_EQ(child.trace_id(), parent.trace_id());
    EXPECT_NE(child.span, parent.span);
}

}  // namespace
}  // namespace headgate
