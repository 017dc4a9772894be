#include "mappings/draft/contract_document.hpp"

#include "base/ascii.hpp"
#include "contracts/document/source_write.hpp"
#include "mappings/draft/contract_draft.hpp"
#include "mappings/draft/schema_draft.hpp"

namespace headgate::mappings {

namespace {

SourceNode reference(const std::string& schema) {
    return object_node({{"$ref", text_node("#/components/schemas/" + schema)}});
}

SourceNode body_of(SourceNode schema, const char* media = "application/json") {
    return object_node({{media, object_node({{"schema", std::move(schema)}})}});
}

}  // namespace

SourceNode ContractDocument::json(const LegacyNode& message, const std::string& name) {
    std::string schema = contract_member_of(name);
    schema[0] = to_upper(schema[0]);
    while (schema == "Problem" || (messages_.contains(schema) && messages_[schema] != name)) schema += "Message";
    if (messages_.emplace(schema, name).second) schemas_.emplace(schema, schema_of(message));
    return body_of(reference(schema));
}

void ContractDocument::operation(const std::string& method, const std::string& id, SourceNode call, SourceNode answer) {
    SourceNode problem = object_node({{"description", text_node("A problem.")}});
    member(problem, "content", body_of(reference("Problem"), "application/problem+json"));
    SourceNode responses;
    member(responses, "200", std::move(answer));
    member(responses, "default", std::move(problem));
    SourceNode whole = object_node({{"operationId", text_node(id)}});
    for (auto& entry : call.entries) member(whole, entry.key, std::move(entry.value));
    member(whole, "responses", std::move(responses));
    auto dot = name_.rfind('.');
    member(paths_, "/" + name_.substr(0, dot) + "/" + name_.substr(dot + 1) + "/" + id,
           object_node({{method.c_str(), std::move(whole)}}));
}

std::string ContractDocument::text(const std::string& made_from, const std::string& notes) {
    SourceNode schemas;
    for (auto& [name, schema] : schemas_) member(schemas, name, std::move(schema));
    member(schemas, "Problem", problem_schema());
    SourceNode bearer = object_node({{"type", text_node("http")}, {"scheme", text_node("bearer")}});
    SourceNode root = object_node({{"openapi", text_node("3.1.0")}});
    member(root, "info",
           object_node({{"title", text_node(title_)},
                        {"version", text_node(name_.substr(name_.rfind('.') + 2) + ".0.0")},
                        {"x-contract", text_node(name_)}}));
    member(root, "security", list_node({object_node({{"bearer", list_node()}})}));
    member(root, "paths", std::move(paths_));
    member(root, "components",
           object_node(
               {{"securitySchemes", object_node({{"bearer", std::move(bearer)}})}, {"schemas", std::move(schemas)}}));
    return "# A draft, made from " + made_from + " by `headgate contract init`; save it as " + name_ + ".yaml.\n" +
           "# Its names and shapes are the legacy system's. Before anybody calls it: choose names that outlive the "
           "system,\n" +
           notes + to_yaml(root);
}

}  // namespace headgate::mappings
