#include "contracts/evolution/rules.hpp"

#include <algorithm>

#include "contracts/evolution/rule_table.hpp"

namespace headgate::evolution {
namespace {

std::vector<Rule> make_rules() {
    std::vector<Rule> all;
    for (const auto* rows : {&message_rules(), &contract_rules()})
        for (const auto& row : *rows) {
            auto add = [&](Direction direction, std::optional<Level> level) {
                if (!level) return;
                std::string prefix = direction == Direction::none ? "" : std::string(name(direction)) + "-";
                all.push_back({prefix.append(row.id), direction, *level, row.hits_every_caller, row.explanation});
            };
            add(Direction::request, row.request);
            add(Direction::response, row.response);
            add(Direction::none, row.document);
        }
    std::sort(all.begin(), all.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
    return all;
}

}  // namespace

std::string_view name(Level level) {
    switch (level) {
        case Level::breaking: return "breaking";
        case Level::risky: return "risky";
        case Level::compatible: break;
    }
    return "compatible";
}

std::string_view name(Direction direction) {
    switch (direction) {
        case Direction::request: return "request";
        case Direction::response: return "response";
        case Direction::none: break;
    }
    return "";
}

const std::vector<Rule>& rules() {
    static const std::vector<Rule> all = make_rules();
    return all;
}

const Rule* find_rule(std::string_view id) {
    auto found = std::lower_bound(rules().begin(), rules().end(), id,
                                  [](const Rule& rule, std::string_view wanted) { return rule.id < wanted; });
    return found != rules().end() && found->id == id ? &*found : nullptr;
}

std::string rules_page() {
    auto cell = [](std::optional<Level> level) { return level ? std::string(name(*level)) : std::string("-"); };
    auto text = [](std::string_view words) { return std::string(words); };
    std::string out = "| change | in requests | in responses | what it is |\n| --- | --- | --- | --- |\n";
    for (const auto& row : message_rules())
        out += "| `" + text(row.id) + "` | " + cell(row.request) + " | " + cell(row.response) + " | " +
               text(row.explanation) + " |\n";
    out += "\n| change | level | what it is |\n| --- | --- | --- |\n";
    for (const auto& row : contract_rules())
        out += "| `" + text(row.id) + "` | " + cell(row.document) + " | " + text(row.explanation) + " |\n";
    return out;
}

}  // namespace headgate::evolution
