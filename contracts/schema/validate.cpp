// The applicators: how nodes are judged together. Values of one kind are judged in validate_values.cpp.
#include "contracts/document/equal.hpp"
#include "contracts/schema/validate_text.hpp"
#include "contracts/schema/validator.hpp"

namespace headgate::schema {
namespace {

// A run is bounded whatever schema and document are: in steps, and in how deep it goes.
constexpr std::size_t most_steps = 5'000'000;
constexpr int most_depth = 600;

}  // namespace

template <bool collect>
bool Validator::check(NodeId id, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    const Node& node = program_.nodes[id];
    if (++steps_ > most_steps || depth_ >= most_depth) [[unlikely]] {
        if (!exhausted_) report(node, "", path, "the document is too large or too deep to judge");
        exhausted_ = true;
        return false;
    }
    ++depth_;
    bool ok = false;
    if (scope && scope->resource == node.resource) {
        ok = check_here<collect>(node, value, path, seen, scope);
    } else {
        Scope inner{scope, node.resource};
        ok = check_here<collect>(node, value, path, seen, &inner);
    }
    --depth_;
    return ok;
}

template <bool collect>
bool Validator::check_here(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    if (node.never) [[unlikely]]
        return collect ? report(node, "false", path, "is not allowed here") : false;
    if (!(node.types & bit(value.kind())) &&
        !(value.is_number() && (node.types & integer_bit) && Decimal(value.text()).is_integer()))
        return collect ? report(node, "type", path, text::of_types(node.types)) : false;
    bool ok = true;
    if (node.values) {
        bool found = false;
        for (const Value& allowed : *node.values) found = found || equal(allowed, value);
        if (!found) {
            if constexpr (!collect) return false;
            ok = report(node, node.constant ? "const" : "enum", path, text::of_values(*node.values));
        }
    }
    if (node.tracks) [[unlikely]] {
        Seen own(value.size());
        bool judged = check_beside<collect>(node, value, path, &own, scope) && (collect || ok);
        judged = judged && ok;
        if (value.is_array() && node.array)
            judged = check_array<collect>(node, value, path, &own, scope) && judged;
        else if (value.is_object() && node.object)
            judged = check_object<collect>(node, value, path, &own, scope) && judged;
        else if (value.is_number() && node.number)
            judged = check_number<collect>(node, value, path) && judged;
        else if (value.is_string() && node.string)
            judged = check_string<collect>(node, value, path) && judged;
        if (!judged) return false;
        if (!check_unevaluated<collect>(node, value, path, own, scope)) return false;
        if (seen) seen->merge(own);
        return true;
    }
    auto judge = [&](bool result) {
        ok = result && ok;
        return ok || (collect && !full());
    };
    switch (value.kind()) {
        case ValueKind::number:
            if (node.number && !judge(check_number<collect>(node, value, path))) return false;
            break;
        case ValueKind::string:
            if (node.string && !judge(check_string<collect>(node, value, path))) return false;
            break;
        case ValueKind::array:
            if (node.array && !judge(check_array<collect>(node, value, path, seen, scope))) return false;
            break;
        case ValueKind::object:
            if (node.object && !judge(check_object<collect>(node, value, path, seen, scope))) return false;
            break;
        default: break;
    }
    if (node.applies) judge(check_beside<collect>(node, value, path, seen, scope));
    return ok;
}

template <bool collect>
bool Validator::check_beside(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    bool ok = true;
    auto judge = [&](NodeId id) {
        ok = check<collect>(id, value, path, seen, scope) && ok;
        return ok || (collect && !full());
    };
    if (node.reference != no_node && !judge(node.reference)) return false;
    if (node.dynamic_reference != no_node) {
        NodeId target = node.dynamic_reference;
        // The outermost resource of the run that has such an anchor is meant.
        if (node.dynamic_name != 0)
            for (const Scope* at = scope; at; at = at->parent) {
                const auto& anchors = program_.resources[at->resource].dynamic_anchors;
                if (auto found = anchors.find(node.dynamic_name); found != anchors.end()) target = found->second;
            }
        if (!judge(target)) return false;
    }
    for (NodeId id : node.all_of)
        if (!judge(id)) return false;
    if (!node.any_of.empty() && !check_any<collect>(node, value, path, seen, scope)) {
        if constexpr (!collect) return false;
        ok = false;
    }
    if (!node.one_of.empty() && !check_one<collect>(node, value, path, seen, scope)) {
        if constexpr (!collect) return false;
        ok = false;
    }
    if (node.negated != no_node && check<false>(node.negated, value, path, nullptr, scope)) {
        if constexpr (!collect) return false;
        ok = report(node, "not", path, "must not be as the schema under 'not' says");
    }
    if (node.condition != no_node) {
        bool holds = false;
        if (seen) {
            Seen branch(value.size());
            holds = check<false>(node.condition, value, path, &branch, scope);
            if (holds) seen->merge(branch);
        } else {
            holds = check<false>(node.condition, value, path, nullptr, scope);
        }
        NodeId next = holds ? node.then : node.otherwise;
        if (next != no_node && !judge(next)) return false;
    }
    return ok && !exhausted_;
}

template <bool collect>
bool Validator::check_any(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    bool any = false;
    for (NodeId id : node.any_of) {
        if (!seen) {
            if (check<false>(id, value, path, nullptr, scope)) return true;
            continue;
        }
        Seen branch(value.size());
        if (!check<false>(id, value, path, &branch, scope)) continue;
        seen->merge(branch);
        any = true;
    }
    if (any) return true;
    if constexpr (collect) explain_alternatives(node, node.any_of, "anyOf", value, path, scope);
    return false;
}

template <bool collect>
bool Validator::check_one(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    int matches = 0;
    for (NodeId id : node.one_of) {
        if (!seen) {
            matches += check<false>(id, value, path, nullptr, scope);
        } else {
            Seen branch(value.size());
            if (check<false>(id, value, path, &branch, scope)) {
                ++matches;
                seen->merge(branch);
            }
        }
        if (matches > 1) break;
    }
    if (matches == 1) return true;
    if constexpr (collect) {
        if (matches > 1)
            report(node, "oneOf", path, "fits more than one of the alternatives, of which exactly one is allowed");
        else
            explain_alternatives(node, node.one_of, "oneOf", value, path, scope);
    }
    return false;
}

template <bool collect>
bool Validator::check_unevaluated(const Node& node, const Value& value, const Path* path, Seen& seen,
                                  const Scope* scope) {
    bool ok = true;
    auto judge = [&](NodeId id, std::uint32_t index, const Value& part, Path at, std::string_view keyword) {
        if (seen.test(index)) return true;
        if (collect && program_.nodes[id].never) {
            report_unknown(node, keyword, &at);
            ok = false;
        } else {
            ok = check<collect>(id, part, &at, nullptr, scope) && ok;
        }
        return ok || (collect && !full());
    };
    if (value.is_object() && node.object && node.object->unevaluated != no_node) {
        std::uint32_t i = 0;
        for (const Member& member : value.members())
            if (!judge(node.object->unevaluated, i++, member.value, {path, member.key, 0, true},
                       "unevaluatedProperties"))
                return false;
        seen.mark_all();
    }
    if (value.is_array() && node.array && node.array->unevaluated != no_node) {
        for (std::uint32_t i = 0; i < value.size(); ++i)
            if (!judge(node.array->unevaluated, i, value[i], {path, {}, i, false}, "unevaluatedItems")) return false;
        seen.mark_all();
    }
    return ok;
}

template bool Validator::check<true>(NodeId, const Value&, const Path*, Seen*, const Scope*);
template bool Validator::check<false>(NodeId, const Value&, const Path*, Seen*, const Scope*);

bool validate(const Program& program, NodeId root, const Value& document, std::vector<SchemaIssue>* issues,
              std::size_t limit) {
    Validator judging(program, nullptr, 0);
    if (judging.check<false>(root, document, nullptr, nullptr, nullptr) && !judging.exhausted()) return true;
    if (!issues || limit == 0) return false;
    std::size_t before = issues->size();
    std::vector<SchemaIssue> found;
    Validator collecting(program, &found, limit);
    collecting.check<true>(root, document, nullptr, nullptr, nullptr);
    // A fault is never without a word.
    if (found.empty())
        found.push_back({"", "is not valid", "", program.nodes[root].file->mark(*program.nodes[root].source)});
    issues->insert(issues->begin() + static_cast<std::ptrdiff_t>(before), std::make_move_iterator(found.begin()),
                   std::make_move_iterator(found.end()));
    return false;
}

}  // namespace headgate::schema
