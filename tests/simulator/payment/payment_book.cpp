// A line is a payment as it stands, or an answer under its key; the last one of an id counts.
#include "tests/simulator/payment/payment_book.hpp"

#include <algorithm>
#include <cstdio>

#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace {

void write_amount(JsonText& out, const char* name, std::int64_t value, const std::string& currency) {
    out.key(name);
    out.writer.StartObject();
    out.field("value", value);
    out.field("currency", currency);
    out.writer.EndObject();
}

std::string numbered(const char* prefix, std::uint64_t number) {
    char text[40];
    std::snprintf(text, sizeof text, "%s-%09llu", prefix, static_cast<unsigned long long>(number));
    return text;
}

}  // namespace

std::int64_t Payment::captured() const {
    std::int64_t sum = 0;
    for (const auto& capture : captures) sum += capture.value;
    return sum;
}

std::string payment_json(const Payment& payment, const Quirks& quirks) {
    JsonText out;
    out.writer.StartObject();
    out.field("paymentId", payment.id);
    out.field("reference", payment.reference);
    out.field("status", quirks.now_and_then(Quirk::unknown_code) ? "PENDING_REVIEW" : payment.status);
    write_amount(out, "amount", payment.value, payment.currency);
    write_amount(out, "capturedAmount", payment.captured(), payment.currency);
    if (!payment.decline_code.empty()) {
        out.field("declineCode", payment.decline_code);
        out.field("declineText", payment.decline_text);
    }
    out.field("createdAt", payment.at);
    if (quirks.now_and_then(Quirk::unknown_element)) out.field("riskScore", 17);
    out.key("captures");
    const bool alone = payment.captures.size() == 1 && quirks.on(Quirk::one_or_list);
    if (!alone) out.writer.StartArray();
    for (const auto& capture : payment.captures) {
        out.writer.StartObject();
        out.field("captureId", capture.id);
        write_amount(out, "amount", capture.value, payment.currency);
        out.writer.EndObject();
    }
    if (!alone) out.writer.EndArray();
    out.writer.EndObject();
    return out.text();
}

PaymentBook::PaymentBook(const std::string& path) : file_(path) {
    for (const auto& line : lines_of(path)) read(line);
}

void PaymentBook::read(const std::string& line) {
    rapidjson::Document json;
    if (json.Parse(line.data(), line.size()).HasParseError() || !json.IsObject()) return;
    if (answers_.read(json)) return;
    const auto amount = json.FindMember("amount"), captures = json.FindMember("captures");
    if (amount == json.MemberEnd() || !amount->value.IsObject()) return;
    Payment payment{text_member(json, "paymentId"),
                    text_member(json, "reference"),
                    text_member(json, "status"),
                    text_member(amount->value, "currency"),
                    integer_member(amount->value, "value"),
                    text_member(json, "declineCode"),
                    text_member(json, "declineText"),
                    text_member(json, "createdAt"),
                    {}};
    if (captures != json.MemberEnd() && captures->value.IsArray())
        for (const auto& capture : captures->value.GetArray())
            if (const auto part = capture.FindMember("amount"); part != capture.MemberEnd() && part->value.IsObject())
                payment.captures.push_back({text_member(capture, "captureId"), integer_member(part->value, "value")});
    const auto known = payments_.find(payment.id);
    captures_ += payment.captures.size() - (known == payments_.end() ? 0 : known->second.captures.size());
    payments_[payment.id] = std::move(payment);
}

KeptAnswer PaymentBook::once(const std::string& key, const std::string& request,
                             const std::function<KeptAnswer(Hand&)>& act) {
    const std::lock_guard lock(mutex_);
    if (const auto known = answers_.find(key)) {
        ++repeated_;
        return *known;
    }
    Hand hand;
    hand.find = [this](const std::string& id) {
        const auto known = payments_.find(id);
        return known == payments_.end() ? nullptr : &known->second;
    };
    hand.open = [this](Payment payment) -> Payment& {
        payment.id = numbered("PAY", payments_.size() + 1);
        return payments_[payment.id] = payment;
    };
    hand.keep = [this](const Payment& payment) { file_.append(payment_json(payment)); };
    hand.new_capture_id = [this] { return numbered("CAP", ++captures_); };
    auto answer = act(hand);
    answer.request = request;
    file_.append(answers_.keep(key, answer));
    return answer;
}

std::optional<Payment> PaymentBook::find(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto known = payments_.find(id);
    return known == payments_.end() ? std::nullopt : std::optional(known->second);
}

std::vector<Payment> PaymentBook::of_reference(const std::string& reference) const {
    const std::lock_guard lock(mutex_);
    std::vector<Payment> found;
    for (const auto& [id, payment] : payments_)
        if (payment.reference == reference) found.push_back(payment);
    std::sort(found.begin(), found.end(), [](const Payment& a, const Payment& b) { return a.id < b.id; });
    return found;
}

PaymentBook::Counts PaymentBook::counts() const {
    const std::lock_guard lock(mutex_);
    Counts counts{payments_.size(), 0, 0, repeated_};
    for (const auto& [id, payment] : payments_) {
        counts.declined += payment.status == "DECLINED" ? 1 : 0;
        counts.captured += payment.captures.empty() ? 0 : 1;
    }
    return counts;
}

}  // namespace simulator
