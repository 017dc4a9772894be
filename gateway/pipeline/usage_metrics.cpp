#include "gateway/pipeline/usage_metrics.hpp"

namespace headgate {

UsageBook::Counted count_calls(Metrics& metrics) {
    return [&metrics, series = std::map<UsageKey, Counter>()](const UsageKey& key, std::uint64_t calls) mutable {
        // The label is the contract: an operation's name up to the slash.
        UsageKey of_contract{key.operation.substr(0, key.operation.find('/')), key.caller, key.build};
        auto found = series.find(of_contract);
        if (found == series.end()) {
            Counter counter = metrics.counter(
                "headgate_contract_calls_total", "Requests of callers, by contract version, caller, build of its app",
                {{"contract", of_contract.operation}, {"caller", key.caller}, {"build", key.build}});
            found = series.emplace(std::move(of_contract), counter).first;
        }
        found->second.add(static_cast<double>(calls));
    };
}

}  // namespace headgate
