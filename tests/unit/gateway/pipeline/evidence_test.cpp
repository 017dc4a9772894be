// The trace of a request: the caller's where it names one, else a new one; of what is no request, too.
#include "tests/unit/gateway/pipeline/fixture.hpp"

namespace headgate {
namespace {

const std::string theirs = "4bf92f3577b34da6a3ce929d0e0e4736";
const std::string first = "00-" + theirs + "-00f067aa0ba902b7-01", second = "00-" + theirs + "-00f067aa0ba902b8-01";

class Traced : public PipelineTest {
  protected:
    std::string trace(std::vector<IncomingRequest::HeaderView> headers) {
        return header(send("GET", "/nothing", {}, std::move(headers)), "traceparent").substr(3, theirs.size());
    }
};

TEST_F(Traced, GoesOnWithTheCallersTrace) { EXPECT_EQ(trace({{"Traceparent", first}}), theirs); }

TEST_F(Traced, BeginsAnewWhereNoneOrMoreThanOneIsNamed) {
    EXPECT_NE(trace({}), theirs);
    EXPECT_NE(trace({{"traceparent", first.substr(1)}}), theirs);
    EXPECT_NE(trace({{"traceparent", first}, {"traceparent", second}}), theirs);
}

TEST_F(Traced, WhatNeverBecameARequestIsToldByItsStatusWithATraceOfItsOwn) {
    OutgoingResponse response;
    pipeline_->refuse(414, "the request target is too long", response);
    EXPECT_EQ(response.status, 414);
    EXPECT_NE(response.body.find(R"("title":"The request target is too long","status":414)"), std::string::npos);
    EXPECT_NE(response.body.find(R"("traceId":")"), std::string::npos) << response.body;
}

}  // namespace
}  // namespace headgate
