// `source: orders`: the document that our own order log has of one captured order.
#include "mappings/plan/legacy/contract_tree.hpp"
#include "mappings/plan/legacy/sides.hpp"
#include "mappings/plan/steps/step_shapes.hpp"

namespace headgate::mappings {

namespace {

using Kind = ChainType::Kind;

class StoreTree {
  public:
    explicit StoreTree(LegacySide& side) : side_(side) {}

    LegacyNode value(std::string name, Kind kind, std::vector<std::string> words = {}) {
        LegacyNode node;
        node.name = std::move(name);
        ChainType type;
        type.kind = kind;
        node.codes = words;
        side_.shapes.push_back(value_shape(type, std::move(words)));
        TreeMaker().fill(node, *side_.shapes.back());
        return node;
    }
    static LegacyNode list(std::string name, std::vector<LegacyNode> members) {
        LegacyNode node;
        node.name = std::move(name);
        node.repeated = true;
        node.children = std::move(members);
        return node;
    }

  private:
    LegacySide& side_;
};

bool check_header(const Mapping& mapping, const Registry& contracts, Diagnostics& diagnostics) {
    if (mapping.system != "orders" || mapping.call != "order") {
        diagnostics.error(mapping.system_mark,
                          "the source 'orders' has no '" + mapping.system + "." + mapping.call + "'",
                          "map: " + mapping.contract_side + " <- orders.order");
        return false;
    }
    if (mapping.batch) {
        diagnostics.error(mapping.batch->mark, "'batch' belongs to a query");
        return false;
    }
    const auto* operation = contracts.find(mapping.contract_side);
    if (operation && operation->safe) return true;
    diagnostics.error(mapping.contract_mark, "'" + mapping.contract_side +
                                                 (operation ? "' changes something, and" : "' is no operation, and") +
                                                 " the source 'orders' is only read");
    return false;
}

}  // namespace

// The shape is said in docs/reference/mapping.md and filled by gateway/orders/order_source.cpp.
std::unique_ptr<LegacySide> open_store(const Mapping& mapping, const Registry& contracts, Diagnostics& diagnostics) {
    if (!check_header(mapping, contracts, diagnostics)) return nullptr;
    auto contract = mapping.contract_side.substr(0, mapping.contract_side.find('/'));
    const auto* order = contracts.find_schema(contract, "Order");
    if (!order) {
        diagnostics.error(mapping.contract_mark, contract + " has no component 'Order', as captured orders are");
        return nullptr;
    }
    auto side = std::make_unique<LegacySide>();
    StoreTree tree(*side);
    StoreQuery query;
    query.contract = contract;
    query.request.children = {tree.value("orderId", Kind::text)};
    LegacyNode captured;
    captured.name = "order";
    TreeMaker maker;
    maker.fill(captured, order->shape());
    if (captured.type != LegacyType::group || maker.too_large()) {
        diagnostics.error(mapping.contract_mark,
                          "the component 'Order' of " + contract + " is no object, or too large");
        return nullptr;
    }
    query.reply.children = {
        std::move(captured), tree.value("revision", Kind::integer),
        tree.value("state", Kind::text, {"open", "held", "done"}),
        StoreTree::list("steps", {tree.value("system", Kind::text), tree.value("call", Kind::text),
                                  tree.value("state", Kind::text, {"ready", "held", "done"}),
                                  tree.value("attempts", Kind::integer), tree.value("changedAt", Kind::datetime)}),
        StoreTree::list("crossReferences", {tree.value("system", Kind::text), tree.value("key", Kind::text)})};
    side->call = std::move(query);
    side->request = &std::get<StoreQuery>(side->call).request;
    side->reply = &std::get<StoreQuery>(side->call).reply;
    return side;
}

}  // namespace headgate::mappings
