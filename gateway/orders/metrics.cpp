#include "gateway/orders/metrics.hpp"

#include "gateway/orders/orders_view.hpp"

namespace headgate::orders {

void export_order_counts(Metrics& metrics, store::Store& store, const Clock& clock) {
    auto gauge = [&](const char* what, const char* help, const char* state) {
        return metrics.gauge(what, help, {{"state", state}});
    };
    constexpr const char* steps = "headgate_order_steps";
    constexpr const char* steps_help = "Steps of captured orders that are not done, by state.";
    Gauge ready = gauge(steps, steps_help, "waiting"), held = gauge(steps, steps_help, "held");
    Gauge open = metrics.gauge("headgate_order_intents", "Captures that have begun and not ended.");
    Gauge releases = metrics.gauge("headgate_order_stock_releases", "Reservations that are still to be given back.");
    Gauge oldest = metrics.gauge("headgate_order_oldest_waiting_step_seconds", "Age of the oldest step that waits.");
    metrics.before_scrape([=, &store, &clock] {
        auto counts = count_orders(store);
        if (!counts) return;  // /readyz says so
        ready.set(static_cast<double>(counts->steps.ready));
        held.set(static_cast<double>(counts->steps.held));
        open.set(static_cast<double>(counts->open_intents));
        releases.set(static_cast<double>(counts->releases.ready + counts->releases.held));
        auto since = counts->steps.oldest_ready_ms;
        auto age_ms = since ? store::to_ms(clock.wall_now()) - *since : 0;
        oldest.set(static_cast<double>(age_ms) / 1000);
    });
}

}  // namespace headgate::orders
