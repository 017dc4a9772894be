#include "gateway/config/mock_snapshot.hpp"

namespace headgate {
namespace {

std::optional<Config> config_of(const MockSettings& settings, Diagnostics& diagnostics) {
    if (!settings.config.empty()) return load_mock_config(settings.config, diagnostics);
    Config config;
    config.contracts = settings.contracts;
    config.api_address = settings.api;
    config.admin_address = settings.admin;
    for (const auto& [option, address] : {std::pair("--api", &settings.api), {"--admin", &settings.admin}})
        if (!is_address(*address))
            diagnostics.error({option, 0, 0}, "'" + *address + "' is no address",
                              "for example 127.0.0.1:8080 or [::1]:8080");
    return config;
}

}  // namespace

std::shared_ptr<const Snapshot> load_mock_snapshot(const MockSettings& settings, const Snapshot* previous,
                                                   Diagnostics& diagnostics) {
    auto config = config_of(settings, diagnostics);
    if (!config) return nullptr;
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->config = std::move(*config);
    snapshot->revision = previous ? previous->revision + 1 : 1;
    Diagnostics of_contracts;
    snapshot->contracts = load_contracts(snapshot->config.contracts, of_contracts);
    diagnostics.add(of_contracts);
    if (diagnostics.has_errors()) return nullptr;
    const auto& operations = snapshot->contracts->operations();
    snapshot->config.routes.reserve(operations.size());
    snapshot->routes.reserve(operations.size());
    for (const auto& operation : operations) {
        RouteConfig& said = snapshot->config.routes.emplace_back();
        said.operation = operation->name;
        Route& route = snapshot->routes.emplace_back();
        route.config = &said;
        route.operation = operation.get();
        snapshot->route_of[operation.get()] = &route;
    }
    return snapshot;
}

}  // namespace headgate
