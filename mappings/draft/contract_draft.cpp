#include "mappings/draft/contract_draft.hpp"

#include <algorithm>
#include <cctype>
#include <map>

#include "base/ascii.hpp"
#include "contracts/document/source_write.hpp"
#include "mappings/draft/names.hpp"
#include "mappings/draft/source_text.hpp"

namespace headgate::mappings {

namespace {

bool is_path_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-'; }

std::string power_of_ten(int exponent) { return "1" + std::string(static_cast<std::size_t>(exponent), '0'); }

SourceNode reference(const std::string& schema) {
    return object_node({{"$ref", text_node("#/components/schemas/" + schema)}});
}

SourceNode body_of(SourceNode schema, const char* media = "application/json") {
    return object_node({{media, object_node({{"schema", std::move(schema)}})}});
}

// A single value. Bounds that the legacy field has, so that what can't be told is refused at the door.
SourceNode value_schema(const LegacyNode& node) {
    SourceNode out;
    auto say = [&](const char* key, SourceNode value) { member(out, key, std::move(value)); };
    switch (node.type) {
        case LegacyType::integer:
            say("type", text_node("integer"));
            if (node.length > 0 && node.length <= 18) {
                auto most = std::string(static_cast<std::size_t>(node.length), '9');
                say("minimum", word_node("-" + most));
                say("maximum", word_node(most));
            }
            break;
        case LegacyType::decimal:
            say("type", text_node("number"));
            if (node.fraction > 0) say("multipleOf", word_node("0." + power_of_ten(node.fraction - 1).substr(1) + "1"));
            if (node.length > 0 && node.length <= 18) {
                auto most = std::string(static_cast<std::size_t>(node.length), '9');
                auto whole = most.size() - static_cast<std::size_t>(std::min(node.fraction, node.length));
                if (node.fraction > 0) most.insert(whole, whole == 0 ? "0." : ".");
                say("minimum", word_node("-" + most));
                say("maximum", word_node(most));
            }
            break;
        case LegacyType::boolean: say("type", text_node("boolean")); break;
        case LegacyType::date:
        case LegacyType::datetime:
            say("type", text_node("string"));
            say("format", text_node(node.type == LegacyType::date ? "date" : "date-time"));
            break;
        case LegacyType::any: break;
        default:
            say("type", text_node("string"));
            if (node.length > 0 && node.codes.empty()) say("maxLength", word_node(std::to_string(node.length)));
    }
    bool whole = node.type == LegacyType::integer;
    if (!node.codes.empty() && (whole || node.type == LegacyType::text)) {
        SourceNode words = list_node();
        for (const auto& code : node.codes) words.items.push_back(whole ? word_node(code) : text_node(code));
        say("enum", std::move(words));
    }
    out.kind = SourceKind::mapping;
    return out;
}

SourceNode schema_of(const LegacyNode& node);

SourceNode object_schema(const LegacyNode& node) {
    SourceNode properties, required = list_node();
    properties.kind = SourceKind::mapping;
    for (const auto& child : node.children) {
        auto name = contract_member_of(child.name);
        // Beside an element of its name.
        if (child.name.starts_with('@') && node.child(child.name.substr(1))) name += "Attribute";
        while (properties.find(name)) name += "_";
        // A nil is read as absent.
        if (!child.optional && !child.nillable) required.items.push_back(text_node(name));
        SourceNode schema = schema_of(child);
        if (child.repeated) {
            SourceNode list = object_node({{"type", text_node("array")}});
            if (!child.optional) member(list, "minItems", word_node("1"));
            member(list, "items", std::move(schema));
            schema = std::move(list);
        }
        member(properties, name, std::move(schema));
    }
    SourceNode out = object_node({{"type", text_node("object")}, {"additionalProperties", word_node("false")}});
    if (!required.items.empty()) member(out, "required", std::move(required));
    member(out, "properties", std::move(properties));
    return out;
}

// Of one, where the node is repeated.
SourceNode schema_of(const LegacyNode& node) {
    return node.type == LegacyType::group ? object_schema(node) : value_schema(node);
}

SourceNode problem_schema() {
    auto text = [] { return object_node({{"type", text_node("string")}}); };
    SourceNode error = object_node({{"type", text_node("object")},
                                    {"required", list_node({text_node("pointer"), text_node("detail")})},
                                    {"properties", object_node({{"pointer", text()}, {"detail", text()}})}});
    return object_node(
        {{"type", text_node("object")},
         {"description", text_node("A problem document (RFC 9457).")},
         {"required", list_node({text_node("type"), text_node("title"), text_node("status"), text_node("traceId")})},
         {"properties",
          object_node({{"type", text()},
                       {"title", text()},
                       {"status", object_node({{"type", text_node("integer")}})},
                       {"detail", text()},
                       {"traceId", text()},
                       {"errors", object_node({{"type", text_node("array")}, {"items", std::move(error)}})}})}});
}

// Schemas by the elements' names; two operations may share one.
class Schemas {
  public:
    SourceNode add(const LegacyNode& root, const std::string& element) {
        std::string name = contract_member_of(element);
        name[0] = to_upper(name[0]);
        while (name == "Problem" || (elements_.contains(name) && elements_[name] != element)) name += "Message";
        if (elements_.emplace(name, element).second) written_.emplace(name, schema_of(root));
        return reference(name);
    }
    SourceNode take() {
        SourceNode out;
        out.kind = SourceKind::mapping;
        for (auto& [name, schema] : written_) member(out, name, std::move(schema));
        member(out, "Problem", problem_schema());
        return out;
    }

