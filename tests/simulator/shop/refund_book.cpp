// One JSON line a refund.
#include "tests/simulator/shop/refund_book.hpp"

#include <algorithm>
#include <cstdio>

#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace {

std::string line_of(const Refund& refund) {
    JsonText out;
    out.writer.StartObject();
    out.field("extId", refund.ext_id);
    out.field("gutNr", refund.number);
    out.field("order", refund.order);
    out.field("reason", refund.reason);
    out.field("cents", refund.cents);
    out.field("booked", static_cast<std::int64_t>(refund.booked.time_since_epoch().count()));
    out.key("lines");
    out.writer.StartArray();
    for (const auto& line : refund.lines) {
        out.writer.StartObject();
        out.field("pos", line.position);
        out.field("pieces", line.pieces);
        out.field("cents", line.cents);
        out.writer.EndObject();
    }
    out.writer.EndArray();
    out.writer.EndObject();
    return out.text();
}

std::int64_t number_member(const Json& object, const char* name) {
    const auto member = object.FindMember(name);
    return member != object.MemberEnd() && member->value.IsInt64() ? member->value.GetInt64() : 0;
}

}  // namespace

std::string refund_state(Instant booked, Instant at) {
    const auto age = at - booked;
    return age < std::chrono::seconds(2) ? "OFN" : age < std::chrono::seconds(5) ? "GEB" : "AUS";
}

RefundBook::RefundBook(const std::string& path) : file_(path) {
    for (const auto& line : lines_of(path)) {
        rapidjson::Document json;
        if (json.Parse(line.data(), line.size()).HasParseError() || !json.IsObject()) continue;
        Refund refund{text_member(json, "extId"),
                      text_member(json, "gutNr"),
                      text_member(json, "order"),
                      text_member(json, "reason"),
                      number_member(json, "cents"),
                      {},
                      {}};
        refund.booked = Instant{std::chrono::seconds(number_member(json, "booked"))};
        if (const auto lines = json.FindMember("lines"); lines != json.MemberEnd() && lines->value.IsArray())
            for (const auto& entry : lines->value.GetArray())
                refund.lines.push_back(
                    {text_member(entry, "pos"), number_member(entry, "pieces"), number_member(entry, "cents")});
        refunds_.push_back(std::move(refund));
    }
}

Refund RefundBook::book(Refund refund, bool& repeated) {
    const std::lock_guard lock(mutex_);
    const auto known = std::find_if(refunds_.begin(), refunds_.end(),
                                    [&](const Refund& other) { return other.ext_id == refund.ext_id; });
    repeated = known != refunds_.end();
    if (repeated) return *known;
    char number[16];
    std::snprintf(number, sizeof number, "G%09u", static_cast<unsigned>((refunds_.size() + 1) % 1000000000u));
    refund.number = number;
    file_.append(line_of(refund));
    refunds_.push_back(refund);
    return refund;
}

std::optional<Refund> RefundBook::find(const std::string& ext_id, const std::string& number) const {
    const std::lock_guard lock(mutex_);
    const auto known = std::find_if(refunds_.begin(), refunds_.end(), [&](const Refund& refund) {
        return ext_id.empty() ? refund.number == number : refund.ext_id == ext_id;
    });
    return known == refunds_.end() ? std::nullopt : std::optional(*known);
}

std::size_t RefundBook::count() const {
    const std::lock_guard lock(mutex_);
    return refunds_.size();
}

}  // namespace simulator
