// How arrays and objects are judged by their own keywords.
#include <algorithm>

#include "contracts/document/equal.hpp"
#include "contracts/schema/validate_text.hpp"
#include "contracts/schema/validator.hpp"

namespace headgate::schema {

bool Validator::unique(const Value& array) {
    constexpr std::uint32_t few = 16;
    steps_ += array.size();
    if (array.size() <= few) {
        for (std::uint32_t i = 0; i < array.size(); ++i)
            for (std::uint32_t j = 0; j < i; ++j)
                if (equal(array[i], array[j])) return false;
        return true;
    }
    // Kept for its memory; a run of equal hashes is looked at pair by pair, and nobody outside can make one.
    thread_local std::vector<std::pair<std::uint64_t, std::uint32_t>> hashes;
    hashes.clear();
    for (std::uint32_t i = 0; i < array.size(); ++i) hashes.emplace_back(hash(array[i]), i);
    std::sort(hashes.begin(), hashes.end());
    for (std::size_t i = 1; i < hashes.size(); ++i)
        for (std::size_t j = i; j-- > 0 && hashes[j].first == hashes[i].first;)
            if (equal(array[hashes[i].second], array[hashes[j].second])) return false;
    constexpr std::size_t kept = 4096;
    if (hashes.capacity() > kept) hashes = {};
    return true;
}

bool Validator::has(const Value& object, std::string_view name) {
    steps_ += object.size() / 16;
    return object.find(name) != nullptr;
}

template <bool collect>
bool Validator::check_array(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    const ArrayRules& rules = *node.array;
    bool ok = true;
    if (value.size() < rules.fewest || value.size() > rules.most) {
        if constexpr (!collect) return false;
        bool few = value.size() < rules.fewest;
        ok = report(node, few ? "minItems" : "maxItems", path,
                    few ? text::counted("must have at least", rules.fewest, "item")
                        : text::counted("must have at most", rules.most, "item"));
    }
    auto prefix = static_cast<std::uint32_t>(rules.prefix.size());
    std::uint32_t judged = rules.items != no_node ? value.size() : std::min(prefix, value.size());
    for (std::uint32_t i = 0; i < judged; ++i) {
        NodeId id = i < prefix ? rules.prefix[i] : rules.items;
        if constexpr (collect) {
            Path at{path, {}, i, false};
            ok = check<true>(id, value[i], &at, nullptr, scope) && ok;
            if (!ok && full()) return false;
        } else if (!check<false>(id, value[i], nullptr, nullptr, scope)) {
            return false;
        }
        if (seen) seen->mark(i);
    }
    if (rules.contains != no_node) {
        ok = check_contains<collect>(node, value, path, seen, scope) && ok;
        if (!collect && !ok) return false;
    }
    if (rules.unique && !unique(value)) {
        if constexpr (!collect) return false;
        ok = report(node, "uniqueItems", path, "must not hold the same item twice");
    }
    return ok;
}

template <bool collect>
bool Validator::check_contains(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    const ArrayRules& rules = *node.array;
    std::uint32_t count = 0;
    for (std::uint32_t i = 0; i < value.size(); ++i) {
        if (!check<false>(rules.contains, value[i], nullptr, nullptr, scope)) continue;
        ++count;
        if (seen) seen->mark(i);
    }
    if (count >= rules.contains_fewest && count <= rules.contains_most) return true;
    if constexpr (collect) {
        bool few = count < rules.contains_fewest;
        report(node, few ? (rules.contains_fewest == 1 ? "contains" : "minContains") : "maxContains", path,
               few ? text::counted("must contain at least", rules.contains_fewest, "such item")
                   : text::counted("must contain at most", rules.contains_most, "such item"));
    }
    return false;
}

template <bool collect>
bool Validator::check_object(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    const ObjectRules& rules = *node.object;
    bool ok = true;
    if (value.size() < rules.fewest || value.size() > rules.most) {
        if constexpr (!collect) return false;
        bool few = value.size() < rules.fewest;
        ok = report(node, few ? "minProperties" : "maxProperties", path,
                    few ? text::counted("must have at least", rules.fewest, "member")
                        : text::counted("must have at most", rules.most, "member"));
    }
    std::size_t hint = 0;
    std::uint32_t required = 0, index = 0;
    for (const Member& member : value.members()) {
        Path at;
        if constexpr (collect) at = {path, member.key, 0, true};
        bool known = false;
        auto judge = [&](NodeId id) { ok = check<collect>(id, member.value, &at, nullptr, scope) && ok; };
        if (std::size_t found = rules.find(member.key, hint); found < rules.properties.size()) {
            const auto& property = rules.properties[found];
            hint = found + 1;
            required += property.required;
            if (property.schema != no_node) {
                known = true;
                judge(property.schema);
            }
        }
        if (!rules.patterns.empty()) {
            steps_ += rules.patterns.size();
            for (const auto& [pattern, id] : rules.patterns)
                if (pattern->matches(member.key)) {
                    known = true;
                    judge(id);
                }
        }
        if (!known && rules.additional != no_node) {
            known = true;
            if (collect && nodes_[rules.additional].never) {
                report_unknown(node, "additionalProperties", &at);
                ok = false;
            } else {
                judge(rules.additional);
            }
        }
        if (rules.names != no_node)
            ok = check<collect>(rules.names, Value::string(member.key), &at, nullptr, scope) && ok;
        if (known && seen) seen->mark(index);
        ++index;
        if (!ok && (!collect || full())) return false;
    }
    if (required < rules.required) {
        if constexpr (collect) report_missing(node, value, path);
        ok = false;
    }
    if (!rules.dependencies.empty() && (ok || (collect && !full())))
        ok = check_dependencies<collect>(node, value, path, seen, scope) && ok;
    return ok;
}

template <bool collect>
bool Validator::check_dependencies(const Node& node, const Value& value, const Path* path, Seen* seen,
                                   const Scope* scope) {
    bool ok = true;
    for (const auto& dependency : node.object->dependencies) {
        if (!has(value, dependency.name)) continue;
        for (const auto& name : dependency.required) {
            if (has(value, name)) continue;
            if constexpr (!collect) return false;
            ok = report(node, "dependentRequired", path, "must have '" + name + "' beside '" + dependency.name + "'");
        }
        if (dependency.schema == no_node) continue;
        ok = check<collect>(dependency.schema, value, path, seen, scope) && ok;
        if (!ok && (!collect || full())) return false;
    }
    return ok;
}

template bool Validator::check_array<true>(const Node&, const Value&, const Path*, Seen*, const Scope*);
template bool Validator::check_array<false>(const Node&, const Value&, const Path*, Seen*, const Scope*);
template bool Validator::check_object<true>(const Node&, const Value&, const Path*, Seen*, const Scope*);
template bool Validator::check_object<false>(const Node&, const Value&, const Path*, Seen*, const Scope*);

}  // namespace headgate::schema