  private:
    std::map<std::string, SourceNode> written_;
    std::map<std::string, std::string> elements_;  // of which each was made
};

}  // namespace

std::string contract_name_of(std::string_view service) {
    std::string out;
    for (std::string_view tail : {"WebService", "Service", "service", "Port", "Soap", "SOAP"})
        if (service.size() > tail.size() && service.ends_with(tail)) service.remove_suffix(tail.size());
    for (std::size_t i = 0; i < service.size(); ++i) {
        auto c = static_cast<unsigned char>(service[i]);
        bool word = std::isupper(c) && i > 0 && std::islower(static_cast<unsigned char>(service[i - 1]));
        if (c > 127 || !std::isalnum(c) || word)
            if (!out.empty() && out.back() != '-') out += '-';
        if (c <= 127 && std::isalnum(c)) out += to_lower(service[i]);
    }
    while (out.ends_with('-')) out.pop_back();
    return (out.empty() ? "legacy" : out) + ".v1";
}

std::string contract_member_of(std::string_view legacy_name) {
    if (legacy_name == "#text") return "value";
    if (legacy_name.starts_with('@')) legacy_name.remove_prefix(1);
    auto out = without_umlauts(legacy_name);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return !is_path_letter(c); }, '_');
    return out.empty() ? "value" : out;
}

std::string draft_contract(const Wsdl& wsdl, const std::vector<const SoapOperation*>& operations,
                           const std::string& name) {
    Schemas schemas;
    SourceNode paths;
    paths.kind = SourceKind::mapping;
    auto prefix = "/" + name.substr(0, name.rfind('.')) + "/" + name.substr(name.rfind('.') + 1) + "/";
    for (const auto* operation : operations) {
        auto id = contract_member_of(operation->name);
        SourceNode call = object_node(
            {{"operationId", text_node(id)}, {"summary", text_node(operation->name + " of " + wsdl.service)}});
        if (!operation->request.name.empty())
            member(call, "requestBody",
                   object_node({{"required", word_node("true")},
                                {"content", body_of(schemas.add(operation->request, operation->request.name))}}));
        SourceNode answer = object_node({{"description", text_node("The answer of " + operation->name + ".")}});
        if (!operation->response.name.empty())
            member(answer, "content", body_of(schemas.add(operation->response, operation->response.name)));
        SourceNode problem = object_node({{"description", text_node("A problem.")}});
        member(problem, "content", body_of(reference("Problem"), "application/problem+json"));
        SourceNode responses;
        member(responses, "200", std::move(answer));
        member(responses, "default", std::move(problem));
        member(call, "responses", std::move(responses));
        member(paths, prefix + id, object_node({{"post", std::move(call)}}));
    }
    SourceNode bearer = object_node({{"type", text_node("http")}, {"scheme", text_node("bearer")}});
    SourceNode root = object_node({{"openapi", text_node("3.1.0")}});
    member(root, "info",
           object_node({{"title", text_node(wsdl.service)},
                        {"version", text_node(name.substr(name.rfind('.') + 2) + ".0.0")},
                        {"x-contract", text_node(name)}}));
    member(root, "security", list_node({object_node({{"bearer", list_node()}})}));
    member(root, "paths", std::move(paths));
    member(
        root, "components",
        object_node({{"securitySchemes", object_node({{"bearer", std::move(bearer)}})}, {"schemas", schemas.take()}}));
    return "# A draft, made from " + wsdl.path + " by `headgate contract init`; save it as " + name + ".yaml.\n" +
           "# Its names and shapes are the legacy system's. Before anybody calls it: choose names that outlive the "
           "system,\n" +
           "# say what each field means, and add `x-safe: true` to the operations that only read.\n" + to_yaml(root);
}

}  // namespace headgate::mappings
