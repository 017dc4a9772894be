#include "gateway/pipeline/problem.hpp"

#include <gtest/gtest.h>

#include "contracts/document/json.hpp"
#include "gateway/pipeline/token.hpp"

namespace headgate {
namespace {

std::string header(const OutgoingResponse& response, std::string_view name) {
    for (const auto& h : response.headers)
        if (h.name == name) return h.value;
    return {};
}

TEST(Problem, NamesEachIssueByItsPointer) {
    OutgoingResponse response;
    write_problem({ErrorKind::invalid_message, "two faults"},
                  {{"/channel", "must be one of web, store", "enum", {}}, {"/lines/0", "is missing", "required", {}}},
                  "4bf92f3577b34da6a3ce929d0e0e4736", response);
    EXPECT_EQ(response.status, 400);
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_EQ(
        response.body,
        R"({"type":"urn:headgate:problem:invalid-message","title":"The message breaks the contract","status":400,)"
        R"("detail":"two faults","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","errors":[)"
        R"({"pointer":"/channel","detail":"must be one of web, store"},{"pointer":"/lines/0","detail":"is missing"}]})");
}

TEST(Problem, NeverShowsTheDetailMeantForTheLog) {
    OutgoingResponse response;
    write_problem({ErrorKind::bad_answer, "a system behind answered wrongly", "LAGBST row 3 column BEST", "stock"}, {},
                  "t", response);
    EXPECT_EQ(response.status, 502);
    EXPECT_EQ(response.body.find("LAGBST"), std::string::npos);
    EXPECT_EQ(response.body.find("stock"), std::string::npos);
}

TEST(Problem, ABusinessCodeIsTheTypeAndMayRefineTheStatus) {
    OutgoingResponse response;
    write_problem({ErrorKind::conflict, "reused", {}, {}, {}, "idempotency-key-reused"}, {}, "t", response);
    EXPECT_EQ(response.status, 422);
    EXPECT_NE(response.body.find("urn:headgate:problem:idempotency-key-reused"), std::string::npos);
}

TEST(Problem, CarriesTheHeadersThatGoWithItsStatus) {
    OutgoingResponse method, token, busy;
    write_problem({ErrorKind::method_not_allowed, "use GET", "GET, POST"}, {}, "t", method);
    write_problem({ErrorKind::unauthenticated, "no", "Bearer, ApiKey header=\"X-Key\""}, {}, "t", token);
    write_problem({ErrorKind::overloaded, "later"}, {}, "t", busy);
    EXPECT_EQ(header(method, "Allow"), "GET, POST");
    EXPECT_EQ(header(token, "WWW-Authenticate"), "Bearer, ApiKey header=\"X-Key\"");
    EXPECT_EQ(header(busy, "Retry-After"), "1");
}

TEST(Refusal, IsToldByItsStatus) {
    struct {
        int status;
        const char *type, *title;
    } const rows[] = {
        {400, "malformed-request", "The request is malformed"},
        {408, "request-timeout", "The request took too long"},
        {413, "too-large", "The message is too large"},
        {414, "target-too-long", "The request target is too long"},
        {417, "expectation-failed", "The expectation can't be met"},
        {431, "headers-too-large", "The headers are too large"},
        {500, "internal", "Something went wrong here"},
        {501, "not-implemented", "The request needs what is not implemented here"},
        {503, "overloaded", "Too much at once"},
        {505, "version-not-supported", "The HTTP version is not supported"},
    };
    for (const auto& row : rows) {
        OutgoingResponse response;
        write_refusal(row.status, "so", "t", response);
        EXPECT_EQ(response.status, row.status);
        EXPECT_EQ(response.content_type, "application/problem+json");
        EXPECT_EQ(response.body, std::string(R"({"type":"urn:headgate:problem:)") + row.type + R"(","title":")" +
                                     row.title + R"(","status":)" + std::to_string(row.status) +
                                     R"(,"detail":"so","traceId":"t"})");
        EXPECT_EQ(header(response, "Retry-After"), row.status == 503 ? "1" : "");
    }
}

TEST(Refusal, OfAnotherStatusKeepsIt) {
    OutgoingResponse response;
    write_refusal(502, "so", "t", response);
    EXPECT_EQ(response.status, 502);
    EXPECT_NE(response.body.find(R"("title":"Something went wrong here","status":502)"), std::string::npos);
}

// A type has one title, whoever tells it.
TEST(Refusal, ThatIsAnErrorsKindHasItsTitle) {
    for (auto kind : {ErrorKind::too_large, ErrorKind::overloaded, ErrorKind::internal}) {
        OutgoingResponse problem, refusal;
        write_problem({kind, "so"}, {}, "t", problem);
        write_refusal(status_of({kind, "so"}), "so", "t", refusal);
        EXPECT_EQ(problem.body, refusal.body);
    }
}

TEST(Token, IsReadFromABearerHeaderOfAnyCase) {
    auto digest = sha256("storefront-demo-token");
    EXPECT_EQ(bearer_digest("Bearer storefront-demo-token"), digest);
    EXPECT_EQ(bearer_digest("bEARER   storefront-demo-token "), digest);
    EXPECT_EQ(digest[0], 0x91);
    EXPECT_EQ(digest[31], 0xa1);
}

TEST(Token, IsRefusedWhenItIsNone) {
    for (std::string_view bad : {"", "Bearer", "Bearer ", "Bearer    ", "Basic abc", "Bearer a b"})
        EXPECT_FALSE(bearer_digest(bad)) << bad;
    EXPECT_FALSE(bearer_digest("Bearer " + std::string(5000, 'x')));
}

}  // namespace
}  // namespace headgate
