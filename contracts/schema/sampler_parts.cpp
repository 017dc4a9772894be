// The parts of objects and arrays that a sample has.
#include <algorithm>

#include "contracts/schema/sample_pattern.hpp"
#include "contracts/schema/sampler.hpp"

namespace headgate::schema {
namespace {

constexpr std::uint32_t most_parts = 1'000;  // members or items that one value must have
constexpr int optional_depth = 8;            // what is optional is left out below

template <class Part>
const Part* kept(const std::vector<Part>& parts, Arena& arena) {
    Part* to = arena.allocate<Part>(parts.size());
    std::uninitialized_copy(parts.begin(), parts.end(), to);
    return to;
}

}  // namespace

std::optional<Value> Sampler::members(const std::vector<Demand>& first, const std::vector<Choosing>& chosen,
                                      const Demands& demands, const Path* path, int depth, bool full) {
    std::vector<Name> names;
    std::uint32_t fewest = 0, most = unbounded;
    auto note = [&](std::string_view name, bool required) {
        required = required || (given_ && !path && name == given_->key);
        for (Name& known : names)
            if (known.name == name) {
                known.required = known.required || required;
                return;
            }
        names.push_back({name, required});
    };
    std::vector<std::string_view> triggers;
    each_object(demands, [&](const Node& node) {
        for (const auto& property : node.object->properties) note(property.name, property.required);
        fewest = std::max(fewest, node.object->fewest);
        most = std::min(most, node.object->most);
        for (const auto& dependency : node.object->dependencies) triggers.push_back(dependency.name);
    });
    if (fewest > most_parts || names.size() > most_parts)
        return fail(demands, path, depth, "more than " + std::to_string(most_parts) + " members are asked for");
    if (auto missing = depended(demands, names); missing != no_node) {
        std::vector<Demand> more = first;
        more.push_back(Demand{missing});
        return value(more, chosen, path, depth + 1);
    }
    std::vector<Member> out;
    auto required = static_cast<std::size_t>(
        std::count_if(names.begin(), names.end(), [](const Name& name) { return name.required; }));
    for (const Name& name : names) {
        bool trigger = std::find(triggers.begin(), triggers.end(), name.name) != triggers.end();
        // Room is kept for the required ones that come later.
        bool room = out.size() + required < most;
        if (!name.required && (!full || depth >= optional_depth || trigger || !room)) continue;
        if (name.required) --required;
        auto made =
            part(member_demands(program_, demands, name.name), {path, name.name, 0, true}, depth, name.required);
        if (made)
            out.push_back({name.name, *made});
        else if (name.required || exhausted_)
            return std::nullopt;
    }
    for (std::uint32_t i = 0; out.size() < fewest && i < 2 * fewest; ++i) {
        std::string_view name = another_name(demands, path, depth, i);
        if (std::any_of(out.begin(), out.end(), [&](const Member& member) { return member.key == name; })) continue;
        if (auto made = part(member_demands(program_, demands, name), {path, name, 0, true}, depth, true))
            out.push_back({name, *made});
    }
    return Value::object(kept(out, arena_), static_cast<std::uint32_t>(out.size()));
}

NodeId Sampler::depended(const Demands& demands, std::vector<Name>& names) const {
    auto required = [&](std::string_view name) {
        return std::any_of(names.begin(), names.end(),
                           [&](const Name& known) { return known.required && known.name == name; });
    };
    NodeId missing = no_node;
    for (bool more = true; more && missing == no_node && names.size() <= most_parts;) {
        more = false;
        each_object(demands, [&](const Node& node) {
            for (const auto& dependency : node.object->dependencies) {
                if (!required(dependency.name)) continue;
                for (const auto& name : dependency.required) {
                    if (required(name)) continue;
                    std::erase_if(names, [&](const Name& known) { return known.name == name; });
                    names.push_back({name, true});
                    more = true;
                }
                bool heard = std::any_of(demands.all.begin(), demands.all.end(),
                                         [&](const Demand& demand) { return demand.node == dependency.schema; });
                if (dependency.schema != no_node && !heard) missing = dependency.schema;
            }
        });
    }
    return missing;
}

std::string_view Sampler::another_name(const Demands& demands, const Path* path, int depth, std::size_t number) {
    std::vector<Demand> judging;
    const Pattern* pattern = nullptr;
    each_object(demands, [&](const Node& node) {
        if (node.object->names != no_node) judging.push_back({node.object->names});
        if (!node.object->patterns.empty() && !program_.nodes[node.object->patterns.front().second].never)
            pattern = node.object->patterns.front().first;
    });
    std::size_t variant = std::exchange(variant_, number);
    std::optional<Value> name;
    if (!judging.empty()) name = value(judging, {}, path, depth + 1);
    if (!name && pattern)
        if (auto text = text_of_pattern(pattern->source(), 0, number)) name = Value::string(arena_.copy(*text));
    variant_ = variant;
    if (name && name->is_string()) return name->text();
    return arena_.copy("member" + std::to_string(number + 1));
}

std::optional<Value> Sampler::items(const Demands& demands, const Path* path, int depth, bool full) {
    std::uint32_t fewest = 0, most = unbounded, count = 0;
    std::size_t prefix = 0;
    bool unique = false, described = false;
    for (const Demand& demand : demands.all) {
        const ArrayRules* rules = program_.nodes[demand.node].array;
        if (!rules) continue;
        fewest = std::max(fewest, rules->fewest);
        most = std::min(most, rules->most);
        if (full) prefix = std::max(prefix, rules->prefix.size());
        if (rules->contains != no_node) count = std::max(count, rules->contains_fewest);
        unique = unique || rules->unique;
        described = described || rules->items != no_node || !rules->prefix.empty();
    }
    auto behind = static_cast<std::uint32_t>(std::min<std::size_t>(prefix, most_parts));
    if (count > 0) count = std::min(count, most_parts + 1) + behind;  // what is contained comes after the prefix
    fewest = std::max(fewest, count);
    if (fewest > most_parts)
        return fail(demands, path, depth, "more than " + std::to_string(most_parts) + " items are asked for");
    std::uint32_t wanted = full && described && depth < optional_depth ? std::max(behind, 1u) : 0;
    count = std::min(std::max(fewest, wanted), most);
    std::vector<Value> out;
    std::size_t variant = variant_;
    for (std::uint32_t i = 0; i < count; ++i) {
        if (unique) variant_ = variant + i;
        auto made = part(item_demands(program_, demands, i, behind), {path, {}, i, false}, depth, i < fewest);
        if (!made && (i < fewest || exhausted_)) {
            variant_ = variant;
            return std::nullopt;
        }
        if (!made) break;
        out.push_back(*made);
    }
    variant_ = variant;
    return Value::array(kept(out, arena_), static_cast<std::uint32_t>(out.size()));
}

}  // namespace headgate::schema
