#include "contracts/schema/sample_candidates.hpp"

#include <algorithm>

#include "contracts/document/source_value.hpp"

namespace headgate::schema {
namespace {

constexpr std::size_t most_demands = 1'000;

void add_written(const SourceNode& schema, std::vector<const SourceNode*>& out) {
    if (!schema.is_mapping()) return;
    if (const SourceNode* examples = schema.find("examples"); examples && examples->is_sequence())
        for (const SourceNode& example : examples->items) out.push_back(&example);
    for (const char* key : {"example", "default"})
        if (const SourceNode* value = schema.find(key)) out.push_back(value);
}

}  // namespace

Demands::Demands(const Program& program, const std::vector<Demand>& first) {
    std::vector<Demand> open(first.rbegin(), first.rend());
    while (!open.empty() && all.size() < most_demands) {
        Demand demand = open.back();
        open.pop_back();
        if (demand.node == no_node) continue;
        const Node& node = program.nodes[demand.node];
        if (!demand.written) demand.written = node.source;
        bool known = std::any_of(all.begin(), all.end(), [&](const Demand& other) {
            return other.node == demand.node && other.written == demand.written;
        });
        if (known) continue;
        all.push_back(demand);
        types &= node.types & bit(ValueKind::number) ? node.types | integer_bit : node.types;
        if (!node.any_of.empty() || !node.one_of.empty() || node.condition != no_node) choices.push_back(&node);
        for (auto id = node.all_of.rbegin(); id != node.all_of.rend(); ++id) open.push_back({*id});
        open.push_back({node.dynamic_reference});
        open.push_back({node.reference});
    }
}

std::vector<Demand> member_demands(const Program& program, const Demands& demands, std::string_view name) {
    std::vector<Demand> out;
    for (const Demand& demand : demands.all) {
        const Node& node = program.nodes[demand.node];
        if (!node.object) continue;
        bool judged = false;
        for (const auto& property : node.object->properties)
            if (property.name == name && property.schema != no_node) {
                const SourceNode* written = node.source->find("properties");
                out.push_back({property.schema, written ? written->find(name) : nullptr});
                judged = true;
            }
        for (const auto& [pattern, id] : node.object->patterns)
            if (pattern->matches(name)) {
                out.push_back({id});
                judged = true;
            }
        if (!judged && node.object->additional != no_node) out.push_back({node.object->additional});
    }
    return out;
}

std::vector<Demand> item_demands(const Program& program, const Demands& demands, std::uint32_t index,
                                 std::uint32_t behind) {
    std::vector<Demand> out;
    for (const Demand& demand : demands.all) {
        const Node& node = program.nodes[demand.node];
        if (!node.array) continue;
        if (index < node.array->prefix.size())
            out.push_back({node.array->prefix[index]});
        else if (node.array->items != no_node)
            out.push_back({node.array->items, node.source->find("items")});
        bool contained = index >= behind && index - behind < node.array->contains_fewest;
        if (node.array->contains != no_node && contained) out.push_back({node.array->contains});
    }
    return out;
}

std::vector<Value> written_values(const Program& program, const Demands& demands, std::size_t variant, Arena& arena) {
    std::vector<Value> out;
    std::vector<const SourceNode*> written;
    const Choice* choice = nullptr;
    for (const Demand& demand : demands.all) {
        const Node& node = program.nodes[demand.node];
        if (node.constant) out.insert(out.end(), node.constant->values.begin(), node.constant->values.end());
        if (demand.written) add_written(*demand.written, written);
        if (demand.written != node.source && node.source) add_written(*node.source, written);
        if (node.choice && !choice) choice = node.choice;
    }
    Builder builder(arena);
    for (std::size_t i = variant; i < written.size(); ++i) out.push_back(to_value(*written[i], builder));
    if (!choice) return out;
    std::size_t count = std::min<std::size_t>(choice->values.size(), 1'000);
    for (std::size_t i = 0; i < count; ++i) out.push_back(choice->values[(i + variant) % choice->values.size()]);
    return out;
}

}  // namespace headgate::schema
