#include "contracts/evolution/conjunction.hpp"

#include <algorithm>

#include "contracts/evolution/meaning.hpp"

namespace headgate::evolution {
namespace {

bool is_null_alone(const SourceNode& schema) {
    const SourceNode* type = schema.find("type");
    if (!type) return false;
    for (const auto& entry : schema.entries)
        if (entry.key != "type" && !is_annotation(entry.key)) return false;
    return type->text == "null" || (type->is_sequence() && type->items.size() == 1 && type->items[0].text == "null") ||
           (type->kind == SourceKind::null);
}

// The index of X in `anyOf: [X, {type: null}]` of a schema that says nothing else.
std::optional<std::size_t> other_than_null(const SourceNode& schema, std::string_view keyword) {
    const SourceNode* list = schema.find(keyword);
    if (!list || list->items.size() != 2) return std::nullopt;
    for (const auto& entry : schema.entries)
        if (entry.key != keyword && !is_annotation(entry.key) && !entry.key.starts_with("x-")) return std::nullopt;
    bool first = is_null_alone(list->items[0]), second = is_null_alone(list->items[1]);
    if (first == second) return std::nullopt;
    return first ? 1 : 0;
}

bool leads_on_alone(const SourceNode& schema) {
    return std::all_of(schema.entries.begin(), schema.entries.end(), [](const auto& entry) {
        return entry.key == "$ref" || entry.key == "allOf" || is_annotation(entry.key) || entry.key.starts_with("x-");
    });
}

}  // namespace

bool Parts::follow(const SourceNode& schema, std::string_view keyword) const {
    if (keyword == "$ref" || keyword == "$dynamicRef") return true;
    if (keyword == "allOf") return schema.find(keyword)->is_sequence();
    return &schema == null_choice && (keyword == "anyOf" || keyword == "oneOf");
}

Conjunction without_references(ApiFiles& files, Conjunction schemas, Budget& budget) {
    for (std::size_t step = 0; schemas.size() == 1 && step < budget.limits().parts && budget.spend(); ++step) {
        Place at = schemas.front(), reference = files.child(at, "$ref");
        if (!reference) break;
        for (const auto& entry : at.node->entries)
            if (entry.key != "$ref" && !is_annotation(entry.key)) return schemas;
        files.see(at);
        if (Place target = files.resolve(reference))
            schemas.front() = target;
        else
            break;
    }
    return schemas;
}

Parts take_apart(ApiFiles& files, const Conjunction& schemas, Budget& budget) {
    Parts parts;
    bool alone = true;  // what was read leads to others and says nothing
    std::unordered_set<const SourceNode*> met;
    // What is still to be read, last first: no recursion, however long a chain of references is.
    std::vector<Place> open(schemas.rbegin(), schemas.rend());
    while (!open.empty()) {
        Place at = open.back();
        open.pop_back();
        if (!at || !met.insert(at.node).second) continue;
        if (parts.schemas.size() >= budget.limits().parts) budget.cut();
        if (!budget.spend()) break;
        files.see(at);
        parts.schemas.push_back(at);
        std::size_t before = open.size();
        // What stands beside the choice would judge its null too.
        bool whole = alone && open.empty() && at.node->is_mapping();
        alone = alone && at.node->is_mapping() && leads_on_alone(*at.node);
        const bool old = files.dialect(at) == Dialect::openapi_30;
        Place target = files.child(at, "$ref"), dynamic = files.child(at, "$dynamicRef");
        if (target) open.push_back(files.resolve(target));
        if (old && target) continue;  // what stands beside it has no effect
        if (dynamic && !old) open.push_back(files.resolve(dynamic));
        if (Place all = files.child(at, "allOf"); all && all.node->is_sequence())
            for (std::size_t i = 0; i < all.node->items.size(); ++i) open.push_back(files.item(all, i));
        for (const char* keyword : {"anyOf", "oneOf"})
            if (auto index = whole ? other_than_null(*at.node, keyword) : std::nullopt) {
                Place list = files.child(at, keyword);
                files.see_all(files.item(list, 1 - *index));
                open.push_back(files.item(list, *index));
                parts.null_choice = at.node;
            }
        std::reverse(open.begin() + static_cast<std::ptrdiff_t>(before), open.end());
    }
    return parts;
}

}  // namespace headgate::evolution
