#include "mappings/plan/contract_end.hpp"

#include <date/tz.h>

#include "mappings/plan/message_shape.hpp"

namespace headgate::mappings {

const date::time_zone* find_zone(const Mapping& mapping, Diagnostics& diagnostics) {
    if (mapping.legacy.tz.empty()) return nullptr;
    try {
        return date::locate_zone(mapping.legacy.tz);
    } catch (const std::exception&) {
        diagnostics.error(mapping.legacy.tz_mark, "unknown time zone '" + mapping.legacy.tz + "'", "tz: Europe/Berlin");
        return nullptr;
    }
}

bool find_contract(const Mapping& mapping, const Registry& contracts, ContractEnd& out, Diagnostics& diagnostics) {
    auto slash = mapping.contract_side.find('/');
    auto contract = mapping.contract_side.substr(0, slash), thing = mapping.contract_side.substr(slash + 1);
    if (const auto* operation = contracts.find(mapping.contract_side)) {
        out.operation = operation;
        out.message = request_shape(*operation);
        out.request = out.message.get();
        const auto* answer = operation->response_schema(operation->success_status);
        out.reply = answer ? &answer->shape() : nullptr;
        out.mark = operation->mark;
        return true;
    }
    if (const auto* component = contracts.find_schema(contract, thing)) {
        out.request = &component->shape();
        out.mark = component->shape().mark();
        return true;
    }
    std::vector<std::string_view> names;
    for (const auto& operation : contracts.operations()) names.push_back(operation->name);
    auto near = nearest(mapping.contract_side, names);
    diagnostics.error(mapping.contract_mark,
                      "no contract has the operation or component '" + mapping.contract_side + "'",
                      near.empty() ? "" : "did you mean '" + near + "'?");
    return false;
}

}  // namespace headgate::mappings
