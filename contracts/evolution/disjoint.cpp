#include "contracts/evolution/disjoint.hpp"

#include <algorithm>

namespace headgate::evolution {
namespace {

// What one schema is told apart by.
struct Marks {
    Types types = types::all;
    std::map<std::string, std::set<std::string>> values;  // of members that must be there
};

Marks marks_of(ApiFiles& files, const Conjunction& schema, Budget& budget) {
    SchemaView view = view_of(files, schema, budget);
    Marks marks;
    marks.types = view.types;
    for (const auto& [property, at] : view.required) {
        auto found = view.properties.find(property);
        if (found == view.properties.end() || !budget.spend()) continue;
        SchemaView member = view_of(files, found->second, budget);
        if (!member.values) continue;
        for (const auto& [value, place] : *member.values) marks.values[property].insert(value);
    }
    return marks;
}

bool are_apart(const Marks& one, const Marks& other) {
    if ((one.types & other.types) == 0) return true;
    // A member tells objects alone apart.
    if ((one.types & other.types) != types::object) return false;
    return std::any_of(one.values.begin(), one.values.end(), [&](const auto& member) {
        auto found = other.values.find(member.first);
        return found != other.values.end() &&
               std::none_of(member.second.begin(), member.second.end(),
                            [&](const auto& value) { return found->second.contains(value); });
    });
}

}  // namespace

bool are_disjoint(ApiFiles& files, const std::vector<Conjunction>& schemas, Budget& budget) {
    std::vector<Marks> marks;
    for (const auto& schema : schemas) marks.push_back(marks_of(files, schema, budget));
    for (std::size_t i = 0; i < marks.size(); ++i)
        for (std::size_t j = i + 1; j < marks.size(); ++j)
            if (!budget.spend() || !are_apart(marks[i], marks[j])) return false;
    return true;
}

}  // namespace headgate::evolution
