// Mappings of a JSON API by its own OpenAPI document: a payment provider (tests/golden/openapi) with its quirks.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/file.hpp"
#include "contracts/document/json.hpp"
#include "mappings/formats/drift.hpp"
#include "mappings/plan/api_call.hpp"
#include "mappings/plan/cases.hpp"
#include "mappings/plan/laws/round_trips.hpp"
#include "tests/support/temp_folder.hpp"

namespace headgate::mappings {

namespace {

const std::string golden = HEADGATE_SOURCE_DIR "/tests/golden/openapi";

class ApiMapping : public testing::Test {
  protected:
    ApiMapping() {
        Diagnostics diagnostics;
        contracts_ = load_contracts({golden + "/contracts"}, diagnostics);
        plans_ = load_mappings({golden}, contracts_, diagnostics);
        EXPECT_EQ(diagnostics.text(), "");
    }
    const Plan& plan(std::string_view call) { return *plans_->find_call("payment", call); }
    static const ApiCall& call(const Plan& plan) { return std::get<ApiCall>(plan.call()); }
    Value json(std::string_view text) {
        auto value = read_json(arena_.copy(text), builder_);
        EXPECT_TRUE(value) << text;
        return value ? *value : Value();
    }
    // Method, target and body; or the error.
    std::string sent(std::string_view name, std::string_view request) {
        auto legacy = plan(name).to_legacy(json(request), builder_);
        if (!legacy) return legacy.error().detail;
        auto written = write_api_call(plan(name), call(plan(name)), *legacy);
        if (!written) return written.error().pointer + ": " + written.error().detail;
        std::string out = call(plan(name)).operation->operation.method + " " + written->target;
        for (const auto& [header, value] : written->headers) out += " " + header + "=" + value;
        return out + (written->body.empty() ? "" : " " + written->body);
    }
    Result<Value> read(std::string_view name, int status, std::string_view type, std::string_view body) {
        ApiAnswer answer{status, type, body, [](std::string_view header) -> std::string_view {
                             return header == "etag" ? std::string_view("v1") : std::string_view();
                         }};
        return read_api_call(plan(name), call(plan(name)), answer, Value(), builder_, &drift_);
    }
    std::string told(std::string_view name, int status, std::string_view type, std::string_view body) {
        auto message = read(name, status, type, body);
        if (message) return to_json(*message);
        const Error& error = message.error();
        return std::string(headgate::name(error.kind)) + (error.code.empty() ? "" : " " + error.code) +
               (error.detail.empty() ? "" : ": " + error.detail);
    }

