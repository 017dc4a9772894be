// The adapter http over a scripted HTTP client: requests and answers by the contract alone.
#include <gtest/gtest.h>

#include "contracts/schema/schema.hpp"
#include "tests/unit/adapters/harness.hpp"

namespace headgate {
namespace {

// Only its presence counts here: that a body is declared.
class AnySchema : public Schema, public Shape {
  public:
    bool validate(const Value&, std::vector<SchemaIssue>*, std::size_t) const override { return true; }
    const Shape& shape() const override { return *this; }
    bool allows(ValueKind kind) const override { return kind == ValueKind::object || kind == ValueKind::string; }
    bool integer() const override { return false; }
    const Shape* property(std::string_view) const override { return this; }
    std::vector<std::string_view> property_names() const override { return {}; }
    bool required(std::string_view) const override { return false; }
    const Shape* items() const override { return nullptr; }
    std::vector<std::string_view> enumeration() const override { return {}; }
    std::string_view format() const override { return {}; }
    std::string_view extension(std::string_view, std::string_view) const override { return {}; }
    SourceMark mark() const override { return {}; }
};

class HttpAdapter : public testing::Test {
  protected:
    HttpAdapter() {
        operation.name = "inventory.v2/getAvailability";
        operation.method = "GET";
        operation.path = "/inventory/v2/availability";
        operation.safe = true;
        auto schema = std::make_shared<AnySchema>();
        operation.parameters.push_back({"skus", ParameterPlace::query, true, false, schema});
        Response json{{{"application/json", schema}}};
        operation.responses = {{200, json}, {202, {}}, {404, json}};
    }
    std::unique_ptr<SystemHost> host = open_from("adapter: http\nurl: http://new.test:7101/base/\ndeadline_ms: 50\n");
    Caller caller{*host};
    Operation operation;
};

TEST_F(HttpAdapter, SendsTheRequestOfTheContractAndGivesTheAnswer) {
    caller.http.answer(200, R"({"items":[{"n":10.10}]})", "application/json; charset=utf-8");
    EXPECT_EQ(caller.call(nullptr, R"({"skus":["A","B"]})", {}, &operation).line, R"(200 {"items":[{"n":10.10}]})");
    ASSERT_EQ(caller.http.sent.size(), 1u);
    EXPECT_EQ(caller.http.sent[0].request.method, "GET");
    EXPECT_EQ(caller.http.sent[0].request.target, "/base/inventory/v2/availability?skus=A,B");
    EXPECT_TRUE(caller.http.sent[0].request.idempotent);
    EXPECT_LE(caller.http.sent[0].context.deadline.remaining(), milliseconds(50));
}

TEST_F(HttpAdapter, PassesDeclaredStatusesOn) {
    caller.http.answer(404, R"({"title":"no"})", "application/problem+json");
    EXPECT_EQ(caller.call(nullptr, R"({"skus":["A"]})", {}, &operation).line, R"(404 {"title":"no"})");
    caller.http.answer(202, "", "");
    EXPECT_EQ(caller.call(nullptr, R"({"skus":["A"]})", {}, &operation).line, "202 null");
}

TEST_F(HttpAdapter, ExpectsNoBodyOfAStatusThatNeverHasOne) {
    operation.responses[2] = operation.responses[200];
    caller.http.answer(204, "", "");
    EXPECT_EQ(caller.call(nullptr, R"({"skus":["A"]})", {}, &operation).line, "204 null");
    caller.http.answer(206, "", "");
    EXPECT_EQ(caller.call(nullptr, R"({"skus":["A"]})", {}, &operation).line, name(ErrorKind::bad_answer));
}

TEST_F(HttpAdapter, RefusesWhatTheContractDoesNotDeclare) {
    struct Case {
        int status;
        std::string body, type;
        ErrorKind kind;
    };
    for (const Case& c :
         {Case{201, "{}", "application/json", ErrorKind::bad_answer},
          Case{500, "{}", "application/json", ErrorKind::bad_answer}, Case{503, "", "", ErrorKind::system_unavailable},
          Case{200, "{}", "text/html", ErrorKind::bad_answer},
          Case{200, "{\"a\":1", "application/json", ErrorKind::bad_answer},
          Case{200, "{\"a\":1,\"a\":2}", "application/json", ErrorKind::bad_answer},
          Case{200, "", "application/json", ErrorKind::bad_answer},
          Case{202, "{}", "application/json", ErrorKind::bad_answer}}) {
        caller.http.answer(c.status, c.body, c.type);
        EXPECT_EQ(caller.call(nullptr, R"({"skus":["A"]})", {}, &operation).line, name(c.kind)) << c.status << c.body;
    }
}

TEST_F(HttpAdapter, EndsAtItsOwnDeadlineAndSpeaksNoMapping) {
    caller.http.hang();
    EXPECT_EQ(caller.call(nullptr, R"({"skus":["A"]})", {}, &operation).line, name(ErrorKind::deadline_exceeded));
    EXPECT_NE(host->refuses(FakePlan(RowsQuery())), "");
    caller.http.answer(404, "", "");
    EXPECT_EQ(caller.probe(), "alive");
}

}  // namespace
}  // namespace headgate
