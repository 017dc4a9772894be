// Journeys as plain decisions over answers.
#include "tests/simulator/traffic/journeys.hpp"

#include <algorithm>
#include <array>

#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace {

constexpr int most_tries = 6;

constexpr const char* old_build = "3.1.4";

constexpr std::array<const char*, 4> channels{"web", "store", "app", "marketplace"};

const Json* member(const Json& object, const char* name) {
    if (!object.IsObject()) return nullptr;
    const auto found = object.FindMember(name);
    return found == object.MemberEnd() ? nullptr : &found->value;
}

}  // namespace

Journey JourneyPlanner::begin(bool checkout, int customers, Call& first) {
    Journey journey;
    journey.checkout = checkout;
    journey.customer = static_cast<int>(dice_.below(static_cast<std::uint64_t>(customers)));
    journey.channel = channels[dice_.below(channels.size())];
    journey.key = "order-" + run_ + "-" + std::to_string(count_++);
    journey.repeat = dice_.below(20) == 0;
    journey.pickup = dice_.below(4) == 0;
    const auto wanted = 1 + dice_.below(checkout ? 3 : 8);
    while (journey.lines.size() < wanted) {
        const auto& article = catalog_.articles()[dice_.below(catalog_.articles().size())];
        OrderLine line{article.sku, location_id(1), 1 + static_cast<int>(dice_.below(3))};
        if (!checkout && dice_.below(12) == 0)
            line.sku = "HG-0" + std::to_string(10000 + dice_.below(80000));  // unknown
        const bool orderable = article.has_stock_rows && article.sku != sold_out_sku;
        const bool twice = std::any_of(journey.lines.begin(), journey.lines.end(),
                                       [&](const OrderLine& l) { return l.sku == line.sku; });
        if (!twice && (!checkout || orderable)) journey.lines.push_back(std::move(line));
    }
    journey.old_app = !checkout && dice_.below(6) == 0;
    first = availability(journey);
    return journey;
}

std::optional<Call> JourneyPlanner::next(Journey& journey, const Reply& reply) {
    journey.wait_ms = 0;
    switch (journey.step++) {
        case 0:
            if (journey.checkout) learn_locations(journey, reply);
            return prices(journey);
        case 1:
            if (!journey.checkout) return std::nullopt;
            if (!learn_prices(journey, reply)) {
                journey.abandoned = true;
                return std::nullopt;
            }
            write_order(journey);
            return order(journey);
        default: return after_order(journey, reply);
    }
}

Call JourneyPlanner::availability(const Journey& journey) {
    std::string path = journey.old_app ? "/inventory/v1/availability?articles=" : "/inventory/v2/availability?skus=";
    for (const auto& line : journey.lines) path += (&line == &journey.lines.front() ? "" : ",") + line.sku;
    if (!journey.checkout && dice_.below(5) < 2) {
        const int from = 1 + static_cast<int>(dice_.below(store_count));
        path += (journey.old_app ? "&stores=" : "&locationIds=") + location_id(from);
        if (from < store_count) path += "," + location_id(store_count);
    }
    if (journey.old_app) return {"getAvailability.v1", "GET", path, "", "", old_build};
    return {"getAvailability", "GET", path, "", ""};
}

Call JourneyPlanner::prices(const Journey& journey) const {
    JsonText out;
    out.writer.StartObject();
    out.field("channel", journey.channel);
    out.field("currencyCode", "EUR");
    out.key("lines");
    out.writer.StartArray();
    for (const auto& line : journey.lines) {
        out.writer.StartObject();
        out.field("sku", line.sku);
        out.field("quantity", line.quantity);
        out.writer.EndObject();
    }
    out.writer.EndArray();
    out.writer.EndObject();
    return {"getPrices", "POST", "/pricing/v1/prices/query", out.text(), ""};
}

Call JourneyPlanner::order(const Journey& journey) const {
    return {"createOrder", "POST", "/orders/v1/orders", journey.order_body, journey.key};
}

// Takes for each line a place that has enough, often a small store: where buyers meet.
void JourneyPlanner::learn_locations(Journey& journey, const Reply& reply) {
    rapidjson::Document json;
    if (reply.status != 200 || json.Parse(reply.body.data(), reply.body.size()).HasParseError()) return;
    const auto* items = member(json, "items");
    if (items == nullptr || !items->IsArray()) return;
    for (const auto& item : items->GetArray()) {
        const auto* locations = member(item, "locations");
        const auto line = std::find_if(journey.lines.begin(), journey.lines.end(),
                                       [sku = text_member(item, "sku")](const OrderLine& l) { return l.sku == sku; });
        if (line == journey.lines.end() || locations == nullptr || !locations->IsArray()) continue;
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

bool JourneyPlanner::learn_prices(Journey& journey, const Reply& reply) {
    rapidjson::Document json;
    if (reply.status != 200 || json.Parse(reply.body.data(), reply.body.size()).HasParseError()) return false;
    const auto* prices = member(json, "prices");
    if (prices == nullptr || !prices->IsArray()) return false;
    for (const auto& price : prices->GetArray()) {
        const auto* effective = member(price, "effectivePrice");
        const auto* cents = effective ? member(*effective, "centAmount") : nullptr;
        for (auto& line : journey.lines)
            if (cents && cents->IsInt64() && line.sku == text_member(price, "sku")) line.cents = cents->GetInt64();
    }
    return std::all_of(journey.lines.begin(), journey.lines.end(),
                       [](const OrderLine& line) { return line.cents >= 0; });
}

std::optional<Call> JourneyPlanner::after_order(Journey& journey, const Reply& reply) {
    if (reply.status == 200 || reply.status == 201) {
        rapidjson::Document json;
        json.Parse(reply.body.data(), reply.body.size());
        journey.order_id = json.HasParseError() ? std::string() : text_member(json, "orderId");
        if (!journey.repeat || journey.repeated) return std::nullopt;
        journey.repeated = true;
        return order(journey);
    }
    // No answer, a server's trouble, or another attempt under way: the same key and body again, as a good caller does.
    const bool again = reply.status == 0 || reply.status >= 500 || reply.status == 429 ||
                       (reply.status == 409 && reply.body.find("out-of-stock") == std::string::npos);
    if (!again || ++journey.tries >= most_tries) {
        journey.abandoned = again;
        return std::nullopt;
    }
    journey.wait_ms = 100LL << journey.tries;
    return order(journey);
}

}  // namespace simulator
