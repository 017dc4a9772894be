// Counts, and says what it counted.
#include "tests/simulator/traffic/statistics.hpp"

#include <algorithm>
#include <cstdio>

#include "tests/simulator/http/json.hpp"

namespace simulator {

void Statistics::answered(const std::string& operation, int status, std::int64_t latency_us) {
    auto& counted = operations_[operation];
    ++counted.statuses[status];
    if (status != 0) counted.latencies_us.push_back(bounded(latency_us));
}

void Statistics::Part::answered(int status, std::int64_t latency_us) {
    ++calls;
    if (status == 0 || status >= 500) ++failed;
    if (status != 0) latencies_us.push_back(bounded(latency_us));
}

std::uint32_t Statistics::bounded(std::int64_t latency_us) {
    return static_cast<std::uint32_t>(std::min<std::int64_t>(latency_us, UINT32_MAX));
}

void Statistics::side(int customer, const std::string& side, std::int64_t sent_us, std::int64_t answered_us) {
    auto& known = sides_.at(static_cast<std::size_t>(customer));
    known.seen = true;
    if (side == "candidate" && !known.candidate) {
        known.candidate = true;
        known.candidate_at_us = answered_us;
    } else if (side == "legacy" && known.candidate && sent_us > known.candidate_at_us) {
        known.back = true;
    }
}

bool Statistics::acknowledged(const std::string& key, const std::string& order_id) {
    const auto [order, first_of_key] = order_of_key_.emplace(key, order_id);
    const auto [owner, first_of_order] = key_of_order_.emplace(order_id, key);
    if (order->second != order_id || owner->second != key) duplicates_.insert(order_id);
    if (!first_of_key) ++orders_repeated;
    return first_of_key && first_of_order;
}

std::size_t Statistics::count(bool Side::*flag) const {
    return static_cast<std::size_t>(
        std::count_if(sides_.begin(), sides_.end(), [flag](const Side& s) { return s.*flag; }));
}

double Statistics::percentile_ms(std::vector<std::uint32_t> latencies_us, double share) {
    if (latencies_us.empty()) return 0;
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(latencies_us.size() - 1));
    std::nth_element(latencies_us.begin(), latencies_us.begin() + at, latencies_us.end());
    return latencies_us[static_cast<std::size_t>(at)] / 1000.0;
}

void Statistics::write(JsonText& out, const char* name, const std::map<std::string, Part>& parts) {
    out.key(name);
    out.writer.StartObject();
    for (const auto& [part, counts] : parts) {
        out.key(part);
        out.writer.StartObject();
        out.field("started", counts.started);
        out.field("finished", counts.finished);
        out.field("abandoned", counts.abandoned);
        out.field("calls", counts.calls);
        out.field("failed", counts.failed);
        out.field("orders", counts.orders);
        out.key("p50_ms"), out.writer.Double(percentile_ms(counts.latencies_us, 0.5));
        out.key("p99_ms"), out.writer.Double(percentile_ms(counts.latencies_us, 0.99));
        out.writer.EndObject();
    }
    out.writer.EndObject();
}

std::string Statistics::report(double seconds) const {
    JsonText out;
    out.writer.SetMaxDecimalPlaces(3);
    const auto number = [&out](const char* name, double value) { out.key(name), out.writer.Double(value); };
    out.writer.StartObject();
    number("seconds", seconds);
    out.key("operations");
    out.writer.StartObject();
    for (const auto& [name, operation] : operations_) {
        out.key(name);
        out.writer.StartObject();
        out.key("statuses");
        out.writer.StartObject();
        for (const auto& [status, times] : operation.statuses)
            out.field(status == 0 ? "none" : std::to_string(status), times);
        out.writer.EndObject();
        number("p50_ms", percentile_ms(operation.latencies_us, 0.5));
        number("p99_ms", percentile_ms(operation.latencies_us, 0.99));
        out.writer.EndObject();
    }
    out.writer.EndObject();
    out.key("journeys");
    out.writer.StartObject();
    out.field("started", journeys_started);
    out.field("finished", journeys_finished);
    out.field("abandoned", journeys_abandoned);
    out.field("skipped", journeys_skipped);
    out.writer.EndObject();
    write(out, "journeys_by_kind", kinds);
    write(out, "journeys_by_channel", channels);
    out.field("customers_seen", static_cast<std::uint64_t>(customers_seen()));
    out.field("customers_on_candidate", static_cast<std::uint64_t>(customers_on_candidate()));
    out.field("customers_that_went_back", static_cast<std::uint64_t>(customers_that_went_back()));
    out.field("orders_acknowledged", static_cast<std::uint64_t>(order_of_key_.size()));
    out.field("orders_repeated", orders_repeated);
    out.field("orders_unanswered", orders_unanswered);
    out.strings("duplicate_order_ids", duplicates_);
    out.key("acknowledged");
    out.writer.StartArray();
    for (const auto& [key, order_id] : order_of_key_) {
        out.writer.StartObject();
        out.field("orderId", order_id);
        out.field("key", key);
        out.writer.EndObject();
    }
    out.writer.EndArray();
    out.writer.EndObject();
    return out.text();
}

std::string Statistics::summary(double seconds) const {
    std::string text;
    char line[200];
    const auto add = [&](int length) { text.append(line, static_cast<std::size_t>(length)); };
    for (const auto& [name, operation] : operations_) {
        std::string statuses;
        for (const auto& [status, times] : operation.statuses)
            statuses +=
                " " + (status == 0 ? std::string("none") : std::to_string(status)) + ":" + std::to_string(times);
        add(std::snprintf(line, sizeof line, "%-16s p50 %.1f ms  p99 %.1f ms ", name.c_str(),
                          percentile_ms(operation.latencies_us, 0.5), percentile_ms(operation.latencies_us, 0.99)));
        text += statuses + "\n";
    }
    add(std::snprintf(line, sizeof line, "journeys         %llu in %.1f s, %llu abandoned, %llu skipped\n",
                      static_cast<unsigned long long>(journeys_started), seconds,
                      static_cast<unsigned long long>(journeys_abandoned),
                      static_cast<unsigned long long>(journeys_skipped)));
    add(std::snprintf(line, sizeof line, "customers        %zu seen, %zu on the candidate, %zu went back\n",
                      customers_seen(), customers_on_candidate(), customers_that_went_back()));
    add(std::snprintf(line, sizeof line,
                      "orders           %zu acknowledged, %llu repeated, %llu unanswered, %zu doubled\n",
                      order_of_key_.size(), static_cast<unsigned long long>(orders_repeated),
                      static_cast<unsigned long long>(orders_unanswered), duplicates_.size()));
    return text;
}

}  // namespace simulator
