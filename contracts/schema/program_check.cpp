#include "contracts/schema/program_check.hpp"

#include <algorithm>

namespace headgate::schema {
namespace {

constexpr std::uint32_t most_in_one_place = 200;

std::vector<NodeId> beside(const Node& node) {
    std::vector<NodeId> next;
    each_beside(node, [&](NodeId id) { next.push_back(id); });
    return next;
}

// Every node after those that judge the same value on its behalf. `again` is called for a way back to an open one.
template <class Again>
std::vector<NodeId> in_order(const std::vector<Node>& nodes, Again again) {
    enum : std::uint8_t { unseen, open, done };
    std::vector<std::uint8_t> state(nodes.size(), unseen);
    std::vector<NodeId> order;
    std::vector<std::pair<NodeId, std::vector<NodeId>>> stack;
    auto enter = [&](NodeId id) {
        state[id] = open;
        stack.emplace_back(id, beside(nodes[id]));
    };
    for (NodeId start = 0; start < nodes.size(); ++start) {
        if (state[start] == unseen) enter(start);
        while (!stack.empty()) {
            auto& [id, next] = stack.back();
            if (next.empty()) {
                state[id] = done;
                order.push_back(id);
                stack.pop_back();
                continue;
            }
            NodeId to = next.back();
            next.pop_back();
            if (state[to] == open)
                again(id);
            else if (state[to] == unseen)
                enter(to);
        }
    }
    return order;
}

// A schema that says nothing but where another one is. Where it lies matters only to a $dynamicRef.
bool only_refers(const Program& program, const Node& node) {
    const Node& to = program.nodes[node.reference == no_node ? 0 : node.reference];
    return node.reference != no_node && node.types == any_type && !node.number && !node.string && !node.array &&
           !node.object && !node.choice && !node.constant && node.dynamic_reference == no_node && node.all_of.empty() &&
           node.any_of.empty() && node.one_of.empty() && node.negated == no_node && node.condition == no_node &&
           (!program.dynamic || node.resource == to.resource);
}

}  // namespace

bool refuse_endless(const Program& program, Diagnostics& diagnostics) {
    bool ends = true;
    in_order(program.nodes, [&](NodeId id) {
        const Node& node = program.nodes[id];
        diagnostics.error(node.file->mark(*node.source), "the schema leads back to itself without end",
                          "put it under properties or items");
        ends = false;
    });
    return ends;
}

void shorten_references(Program& program) {
    std::vector<NodeId> shorter(program.nodes.size());
    for (NodeId id : in_order(program.nodes, [](NodeId) {}))
        shorter[id] = only_refers(program, program.nodes[id]) ? shorter[program.nodes[id].reference] : id;
    auto shorten = [&](NodeId& id) {
        if (id != no_node) id = shorter[id];
    };
    auto shorten_all = [&](std::vector<NodeId>& ids) {
        for (NodeId& id : ids) shorten(id);
    };
    for (Node& node : program.nodes) {
        for (NodeId* id : {&node.reference, &node.negated, &node.condition, &node.then, &node.otherwise}) shorten(*id);
        for (auto* list : {&node.all_of, &node.any_of, &node.one_of}) shorten_all(*list);
    }
    for (ArrayRules& rules : program.arrays) {
        for (NodeId* id : {&rules.items, &rules.contains, &rules.unevaluated}) shorten(*id);
        shorten_all(rules.prefix);
    }
    for (ObjectRules& rules : program.objects) {
        for (NodeId* id : {&rules.additional, &rules.names, &rules.unevaluated}) shorten(*id);
        for (auto& property : rules.properties) shorten(property.schema);
        for (auto& [pattern, id] : rules.patterns) shorten(id);
        for (auto& dependency : rules.dependencies) shorten(dependency.schema);
    }
}

bool measure(Program& program, Diagnostics& diagnostics) {
    std::vector<std::uint32_t> depth(program.nodes.size(), 1), width(program.nodes.size(), 1);
    for (NodeId id : in_order(program.nodes, [](NodeId) {})) {
        each_beside(program.nodes[id], [&](NodeId to) {
            depth[id] = std::max(depth[id], depth[to] + 1);
            width[id] = std::min(most_width, width[id] + width[to]);
        });
        program.width = std::max(program.width, width[id]);
        // One of them is enough to tell: whatever leads there is as deep.
        if (depth[id] <= most_in_one_place) continue;
        const Node& node = program.nodes[id];
        diagnostics.error(node.file->mark(*node.source),
                          "more than " + std::to_string(most_in_one_place) + " schemas lead to one another from here",
                          "each judges the same value; write some of them as one");
        return false;
    }
    return true;
}

}  // namespace headgate::schema
