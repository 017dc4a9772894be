// FakeStock: the stock system's two transactions over a table in memory, as the mappings promise them: reserving is
// repeatable under an order's identifier, giving back leaves a tombstone, and what is gone can't be reserved.
#pragma once

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/fake_system.hpp"

namespace headgate::orders {

// Thread-safe.
class FakeStock {
  public:
    explicit FakeStock(std::map<std::string, int> on_hand) : on_hand_(std::move(on_hand)) {}

    FakeAnswer reserve(const std::string& order_json) {
        const auto order = nlohmann::json::parse(order_json);
        const std::string id = order.at("orderId");
        std::lock_guard lock(mutex_);
        if (reserved_.count(id) || released_.count(id)) return FakeAnswer::ok("");  // duplicate header: done
        auto left = on_hand_;
        std::map<std::string, int> wanted;
        for (std::size_t i = 0; i < order.at("lines").size(); ++i) {
            const auto& line = order.at("lines")[i];
            const std::string sku = line.at("sku");
            if (left[sku] < line.at("quantity").get<int>())
                return FakeAnswer::fails(ErrorKind::rejected, "out-of-stock", "/lines/" + std::to_string(i));
            left[sku] -= line.at("quantity").get<int>();
            wanted[sku] += line.at("quantity").get<int>();
        }
        on_hand_ = left;
        reserved_[id] = wanted;
        return FakeAnswer::ok("");
    }
    FakeAnswer release(const std::string& order_json) {
        const std::string id = nlohmann::json::parse(order_json).at("orderId");
        std::lock_guard lock(mutex_);
        if (auto found = reserved_.find(id); found != reserved_.end()) {
            for (const auto& [sku, quantity] : found->second) on_hand_[sku] += quantity;
            reserved_.erase(found);
        }
        released_.insert(id);
        return FakeAnswer::ok("");
    }

    int on_hand(const std::string& sku) {
        std::lock_guard lock(mutex_);
        return on_hand_[sku];
    }
    std::set<std::string> reserved() {
        std::lock_guard lock(mutex_);
        std::set<std::string> ids;
        for (const auto& [id, lines] : reserved_) ids.insert(id);
        return ids;
    }
    bool released(const std::string& id) {
        std::lock_guard lock(mutex_);
        return released_.count(id) > 0;
    }

  private:
    std::mutex mutex_;
    std::map<std::string, int> on_hand_;
    std::map<std::string, std::map<std::string, int>> reserved_;
    std::set<std::string> released_;
};

// A plan that only has names.
class NamedPlan final : public Plan {
  public:
    NamedPlan(std::string system, std::string call) : system_(std::move(system)), call_name_(std::move(call)) {
        name_ = side_ + " -> " + system_ + "." + call_name_;
    }
    const std::string& name() const override { return name_; }
    const std::string& contract_side() const override { return side_; }
    const std::string& system() const override { return system_; }
    const std::string& call_name() const override { return call_name_; }
    const LegacyCall& call() const override { return call_; }
    SourceMark mark() const override { return {}; }
    std::uint64_t fingerprint() const override { return 0; }
    const MappingReport& report() const override { return report_; }
    Result<Value> to_legacy(const Value& message, Builder&) const override { return message; }
    Result<Value> to_contract(const Value& legacy, const Value&, Builder&, DriftLog*) const override { return legacy; }
    FaultVerdict fault(std::string_view, const Value&) const override { return {}; }

  private:
    std::string system_, call_name_, side_ = "orders.v1/Order", name_;
    LegacyCall call_;
    MappingReport report_;
};

}  // namespace headgate::orders
