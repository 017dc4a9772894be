#include "contracts/evolution/variant_match.hpp"

#include <algorithm>

#include "contracts/evolution/conjunction.hpp"
#include "contracts/evolution/meaning.hpp"

namespace headgate::evolution {
namespace {

constexpr std::size_t criteria = 4;

// What tells a variant from others, by each criterion; empty where it doesn't.
struct Signs {
    std::string by[criteria];
};

Signs signs_of(ApiFiles& files, const Conjunction& variant, Budget& budget) {
    Signs signs;
    SchemaView view = view_of(files, variant, budget);
    std::string text;
    for (Place part : view.parts) {
        if (const ComponentName* name = files.component(part.node); name && signs.by[0].empty())
            signs.by[0] = name->name;
        // A reference alone is no text of its own.
        if (!part.node->find("$ref")) text += raw_meaning(*part.node, false);
    }
    for (const auto& [property, schemas] : view.properties) {
        if (!budget.spend()) break;
        for (Place part : take_apart(files, schemas, budget).schemas) {
            Place constant = files.child(part, "const"), list = files.child(part, "enum");
            if (list && list.node->items.size() == 1) constant = files.item(list, 0);
            if (constant) signs.by[1] += property + '=' + canonical(*constant.node) + ' ';
        }
    }
    signs.by[2] = text;
    signs.by[3] = types::text(view.types);
    return signs;
}

// Indices without a partner whose sign by this criterion nobody else on their side has.
std::map<std::string, std::size_t> alone_by(std::size_t criterion, const std::vector<Signs>& signs,
                                            const std::vector<bool>& taken) {
    std::map<std::string, std::size_t> alone;
    std::set<std::string> twice;
    for (std::size_t i = 0; i < signs.size(); ++i) {
        const std::string& sign = signs[i].by[criterion];
        if (taken[i] || sign.empty()) continue;
        if (!alone.emplace(sign, i).second) twice.insert(sign);
    }
    for (const auto& sign : twice) alone.erase(sign);
    return alone;
}

}  // namespace

std::vector<std::optional<std::size_t>> match_variants(ApiFiles& before_files, const std::vector<Conjunction>& before,
                                                       ApiFiles& after_files, const std::vector<Conjunction>& after,
                                                       Budget& budget) {
    std::vector<Signs> was, is;
    for (const auto& variant : before) was.push_back(signs_of(before_files, variant, budget));
    for (const auto& variant : after) is.push_back(signs_of(after_files, variant, budget));
    std::vector<std::optional<std::size_t>> partner(before.size());
    std::vector<bool> was_taken(before.size()), is_taken(after.size());
    auto pair = [&](std::size_t from, std::size_t to) {
        partner[from] = to;
        was_taken[from] = is_taken[to] = true;
    };
    for (std::size_t criterion = 0; criterion < criteria; ++criterion) {
        auto from = alone_by(criterion, was, was_taken), to = alone_by(criterion, is, is_taken);
        for (const auto& [sign, index] : from)
            if (auto found = to.find(sign); found != to.end()) pair(index, found->second);
    }
    auto left = [](const std::vector<bool>& taken) { return std::count(taken.begin(), taken.end(), false); };
    if (left(was_taken) == 1 && left(is_taken) == 1)
        pair(static_cast<std::size_t>(std::find(was_taken.begin(), was_taken.end(), false) - was_taken.begin()),
             static_cast<std::size_t>(std::find(is_taken.begin(), is_taken.end(), false) - is_taken.begin()));
    return partner;
}

}  // namespace headgate::evolution
