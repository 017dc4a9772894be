// The admin API as a caller meets it: what is refused before an endpoint is asked.
#include "gateway/admin/admin_api.hpp"

#include <gtest/gtest.h>

#include "tests/support/await.hpp"

namespace headgate {
namespace {

class Admin : public ::testing::Test {
  protected:
    void TearDown() override { pool_.join(); }
    OutgoingResponse send(std::string_view path, std::string_view body,
                          std::vector<IncomingRequest::HeaderView> headers = {}) {
        IncomingRequest request{"POST", path, path, {}, body, std::move(headers)};
        OutgoingResponse response;
        await_done(io_, api_.handle(request, response));
        return response;
    }

    asio::io_context io_;
    BlockingPool pool_{1, 4};
    Endpoint note_{"POST", "/note", true, Role::viewer, [](const AdminRequest& request) -> Result<AdminAnswer> {
                       return AdminAnswer{200, {}, request.body};
                   }};
    Endpoint closed_{"POST", "/closed", false, Role::viewer, note_.answer};
    AdminApi api_{{note_, closed_}, pool_, [] { return nullptr; }};
};

TEST_F(Admin, ReadsABodyAsItIsAndRefusesACodedOne) {
    EXPECT_EQ(send("/note", "{}", {{"Content-Encoding", "identity"}}).body, "{}");
    auto coded = send("/note", "{}", {{"Content-Encoding", "gzip"}});
    EXPECT_EQ(coded.status, 415);
    ASSERT_EQ(coded.headers.size(), 1u);
    EXPECT_EQ(coded.headers[0].name + ": " + coded.headers[0].value, "Accept-Encoding: identity");
}

TEST_F(Admin, AsksForABearerToken) {
    auto refused = send("/closed", "{}");
    EXPECT_EQ(refused.status, 401);
    ASSERT_EQ(refused.headers.size(), 1u);
    EXPECT_EQ(refused.headers[0].name + ": " + refused.headers[0].value, "WWW-Authenticate: Bearer");
}

TEST_F(Admin, TellsWhatNeverBecameARequestByItsStatus) {
    OutgoingResponse response;
    api_.refuse(505, "HTTP/1.1 and HTTP/1.0 are spoken here", response);
    EXPECT_EQ(response.status, 505);
    EXPECT_NE(response.body.find(R"("title":"The HTTP version is not supported","status":505)"), std::string::npos)
        << response.body;
}

}  // namespace
}  // namespace headgate
