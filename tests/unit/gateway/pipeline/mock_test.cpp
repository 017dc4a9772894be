// A mock's pipeline over tests/golden/mock: what it answers from examples, from schemas, and what it refuses.
#include <gtest/gtest.h>

#include "tests/unit/gateway/pipeline/mock_fixture.hpp"

namespace headgate {
namespace {

using test::Mocked;

TEST_F(Mocked, TheFirstExampleOfTheSuccessAnswers) {
    auto answer = send("GET", "/shop/v1/items/table");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, R"({"id":"lamp","price":10.10})");
    EXPECT_EQ(answer.content_type, "application/json");
    EXPECT_EQ(header(answer, "headgate-mock"), "lamp");
    EXPECT_EQ(header(answer, "Preference-Applied"), "none");
}

TEST_F(Mocked, ARequestThatEqualsAnExampleGetsTheAnswerOfThatName) {
    EXPECT_EQ(header(send("GET", "/shop/v1/items/chair?detail=2"), "headgate-mock"), "chair");
    // In one parameter alone is not in all that have an example of the name.
    EXPECT_EQ(header(send("GET", "/shop/v1/items/chair"), "headgate-mock"), "lamp");
    EXPECT_EQ(header(send("POST", "/shop/v1/items", R"({"price":9000.0,"id":"throne"})"), "headgate-mock"), "dear");
    EXPECT_EQ(header(send("POST", "/shop/v1/items", R"({"price":9,"id":"throne"})"), "headgate-mock"), "plain");
}

TEST_F(Mocked, PreferChoosesCodeAndExampleAndIsToldApplied) {
    auto answer = prefer("/shop/v1/items/lamp", "respond-async, code=200;x=1, Example=\"none\"");
    EXPECT_EQ(answer.body, R"({"id":"nothing","price":0})");
    EXPECT_EQ(header(answer, "Preference-Applied"), "code=200, example=none");
    auto problem = prefer("/shop/v1/items/lamp", "code=404");
    EXPECT_EQ(problem.status, 404);
    EXPECT_EQ(problem.content_type, "application/problem+json");
    EXPECT_EQ(problem.body, R"({"status":404})");
    EXPECT_EQ(header(problem, "headgate-mock"), "example");
}

TEST_F(Mocked, WhatIsSaidFirstCountsOverSeveralHeaders) {
    auto answer =
        send("GET", "/shop/v1/items/lamp", {}, {{"prefer", "example=chair"}, {"Prefer", "example=none, code=404"}});
    EXPECT_EQ(answer.status, 400) << answer.body;  // 404 has no example of that name
    EXPECT_EQ(header(send("GET", "/shop/v1/items/lamp", {}, {{"prefer", "example=chair"}, {"Prefer", "example=none"}}),
                     "headgate-mock"),
              "chair");
}

TEST_F(Mocked, AnUnknownPreferenceNamesWhatThereIs) {
    auto code = prefer("/shop/v1/items/lamp", "code=302");
    EXPECT_EQ(code.status, 400);
    EXPECT_NE(code.body.find("it has 4XX, 200, 503"), std::string::npos) << code.body;
    EXPECT_NE(code.body.find(R"("pointer":"/Prefer")"), std::string::npos) << code.body;
    auto example = prefer("/shop/v1/items/lamp", "example=sofa");
    EXPECT_EQ(example.status, 400);
    EXPECT_NE(example.body.find("it has lamp, chair, none"), std::string::npos) << example.body;
    for (auto wrong :
         {"code", "code=", "code=99", "code=abc", "code=999999999999", "code=\"", "example=", ",=;x,=,code=x"})
        EXPECT_EQ(prefer("/shop/v1/items/lamp", wrong).status, 400) << wrong;
}

TEST_F(Mocked, HeadersComeFromTheirExamplesOrAreMadeWhereRequired) {
    auto added = send("POST", "/shop/v1/items", R"({"id":"lamp","price":1})");
    EXPECT_EQ(added.status, 201);
    EXPECT_EQ(header(added, "Location"), "/shop/v1/items/lamp");
    auto later = prefer("/shop/v1/items/lamp", "code=503");
    EXPECT_EQ(later.status, 503);
    EXPECT_EQ(header(later, "Retry-After"), "3");
    EXPECT_EQ(header(later, "X-Hint"), "none");
    EXPECT_EQ(later.body, "");
}

TEST_F(Mocked, WithoutAnExampleOneIsMadeFromTheSchema) {
    auto answer = send("GET", "/shop/v1/items");
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_EQ(answer.body, R"([{"id":"a","price":1},{"id":"b","price":2}])");
    EXPECT_EQ(header(answer, "headgate-mock"), "generated");
    EXPECT_EQ(send("GET", "/shop/v1/items").body, answer.body);
}

TEST_F(Mocked, WhereNoneCanBeMadeItSaysWhereToAddOne) {
    auto answer = send("GET", "/shop/v1/riddle");
    EXPECT_EQ(answer.status, 501);
    EXPECT_NE(answer.body.find("urn:headgate:problem:no-example"), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find("shop.v1/getRiddle"), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find("shop.v1.yaml:"), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find("/word"), std::string::npos) << answer.body;
    EXPECT_EQ(answer.body.find(HEADGATE_SOURCE_DIR), std::string::npos) << answer.body;
    auto nothing = prefer("/shop/v1/riddle", "code=204");
    EXPECT_EQ(nothing.status, 204);
    EXPECT_EQ(nothing.body, "");
}

TEST_F(Mocked, ABadRequestIsToldAsTheGatewayTellsIt) {
    auto answer = send("GET", "/shop/v1/items/lamp?detail=0&size=1");
    EXPECT_EQ(answer.status, 400);
    EXPECT_NE(answer.body.find(R"("pointer":"/detail")"), std::string::npos) << answer.body;
    EXPECT_NE(answer.body.find(R"("pointer":"/size")"), std::string::npos) << answer.body;
    EXPECT_EQ(send("POST", "/shop/v1/items", R"({"id":"lamp"})").status, 400);
    EXPECT_EQ(send("GET", "/shop/v1/nothing").status, 404);
    EXPECT_EQ(send("DELETE", "/shop/v1/items").status, 405);
}

TEST_F(Mocked, IsCountedAsASideOfItsOwn) {
    send("GET", "/shop/v1/items/lamp");
    send("GET", "/shop/v1/items/lamp?detail=0");
    for (const char* status : {"200", "400"})
        EXPECT_NE(
            metrics_.exposition().find(R"(headgate_requests_total{operation="shop.v1/getItem",side="mock",status=")" +
                                       std::string(status) + R"("} 1)"),
            std::string::npos)
            << metrics_.exposition();
}

TEST_F(Mocked, ATokenIsTakenAndNotNeeded) {
    EXPECT_EQ(send("GET", "/shop/v1/items/lamp", {}, {{"Authorization", "Bearer whatever"}}).status, 200);
    EXPECT_EQ(send("GET", "/shop/v1/items/lamp").status, 200);
}

TEST_F(Mocked, WhatTheCallerDoesNotAcceptIsNotSent) {
    EXPECT_EQ(send("GET", "/shop/v1/items/lamp", {}, {{"Accept", "text/html"}}).status, 406);
    EXPECT_EQ(send("GET", "/shop/v1/items/lamp", {}, {{"Accept", "application/json"}, {"Prefer", "code=404"}}).status,
              404);
}

}  // namespace
}  // namespace headgate
