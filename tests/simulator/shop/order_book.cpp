// One JSON line an order or event, in one write, before the answer leaves.
#include "tests/simulator/shop/order_book.hpp"

#include <cstdio>

#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace {

std::string line_of(const ShopOrder& order) {
    JsonText out;
    out.writer.StartObject();
    out.field("extId", order.ext_id);
    out.field("auftrNr", order.auftr_nr);
    out.field("stat", order.stat);
    out.field("angelegt", order.angelegt);
    out.field("content", order.content);
    out.writer.EndObject();
    return out.text();
}

std::string line_of(const ShopEvent& event) {
    JsonText out;
    out.writer.StartObject();
    out.field("extId", event.ext_id);
    out.field("state", event.state);
    out.field("at", event.at);
    out.field("reason", event.reason);
    out.field("shipment", event.shipment);
    out.field("carrier", event.carrier);
    out.key("lines");
    out.writer.StartObject();
    for (const auto& [number, line] : event.lines) {
        out.key(number);
        out.writer.StartArray();
        for (const auto pieces : {line.cancelled, line.shipped, line.refunded}) out.writer.Int64(pieces);
        out.writer.EndArray();
    }
    out.writer.EndObject();
    out.writer.EndObject();
    return out.text();
}

std::optional<ShopEvent> event_of(const std::string& line) {
    rapidjson::Document json;
    if (json.Parse(line.data(), line.size()).HasParseError() || !json.IsObject()) return std::nullopt;
    ShopEvent event{text_member(json, "extId"),  text_member(json, "state"),    text_member(json, "at"),
                    text_member(json, "reason"), text_member(json, "shipment"), text_member(json, "carrier")};
    if (const auto lines = json.FindMember("lines"); lines != json.MemberEnd() && lines->value.IsObject())
        for (const auto& member : lines->value.GetObject())
            if (member.value.IsArray() && member.value.Size() == 3)
                event.lines[text_of(member.name)] = {member.value[0].GetInt64(), member.value[1].GetInt64(),
                                                     member.value[2].GetInt64()};
    return event;
}

}  // namespace

std::vector<ShopOrder> read_shop_orders(const std::string& path) {
    std::vector<ShopOrder> orders;
    for (const auto& line : lines_of(path)) {
        rapidjson::Document json;
        if (json.Parse(line.data(), line.size()).HasParseError() || !json.IsObject()) continue;
        orders.push_back({text_member(json, "extId"), text_member(json, "auftrNr"), text_member(json, "stat"),
                          text_member(json, "angelegt"), text_member(json, "content")});
        orders.back().state = orders.back().stat;
    }
    return orders;
}

OrderBook::OrderBook(std::string path) : file_(path), events_(path + ".events") {
    for (auto& order : read_shop_orders(path)) {
        by_number_[order.auftr_nr] = order.ext_id;
        auto key = order.ext_id;
        orders_.emplace(std::move(key), std::move(order));
    }
    for (const auto& line : lines_of(path + ".events"))
        if (const auto event = event_of(line)) apply(*event);
}

ShopOrder OrderBook::place(ShopOrder order, bool& repeated, unsigned recycled_after) {
    const std::lock_guard lock(mutex_);
    const auto known = orders_.find(order.ext_id);
    repeated = known != orders_.end();
    if (repeated) {
        ++repetitions_;
        return known->second;
    }
    char number[16];
    const auto count = static_cast<unsigned>(orders_.size());
    std::snprintf(number, sizeof number, "A%09u",
                  (recycled_after == 0 ? (count + 1) % 1000000000u : count % recycled_after + 1));
    order.auftr_nr = number;
    order.state = order.stat;
    file_.append(line_of(order));
    by_number_[order.auftr_nr] = order.ext_id;
    orders_.emplace(order.ext_id, order);
    return order;
}

void OrderBook::apply(const ShopEvent& event) {
    const auto known = orders_.find(event.ext_id);
    if (known == orders_.end()) return;
    auto& order = known->second;
    if (!event.state.empty() && event.state != order.state) {
        order.state = event.state;
        order.changed = event.at;
    }
    if (!event.reason.empty()) order.reason = event.reason;
    if (!event.shipment.empty()) order.shipment = event.shipment, order.carrier = event.carrier;
    for (const auto& [number, added] : event.lines) {
        auto& line = order.lines[number];
        line.cancelled += added.cancelled;
        line.shipped += added.shipped;
        line.refunded += added.refunded;
    }
}

bool OrderBook::change(const std::string& ext_id,
                       const std::function<std::optional<ShopEvent>(const ShopOrder&)>& decide) {
    const std::lock_guard lock(mutex_);
    const auto known = orders_.find(ext_id);
    if (known == orders_.end()) return false;
    if (const auto event = decide(known->second)) {
        events_.append(line_of(*event));
        apply(*event);
    }
    return true;
}

bool OrderBook::find(const std::string& ext_id, ShopOrder& order) const {
    const std::lock_guard lock(mutex_);
    const auto known = orders_.find(ext_id);
    if (known == orders_.end()) return false;
    order = known->second;
    return true;
}

std::optional<ShopOrder> OrderBook::by_number(const std::string& auftr_nr) const {
    const std::lock_guard lock(mutex_);
    const auto known = by_number_.find(auftr_nr);
    return known == by_number_.end() ? std::nullopt : std::optional(orders_.at(known->second));
}

std::vector<ShopOrder> OrderBook::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<ShopOrder> orders;
    orders.reserve(orders_.size());
    for (const auto& [id, order] : orders_) orders.push_back(order);
    return orders;
}

std::uint64_t OrderBook::repetitions() const {
    const std::lock_guard lock(mutex_);
    return repetitions_;
}

}  // namespace simulator
