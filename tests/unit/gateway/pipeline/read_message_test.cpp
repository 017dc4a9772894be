// What of a request becomes its message, and what is refused before that.
#include "tests/unit/gateway/pipeline/fixture.hpp"

namespace headgate {
namespace {

const std::string order = R"({"buyer":{"name":"Ana"},"positions":[],"priority":3,"express":false})";

class Reading : public PipelineTest {
  protected:
    void SetUp() override {
        PipelineTest::SetUp();
        route("shop.v2/createOrder").legacy = route("shop.v2/findItems").legacy = {host("old"), nullptr};
        old_->otherwise(FakeAnswer::ok(R"({"orderId":"1","state":"new"})", 201));
    }
    OutgoingResponse place(const std::string& body, std::vector<IncomingRequest::HeaderView> headers) {
        headers.push_back({"Idempotency-Key", "key-0001"});
        return send("POST", "/shop/v2/orders", body, std::move(headers));
    }
};

TEST_F(Reading, ABodyThatIsNotCodedIsRead) {
    for (std::string_view coding : {"identity", "Identity , identity", "", ","})
        EXPECT_EQ(place(order, {{"Content-Encoding", coding}}).status, 201) << coding;
}

TEST_F(Reading, ACodedBodyIsRefusedAndToldApartFromAnotherMediaType) {
    for (std::string_view coding : {"gzip", "identity, br", "x-gzip", "identity;q=1", "*"}) {
        auto answer = place(order, {{"Content-Encoding", "identity"}, {"content-encoding", coding}});
        EXPECT_EQ(answer.status, 415) << coding;
        EXPECT_EQ(header(answer, "Accept-Encoding"), "identity");
        EXPECT_NE(answer.body.find("urn:headgate:problem:unsupported-content-coding"), std::string::npos);
        EXPECT_NE(answer.body.find("without a Content-Encoding"), std::string::npos) << answer.body;
    }
    auto media = send("POST", "/shop/v2/orders", {}, {{"Idempotency-Key", "key-0001"}, {"Content-Type", "text/csv"}});
    EXPECT_EQ(media.status, 415);
    EXPECT_EQ(header(media, "Accept-Encoding"), "none");
    EXPECT_EQ(old_->count(), 0u);
}

TEST_F(Reading, ACodingOfNoBodyChangesNothing) {
    EXPECT_EQ(place("", {{"Content-Encoding", "gzip"}}).status, 400);
    auto unwanted = send("GET", "/shop/v2/items?limit=1", "{}", {{"Content-Encoding", "gzip"}});
    EXPECT_EQ(unwanted.status, 400);
    EXPECT_NE(unwanted.body.find("this operation has no body"), std::string::npos) << unwanted.body;
}

}  // namespace
}  // namespace headgate
