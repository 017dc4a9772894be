// The adapter http over a scripted HTTP client: requests and answers by the contract alone.
#include <gtest/gtest.h>

#include <fstream>

#include "base/file.hpp"
#include "contracts/schema/schema.hpp"
#include "mappings/formats/openapi/api_operation.hpp"
#include "tests/support/temp_folder.hpp"
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

// By a mapping: the operation of the system's own document, as tests/golden/openapi has it.
class ApiAdapter : public testing::Test {
  protected:
    ApiCall api(const std::string& id) {
        Diagnostics diagnostics;
        ApiCall call{load_api_operation(HEADGATE_SOURCE_DIR "/tests/golden/openapi/payment.yaml", id, diagnostics),
                     {{"error", "code"}},
                     {"409/wrong_state", "404*"}};
        EXPECT_EQ(diagnostics.text(), "");
        return call;
    }
    std::unique_ptr<SystemHost> host =
        open_from("adapter: http\nurl: http://pay.test:7101/base\nopenapi_url: http://pay.test:7101/openapi.yaml\n");
    Caller caller{*host};
    FakePlan look_up{api("look-up")}, authorise{api("authorise")};
    const std::string payment = R"({"reference":"HO1","amount":{"value":1,"currency":"EUR"},"card":{"token":"tok_1"},)"
                                R"("header":{"Idempotency-Key":"key-00001"}})";
};

TEST_F(ApiAdapter, SendsWhatThePlanWroteAndGivesTheAnswerWithItsHeaders) {
    EXPECT_EQ(host->refuses(look_up), "");
    caller.http.answer(200, R"({"paymentId":"PAY-1"})", "application/json");
    EXPECT_EQ(caller.call(&look_up, R"({"path":{"id":"PAY/1"}})").line, R"(200 {"paymentId":"PAY-1"})");
    ASSERT_EQ(caller.http.sent.size(), 1u);
    EXPECT_EQ(caller.http.sent[0].request.target, "/base/v1/payments/PAY%2F1");
    EXPECT_TRUE(caller.http.sent[0].request.idempotent);
    EXPECT_FALSE(caller.http.sent[0].request.effect);
}

TEST_F(ApiAdapter, MarksWhatChangesSomething) {
    caller.http.answer(201, R"({"paymentId":"PAY-1"})", "application/json");
    EXPECT_EQ(caller.call(&authorise, payment).line, R"(200 {"paymentId":"PAY-1"})");
    ASSERT_EQ(caller.http.sent.size(), 1u);
    EXPECT_TRUE(caller.http.sent[0].request.effect);
    EXPECT_EQ(caller.http.sent[0].request.method, "POST");
}

TEST_F(ApiAdapter, MeansStatusesByTheMappingElseByWhatMayHaveBeenDone) {
    authorise.verdict = look_up.verdict = [](std::string_view code, const Value&) {
        return FaultVerdict{FaultVerdict::Outcome::rejected, std::string(code.substr(0, 3)), {}};
    };
    struct Case {
        int status;
        std::string body, type, read, write;
    };
    for (const Case& c :
         {Case{404, "<h1>", "text/html", "rejected 404", "rejected 404"},
          Case{409, R"({"error":{"code":"wrong_state"}})", "application/json", "rejected 409", "rejected 409"},
          Case{409, R"({"error":{"code":"other"}})", "application/json", "system-fault", "system-fault"},
          Case{503, "", "", "system-unavailable", "system-unavailable"},
          Case{504, "", "", "system-unavailable", "outcome-unknown"},
          Case{500, "{", "application/json", "system-fault", "system-fault"},
          Case{200, "{", "application/json", "bad-answer", "bad-answer"},
          Case{204, "", "", "bad-answer", "bad-answer"}}) {
        caller.http.answer(c.status, c.body, c.type);
        EXPECT_EQ(caller.call(&look_up, R"({"path":{"id":"PAY-1"}})").line, c.read) << c.status;
        caller.http.answer(c.status, c.body, c.type);
        EXPECT_EQ(caller.call(&authorise, payment).line, c.write) << c.status;
    }
}

TEST_F(ApiAdapter, ShowsTheTokenThatTheSystemWants) {
    TempFolder folder;
    std::ofstream(folder.file("token")) << "s3cret-token\n";
    std::ofstream(folder.file("lines")) << "a\r\nHost: b\n";
    Diagnostics diagnostics;
    const std::string settings = "adapter: http\nurl: http://pay.test\ntoken_file: ";
    auto with_token = open_from(settings + "token\n", diagnostics, folder.path());
    ASSERT_TRUE(with_token) << diagnostics.text();
    Caller to(*with_token);
    to.http.answer(200, "{}", "application/json");
    to.call(&look_up, R"({"path":{"id":"PAY-1"}})");
    std::string shown;
    for (const auto& header : to.http.sent.at(0).request.headers)
        if (header.name == "Authorization") shown = header.value;
    EXPECT_EQ(shown, "Bearer s3cret-token");
    for (const char* file : {"lines", "none"}) {
        Diagnostics faults;
        EXPECT_FALSE(open_from(settings + file + "\n", faults, folder.path()));
        EXPECT_NE(faults.text().find("headgate.yaml:3:"), std::string::npos) << faults.text();
        EXPECT_EQ(faults.text().find("Host"), std::string::npos);
    }
}

TEST_F(ApiAdapter, SendsNothingThatTheDocumentRefuses) {
    auto told = caller.call(&authorise, R"({"reference":"","amount":{"value":1,"currency":"EUR"}})");
    EXPECT_TRUE(told.line.starts_with("invalid-message")) << told.line;
    EXPECT_TRUE(caller.http.sent.empty());
}

TEST_F(ApiAdapter, HoldsTheDocumentThatTheSystemTellsAgainstTheMappings) {
    auto text = *read_file(HEADGATE_SOURCE_DIR "/tests/golden/openapi/payment.yaml", 1 << 20);
    caller.http.answer(200, text, "application/yaml");
    EXPECT_EQ(caller.examine({&look_up, &authorise}), "");
    auto change = [&](const std::string& find, const std::string& put) {
        text.replace(text.find(find), find.size(), put);
    };
    change("paymentId: { type: string, maxLength: 20 }", "paymentId: { type: string, maxLength: 36 }");
    change("operationId: authorise", "operationId: authorize");
    change("/v1/payments/{id}:", "/v2/payments/{id}:");
    caller.http.answer(200, text, "application/yaml");
    EXPECT_EQ(caller.examine({&look_up, &authorise}),
              "call action was GET /v1/payments/{id} is GET /v2/payments/{id}\n"
              "answer paymentId wider was text(20) is text(36)\n"
              "call operation-gone was authorise is there is no operation 'authorise'\n");
    caller.http.answer(200, "<html>", "text/html");
    EXPECT_TRUE(caller.examine({&look_up}).starts_with("bad-answer"));
}

}  // namespace
}  // namespace headgate
