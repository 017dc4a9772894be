// Contracts, as programs and the command line ask for them.
#include <algorithm>

#include "base/timestamp.hpp"
#include "contracts/document/json.hpp"
#include "contracts/document/source_value.hpp"
#include "gateway/admin/contract_fields.hpp"
#include "gateway/admin/endpoints.hpp"

namespace headgate {
namespace {

using nlohmann::ordered_json;

ordered_json lifecycle_json(const Lifecycle& lifecycle) {
    ordered_json out{{"state", name(lifecycle.state)}};
    if (lifecycle.deprecated) out["deprecated"] = rfc3339(*lifecycle.deprecated);
    if (lifecycle.sunset) out["sunset"] = rfc3339(*lifecycle.sunset);
    if (!lifecycle.successor.empty()) out["successor"] = lifecycle.successor;
    return out;
}

ordered_json operation_json(const Operation& operation, const Snapshot& snapshot) {
    return {{"operation", operation.name},
            {"method", operation.method},
            {"path", operation.path},
            {"summary", operation.summary},
            {"deprecated", operation.deprecated},
            {"served", snapshot.route(&operation) != nullptr}};
}

ordered_json contract_json(const Contract& contract, const Snapshot& snapshot) {
    ordered_json operations = ordered_json::array();
    for (const Operation* operation : contract.operations) operations.push_back(operation_json(*operation, snapshot));
    return {{"contract", contract.name},
            {"version", contract.version},
            {"title", contract.title},
            {"summary", contract.summary},
            {"lifecycle", lifecycle_json(contract.lifecycle)},
            {"operations", std::move(operations)}};
}

// [{of, name, value}, ...] as text: the values' numbers keep their digits.
class ExampleList {
  public:
    void add(const std::string& of, const std::vector<Example>& examples) {
        Arena arena;
        Builder builder(arena);
        for (const Example& example : examples) {
            text_ += text_.empty() ? "[" : ",";
            text_ += "{\"of\":" + ordered_json(of).dump() + ",\"name\":" + ordered_json(example.name).dump() +
                     ",\"value\":" + to_json(to_value(*example.value, builder)) + "}";
        }
    }
    std::string text() const { return text_.empty() ? "[]" : text_ + "]"; }

  private:
    std::string text_;
};

const char* place(ParameterPlace in) {
    return in == ParameterPlace::path ? "path" : in == ParameterPlace::query ? "query" : "header";
}

// Everything that a caller must know of one operation.
std::string detail_json(const Operation& operation, const Snapshot& snapshot) {
    ExampleList examples;
    ordered_json out = operation_json(operation, snapshot);
    out["lifecycle"] = lifecycle_json(operation.lifecycle);
    out["authenticated"] = operation.authenticated;
    out["parameters"] = ordered_json::array();
    for (const Parameter& parameter : operation.parameters) {
        out["parameters"].push_back({{"name", parameter.name},
                                     {"in", place(parameter.in)},
                                     {"required", parameter.required},
                                     {"fields", fields_of(parameter.schema->shape())}});
        examples.add(parameter.name, parameter.examples);
    }
    if (operation.body) {
        out["body"] = {{"required", operation.body_required}, {"fields", fields_of(operation.body->shape())}};
        examples.add("body", operation.body_examples);
    }
    out["responses"] = ordered_json::array();
    auto respond = [&](const std::string& status, const Response& response) {
        ordered_json one{{"status", status}};
        for (const Content& content : response.contents) {
            one["contents"].push_back(
                {{"mediaType", content.media_type}, {"fields", fields_of(content.schema->shape())}});
            examples.add(status, content.examples);
        }
        for (const Parameter& header : response.headers) one["headers"].push_back(header.name);
        out["responses"].push_back(std::move(one));
    };
    for (const auto& [status, response] : operation.responses)
        respond(status < 10 ? std::to_string(status) + "XX" : std::to_string(status), response);
    if (operation.default_response) respond("default", *operation.default_response);
    std::string text = out.dump();
    text.back() = ',';
    return text + "\"examples\":" + examples.text() + "}";
}

Result<AdminAnswer> contract(const AdminRequest& request, const Snapshot& snapshot) {
    const std::string& wanted = request.named.at("contract");
    const Contract* found = snapshot.contracts->find_contract(wanted);
    if (!found) return no_contract(snapshot, wanted);
    ordered_json out = contract_json(*found, snapshot);
    out["description"] = found->description;
    return AdminAnswer{200, "application/json", out.dump()};
}

Result<AdminAnswer> operation(const AdminRequest& request, const Snapshot& snapshot) {
    const std::string& of = request.named.at("contract");
    const Contract* found = snapshot.contracts->find_contract(of);
    if (!found) return no_contract(snapshot, of);
    std::string wanted = of + "/" + request.named.at("operation");
    std::vector<std::string_view> names;
    for (const Operation* known : found->operations) {
        if (known->name == wanted) return AdminAnswer{200, "application/json", detail_json(*known, snapshot)};
        names.push_back(known->name);
    }
    std::string near = nearest(wanted, names);
    return Error{ErrorKind::unknown_operation,
                 "no contract has this operation" + (near.empty() ? "" : "; did you mean '" + near + "'?")};
}

}  // namespace

Error no_contract(const Snapshot& snapshot, const std::string& wanted) {
    std::vector<std::string_view> names;
    for (const auto& known : snapshot.contracts->contracts()) names.push_back(known->name);
    std::string near = nearest(wanted, names);
    return {ErrorKind::unknown_operation,
            "there is no such contract" + (near.empty() ? "" : "; did you mean '" + near + "'?")};
}

void add_contract_endpoints(std::vector<Endpoint>& table, SnapshotSource snapshot) {
    table.push_back(
        {"GET", "/api/v1/contracts", false, Role::viewer, [snapshot](const AdminRequest&) -> Result<AdminAnswer> {
             auto current = snapshot();
             ordered_json all = ordered_json::array();
             for (const auto& known : current->contracts->contracts()) all.push_back(contract_json(*known, *current));
             return AdminAnswer{200, "application/json", all.dump()};
         }});
    table.push_back({"GET", "/api/v1/contracts/{contract}", false, Role::viewer,
                     [snapshot](const AdminRequest& request) { return contract(request, *snapshot()); }});
    table.push_back({"GET", "/api/v1/contracts/{contract}/{operation}", false, Role::viewer,
                     [snapshot](const AdminRequest& request) { return operation(request, *snapshot()); }});
}

}  // namespace headgate
