#include "gateway/pipeline/drift_book.hpp"

#include "base/telemetry/log.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate {

void DriftBook::count(const DriftRecord& of, const std::string& purpose, std::uint64_t times) {
    std::array<std::string, 4> series{of.system, of.call, of.kind, purpose};
    auto found = counters_.find(series);
    if (found == counters_.end()) {
        Counter counter = metrics_.counter(
            "headgate_drift_total", "What answers hold beyond what their mappings know, by system, call, kind",
            {{"system", of.system}, {"call", of.call}, {"kind", of.kind}, {"for", purpose}});
        found = counters_.emplace(std::move(series), counter).first;
    }
    found->second.add(static_cast<double>(times));
}

void DriftBook::note(const std::string& system, const Plan& plan, const std::string& purpose, const DriftLog& drift) {
    std::vector<DriftRecord> first;
    auto now = clock_.wall_now();
    {
        std::lock_guard lock(mutex_);
        OfSystem& of = systems_[system];
        of.left_out += drift.left_out();
        for (const Drift& seen : drift.all()) {
            DriftRecord fresh{
                system, plan.call_name(), plan.mark(), seen.kind, seen.name, seen.place, seen.example, 0, {}, now, now};
            count(fresh, purpose, seen.count);
            Key key{fresh.call, seen.kind, seen.name};
            auto found = of.records.find(key);
            if (found == of.records.end() && of.records.size() >= at_most) {
                of.left_out += seen.count;
                continue;
            }
            if (found == of.records.end()) {
                first.push_back(fresh);
                found = of.records.emplace(std::move(key), std::move(fresh)).first;
            }
            DriftRecord& record = found->second;
            record.count += seen.count;
            record.counts[purpose] += seen.count;
            record.last_seen = now;
            record.mapping = plan.mark();
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
