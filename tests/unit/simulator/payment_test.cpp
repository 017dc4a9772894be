// Payments: once a key, never more than was authorised, declined cards as results.
#include <gtest/gtest.h>

#include "tests/simulator/http/json.hpp"
#include "tests/simulator/payment/payment_service.hpp"
#include "tests/unit/simulator/folder.hpp"

namespace simulator {
namespace {

struct PaymentFixture : testing::Test {
    HttpAnswer post(const std::string& path, const std::string& body, const std::string& key) {
        return service.handle({"POST", path, body, {}, {{"idempotency-key", key}}});
    }
    HttpAnswer authorise(const std::string& key, const std::string& token = "tok_visa",
                         const std::string& value = "1999") {
        return post("/v1/authorisations",
                    R"({"reference":"HO1","amount":{"value":)" + value + R"(,"currency":"EUR"},"card":{"token":")" +
                        token + "\"}}",
                    key);
    }
    HttpAnswer capture(const std::string& key, int value, const std::string& id = "PAY-000000001") {
        return post("/v1/payments/" + id + "/captures",
                    R"({"amount":{"value":)" + std::to_string(value) + R"(,"currency":"EUR"}})", key);
    }
    static std::string status(const HttpAnswer& answer) { return member(answer, "status"); }
    static std::string member(const HttpAnswer& answer, const char* name) {
        rapidjson::Document json;
        json.Parse(answer.body.c_str());
        return json.HasParseError() ? "no JSON" : text_member(json, name);
    }
    static std::string code(const HttpAnswer& answer) {
        rapidjson::Document json;
        json.Parse(answer.body.c_str());
        return json.IsObject() && json.HasMember("error") ? text_member(json["error"], "code") : "";
    }
    TestFolder folder;
    PaymentBook book{folder / "payments.jsonl"};
    PaymentService service{book};
};

TEST_F(PaymentFixture, AuthorisesOnceAKeyAlsoOverARestart) {
    const auto first = authorise("key-00001");
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(status(first), "AUTHORISED");
    const auto again = authorise("key-00001");
    EXPECT_EQ(again.body, first.body);
    ASSERT_EQ(again.headers.size(), 1u);
    EXPECT_EQ(code(authorise("key-00001", "tok_visa", "1998")), "idempotency_key_reused");
    EXPECT_EQ(code(authorise("short")), "idempotency_key_required");
    PaymentBook reopened(folder / "payments.jsonl");
    PaymentService after(reopened);
    EXPECT_EQ(reopened.counts().payments, 1u);
    EXPECT_EQ(after.handle({"GET", "/v1/payments/PAY-000000001", "", {}, {}}).body, first.body);
}

TEST_F(PaymentFixture, CapturesInPartsAndNeverMoreThanWasAuthorised) {
    authorise("key-00001");
    EXPECT_EQ(status(capture("key-00002", 1000)), "PARTLY_CAPTURED");
    EXPECT_EQ(code(capture("key-00003", 1000)), "amount_too_large");
    EXPECT_EQ(status(capture("key-00002", 1000)), "PARTLY_CAPTURED");
    EXPECT_EQ(status(capture("key-00004", 999)), "CAPTURED");
    EXPECT_EQ(book.find("PAY-000000001")->captures.size(), 2u);
    EXPECT_EQ(PaymentBook(folder / "payments.jsonl").find("PAY-000000001")->captured(), 1999);
    EXPECT_EQ(code(post("/v1/payments/PAY-000000001/cancellations", "{}", "key-00005")), "wrong_state");
}

TEST_F(PaymentFixture, CancelsOnceAndCapturesNothingAfterwards) {
    authorise("key-00001");
    EXPECT_EQ(status(post("/v1/payments/PAY-000000001/cancellations", "{}", "key-00002")), "CANCELLED");
    EXPECT_EQ(code(capture("key-00003", 1)), "wrong_state");
}

TEST_F(PaymentFixture, ADeclinedCardIsAResultWithItsCode) {
    const auto declined = authorise("key-00001", "tok_insufficient");
    EXPECT_EQ(declined.status, 200);
    EXPECT_EQ(status(declined), "DECLINED");
    EXPECT_EQ(member(declined, "declineCode"), "51");
    EXPECT_EQ(code(capture("key-00002", 1)), "wrong_state");
    EXPECT_EQ(book.counts().declined, 1u);
}

TEST_F(PaymentFixture, AnAnswerThatIsLostIsFoundUnderTheReference) {
    EXPECT_EQ(authorise("key-00001", "tok_lost").status, 504);
    const auto found = service.handle({"GET", "/v1/payments", "", {{"reference", "HO1"}}, {}});
    EXPECT_NE(found.body.find("AUTHORISED"), std::string::npos);
    EXPECT_EQ(book.of_reference("HO1").size(), 1u);
}

TEST_F(PaymentFixture, RefusesWhatItCannotRead) {
    for (const char* value : {"0", "-1", "19.99", "\"1999\"", "100000000"})
        EXPECT_EQ(code(authorise(std::string("key-of-") + value, "tok_visa", value)), "invalid_amount") << value;
    EXPECT_EQ(code(authorise("key-00002", "tok_none")), "unknown_card");
    EXPECT_EQ(code(capture("key-00003", 1, "PAY-9")), "unknown_payment");
    EXPECT_EQ(code(post("/v1/refunds", "{}", "key-00004")), "not_found");
    EXPECT_EQ(code(service.handle({"GET", "/v1/payments/PAY-9", "", {}, {}})), "unknown_payment");
    EXPECT_EQ(book.counts().payments, 0u);
}

}  // namespace
}  // namespace simulator
