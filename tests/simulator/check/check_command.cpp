// Reads, judges, prints.
#include "tests/simulator/check/check_command.hpp"

#include <cstdint>
#include <filesystem>
#include <iostream>
#include <stdexcept>

#include "tests/simulator/check/invariants.hpp"

namespace simulator {

int check_folder(const CheckOptions& options) {
    if (!std::filesystem::exists(options.dir + "/stock.db")) throw std::runtime_error("no stock.db in " + options.dir);
    if (!options.orders.empty() && !std::filesystem::exists(options.orders))
        throw std::runtime_error("no file " + options.orders);
    auto evidence = read_evidence(options.dir, options.stock_connection);
    if (!options.orders.empty()) evidence.acknowledged = read_acknowledged(options.orders);
    const auto verdict = judge(evidence);
    const bool ok = verdict.ok(options.allow_open);
    std::uint64_t active = 0;
    for (const auto& [id, status] : evidence.reservations) active += status == 'A' ? 1 : 0;
    JsonText out;
    out.writer.StartObject();
    out.field("ok", ok);
    out.key("counts");
    out.writer.StartObject();
    out.field("acknowledged", static_cast<std::uint64_t>(evidence.acknowledged.size()));
    out.field("shop", static_cast<std::uint64_t>(evidence.shop_ext_ids.size()));
    out.field("warehouse", static_cast<std::uint64_t>(evidence.warehouse_orders.size()));
    out.field("activeReservations", active);
    out.writer.EndObject();
    out.strings("problems", verdict.problems);
    out.strings("open", verdict.open);
    out.strings("orphans", verdict.orphans);
    out.writer.EndObject();
    std::cout << out.text() << std::endl;
    return ok ? 0 : 1;
}

}  // namespace simulator
