// `source:`: the documents that our own store has: one captured order, or messages that came as files.
#include <optional>

#include "mappings/formats/shape/schema_tree.hpp"
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

const std::vector<std::string> states{"open", "held", "done"};

bool is_list(const Mapping& mapping) {
    return mapping.source == "orders" && mapping.kept.field.empty() && mapping.call == "orders";
}

bool check_header(const Mapping& mapping, const Registry& contracts, Diagnostics& diagnostics) {
    const auto& source = mapping.source;
    bool known = source != "orders" || !mapping.kept.field.empty() || mapping.call == "order" || is_list(mapping);
    if (mapping.system != source || !known) {
        auto call = mapping.kept.field.empty() ? "order" : mapping.call;
        diagnostics.error(
            mapping.system_mark, "the source '" + source + "' has no '" + mapping.system + "." + mapping.call + "'",
            "map: " + mapping.contract_side + " <- " + source + "." + call +
                (source == "orders" && mapping.kept.field.empty() ? ", or orders.orders for a list" : ""));
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
                                                 " the source '" + source + "' is only read");
    return false;
}

// A component that is an object, as a member of the document; nothing after diagnostics.
struct Part {
    std::string name;  // of the member
    std::string contract, component;
    SourceMark mark;
};
std::optional<LegacyNode> open_part(const Part& part, const Registry& contracts, Diagnostics& diagnostics) {
    const auto* schema = contracts.find_schema(part.contract, part.component);
    if (!schema) {
        diagnostics.error(part.mark, part.contract + " has no component '" + part.component + "'");
        return std::nullopt;
    }
    LegacyNode node;
    node.name = part.name;
    TreeMaker maker;
    maker.fill(node, schema->shape());
    if (node.type == LegacyType::group && !maker.too_large()) return node;
    diagnostics.error(part.mark,
                      "the component '" + part.component + "' of " + part.contract + " is no object, or too large");
    return std::nullopt;
}

// `orders.v1/Order` as a member of the document.
Part part_of(std::string name, const std::string& component, const SourceMark& mark) {
    auto slash = component.find('/');
    return {std::move(name), component.substr(0, slash),
            slash == std::string::npos ? std::string() : component.substr(slash + 1), mark};
}

// The newest orders first, of a customer or a time.
void describe_list(StoreTree& tree, StoreQuery& query, LegacyNode captured) {
    LegacyNode after;
    after.name = "after";
    after.children = {tree.value("acceptedAt", Kind::datetime), tree.value("orderId", Kind::text)};
    query.request.children = {tree.value("customerId", Kind::text), tree.value("acceptedSince", Kind::datetime),
                              tree.value("acceptedBefore", Kind::datetime), std::move(after)};
    for (auto& node : query.request.children) node.optional = true;
    query.request.children.push_back(tree.value("take", Kind::integer));
    query.reply.children = {StoreTree::list("orders", {std::move(captured), tree.value("state", Kind::text, states)})};
}

std::optional<StoreQuery> open_order(const Mapping& mapping, const Registry& contracts, StoreTree& tree,
                                     Diagnostics& diagnostics) {
    const auto& kept = mapping.kept;
    auto own = mapping.contract_side.substr(0, mapping.contract_side.find('/')) + "/Order";
    auto part = kept.component.empty() ? part_of("order", own, mapping.contract_mark)
                                       : part_of("order", kept.component, kept.component_mark);
    StoreQuery query;
    query.contract = part.contract;
    query.field = kept.field.empty() ? "orderId" : kept.field;
    auto order = open_part(part, contracts, diagnostics);
    if (!order) return std::nullopt;
    if (is_list(mapping)) {
        query.of = StoreQuery::Of::orders;
        describe_list(tree, query, std::move(*order));
        return query;
    }
    query.request.children = {tree.value(query.field, Kind::text)};
    query.reply.children = {
        std::move(*order), tree.value("revision", Kind::integer), tree.value("state", Kind::text, states),
        StoreTree::list("steps", {tree.value("system", Kind::text), tree.value("call", Kind::text),
                                  tree.value("state", Kind::text, {"ready", "held", "done"}),
                                  tree.value("attempts", Kind::integer), tree.value("changedAt", Kind::datetime)}),
        StoreTree::list("crossReferences", {tree.value("system", Kind::text), tree.value("key", Kind::text)})};
    return query;
}

std::optional<StoreQuery> open_messages(const Mapping& mapping, const Registry& contracts, StoreTree& tree,
                                        Diagnostics& diagnostics) {
    const auto& kept = mapping.kept;
    StoreQuery query;
    query.of = kept.one ? StoreQuery::Of::message : StoreQuery::Of::messages;
    query.component = kept.component;
    query.field = kept.field;
    auto message = open_part(part_of("message", kept.component, kept.component_mark), contracts, diagnostics);
    if (!message) return std::nullopt;
    const auto* field = message->child(kept.field);
    if (!field || field->type != LegacyType::text || field->repeated) {
        diagnostics.error(kept.field_mark, "'" + kept.field + "' is no text of " + kept.component);
        return std::nullopt;
    }
    query.request.children = {tree.value(kept.field, Kind::text)};
    std::vector<LegacyNode> members{std::move(*message), tree.value("receivedAt", Kind::datetime)};
    if (!kept.with.empty()) {
        auto with = part_of("order", kept.with, kept.with_mark);
        query.contract = with.contract;
        const auto* id = members.front().child("orderId");
        if (!id || id->optional) {
            diagnostics.error(kept.with_mark, kept.component + " has no required orderId, by which orders are found");
            return std::nullopt;
        }
        auto order = open_part(with, contracts, diagnostics);
        if (!order) return std::nullopt;
        members.push_back(std::move(*order));
    }
    if (kept.one)
        query.reply.children = std::move(members);
    else
        query.reply.children = {StoreTree::list("messages", std::move(members))};
    query.reply.children.push_back(tree.value("asOf", Kind::datetime));
    return query;
}

}  // namespace

// The shapes are said in docs/reference/mapping.md and filled by gateway/orders/order_source.cpp and
// gateway/feeds/read_model_source.cpp.
std::unique_ptr<LegacySide> open_store(const Mapping& mapping, const Registry& contracts, Diagnostics& diagnostics) {
    if (!check_header(mapping, contracts, diagnostics)) return nullptr;
    auto side = std::make_unique<LegacySide>();
    StoreTree tree(*side);
    auto query = mapping.source == "orders" ? open_order(mapping, contracts, tree, diagnostics)
                                            : open_messages(mapping, contracts, tree, diagnostics);
    if (!query) return nullptr;
    side->call = std::move(*query);
    side->request = &std::get<StoreQuery>(side->call).request;
    side->reply = &std::get<StoreQuery>(side->call).reply;
    return side;
}

}  // namespace headgate::mappings
