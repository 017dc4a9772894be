#include "gateway/pipeline/drift_book.hpp"

#include "base/telemetry/log.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate {

void DriftBook::count(const std::string& system, const std::string& call, const Drift& seen,
                      const std::string& purpose) {
    std::array<std::string, 4> series{system, call, seen.kind, purpose};
    auto found = counters_.find(series);
    if (found == counters_.end()) {
        Counter counter = metrics_.counter("headgate_drift_total",
                                           "What answers hold beyond what their mappings know, by system, call, kind",
                                           {{"system", system}, {"call", call}, {"kind", seen.kind}, {"for", purpose}});
        found = counters_.emplace(std::move(series), counter).first;
    }
    found->second.add(static_cast<double>(seen.count));
}

void DriftBook::note(const std::string& system, const Plan& plan, const std::string& purpose, const DriftLog& drift) {
    const auto& call = plan.call_name();
    auto now = clock_.wall_now();
    std::vector<DriftRecord> first;
    {
        std::lock_guard lock(mutex_);
        OfSystem& of = systems_[system];
        of.left_out += drift.left_out();
        for (const Drift& seen : drift.all()) {
            count(system, call, seen, purpose);
            Key key{call, seen.kind, seen.name};
            auto found = of.records.find(key);
            if (found == of.records.end()) {
                if (of.records.size() >= at_most) {
                    of.left_out += seen.count;
                    continue;
                }
                DriftRecord fresh{system,       call, plan.mark(), seen.kind, seen.name, seen.place,
                                  seen.example, 0,    {},          now,       now};
                first.push_back(fresh);
                found = of.records.emplace(std::move(key), std::move(fresh)).first;
            }
            DriftRecord& record = found->second;
            record.count += seen.count;
            record.counts[purpose] += seen.count;
            record.last_seen = now;
        }
    }
    for (const DriftRecord& one : first)
        log::warning("drift", {{"system", one.system},
                               {"call", one.call},
                               {"kind", one.kind},
                               {"path", one.path},
                               {"example", one.example},
                               {"place", one.place},
                               {"mapping", one.mapping.file + ":" + std::to_string(one.mapping.line)},
                               {"for", purpose}});
}

std::vector<DriftRecord> DriftBook::records(const std::string& system) const {
    std::vector<DriftRecord> out;
    std::lock_guard lock(mutex_);
    for (const auto& [name, of] : systems_)
        if (system.empty() || system == name)
            for (const auto& [key, record] : of.records) out.push_back(record);
    return out;
}

std::map<std::string, std::uint64_t> DriftBook::left_out() const {
    std::map<std::string, std::uint64_t> out;
    std::lock_guard lock(mutex_);
    for (const auto& [name, of] : systems_)
        if (of.left_out > 0) out[name] = of.left_out;
    return out;
}

}  // namespace headgate
