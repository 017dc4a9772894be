// Routes: what they are, how they got there, and setting a share.
#include <nlohmann/json.hpp>

#include "contracts/document/fields.hpp"
#include "gateway/admin/endpoints.hpp"

namespace headgate {
namespace {

using nlohmann::json;

json change_json(const RouteChange& change) {
    return {{"revision", change.revision},
            {"share", share_text(change.share_ppm)},
            {"who", change.who},
            {"why", change.why},
            {"when", change.when}};
}

json route_json(const Route& route, const RouteStates& states) {
    const RouteConfig& config = *route.config;
    json out{{"operation", config.operation}};
    if (!config.bridge.empty()) {
        out["bridge"] = config.bridge;
        return out;
    }
    if (config.capture) {
        json steps = json::array();
        for (const auto& step : route.capture->step_names) steps.push_back(step.text());
        out["capture"] = {{"reserve", config.capture->reserve}, {"steps", steps}};
        return out;
    }
    out["legacy"] = config.legacy;
    out["candidate"] = config.candidate.empty() ? json() : json(config.candidate);
    out["shadow"] = config.shadow_sample_ppm > 0 ? json{{"sample", share_text(config.shadow_sample_ppm)}} : json();
    out["sticky"] = config.sticky;
    if (auto current = states.current(config.operation)) out.update(change_json(*current));
    return out;
}

std::string operation_of(const AdminRequest& request) {
    return request.named.at("contract") + "/" + request.named.at("operation");
}

const Route* find_route(const Snapshot& snapshot, const std::string& operation) {
    for (const Route& route : snapshot.routes)
        if (route.config->operation == operation) return &route;
    return nullptr;
}

Error no_route(const std::string& operation) {
    return {ErrorKind::unknown_operation, "there is no route for '" + operation + "'"};
}

Result<AdminAnswer> set_share(const AdminRequest& request, RouteStates& states, const Snapshot& snapshot) {
    std::string operation = operation_of(request);
    const Route* route = find_route(snapshot, operation);
    if (!route) return no_route(operation);
    if (route->bridge)
        return Error{ErrorKind::conflict, "the route is a bridge: set the share of '" + route->config->bridge + "'"};
    auto body = json::parse(request.body, nullptr, false);
    auto invalid = [](std::string pointer, std::string message) {
        return Error{ErrorKind::invalid_message, std::move(message), {}, {}, std::move(pointer)};
    };
    if (!body.is_object()) return invalid("", "send a JSON object: {\"share\": \"10%\", \"why\": \"...\"}");
    for (const auto& [key, value] : body.items())
        if (key != "share" && key != "why" && key != "ifRevision") return invalid("/" + key, "is not known here");
    auto text = body.value("share", json());
    auto share = text.is_string() ? parse_share_ppm(text.get<std::string>()) : std::nullopt;
    if (!share) return invalid("/share", "must be a share from \"0%\" to \"100%\"");
    auto why = body.value("why", json());
    if (auto fault = fault_of_why(why.is_string() ? why.get<std::string>() : ""); !fault.empty())
        return invalid("/why", fault);
    RouteStates::Change change{operation, *share, request.caller, why.get<std::string>(), std::nullopt};
    if (auto revision = body.value("ifRevision", json()); !revision.is_null()) {
        if (!revision.is_number_unsigned()) return invalid("/ifRevision", "must be a whole number");
        change.if_revision = revision.get<std::uint64_t>();
    }
    if (!route->candidate && *share > 0) return invalid("/share", "the route has no candidate");
    auto made = states.set(change);
    if (!made) return std::move(made).error();
    return AdminAnswer{200, "application/json", route_json(*route, states).dump()};
}

}  // namespace

void add_route_endpoints(std::vector<Endpoint>& table, RouteStates& states, SnapshotSource snapshot) {
    table.push_back({"GET", "/api/v1/routes", false, Role::viewer, [&states, snapshot](const AdminRequest&) {
                         json list = json::array();
                         for (const Route& route : snapshot()->routes) list.push_back(route_json(route, states));
                         return Result<AdminAnswer>(AdminAnswer{200, "application/json", list.dump()});
                     }});
    table.push_back({"GET", "/api/v1/routes/{contract}/{operation}", false, Role::viewer,
                     [&states, snapshot](const AdminRequest& request) -> Result<AdminAnswer> {
                         auto now = snapshot();
                         const Route* route = find_route(*now, operation_of(request));
                         if (!route) return no_route(operation_of(request));
                         return AdminAnswer{200, "application/json", route_json(*route, states).dump()};
                     }});
    table.push_back({"PUT", "/api/v1/routes/{contract}/{operation}/share", false, Role::operator_,
                     [&states, snapshot](const AdminRequest& request) -> Result<AdminAnswer> {
                         auto now = snapshot();
                         return set_share(request, states, *now);
                     }});
    table.push_back({"GET", "/api/v1/routes/{contract}/{operation}/history", false, Role::viewer,
                     [&states](const AdminRequest& request) -> Result<AdminAnswer> {
                         auto history = states.history(operation_of(request));
                         if (!history) return std::move(history).error();
                         json list = json::array();
                         for (const auto& change : *history) list.push_back(change_json(change));
                         return AdminAnswer{200, "application/json", list.dump()};
                     }});
}

}  // namespace headgate
