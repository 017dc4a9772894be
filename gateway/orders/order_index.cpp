// A moment's digits are told as what they lack of nine: keys in rising order are moments in falling order.
#include "gateway/orders/order_index.hpp"

#include <nlohmann/json.hpp>

#include "gateway/orders/rows.hpp"

namespace headgate::orders {

namespace {

constexpr std::size_t batch = 200;
constexpr const char* complete = "complete";  // a row of the index itself: it has all orders

// 2026-11-23T09:15:00Z -> 2026-11-23T09:15:00.000Z: as accepted moments are written.
std::string with_milliseconds(const std::string& moment) {
    auto dot = moment.find('.'), end = moment.find_first_of("Zz");
    if (end == std::string::npos) return moment;
    auto fraction = dot == std::string::npos ? std::string() : moment.substr(dot + 1, end - dot - 1);
    fraction.resize(3, '0');
    return moment.substr(0, std::min(dot, end)) + "." + fraction + "Z";
}

std::string falling(const std::string& moment) {
    std::string key = with_milliseconds(moment);
    for (char& c : key)
        if (c >= '0' && c <= '9') c = static_cast<char>('0' + '9' - c);
    return key;
}

std::string prefix_of(const std::string& customer_id) {
    return customer_id.empty() ? "time/" : "customer/" + customer_id + "/";
}

// Where the list begins: behind the last one that was told, else behind what is too young.
std::string beginning(const OrderQuery& query) {
    auto prefix = prefix_of(query.customer_id);
    if (!query.after_order_id.empty()) return prefix + falling(query.after_accepted_at) + "/" + query.after_order_id;
    return query.accepted_before.empty() ? prefix : prefix + falling(query.accepted_before) + "/~";
}

}  // namespace

std::vector<store::Put> index_rows(const std::string& order_id, const std::string& order) {
    const auto json = nlohmann::json::parse(order, nullptr, false);
    const auto text = [](const nlohmann::json& object, const char* name) {
        return object.is_object() ? object.value(name, nlohmann::json()) : nlohmann::json();
    };
    const auto moment = text(json, "acceptedAt"), customer = text(text(json, "customer"), "customerId");
    std::vector<store::Put> rows;
    if (!moment.is_string()) return rows;
    const auto key = falling(moment.get<std::string>()) + "/" + order_id;
    rows.push_back({order_index, prefix_of("") + key, "{}", {}});
    if (customer.is_string() && !customer.get<std::string>().empty())
        rows.push_back({order_index, prefix_of(customer.get<std::string>()) + key, "{}", {}});
    return rows;
}

Result<std::vector<std::string>> find_orders(store::Store& store, const OrderQuery& query) {
    auto rows = store.list(order_index, beginning(query), query.take);
    if (!rows) return rows.error();
    const auto prefix = prefix_of(query.customer_id);
    const auto last = query.accepted_since.empty() ? std::string() : prefix + falling(query.accepted_since) + "/~";
    std::vector<std::string> found;
    for (const auto& row : *rows) {
        if (!row.key.starts_with(prefix) || (!last.empty() && row.key > last)) break;
        found.push_back(row.key.substr(row.key.rfind('/') + 1));
    }
    return found;
}

Result<void> index_earlier_orders(store::Store& store) {
    auto known = store.find(order_index, complete);
    if (!known) return known.error();
    if (*known) return Done{};
    for (std::string after;;) {
        auto orders = store.list(orders_kept, after, batch);
        if (!orders) return orders.error();
        store::Commit commit;
        for (const auto& order : *orders)
            for (auto& row : index_rows(order.key, order.payload)) commit.puts.push_back(std::move(row));
        const bool last = orders->size() < batch;
        if (last) commit.puts.push_back({order_index, complete, "{}", {}});
        auto done = store.commit(std::move(commit));
        if (!done) return done.error();
        if (done->outcome != store::Outcome::committed)
            return Error{ErrorKind::outcome_unknown, "the store can't tell whether orders were indexed"};
        if (last) return Done{};
        after = orders->back().key;
    }
}

}  // namespace headgate::orders
