// Orders: what was captured, which steps are done, waiting or held, and trying held ones again.
#include <nlohmann/json.hpp>

#include "base/timestamp.hpp"
#include "gateway/admin/endpoints.hpp"
#include "gateway/orders/orders_view.hpp"

namespace headgate {
namespace {

using nlohmann::json;

constexpr std::size_t orders_a_page = 100;

std::string moment(std::int64_t ms) { return rfc3339(WallTime(std::chrono::milliseconds(ms))); }

Result<AdminAnswer> list(const AdminRequest& request, store::Store& store) {
    std::string before = request.parameter("before");
    if (before.find_first_not_of("0123456789") != std::string::npos || before.size() > 18)
        return Error{ErrorKind::invalid_message, "must be a revision", {}, {}, "/before"};
    auto orders = orders::list_orders(store, before.empty() ? 0 : std::stoll(before), orders_a_page);
    if (!orders) return std::move(orders).error();
    auto counts = orders::count_orders(store);
    if (!counts) return std::move(counts).error();
    json items = json::array();
    for (const auto& order : *orders)
        items.push_back(
            {{"orderId", order.order_id},
             {"steps", {{"ready", order.steps_ready}, {"held", order.steps_held}, {"done", order.steps_done}}}});
    json out{{"orders", items},
             {"openIntents", counts->open_intents},
             {"openSteps", counts->steps.ready},
             {"heldSteps", counts->steps.held},
             {"openReleases", counts->releases.ready + counts->releases.held}};
    if (orders->size() == orders_a_page) out["before"] = orders->back().revision;
    return AdminAnswer{200, "application/json", out.dump()};
}

Result<AdminAnswer> show(const AdminRequest& request, store::Store& store) {
    auto order = orders::show_order(store, request.named.at("order"));
    if (!order) return std::move(order).error();
    if (!*order) return Error{ErrorKind::unknown_operation, "there is no such order"};
    const orders::OrderDetail& detail = **order;
    json steps = json::array(), events = json::array(), references = json::object();
    for (const auto& step : detail.steps)
        steps.push_back({{"step", step.kind},
                         {"state", store::name(step.state)},
                         {"attempts", step.attempts},
                         {"due", moment(step.due_ms)},
                         {"changed", moment(step.changed_ms)},
                         {"note", step.note}});
    for (const auto& event : detail.events)
        events.push_back({{"at", moment(event.at_ms)},
                          {"kind", event.kind},
                          {"payload", json::parse(event.payload, nullptr, false)}});
    for (const auto& [system, key] : detail.cross_references) references[system] = key;
    // The order itself holds personal data and is not shown here.
    json out{{"orderId", detail.order_id}, {"steps", steps}, {"events", events}, {"crossReferences", references}};
    return AdminAnswer{200, "application/json", out.dump()};
}

Result<AdminAnswer> retry(const AdminRequest& request, store::Store& store) {
    auto why = read_why(request.body);
    if (!why) return std::move(why).error();
    auto order = orders::show_order(store, request.named.at("order"));
    if (!order) return std::move(order).error();
    if (!*order) return Error{ErrorKind::unknown_operation, "there is no such order"};
    auto made = orders::retry_order(store, request.named.at("order"),
                                    {request.caller, *why, store::to_ms(system_clock().wall_now())});
    if (!made) return std::move(made).error();
    return AdminAnswer{200, "application/json", json{{"retried", *made}}.dump()};
}

}  // namespace

void add_order_endpoints(std::vector<Endpoint>& table, store::Store& store) {
    table.push_back({"GET", "/api/v1/orders", false, Role::viewer,
                     [&store](const AdminRequest& request) { return list(request, store); }});
    table.push_back({"GET", "/api/v1/orders/{order}", false, Role::viewer,
                     [&store](const AdminRequest& request) { return show(request, store); }});
    table.push_back({"POST", "/api/v1/orders/{order}/retry", false, Role::operator_,
                     [&store](const AdminRequest& request) { return retry(request, store); }});
}

}  // namespace headgate
