// Who calls, by what the operation's security asks for, and what a caller is told who does not show it.
#include <fstream>

#include "base/digest.hpp"
#include "tests/unit/gateway/pipeline/fixture.hpp"

namespace headgate {
namespace {

const char* const contract = R"(
openapi: 3.1.0
info: {title: T, version: 1.0.0, x-contract: desk.v1}
security: [{bearer: []}]
paths:
  /desk/v1/bearer: {get: {operationId: bearer, responses: {"204": {description: d}}}}
  /desk/v1/key: {get: {operationId: key, security: [{key: []}], responses: {"204": {description: d}}}}
  /desk/v1/both: {get: {operationId: both, security: [{key: [], bearer: []}], responses: {"204": {description: d}}}}
  /desk/v1/any:
    get:
      operationId: any
      security: [{bearer: []}, {key: []}, {other: [], key: []}, {}]
      responses: {"204": {description: d}}
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Api-Key}
    other: {type: apiKey, in: header, name: X-Desk}
)";

class Security : public PipelineTest {
  protected:
    Security() {
        std::filesystem::create_directory(folder_.file("contracts"));
        std::ofstream(folder_.file("contracts") + "/desk.v1.yaml") << contract;
        Diagnostics diagnostics;
        snapshot_->contracts = load_contracts({folder_.file("contracts")}, diagnostics);
        EXPECT_EQ(diagnostics.text(), "");
        snapshot_->config.anonymous = false;
        snapshot_->config.callers = {{"till", sha256("one"), Role::caller, {}},
                                     {"app", sha256("two"), Role::caller, {}}};
        for (const char* id : {"bearer", "key", "both", "any"})
            route(std::string("desk.v1/") + id).legacy = {host("old"), nullptr};
        old_->otherwise(FakeAnswer::ok("", 204));
    }
    OutgoingResponse ask(const std::string& id, std::vector<IncomingRequest::HeaderView> headers = {}) {
        return send("GET", "/desk/v1/" + id, {}, std::move(headers));
    }
};

TEST_F(Security, ATokenIsTheSameCallersWhereverItsSchemeHasIt) {
    EXPECT_EQ(ask("bearer", {{"Authorization", "Bearer one"}}).status, 204);
    EXPECT_EQ(ask("key", {{"x-api-key", "one"}}).status, 204);
    EXPECT_EQ(ask("key", {{"Authorization", "Bearer one"}}).status, 401);
    EXPECT_EQ(ask("both", {{"Authorization", "Bearer one"}}).status, 401);
    EXPECT_EQ(ask("both", {{"Authorization", "Bearer one"}, {"X-Api-Key", "two"}}).status, 401);
    EXPECT_EQ(ask("both", {{"Authorization", "Bearer one"}, {"X-Api-Key", "one"}}).status, 204);
    EXPECT_EQ(ask("any").status, 204);
    EXPECT_EQ(ask("any", {{"X-Api-Key", "three"}}).status, 401);
}

TEST_F(Security, AKeyThatIsThereTwiceIsAFaultOfTheRequest) {
    for (std::string_view first : {"one", ""}) {
        auto twice = ask("key", {{"X-Api-Key", first}, {"x-api-key", "one"}});
        EXPECT_EQ(twice.status, 400);
        EXPECT_NE(twice.body.find("the header X-Api-Key is there more than once"), std::string::npos) << twice.body;
        EXPECT_EQ(header(twice, "WWW-Authenticate"), "none");
    }
    EXPECT_EQ(old_->count(), 0u);
}

TEST_F(Security, WhoIsNotKnownIsToldEveryTokenThatTheOperationTakes) {
    const std::string key = "ApiKey header=\"X-Api-Key\"";
    auto challenged = [&](const std::string& id, std::vector<IncomingRequest::HeaderView> headers) {
        auto answer = ask(id, std::move(headers));
        EXPECT_EQ(answer.status, 401) << id;
        return header(answer, "WWW-Authenticate");
    };
    for (std::string_view token : {"", "wrong"}) {
        EXPECT_EQ(challenged("bearer", {{"Authorization", token}}), "Bearer");
        EXPECT_EQ(challenged("key", {{"X-Api-Key", token}}), key);
        EXPECT_EQ(challenged("both", {{"X-Api-Key", token}}), key + ", Bearer");
    }
    EXPECT_EQ(challenged("any", {{"X-Api-Key", "wrong"}}), "Bearer, " + key + ", ApiKey header=\"X-Desk\"");
    EXPECT_NE(ask("key").body.find("send a token: X-Api-Key: <token>"), std::string::npos);
}

TEST_F(Security, AKeyThatIsThereTwiceDoesNotMatterBesideAnAlternativeThatIsShown) {
    EXPECT_EQ(ask("any", {{"Authorization", "Bearer one"}, {"X-Api-Key", "one"}, {"X-Api-Key", "two"}}).status, 204);
}

}  // namespace
}  // namespace headgate
