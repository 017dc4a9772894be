// Calls by the contracts in contracts/catalog.
#include "tests/simulator/traffic/shopping.hpp"

#include <algorithm>

#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace {

constexpr int most_tries = 6;
constexpr const char* old_build = "3.1.4";

const Json* member(const Json& object, const char* name) {
    if (!object.IsObject()) return nullptr;
    const auto found = object.FindMember(name);
    return found == object.MemberEnd() ? nullptr : &found->value;
}

}  // namespace

void Shopping::choose(std::uint64_t count, bool orderable) {
    lines_.clear();
    while (lines_.size() < count) {
        const auto& article = draw_article();
        OrderLine line{article.sku, location_id(1), 1 + static_cast<int>(dice_.below(3))};
        if (!orderable && dice_.below(12) == 0)
            line.sku = "HG-0" + std::to_string(10000 + dice_.below(80000));  // unknown
        const bool fits = !orderable || (article.has_stock_rows && article.sku != sold_out_sku);
        const bool twice =
            std::any_of(lines_.begin(), lines_.end(), [&](const OrderLine& l) { return l.sku == line.sku; });
        if (fits && !twice)
            lines_.push_back(std::move(line));
        else if (twice && !lines_.empty() && dice_.below(20) == 0)
            return;  // of a few hot articles there are no more
    }
}

Call Shopping::availability(const std::string& locations) const {
    std::string path = old_app_ ? "/inventory/v1/availability?articles=" : "/inventory/v2/availability?skus=";
    for (const auto& line : lines_) path += (&line == &lines_.front() ? "" : ",") + line.sku;
    if (!locations.empty()) path += (old_app_ ? "&stores=" : "&locationIds=") + locations;
    if (old_app_) return {"getAvailability.v1", "GET", path, "", "", old_build, session_};
    return {"getAvailability", "GET", path, "", "", "", session_};
}

Call Shopping::prices() const {
    JsonText out;
    out.writer.StartObject();
    out.field("channel", channel_);
    out.field("currencyCode", "EUR");
    out.key("lines");
    out.writer.StartArray();
    for (const auto& line : lines_) {
        out.writer.StartObject();
        out.field("sku", line.sku);
        out.field("quantity", line.quantity);
        out.writer.EndObject();
    }
    out.writer.EndArray();
    out.writer.EndObject();
    return {"getPrices", "POST", "/pricing/v1/prices/query", out.text(), "", "", session_};
}

Call Shopping::order() {
    if (order_body_.empty()) order_body_ = order_body(customer_, channel_, pickup_, lines_, dice_);
    return {"createOrder", "POST", "/orders/v1/orders", order_body_, key_, "", session_};
}

void Shopping::learn_locations(const Reply& reply) {
    rapidjson::Document json;
    if (reply.status != 200 || json.Parse(reply.body.data(), reply.body.size()).HasParseError()) return;
    const auto* items = member(json, "items");
    if (items == nullptr || !items->IsArray()) return;
    for (const auto& item : items->GetArray()) {
        const auto* locations = member(item, "locations");
        const auto line = std::find_if(lines_.begin(), lines_.end(),
                                       [sku = text_member(item, "sku")](const OrderLine& l) { return l.sku == sku; });
        if (line == lines_.end() || locations == nullptr || !locations->IsArray()) continue;
        std::vector<std::string> enough;
        for (const auto& place : locations->GetArray()) {
            const auto* available = member(place, "available");
            if (available && available->IsInt() && available->GetInt() >= line->quantity &&
                text_member(place, "status") == "sellable")
                enough.push_back(text_member(place, "locationId"));
        }
        if (!enough.empty()) line->location = enough[dice_.below(enough.size())];
    }
}

bool Shopping::learn_prices(const Reply& reply) {
    rapidjson::Document json;
    if (reply.status != 200 || json.Parse(reply.body.data(), reply.body.size()).HasParseError()) return false;
    const auto* prices = member(json, "prices");
    if (prices == nullptr || !prices->IsArray()) return false;
    for (const auto& price : prices->GetArray()) {
        const auto* effective = member(price, "effectivePrice");
        const auto* cents = effective ? member(*effective, "centAmount") : nullptr;
        for (auto& line : lines_)
            if (cents && cents->IsInt64() && line.sku == text_member(price, "sku")) line.cents = cents->GetInt64();
    }
    return std::all_of(lines_.begin(), lines_.end(), [](const OrderLine& line) { return line.cents >= 0; });
}

std::optional<Call> Shopping::after_order(const Reply& reply) {
    if (reply.status == 200 || reply.status == 201) {
        rapidjson::Document json;
        json.Parse(reply.body.data(), reply.body.size());
        order_id_ = json.HasParseError() ? std::string() : text_member(json, "orderId");
        if (!repeat_ || repeated_) return std::nullopt;
        repeated_ = true;
        wait_ms_ = 0;
        return order();
    }
    // No answer, a server's trouble, or another attempt under way: the same key and body again, as a good caller does.
    const bool again = reply.status == 0 || reply.status >= 500 || reply.status == 429 ||
                       (reply.status == 409 && reply.body.find("out-of-stock") == std::string::npos);
    if (!again || ++tries_ >= most_tries) {
        abandoned_ = again;
        return std::nullopt;
    }
    wait_ms_ = 100LL << tries_;
    return order();
}

}  // namespace simulator
