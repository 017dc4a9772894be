// Which schemas a fault spoils: what leads to a faulty one is not judged by, so that one fault is told once.
#include "contracts/schema/compiler.hpp"

namespace headgate::schema {
namespace {

template <class Visit>
void each_child(const Node& node, Visit&& visit) {
    for (NodeId id : {node.reference, node.dynamic_reference, node.negated, node.condition, node.then, node.otherwise})
        visit(id);
    for (const auto* list : {&node.all_of, &node.any_of, &node.one_of})
        for (NodeId id : *list) visit(id);
    if (const ArrayRules* array = node.array) {
        for (NodeId id : array->prefix) visit(id);
        for (NodeId id : {array->items, array->contains, array->unevaluated}) visit(id);
    }
    if (const ObjectRules* object = node.object) {
        for (const auto& property : object->properties) visit(property.schema);
        for (const auto& [pattern, id] : object->patterns) visit(id);
        for (const auto& dependency : object->dependencies) visit(dependency.schema);
        for (NodeId id : {object->additional, object->names, object->unevaluated}) visit(id);
    }
}

}  // namespace

void Compiler::spread_faults() {
    const auto& nodes = program_->nodes;
    unsound_.assign(nodes.size(), false);
    if (faulty_.empty()) return;
    std::vector<std::vector<NodeId>> parents(nodes.size());
    for (NodeId id = 0; id < nodes.size(); ++id)
        each_child(nodes[id], [&](NodeId child) {
            if (child != no_node) parents[child].push_back(id);
        });
    std::vector<NodeId> open = faulty_;
    while (!open.empty()) {
        NodeId id = open.back();
        open.pop_back();
        if (unsound_[id]) continue;
        unsound_[id] = true;
        open.insert(open.end(), parents[id].begin(), parents[id].end());
    }
}

}  // namespace headgate::schema
