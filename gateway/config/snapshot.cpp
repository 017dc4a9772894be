#include "gateway/config/snapshot.hpp"

#include "adapters/stepped_system.hpp"
#include "gateway/config/bridges.hpp"
#include "gateway/config/feeds.hpp"

namespace headgate {
namespace {

bool same_source(const SourceNode& a, const SourceNode& b) {
    if (a.kind != b.kind || a.text != b.text || a.items.size() != b.items.size() ||
        a.entries.size() != b.entries.size())
        return false;
    for (std::size_t i = 0; i < a.items.size(); ++i)
        if (!same_source(a.items[i], b.items[i])) return false;
    for (std::size_t i = 0; i < a.entries.size(); ++i)
        if (a.entries[i].key != b.entries[i].key || !same_source(a.entries[i].value, b.entries[i].value)) return false;
    return true;
}

const SystemSpec* spec_of(const Config& config, const std::string& name) {
    for (const auto& spec : config.systems)
        if (spec.name == name) return &spec;
    return nullptr;
}

// Resolves the names in routes against contracts, mappings and systems.
class Resolver {
  public:
    Resolver(Snapshot& snapshot, Diagnostics& diagnostics) : snapshot_(snapshot), diagnostics_(diagnostics) {}

    void resolve() {
        snapshot_.routes.reserve(snapshot_.config.routes.size());
        for (const auto& config : snapshot_.config.routes) route(config);
        for (const auto& route : snapshot_.routes) snapshot_.route_of[route.operation] = &route;
        check_bridges(snapshot_, diagnostics_);
    }

  private:
    void route(const RouteConfig& config) {
        Route route;
        route.config = &config;
        route.operation = snapshot_.contracts->find(config.operation);
        if (!route.operation) {
            std::vector<std::string_view> names;
            for (const auto& operation : snapshot_.contracts->operations()) names.push_back(operation->name);
            std::string near = nearest(config.operation, names);
            diagnostics_.error(config.mark, "route: no contract has the operation '" + config.operation + "'",
                               near.empty() ? "" : "did you mean '" + near + "'?");
            return;
        }
        if (!config.bridge.empty()) {
            route.bridge = find_bridge(snapshot_, config, diagnostics_);
        } else if (config.capture) {
            capture(config, route);
        } else {
            route.legacy = side(config.legacy, config.operation, config.legacy_mark);
            if (!config.candidate.empty())
                route.candidate = side(config.candidate, config.operation, config.candidate_mark);
        }
        if (config.shadow_sample_ppm > 0 && !route.operation->safe)
            diagnostics_.error(config.mark, "route: '" + config.operation + "' changes state and can't be mirrored");
        snapshot_.routes.push_back(std::move(route));
    }

    SystemHost* host(const std::string& name, const SourceMark& mark) {
        if (name == orders::order_source_name) return snapshot_.order_source.get();
        if (name == feeds::read_model_name) return snapshot_.read_model.get();
        auto found = snapshot_.systems.find(name);
        if (found != snapshot_.systems.end()) return found->second.get();
        if (spec_of(snapshot_.config, name)) return nullptr;  // its own fault is reported already
        std::vector<std::string_view> names;
        for (const auto& spec : snapshot_.config.systems) names.push_back(spec.name);
        std::string near = nearest(name, names);
        diagnostics_.error(mark, "there is no system '" + name + "'",
                           near.empty() ? "" : "did you mean '" + near + "'?");
        return nullptr;
    }

    // A system that speaks HTTP without a mapping speaks the contract itself.
    Target side(const std::string& system, const std::string& contract_side, const SourceMark& mark) {
        Target target{host(system, mark), snapshot_.plans->find(contract_side, system)};
        if (!target.host) return {};
        const auto* spec = spec_of(snapshot_.config, system);  // nullptr: our own order log
        bool speaks_contracts = spec && spec->adapter == "http";
        if (!target.plan && !speaks_contracts) {
            diagnostics_.error(mark, "no mapping relates '" + contract_side + "' to system '" + system + "'",
                               "add one to the mappings folders: map: " + contract_side + " <- " + system + ".<call>");
            return {};
        }
        return checked(target, mark);
    }

    Target step(const std::string& system, const std::string& call, const std::string& contract,
                const SourceMark& mark) {
        Target target{host(system, mark), nullptr};
        if (!target.host) return {};
        std::string side = contract + "/Order";
        target.plan = call.empty() ? snapshot_.plans->find(side, system) : snapshot_.plans->find_call(system, call);
        if (!target.plan) {
            diagnostics_.error(mark,
                               "no mapping '" + side + " -> " + system + "." + (call.empty() ? "<call>" : call) + "'");
            return {};
        }
        return checked(target, mark);
    }

