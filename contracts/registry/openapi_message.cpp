// Request bodies, responses, and the examples beside any schema.
#include "contracts/registry/openapi.hpp"

namespace headgate {

void OpenApiReader::read_request_body(At at, Operation& operation) {
    at = follow(at, "a request body");
    if (!at.node || !keys(at, "a request body", {"description", "content", "required"})) return;
    operation.body_required = flag(at, "required", false);
    if (const SourceNode* content = at.node->find("content"))
        operation.body = read_content({content, at.resource}, true);
    else
        fault(at, "a request body must have 'content'");
}

void OpenApiReader::read_responses(const At& at, Operation& operation) {
    if (!mapping(at, "responses")) return;
    operation.success_status = 0;
    for (const auto& entry : at.node->entries) {
        if (entry.key.starts_with("x-")) continue;
        bool number = entry.key.size() == 3 && entry.key.find_first_not_of("0123456789") == std::string::npos;
        int status = number ? std::stoi(entry.key) : 0;
        if (entry.key != "default" && (status < 200 || status > 599)) {
            fault(entry, at, "the status '" + entry.key + "' is not supported", "a number from 200 to 599, or default");
            continue;
        }
        std::vector<Parameter> headers;
        auto schema = read_response({&entry.value, at.resource}, headers);
        if (status == 0) {
            operation.default_response = std::move(schema);
            continue;
        }
        operation.responses[status] = std::move(schema);
        if (!headers.empty()) operation.response_headers[status] = std::move(headers);
        if (status < 300 && (operation.success_status == 0 || status < operation.success_status))
            operation.success_status = status;
    }
    if (operation.success_status == 0) fault(at, "an operation must have a response from 200 to 299");
}

std::shared_ptr<const Schema> OpenApiReader::read_response(At at, std::vector<Parameter>& headers) {
    at = follow(at, "a response");
    if (!at.node || !keys(at, "a response", {"description", "headers", "content"}, {"links"})) return nullptr;
    text(at, "description", "a response", true);
    if (const SourceNode* map = at.node->find("headers"); map && mapping({map, at.resource}, "headers"))
        for (const auto& entry : map->entries) headers.push_back(read_header(entry.key, {&entry.value, at.resource}));
    const SourceNode* content = at.node->find("content");
    return content ? read_content({content, at.resource}, false) : nullptr;
}

std::shared_ptr<const Schema> OpenApiReader::read_content(const At& at, bool request) {
    if (!mapping(at, "content")) return nullptr;
    if (at.node->entries.size() != 1) {
        fault(at, "content must have one media type", "application/json");
        return nullptr;
    }
    const auto& entry = at.node->entries.front();
    if (entry.key != "application/json" && (request || entry.key != "application/problem+json"))
        fault(entry, at, "the media type '" + entry.key + "' is not supported", "application/json is");
    At media{&entry.value, at.resource};
    if (!keys(media, "a media type", {"schema", "example", "examples"}, {"encoding"})) return nullptr;
    const SourceNode* schema = media.node->find("schema");
    if (!schema) {
        fault(media, "a media type must have 'schema'");
        return nullptr;
    }
    auto compiled = compiler_.compile(*schema, at.resource);
    read_examples(media, compiled);
    return compiled;
}

void OpenApiReader::read_examples(const At& holder, const std::shared_ptr<const Schema>& schema) {
    auto add = [&](const SourceNode* value, schema::ResourceId resource) {
        examples_.push_back({schema, value, &compiler_.file_of(resource)});
    };
    if (const SourceNode* example = holder.node->find("example")) add(example, holder.resource);
    const SourceNode* examples = holder.node->find("examples");
    if (!examples || !mapping({examples, holder.resource}, "examples")) return;
    if (holder.node->find("example")) fault(holder, "'example' and 'examples' exclude each other");
    for (const auto& entry : examples->entries) {
        At example = follow({&entry.value, holder.resource}, "an example");
        if (!example.node || !keys(example, "an example", {"summary", "description", "value"}, {"externalValue"}))
            continue;
        if (const SourceNode* value = example.node->find("value"))
            add(value, example.resource);
        else
            fault(example, "an example must have 'value'");
    }
}

}  // namespace headgate
