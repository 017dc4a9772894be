// Errors are the provider's own kind: {"error": {"code", "message"}}. A declined card is no error, but a result.
#include "tests/simulator/payment/payment_service.hpp"

#include <algorithm>
#include <array>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace {

constexpr std::int64_t most_value = 99'999'999;
constexpr std::string_view authorisations = "/v1/authorisations", payments = "/v1/payments";

KeptAnswer error(int status, const char* code, const std::string& message) {
    JsonText out;
    out.writer.StartObject();
    out.key("error");
    out.writer.StartObject();
    out.field("code", code);
    out.field("message", message);
    out.writer.EndObject();
    out.writer.EndObject();
    return {"", status, out.text()};
}

HttpAnswer http(const KeptAnswer& answer) { return {answer.status, "application/json", answer.body}; }

struct Card {
    const char *token, *code, *text;  // code: ISO 8583's response code, empty: approved
};
constexpr std::array<Card, 6> cards{{{"tok_visa", "", ""},
                                     {"tok_mastercard", "", ""},
                                     {"tok_declined", "05", "Do not honour"},
                                     {"tok_stolen", "43", "Stolen card, pick up"},
                                     {"tok_insufficient", "51", "Insufficient funds"},
                                     {"tok_expired", "54", "Expired card"}}};

struct Amount {
    std::int64_t value = 0;
    std::string currency;
};

// What is wrong with it, or nothing.
std::string read_amount(const Json& body, Amount& amount) {
    const auto member = body.FindMember("amount");
    if (member == body.MemberEnd() || !member->value.IsObject()) return "amount is wanted";
    const auto value = member->value.FindMember("value");
    if (value == member->value.MemberEnd() || !value->value.IsInt64() || value->value.GetInt64() < 1 ||
        value->value.GetInt64() > most_value)
        return "amount.value is a whole number of minor units from 1 to 99999999";
    amount = {value->value.GetInt64(), text_member(member->value, "currency")};
    for (const char* known : {"EUR", "USD", "CHF", "GBP", "JPY"})
        if (amount.currency == known) return {};
    return "amount.currency is unknown";
}

}  // namespace

HttpAnswer PaymentService::busy(const HttpRequest&) const { return http(error(503, "96", "System malfunction")); }

HttpAnswer PaymentService::handle(const HttpRequest& request) {
    if (request.method == "GET") return look_up(request);
    if (request.method != "POST") return http(error(405, "method_not_allowed", request.method));
    std::string id, action;  // of /v1/payments/{id}/{action}
    if (request.path.compare(0, payments.size() + 1, std::string(payments) + "/") == 0) {
        const auto rest = request.path.substr(payments.size() + 1);
        const auto cut = rest.find('/');
        id = rest.substr(0, cut);
        if (cut != std::string::npos) action = rest.substr(cut + 1);
    }
    if (request.path != authorisations && action != "captures" && action != "cancellations")
        return http(error(404, "not_found", request.path));
    const auto key = request.header("idempotency-key");
    if (key.size() < 8 || key.size() > 64)
        return http(error(400, "idempotency_key_required", "a header Idempotency-Key of 8 to 64 characters is wanted"));
    const auto what = request.method + " " + request.path + "\n" + request.body;
    bool repeated = true;
    const auto answer = book_.once(key, what, [&](PaymentBook::Hand& hand) {
        repeated = false;
        if (request.path == authorisations) return authorise(request.body, hand);
        return action == "captures" ? capture(id, request.body, hand) : cancel(id, hand);
    });
    if (answer.request != what) return http(error(409, "idempotency_key_reused", "the key stands for another request"));
    auto told = http(answer);
    if (repeated) told.headers.emplace_back("Idempotent-Replayed", "true");
    return told;
}

