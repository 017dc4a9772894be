// A bridge's legacy side: the other version's request message and success response as trees of typed values.
#include "mappings/plan/legacy/sides.hpp"
#include "mappings/plan/message_shape.hpp"

namespace headgate::mappings {

namespace {

constexpr std::size_t most_nodes = 20'000;
constexpr std::size_t deepest = 64;  // as documents are

constexpr ValueKind scalars[] = {ValueKind::string, ValueKind::number, ValueKind::boolean};

// Follows shapes; one that holds itself ends as `any`, which is carried whole or not at all.
class TreeMaker {
  public:
    bool too_large() const { return made_ > most_nodes; }

    void fill(LegacyNode& node, const Shape& shape) {
        node.shape = &shape;
        node.nillable = shape.allows(ValueKind::null);
        bool array = shape.allows(ValueKind::array), object = shape.allows(ValueKind::object);
        int scalar = 0;
        for (auto kind : scalars) scalar += shape.allows(kind);
        node.type = LegacyType::any;
        if (array + object + scalar != 1 || too_large()) return;
        if (!array) return fill_single(node, shape);
        node.repeated = true;
        if (const Shape* items = shape.items(); items && !items->allows(ValueKind::array)) {
            LegacyNode item;
            fill(item, *items);
            node.type = item.type;
            node.codes = std::move(item.codes);
            node.children = std::move(item.children);
        }
    }

  private:
    void fill_single(LegacyNode& node, const Shape& shape) {
        if (shape.allows(ValueKind::number)) {
            node.type = shape.integer() ? LegacyType::integer : LegacyType::decimal;
        } else if (shape.allows(ValueKind::boolean)) {
            node.type = LegacyType::boolean;
        } else if (shape.allows(ValueKind::string)) {
            node.type = shape.format() == "date"        ? LegacyType::date
                        : shape.format() == "date-time" ? LegacyType::datetime
                                                        : LegacyType::text;
            for (auto word : shape.enumeration()) node.codes.emplace_back(word);
        } else if (way_.size() < deepest && std::find(way_.begin(), way_.end(), &shape) == way_.end()) {
            node.type = LegacyType::group;
            way_.push_back(&shape);
            for (auto name : shape.property_names()) {
                if (++made_ > most_nodes) break;
                LegacyNode child;
                child.name = name;
                child.optional = !shape.required(name);
                if (const Shape* inner = shape.property(name))
                    fill(child, *inner);
                else
                    child.type = LegacyType::any;
                node.children.push_back(std::move(child));
            }
            way_.pop_back();
        }
    }

    std::size_t made_ = 0;
    std::vector<const Shape*> way_;  // from the root to here
};

const Operation* find_operation(const Mapping& mapping, const Registry& contracts, Diagnostics& diagnostics) {
    auto over = mapping.system + "/" + mapping.call;
    if (const auto* operation = contracts.find(over)) return operation;
    std::vector<std::string_view> names;
    for (const auto& operation : contracts.operations()) names.push_back(operation->name);
    auto near = nearest(over, names);
    diagnostics.error(mapping.system_mark, "no contract has the operation '" + over + "'",
                      near.empty() ? "" : "did you mean '" + near + "'?");
    return nullptr;
}

// A second way to succeed would have no rules.
bool one_success(const Mapping& mapping, const Operation& operation, Diagnostics& diagnostics) {
    for (const auto& [status, response] : operation.responses)
        if ((status / 100 == 2 || status == 2) && status != operation.success_status) {
            diagnostics.error(mapping.system_mark, operation.name + " answers " + std::to_string(status) + " beside " +
                                                       std::to_string(operation.success_status) +
                                                       ", and a bridge carries one of them");
            return false;
        }
    return true;
}

}  // namespace

std::unique_ptr<LegacySide> open_contract(const Mapping& mapping, const Registry& contracts, Diagnostics& diagnostics) {
    if (mapping.batch) {
        diagnostics.error(mapping.batch->mark, "'batch' belongs to a query");
        return nullptr;
    }
    const auto* operation = find_operation(mapping, contracts, diagnostics);
    if (!operation || !one_success(mapping, *operation, diagnostics)) return nullptr;
    auto side = std::make_unique<LegacySide>();
    side->message = request_shape(*operation);
    ContractCall call;
    call.operation = operation;
    TreeMaker trees;
    trees.fill(call.request, *side->message);
    const Schema* answer = operation->response_schema(operation->success_status);
    if (answer) trees.fill(call.response, answer->shape());
    if (answer && call.response.type != LegacyType::group)
        diagnostics.error(mapping.system_mark, "the answer of " + operation->name + " is no object");
    if (trees.too_large())
        diagnostics.error(mapping.system_mark, "the messages of " + operation->name + " are too large");
    side->call = std::move(call);
    side->request = &std::get<ContractCall>(side->call).request;
    side->reply = answer ? &std::get<ContractCall>(side->call).response : nullptr;
    if (!operation->mark.file.empty()) side->files = {operation->mark.file};
    return side;
}

}  // namespace headgate::mappings