    Target checked(const Target& target, const SourceMark& mark) {
        if (!target.plan) return target;
        auto others = [this](std::string_view name) -> const SystemHost* {
            auto found = snapshot_.systems.find(std::string(name));
            return found == snapshot_.systems.end() ? nullptr : found->second.get();
        };
        if (std::string why = refuses_call(*target.host, *target.plan, others); !why.empty()) {
            diagnostics_.error(mark, "mapping '" + target.plan->name() + "' can't be carried out: " + why);
            return {};
        }
        return target;
    }

    void capture(const RouteConfig& config, Route& route) {
        CaptureTargets targets;
        const auto& contract = route.operation->contract;
        targets.intent = config.capture->intent;
        targets.reserve = step(config.capture->reserve, "reserve", contract, config.capture_mark);
        targets.release = step(config.capture->reserve, "release", contract, config.capture_mark);
        targets.release_name = {config.capture->reserve, "release"};
        for (const auto& system : config.capture->steps) {
            Target target = step(system, "", contract, config.capture_mark);
            if (!target) continue;
            targets.steps.push_back(target);
            targets.step_names.push_back({system, target.plan->call_name()});
        }
        route.capture = std::move(targets);
    }

    Snapshot& snapshot_;
    Diagnostics& diagnostics_;
};

}  // namespace

const CallerConfig* Snapshot::caller(const std::array<unsigned char, 32>& digest) const {
    const CallerConfig* found = nullptr;
    for (const auto& caller : config.callers) {
        unsigned char difference = 0;
        for (std::size_t i = 0; i < digest.size(); ++i) difference |= digest[i] ^ caller.token_sha256[i];
        if (difference == 0) found = &caller;
    }
    return found;
}

namespace {

void refuse_drafts(const PlanSet& plans, Diagnostics& diagnostics) {
    for (const auto& plan : plans.plans())
        if (plan->report().draft)
            diagnostics.error(plan->mark(), "this mapping is a draft, and drafts are refused",
                              "close its gaps and take draft: true away, or drafts: allow in the configuration");
}

// What counting usage needs of the contracts, and what callers say that they rely on.
void read_usage_parts(Snapshot& snapshot, Diagnostics& diagnostics) {
    for (const auto& operation : snapshot.contracts->operations())
        snapshot.request_fields[operation.get()] = std::make_shared<const FieldIndex>(*operation);
    for (const auto& caller : snapshot.config.callers)
        if (!caller.relies_on.empty())
            snapshot.caller_contracts.push_back(
                load_caller_contract(caller.relies_on, caller.name, *snapshot.contracts, diagnostics));
}

}  // namespace

std::shared_ptr<const Snapshot> load_snapshot(const std::string& config_path, const Snapshot* previous,
                                              Diagnostics& diagnostics) {
    auto config = load_config(config_path, diagnostics);
    if (!config) return nullptr;
    auto snapshot = std::make_shared<Snapshot>();
    snapshot->config = std::move(*config);
    snapshot->revision = previous ? previous->revision + 1 : 1;
    // Each part judges its own faults alone; mappings mean nothing over contracts that don't load.
    Diagnostics of_contracts, of_mappings;
    snapshot->contracts = load_contracts(snapshot->config.contracts, of_contracts);
    if (!of_contracts.has_errors())
        snapshot->plans = load_mappings(snapshot->config.mappings, snapshot->contracts, of_mappings);
    if (snapshot->plans && !snapshot->config.drafts) refuse_drafts(*snapshot->plans, of_mappings);
    if (!of_contracts.has_errors()) read_usage_parts(*snapshot, diagnostics);
    diagnostics.add(of_contracts);
    diagnostics.add(of_mappings);
    for (const auto& spec : snapshot->config.systems) {
        const SystemSpec* before = previous ? spec_of(previous->config, spec.name) : nullptr;
        if (before && same_source(*before->settings, *spec.settings)) {
            snapshot->systems[spec.name] = previous->systems.at(spec.name);
        } else if (auto opened = open_system(spec, diagnostics)) {
            snapshot->systems[spec.name] = std::move(opened);
        }
    }
    snapshot->order_source = previous ? previous->order_source : std::make_shared<orders::OrderSource>();
    snapshot->read_model = previous ? previous->read_model : std::make_shared<feeds::ReadModel>();
    // Routes and feeds name mappings: they are judged once those load.
    if (snapshot->plans && !of_mappings.has_errors()) {
        Resolver(*snapshot, diagnostics).resolve();
        resolve_feeds(*snapshot, diagnostics);
    }
    if (diagnostics.has_errors()) return nullptr;
    return snapshot;
}

}  // namespace headgate