KeptAnswer PaymentService::authorise(const std::string& body, PaymentBook::Hand& hand) const {
    rapidjson::Document json;
    if (json.Parse(body.data(), body.size()).HasParseError() || !json.IsObject())
        return error(400, "invalid_json", "a JSON object is wanted");
    Amount amount;
    if (const auto why = read_amount(json, amount); !why.empty()) return error(422, "invalid_amount", why);
    const auto reference = text_member(json, "reference");
    if (reference.empty() || reference.size() > 40) return error(422, "invalid_reference", "1 to 40 characters");
    const auto card_member = json.FindMember("card");
    const auto token = card_member == json.MemberEnd() ? std::string() : text_member(card_member->value, "token");
    // The bank says yes, and the answer is lost on the way: who asks again under the key is told the same, who looks
    // the reference up learns the truth.
    const bool lost = token == "tok_lost";
    const auto* card = std::find_if(cards.begin(), cards.end(), [&](const Card& c) { return token == c.token; });
    if (card == cards.end() && !lost) return error(422, "unknown_card", "card.token is unknown");
    Payment payment{"", reference, "AUTHORISED", amount.currency, amount.value, "", "", utc_text_now_ms(), {}};
    if (!lost && *card->code != '\0') {
        payment.status = "DECLINED";
        payment.decline_code = card->code;
        payment.decline_text = card->text;
    }
    const auto& kept = hand.open(std::move(payment));
    hand.keep(kept);
    if (lost) return error(504, "68", "Response received too late");
    return {"", kept.status == "DECLINED" ? 200 : 201, payment_json(kept, quirks_)};
}

KeptAnswer PaymentService::capture(const std::string& id, const std::string& body, PaymentBook::Hand& hand) const {
    auto* payment = hand.find(id);
    if (payment == nullptr) return error(404, "unknown_payment", id);
    rapidjson::Document json;
    if (json.Parse(body.data(), body.size()).HasParseError() || !json.IsObject())
        return error(400, "invalid_json", "a JSON object is wanted");
    Amount amount;
    if (const auto why = read_amount(json, amount); !why.empty()) return error(422, "invalid_amount", why);
    if (amount.currency != payment->currency) return error(422, "wrong_currency", "authorised in " + payment->currency);
    if (payment->status == "DECLINED" || payment->status == "CANCELLED")
        return error(409, "wrong_state", "the payment is " + payment->status);
    if (amount.value > payment->value - payment->captured())
        return error(422, "amount_too_large", "left: " + std::to_string(payment->value - payment->captured()));
    payment->captures.push_back({hand.new_capture_id(), amount.value});
    payment->status = payment->captured() == payment->value ? "CAPTURED" : "PARTLY_CAPTURED";
    hand.keep(*payment);
    return {"", 201, payment_json(*payment, quirks_)};
}

KeptAnswer PaymentService::cancel(const std::string& id, PaymentBook::Hand& hand) const {
    auto* payment = hand.find(id);
    if (payment == nullptr) return error(404, "unknown_payment", id);
    if (payment->status != "AUTHORISED") return error(409, "wrong_state", "the payment is " + payment->status);
    payment->status = "CANCELLED";
    hand.keep(*payment);
    return {"", 200, payment_json(*payment, quirks_)};
}

HttpAnswer PaymentService::look_up(const HttpRequest& request) const {
    if (request.path == payments) {
        const auto reference = request.query.find("reference");
        if (reference == request.query.end()) return http(error(400, "reference_required", "?reference= is wanted"));
        std::string list = "{\"payments\":[";
        for (const auto& payment : book_.of_reference(reference->second))
            list += (list.back() == '[' ? "" : ",") + payment_json(payment, quirks_);
        return {200, "application/json", list + "]}"};
    }
    if (request.path.compare(0, payments.size() + 1, std::string(payments) + "/") != 0)
        return http(error(404, "not_found", request.path));
    const auto id = request.path.substr(payments.size() + 1);
    const auto payment = book_.find(id);
    return payment ? HttpAnswer{200, "application/json", payment_json(*payment, quirks_)}
                   : http(error(404, "unknown_payment", id));
}

}  // namespace simulator