    Arena arena_;
    Builder builder_{arena_};
    std::shared_ptr<const Registry> contracts_;
    std::shared_ptr<const PlanSet> plans_;
    DriftLog drift_;
};

const std::string payment = R"({"paymentId":"PAY-1","reference":"HO1","status":"CANCELLED","amount":)"
                            R"({"value":10,"currency":"EUR"},"createdAt":"2026-11-23T09:15:00Z","captures":[]})";
const std::string told_payment = R"({"paymentId":"PAY-1","status":"cancelled","amount":{"centAmount":10,)"
                                 R"("currencyCode":"EUR"},"createdAt":"2026-11-23T09:15:00Z","captures":[])";

}  // namespace

TEST_F(ApiMapping, HoldsItsCases) {
    Diagnostics diagnostics;
    int run = 0;
    for (const auto& file : case_files(golden))
        for (const auto& count : run_cases(file, *plans_, diagnostics)) run += count.run;
    EXPECT_EQ(diagnostics.text(), "");
    EXPECT_EQ(run, 12);
}

TEST_F(ApiMapping, AccountsForEveryFieldOfBothSides) {
    for (const auto& plan : plans_->plans()) {
        const auto& report = plan->report();
        EXPECT_EQ(report.contract.accounted(), report.contract.total) << plan->name();
        EXPECT_EQ(report.legacy.accounted(), report.legacy.total) << plan->name();
        EXPECT_GT(report.legacy.total, 0) << plan->name();
    }
}

TEST_F(ApiMapping, KeepsItsLawsOnGeneratedDocuments) {
    for (const auto& plan : plans_->plans())
        for (auto direction : {Direction::to_legacy, Direction::to_contract}) {
            auto trips = RoundTrips::of(*plan, *contracts_, direction);
            ASSERT_TRUE(trips) << plan->name();
            auto result = trips->run(3000, 1);
            EXPECT_FALSE(result.failure) << plan->name() << " " << result.failure->text();
            EXPECT_LT(result.refused, 1500) << plan->name() << " " << sign(direction);
        }
}

TEST_F(ApiMapping, WritesParametersWhereTheyStandAndBodiesInTheirTypes) {
    EXPECT_EQ(sent("lookUp", R"({"paymentId":"a/b ?ü"})"), "GET /v1/payments/a%2Fb%20%3F%C3%BC");
    EXPECT_EQ(sent("find", R"({"reference":"A&B=1"})"), "GET /v1/payments?reference=A%26B%3D1");
    EXPECT_EQ(sent("authorise", R"({"Idempotency-Key":"key-00001","reference":"HO1","amount":{"centAmount":1999,)"
                                R"("currencyCode":"EUR"},"cardToken":"tok_visa","installments":3,"test":false})"),
              "POST /v1/authorisations Idempotency-Key=key-00001 Content-Type=application/json "
              R"({"reference":"HO1","amount":{"value":1999,"currency":"EUR"},"card":{"token":"tok_visa"},)"
              R"("installments":3,"test":false})");
}

TEST_F(ApiMapping, WritesNullWhereTheDocumentTakesItAndTheMappingSaysSo) {
    TempFolder folder;
    std::filesystem::copy_file(golden + "/payment.yaml", folder.file("payment.yaml"));
    auto text = *read_file(golden + "/payment.map.yaml", 1 << 20);
    text.insert(text.find("tables:"), "nulls: { write: nil }\n");
    std::ofstream(folder.file("payment.map.yaml")) << text;
    Diagnostics diagnostics;
    plans_ = load_mappings({folder.path()}, contracts_, diagnostics);
    ASSERT_EQ(diagnostics.text(), "");
    auto told = sent("authorise", R"({"Idempotency-Key":"key-00001","reference":"HO1","amount":{"centAmount":1,)"
                                  R"("currencyCode":"EUR"},"cardToken":"tok_visa"})");
    EXPECT_TRUE(told.ends_with(R"("card":{"token":"tok_visa"},"installments":null})")) << told;
}

TEST_F(ApiMapping, RefusesTargetsThatWouldMeanAnotherResource) {
    for (const char* id : {".", ".."})
        EXPECT_NE(sent("lookUp", std::string(R"({"paymentId":")") + id + "\"}").find("/paymentId"), std::string::npos);
    auto headers = sent("authorise", R"({"Idempotency-Key":"key-0\r\nHost: x","reference":"HO1","amount":)"
                                     R"({"centAmount":1,"currencyCode":"EUR"},"cardToken":"tok_visa"})");
    EXPECT_TRUE(headers.starts_with("/Idempotency-Key: ")) << headers;
}

TEST_F(ApiMapping, ReadsAnAnswerOfEachStatusOfSuccessWithItsHeaders) {
    EXPECT_EQ(told("authorise", 201, "application/json", payment), told_payment + "}");
    EXPECT_EQ(told("authorise", 200, "application/json; charset=utf-8", payment), told_payment + "}");
    EXPECT_EQ(told("lookUp", 200, "application/vnd.pay+json", payment), told_payment + R"(,"version":"v1"})");
    EXPECT_EQ(told("find", 200, "application/json", "[" + payment + "]"), R"({"items":[)" + told_payment + "}]}");
    EXPECT_EQ(told("find", 200, "application/json", "[]"), R"({"items":[]})");
}

TEST_F(ApiMapping, MeansRefusalsByStatusAndCode) {
    EXPECT_EQ(told("authorise", 422, "application/json", R"({"error":{"code":"unknown_card"}})"),
              "rejected invalid: HTTP 422/unknown_card");
    EXPECT_EQ(told("authorise", 409, "application/json", R"({"error":{"code":"idempotency_key_reused"}})"),
              "rejected key-reused: HTTP 409/idempotency_key_reused");
    EXPECT_EQ(told("authorise", 409, "application/json", R"({"error":{"code":4711}})"), "system-fault: HTTP 409/4711");
    EXPECT_EQ(told("lookUp", 404, "text/html", "<h1>404</h1>"), "rejected not-found: HTTP 404");
    EXPECT_EQ(told("authorise", 503, "", ""), "system-fault: HTTP 503");  // what adapters say otherwise is theirs
    EXPECT_EQ(told("authorise", 504, "", ""), "system-fault: HTTP 504");  // the mapping says failed
    EXPECT_EQ(told("authorise", 500, "application/json", "{\"error\":"), "system-fault: HTTP 500");
    EXPECT_EQ(told("lookUp", 302, "", ""), "system-fault: HTTP 302");
    auto declined = payment;
    declined.insert(1, R"("declineCode":"43",)");
    EXPECT_EQ(told("authorise", 200, "application/json", declined), "rejected declined: HTTP 200/43");
    EXPECT_EQ(told("lookUp", 200, "application/json", declined), told_payment + R"(,"version":"v1"})");
}

TEST_F(ApiMapping, RefusesHostileAnswersWithinBounds) {
    auto bad = [&](std::string_view type, const std::string& body) {
        auto message = read("find", 200, type, body);
        return message ? to_json(*message) : std::string(headgate::name(message.error().kind));
    };
    for (const std::string& body :
         {std::string("[{\"paymentId\":\"a\",\"paymentId\":\"b\"}]"), std::string(100'000, '['), std::string("null"),
          std::string("[" + payment), std::string("[]]"), std::string("\"x\""), std::string("[1]"),
          std::string("[\"\xff\"]"), std::string("[null]"), std::string()})
        EXPECT_EQ(bad("application/json", body), "bad-answer") << body.substr(0, 60);
    EXPECT_EQ(bad("text/plain", "[]"), "bad-answer");
    EXPECT_EQ(bad("", "[]"), "bad-answer");
    EXPECT_EQ(told("find", 204, "", ""), "bad-answer: HTTP 204: GET /v1/payments declares no such answer");
}

TEST_F(ApiMapping, TellsAMemberThatPosesAsTheHeadersAsUnknown) {
    auto posing = payment;
    posing.insert(1, R"("header":{"ETag":"v9"},)");
    EXPECT_EQ(told("lookUp", 200, "application/json", posing), told_payment + R"(,"version":"v1"})");
    ASSERT_EQ(drift_.all().size(), 1u);
    EXPECT_EQ(drift_.all()[0].name, "body/header");
}

TEST_F(ApiMapping, RefusesSeededFaultsAtTheirPlace) {
    Diagnostics reading;
    auto faults = read_source(golden + "/faults.yaml", reading);
    ASSERT_TRUE(faults) << reading.text();
    for (const auto& fault : faults->root().items) {
        TempFolder folder;
        for (const char* name : {"payment.yaml", "payment.map.yaml"}) {
            auto text = *read_file(golden + "/" + name, 1 << 20);
            if (fault.find("in")->text == name) {
                auto at = text.find(fault.find("find")->text);
                ASSERT_NE(at, std::string::npos) << fault.find("name")->text;
                text.replace(at, fault.find("find")->text.size(), fault.find("put")->text);
            }
            std::ofstream(folder.file(name)) << text;
        }
        Diagnostics diagnostics;
        load_mappings({folder.path()}, contracts_, diagnostics);
        if (const auto* wanted = fault.find("told"))
            EXPECT_NE(diagnostics.text().find(wanted->text), std::string::npos) << fault.find("name")->text << "\n"
                                                                                << diagnostics.text();
        else
            EXPECT_EQ(diagnostics.text(), "") << fault.find("name")->text;
    }
}

}  // namespace headgate::mappings
