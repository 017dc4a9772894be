// Examples beside a schema, and the links of responses.
#include "contracts/document/source_value.hpp"
#include "contracts/registry/openapi.hpp"
#include "contracts/registry/styles/write_text.hpp"
#include "contracts/schema/formats.hpp"

namespace headgate {
namespace {

// A runtime expression (OpenAPI 3.1, section 4.8.20.4).
bool is_expression(std::string_view text) {
    if (text == "$url" || text == "$method" || text == "$statusCode") return true;
    for (std::string_view side : {"$request.", "$response."}) {
        if (!text.starts_with(side)) continue;
        std::string_view source = text.substr(side.size());
        if (source == "body") return true;
        if (source.starts_with("body#")) return schema::conforms(schema::Format::json_pointer, source.substr(5));
        for (std::string_view place : {"header.", "query.", "path."})
            if (source.starts_with(place)) return source.size() > place.size();
    }
    return false;
}

}  // namespace

std::vector<Example> OpenApiReader::read_examples(const At& holder, const std::shared_ptr<const Schema>& schema,
                                                  const Parameter* header) {
    std::vector<Example> out;
    auto add = [&](const std::string& name, const SourceNode* value, schema::ResourceId resource) {
        examples_.push_back({schema, {value, resource}});
        if (header) told_in_headers_.push_back({*header, {value, resource}});
        out.push_back({name, value});
    };
    if (const SourceNode* example = holder.node->find("example")) add("", example, holder.resource);
    if (!holder.node->find("examples")) return out;
    if (holder.node->find("example"))
        fault(here(holder, "example"), "'example' and 'examples' exclude each other", "keep one of them");
    each(holder, "examples", [&](const SourceNode::Entry& entry, At at) {
        At example = follow(at, "an example", "examples");
        if (!example.node) return;
        if (const SourceNode* value = read_example(example)) add(entry.key, value, example.resource);
    });
    return out;
}

// A null there stands for a header that is left out.
void OpenApiReader::read_header_examples(At schema, const Parameter& header) {
    constexpr int most = 8;  // a reference to a reference to ...
    auto add = [&](const SourceNode& value) {
        if (value.kind != SourceKind::null) told_in_headers_.push_back({header, {&value, schema.resource}});
    };
    for (int i = 0; i < most && schema.node && schema.node->is_mapping(); ++i) {
        for (const char* key : {"example", "default"})
            if (const SourceNode* value = schema.node->find(key)) add(*value);
        if (const SourceNode* examples = schema.node->find("examples"))
            for (const auto& value : examples->items) add(value);
        const SourceNode* reference = schema.node->find("$ref");
        std::string why;
        if (!reference || !reference->is_scalar()) return;
        auto place = compiler_.resolve(reference->text, schema.resource, why);
        schema = {place.node, place.resource};
    }
}

const SourceNode* OpenApiReader::read_example(const At& example) {
    if (!keys(example, "an example", {"summary", "description", "value", "externalValue"})) return nullptr;
    text(example, "summary", "an example");
    text(example, "description", "an example");
    const SourceNode* value = example.node->find("value");
    if (example.node->find("externalValue"))
        fault(here(example, "externalValue"), "'externalValue' of an example is not supported", "write the value out");
    else if (!value)
        fault(example, "an example must have 'value'");
    return value;
}

// What is no value of the schema is told by whoever judges it.
void OpenApiReader::check_headers() {
    Arena arena;
    Builder builder(arena);
    for (const auto& [header, value] : told_in_headers_) {
        if (!compiler_.sound(*header.schema)) continue;
        Value example = to_value(*value.node, builder);
        if (!header.schema->validate(example)) continue;
        std::string text;
        if (std::string why = write_text(header, example, text); !why.empty())
            fault(value, "the value can't be told: " + why, "in the header " + header.name);
    }
    told_in_headers_.clear();
}

// Links are for people and generators; that they lead somewhere is checked in check_names().
void OpenApiReader::read_link(At at) {
    const char* what = "a link";
    at = follow(at, what, "links");
    if (!at.node ||
        !keys(at, what, {"operationId", "parameters", "requestBody", "description"}, {"operationRef", "server"}))
        return;
    text(at, "description", what);
    auto expression = [&](const At& value) {
        if (value.node->is_scalar() && value.node->text.starts_with('$') && !is_expression(value.node->text))
            fault(value, "'" + value.node->text.substr(0, 100) + "' is no runtime expression",
                  "for example $response.body#/id");
    };
    LinkCheck check{here(at, "operationId"), {}};
    each(at, "parameters", [&](const SourceNode::Entry& entry, At value) {
        expression(value);
        check.parameters.push_back(&entry);
    });
    if (at.node->find("requestBody")) expression(here(at, "requestBody"));
    if (at.node->find("operationRef")) return;
    if (!text(at, "operationId", what, true).empty()) links_.push_back(std::move(check));
}

}  // namespace headgate
