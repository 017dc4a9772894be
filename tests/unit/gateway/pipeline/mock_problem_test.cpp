// Problems of a mock over tests/golden/mock/faults.v1.yaml: what they say is the status that they are told with.
#include "tests/unit/gateway/pipeline/mock_fixture.hpp"

namespace headgate {
namespace {

struct Case {
    const char *target, *preference;
    int status;
    const char *body, *example;
};

class Problem : public test::Mocked, public ::testing::WithParamInterface<Case> {};

TEST_P(Problem, RepeatsTheStatusWhereItsSchemaLeavesRoom) {
    auto answer = prefer(std::string("/faults/v1/") + GetParam().target, GetParam().preference);
    EXPECT_EQ(answer.status, GetParam().status) << answer.body;
    EXPECT_EQ(answer.body, GetParam().body);
    EXPECT_EQ(header(answer, "headgate-mock"), GetParam().example);
}

INSTANTIATE_TEST_SUITE_P(
    Mock, Problem,
    ::testing::Values(
        // An example of the schema gets the status.
        Case{"any", "code=404", 404, R"({"title":"The message is wrong","status":404})", "generated"},
        Case{"any", "code=599", 599, R"({"title":"The message is wrong","status":599})", "generated"},
        // One that says it comes before the first and before the one of the request; any other gets it.
        Case{"several", "code=409", 409, R"({"title":"Conflict","status":409})", "conflict"},
        Case{"several?id=a", "code=409", 409, R"({"title":"Conflict","status":409})", "conflict"},
        Case{"several", "code=404", 404, R"({"title":"Gone","status":404})", "gone"},
        Case{"several?id=b", "code=404", 404, R"({"title":"Conflict","status":404})", "conflict"},
        Case{"several", "code=404, example=conflict", 404, R"({"title":"Conflict","status":404})", "conflict"},
        Case{"several", "code=503", 503, R"({"title":"Later","status":503})", "example"},
        // Of alternatives the one that allows it.
        Case{"variants", "code=404", 404, R"({"status":404,"sku":"HG-1"})", "generated"},
        Case{"variants", "code=409", 409, R"({"status":409,"left":3})", "generated"},
        Case{"narrow", "code=410", 410, R"({"status":410})", "missing"},
        Case{"odd", "code=404", 404, R"({"title":"No"})", "generated"},
        Case{"odd", "code=500", 500, R"({"status":"broken"})", "generated"},
        Case{"odd", "code=418", 418, R"({"status":7})", "example"}));

class ProblemWithoutRoom : public test::Mocked {};

TEST_F(ProblemWithoutRoom, IsRefusedWithThePlaceThatDoesNotAllowTheStatus) {
    for (const char* target : {"/faults/v1/narrow", "/faults/v1/variants"}) {
        auto answer = prefer(target, "code=503");
        EXPECT_EQ(answer.status, 501) << answer.body;
        for (const char* told :
             {"urn:headgate:problem:no-example", "to answer 503 with", "at /status, 503 is not allowed",
              "faults.v1.yaml:", "add one to the response 503, application/problem+json"})
            EXPECT_NE(answer.body.find(told), std::string::npos) << told << "\n" << answer.body;
    }
}

TEST_F(ProblemWithoutRoom, IsRefusedAsAPreferenceWhereItsExampleIsAskedFor) {
    for (const char* example : {"missing", "silent"}) {
        auto answer = prefer("/faults/v1/narrow", "code=503, example=" + std::string(example));
        EXPECT_EQ(answer.status, 400) << answer.body;
        EXPECT_NE(answer.body.find("its schema does not allow the `status` 503"), std::string::npos) << answer.body;
        EXPECT_NE(answer.body.find(R"("pointer":"/Prefer")"), std::string::npos) << answer.body;
    }
}

class StatusWithoutBody : public test::Mocked, public ::testing::WithParamInterface<int> {};

TEST_P(StatusWithoutBody, HasNoneWhateverARangeOrTheDefaultSays) {
    auto answer = prefer("/faults/v1/bodiless", "code=" + std::to_string(GetParam()));
    EXPECT_EQ(answer.status, GetParam()) << answer.body;
    EXPECT_EQ(answer.body, "");
    EXPECT_EQ(answer.content_type, "");
    EXPECT_EQ(header(answer, "X-Left"), GetParam() < 300 ? "3" : "none");
}

INSTANTIATE_TEST_SUITE_P(Mock, StatusWithoutBody, ::testing::Values(204, 205, 304));

class Default : public test::Mocked {};

TEST_F(Default, AnswersAnyStatusThatIsFinalUnlessItIsAProblem) {
    EXPECT_EQ(prefer("/faults/v1/bodiless", "code=302").body, R"({"more":true})");
    EXPECT_EQ(prefer("/faults/v1/bodiless", "code=404").body, R"({"more":true})");
    for (const char* code : {"100", "103", "199", "600", "999"}) {
        auto answer = prefer("/faults/v1/bodiless", "code=" + std::string(code));
        EXPECT_EQ(answer.status, 400) << code;
        EXPECT_NE(answer.body.find("it has 2XX, 200, default (any other from 200 to 599)"), std::string::npos)
            << answer.body;
    }
}

TEST_F(Default, ThatIsAProblemStandsForFaultsAlone) {
    for (const char* code : {"100", "201", "204", "205", "302", "304", "399"}) {
        auto answer = prefer("/faults/v1/any", "code=" + std::string(code));
        EXPECT_EQ(answer.status, 400) << code;
        EXPECT_NE(answer.body.find("it has 200, default (any other from 400 to 599)"), std::string::npos)
            << answer.body;
        EXPECT_NE(answer.body.find(R"("pointer":"/Prefer")"), std::string::npos) << answer.body;
    }
    EXPECT_EQ(prefer("/faults/v1/any", "code=400").status, 400);
    EXPECT_EQ(header(prefer("/faults/v1/any", "code=400"), "headgate-mock"), "generated");
}

}  // namespace
}  // namespace headgate
