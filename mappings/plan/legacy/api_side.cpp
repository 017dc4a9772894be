// The `legacy:` block of a JSON API: one operation of its OpenAPI document beside the mapping.
#include <algorithm>

#include "mappings/formats/openapi/api_operation.hpp"
#include "mappings/plan/legacy/sides.hpp"

namespace headgate::mappings {

namespace {

std::shared_ptr<const ApiOperation> load(const Mapping& mapping, Diagnostics& diagnostics) {
    const auto& legacy = mapping.legacy;
    Diagnostics own;
    auto out = load_api_operation(beside(mapping, legacy.openapi),
                                  legacy.operation.empty() ? mapping.call : legacy.operation, own);
    if (out) return out;
    // The place in the mapping, then what the document's reader said.
    if (legacy.operation.empty())
        diagnostics.error(legacy.openapi_mark,
                          "the document '" + legacy.openapi + "' can't be used for '" + mapping.call + "'");
    else
        diagnostics.error(legacy.operation_mark, "the operation '" + legacy.operation + "' can't be used");
    for (const auto& d : own.all()) diagnostics.error(d.mark, d.message, d.hint);
    return nullptr;
}

// A way to a code leads to a single value of some answer.
bool check_code(const Path& path, const LegacyNode& refusals, Diagnostics& diagnostics) {
    const LegacyNode* at = &refusals;
    for (const auto& step : path.steps) {
        const LegacyNode* next = at->child(step);
        if (!next) {
            std::vector<std::string_view> names;
            for (const auto& child : at->children) names.push_back(child.name);
            auto near = nearest(step, names);
            diagnostics.error(path.mark, "no answer has '" + path.text + "' in its body",
                              near.empty() ? "" : "did you mean '" + near + "'?");
            return false;
        }
        at = next;
    }
    bool single = at->children.empty() && at->type != LegacyType::boolean && !path.list;
    if (!single) diagnostics.error(path.mark, "'" + path.text + "' is no single code");
    return single;
}

// What `faults:` names begins with a status: 409/amount_too_large, 404, 5*.
bool check_faults(const Mapping& mapping, bool codes, Diagnostics& diagnostics) {
    auto before = diagnostics.errors();
    for (const auto& rule : mapping.faults) {
        auto code = std::string_view(rule.code);
        auto status = code.substr(0, code.find('/'));
        bool all = status.ends_with('*');
        if (all) status.remove_suffix(1);
        bool good = status.find_first_not_of("0123456789") == std::string_view::npos &&
                    (all ? status.size() < 4 : status.size() == 3);
        if (!good)
            diagnostics.error(rule.mark, "'" + rule.code + "' does not begin with a status",
                              "409/too_large, 404, or 5* for all that begin so");
        else if (status.starts_with('2') && code.find('/') == std::string_view::npos)
            diagnostics.error(rule.mark, "'" + rule.code + "' would refuse every answer of success",
                              "200/DECLINED, with fault-code: in legacy:");
        else if (!codes && code.find('/') != std::string_view::npos)
            diagnostics.error(rule.mark, "nothing says where the code of '" + rule.code + "' stands in the body",
                              "legacy: { fault-code: error/code }");
    }
    return diagnostics.errors() == before;
}

}  // namespace

std::unique_ptr<LegacySide> open_api(const Mapping& mapping, Diagnostics& diagnostics) {
    auto operation = load(mapping, diagnostics);
    if (!operation) return nullptr;
    ApiCall call;
    for (const auto& path : mapping.legacy.fault_codes) {
        if (!check_code(path, operation->refusals, diagnostics)) return nullptr;
        call.codes.push_back(path.steps);
    }
    if (mapping.step.empty() && !check_faults(mapping, !call.codes.empty(), diagnostics)) return nullptr;
    for (const auto& rule : mapping.faults) call.faults.push_back(rule.code);
    auto side = std::make_unique<LegacySide>();
    if (!operation->request.children.empty()) side->request = &operation->request;
    if (!operation->answer.children.empty()) side->reply = &operation->answer;
    side->files = operation->files;
    call.operation = std::move(operation);
    side->call = std::move(call);
    return side;
}

}  // namespace headgate::mappings
