#include "mappings/plan/report.hpp"

#include <algorithm>
#include <set>

#include "mappings/plan/plan.hpp"

namespace headgate {

std::string_view name(Law law) {
    switch (law) {
        case Law::exact: return "exact";
        case Law::normalising: return "normalising";
        case Law::updating: return "updating";
        case Law::one_way: return "one-way";
    }
    return "exact";
}

int MappingReport::count(Law law) const {
    return static_cast<int>(std::count_if(rules.begin(), rules.end(), [&](const Rule& r) { return r.law == law; }));
}

void warn_of_past_drops(const PlanSet& plans, std::string_view today, Diagnostics& diagnostics) {
    for (const auto& plan : plans.plans()) {
        std::set<std::pair<int, int>> told;  // a section for both directions drops in each
        for (const auto& drop : plan->report().drops) {
            // A month is past when its last day is.
            if (drop.until.empty() || today.substr(0, drop.until.size()) <= drop.until) continue;
            if (!told.emplace(drop.mark.line, drop.mark.column).second) continue;
            diagnostics.warning(drop.mark, "'" + drop.path + "' was to be dropped until " + drop.until + " alone",
                                "map it, or say until when it is dropped now");
        }
    }
}

}  // namespace headgate
