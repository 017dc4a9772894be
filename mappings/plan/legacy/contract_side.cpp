// A bridge's legacy side: the other version's request message and success response as trees of typed values.
#include "mappings/formats/shape/schema_tree.hpp"
#include "mappings/plan/legacy/sides.hpp"
#include "mappings/plan/message_shape.hpp"

namespace headgate::mappings {

namespace {

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
