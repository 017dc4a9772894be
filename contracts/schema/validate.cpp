// The applicators: how nodes are judged together. Values of one kind are judged in validate_values.cpp and
// validate_containers.cpp.
#include "contracts/schema/validate_text.hpp"
#include "contracts/schema/validator.hpp"

namespace headgate::schema {
namespace {

constexpr int most_depth = 1'000;
constexpr std::size_t most_words = 1u << 20;  // 8 MB

std::size_t count_values(const Value& value) {
    std::size_t count = 1;
    if (value.is_array())
        for (const Value& item : value) count += count_values(item);
    else if (value.is_object())
        for (const Member& member : value.members()) count += count_values(member.value);
    return count;
}

}  // namespace

bool Validator::give_up(std::string why) {
    if (exhausted_.empty()) exhausted_ = std::move(why);
    // Whatever is still under way ends at its next step.
    measured_ = true;
    most_steps_ = 0;
    return false;
}

bool Validator::more_steps() {
    if (!measured_) {
        measured_ = true;
        most_steps_ += count_values(document_) * 2 * std::max(program_.width, 8u);
        if (steps_ <= most_steps_) return true;
    }
    return give_up("takes more than " + std::to_string(most_steps_) + " steps to judge");
}

template <bool collect>
bool Validator::check_whole(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    if (depth_ >= most_depth) [[unlikely]]
        return give_up("nests deeper than " + std::to_string(most_depth) + " schemas");
    ++depth_;
    bool ok = false;
    if (!program_.dynamic || (scope && scope->resource == node.resource)) [[likely]] {
        ok = node.tracks ? check_tracking<collect>(node, value, path, seen, scope)
                         : check_all<collect>(node, value, path, seen, scope);
    } else {
        Scope inner{scope, node.resource};
        ok = node.tracks ? check_tracking<collect>(node, value, path, seen, &inner)
                         : check_all<collect>(node, value, path, seen, &inner);
    }
    --depth_;
    return ok;
}

template <bool collect>
bool Validator::check_all(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    bool ok = true;
    if (value.is_object()) {
        if (node.choice || node.constant) ok = check_choice<collect>(node, value, path);
        if (node.object && (collect || ok)) ok = check_object<collect>(node, value, path, seen, scope) && ok;
    } else if (value.is_array()) {
        if (node.choice || node.constant) ok = check_choice<collect>(node, value, path);
        if (node.array && (collect || ok)) ok = check_array<collect>(node, value, path, seen, scope) && ok;
    } else {
        ok = check_scalar<collect>(node, value, path);
    }
    if (node.applies && (ok || (collect && !full()))) ok = check_beside<collect>(node, value, path, seen, scope) && ok;
    return ok;
}

// What lies beside unevaluatedProperties and unevaluatedItems comes first, whether it is wanted above or not.
template <bool collect>
bool Validator::check_tracking(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    if (words_ > most_words) return give_up("is too large to be judged by unevaluated members");
    Seen own(value.size(), words_);
    steps_ += value.size() / 64;
    if (!check_all<collect>(node, value, path, &own, scope)) return false;
    if (!check_unevaluated<collect>(node, value, path, own, scope)) return false;
    if (seen) seen->merge(own);
    return true;
}

// The outermost resource of the run that has such an anchor is meant.
NodeId Validator::dynamic_target(const Node& node, const Scope* scope) const {
    NodeId target = node.dynamic_reference;
    if (node.dynamic_name == 0) return target;
    for (const Scope* at = scope; at; at = at->parent) {
        const auto& anchors = program_.resources[at->resource].dynamic_anchors;
        if (auto found = anchors.find(node.dynamic_name); found != anchors.end()) target = found->second;
    }
    return target;
}

template <bool collect>
bool Validator::check_beside(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    bool ok = true;
    auto judge = [&](NodeId id) {
        ok = check<collect>(id, value, path, seen, scope) && ok;
        return ok || (collect && !full());
    };
    if (node.reference != no_node && !judge(node.reference)) return false;
    if (node.dynamic_reference != no_node && !judge(dynamic_target(node, scope))) return false;
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
    if (node.negated != no_node && check<false>(node.negated, value, nullptr, nullptr, scope)) {
        if constexpr (!collect) return false;
        ok = report(node, "not", path, "must not be as the schema under 'not' says");
    }
    if (node.condition != no_node) {
        NodeId next = fits(node.condition, value, seen, scope) ? node.then : node.otherwise;
        if (next != no_node && !judge(next)) return false;
    }
    return ok && exhausted_.empty();
}

bool Validator::fits(NodeId id, const Value& value, Seen* seen, const Scope* scope) {
    if (!seen) return check<false>(id, value, nullptr, nullptr, scope);
    if (words_ > most_words) return give_up("is too large to be judged by unevaluated members");
    Seen branch(value.size(), words_);
    steps_ += value.size() / 64;
    if (!check<false>(id, value, nullptr, &branch, scope)) return false;
    seen->merge(branch);
    return true;
}

template <bool collect>
bool Validator::check_any(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    bool any = false;
    for (NodeId id : node.any_of) {
        any = fits(id, value, seen, scope) || any;
        // The others are asked only for what they judged.
        if (any && !seen) return true;
    }
    if (any) return true;
    if constexpr (collect) explain_alternatives(node, node.any_of, "anyOf", value, path, scope);
    return false;
}

template <bool collect>
bool Validator::check_one(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    int matches = 0;
    for (NodeId id : node.one_of) {
        matches += fits(id, value, seen, scope);
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
    auto judge = [&](NodeId id, std::uint32_t index, const Value& part, const Path& at, std::string_view keyword) {
        if (seen.test(index)) return true;
        if (collect && nodes_[id].never) {
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

template bool Validator::check_whole<true>(const Node&, const Value&, const Path*, Seen*, const Scope*);
template bool Validator::check_whole<false>(const Node&, const Value&, const Path*, Seen*, const Scope*);

bool validate(const Program& program, NodeId root, const Value& document, std::vector<SchemaIssue>* issues,
              std::size_t limit) {
    Validator judging(program, document, nullptr, 0);
    if (judging.check<false>(root, document, nullptr, nullptr, nullptr) && judging.exhausted().empty()) return true;
    if (!issues || limit == 0) return false;
    std::vector<SchemaIssue> found;
    std::string why = judging.exhausted();
    if (why.empty()) {
        Validator collecting(program, document, &found, limit);
        collecting.check<true>(root, document, nullptr, nullptr, nullptr);
        why = collecting.exhausted();
    }
    // A fault is never without a word.
    const Node& node = program.nodes[root];
    if (found.empty())
        found.push_back({"", why.empty() ? "is not valid" : why, "", node.file->mark(*node.source), node.pointer("")});
    issues->insert(issues->end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
    return false;
}

}  // namespace headgate::schema
