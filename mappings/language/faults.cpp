// `faults:`: what the faults of a system mean, of a mapping or of one of its steps; among them those of a mapping
// before.
#include <algorithm>

#include "mappings/language/reader.hpp"
#include "mappings/language/rule_text.hpp"

namespace headgate::mappings {

namespace {

bool meets(const FaultRule& rule, const FaultRule& other) {
    bool all = rule.code.ends_with('*');
    auto stem = rule.code.substr(0, rule.code.size() - (all ? 1 : 0));
    return all ? other.code.starts_with(stem) : other.code == stem;
}

}  // namespace

std::vector<FaultRule> parse_faults(const Reader& read, const SourceNode& node, const std::vector<Mapping>& before) {
    std::vector<FaultRule> out;
    auto met_by = [&](const FaultRule& rule) {
        return std::find_if(out.begin(), out.end(), [&](const FaultRule& other) { return meets(other, rule); });
    };
    // What is said here already is not taken again.
    auto take = [&](const SourceNode& from) {
        const auto* other =
            read.keys(from, "faults", {"as"}) ? find_earlier(read, *taken_from(&from), before) : nullptr;
        for (const auto& rule : other ? other->faults : std::vector<FaultRule>())
            if (met_by(rule) == out.end()) out.push_back(rule);
    };
    if (taken_from(&node)) return take(node), out;
    if (!node.is_sequence()) {
        read.fault(node, "'faults' is a list", "- soap:Server/E1 -> rejected out-of-stock");
        return out;
    }
    for (const auto& item : node.items) {
        if (taken_from(&item)) {
            take(item);
            continue;
        }
        if (!item.is_scalar()) {
            read.fault(item, "expected a line: code -> rejected CODE", "quote a line that begins with *");
            continue;
        }
        auto rule = parse_fault(rule_text(read.file, item), read.diagnostics);
        if (!rule) continue;
        if (auto first = met_by(*rule); first != out.end())
            read.diagnostics.error(rule->mark, "'" + rule->code + "' is met by the rule in line " +
                                                   std::to_string(first->mark.line) + " first");
        out.push_back(std::move(*rule));
    }
    return out;
}

}  // namespace headgate::mappings
