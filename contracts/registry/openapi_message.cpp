// Request bodies, responses, and the examples beside any schema.
#include "contracts/registry/openapi.hpp"

namespace headgate {

void OpenApiReader::read_request_body(At at, Operation& operation) {
    at = follow(at, "a request body");
    if (!at.node || !keys(at, "a request body", {"description", "content", "required"})) return;
    operation.body_required = flag(at, "required", false);
    const SourceNode* content = at.node->find("content");
    if (!content) return fault(at, "a request body must have 'content'");
    auto contents = read_content({content, at.resource}, true);
    if (contents.empty()) return;
    operation.body = std::move(contents.front().schema);
    operation.body_examples = std::move(contents.front().examples);
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
        Response response = read_response({&entry.value, at.resource});
        if (status == 0) {
            operation.default_response = std::move(response);
            continue;
        }
        operation.responses[status] = std::move(response);
        if (status < 300 && (operation.success_status == 0 || status < operation.success_status))
            operation.success_status = status;
    }
    if (operation.success_status == 0) fault(at, "an operation must have a response from 200 to 299");
}

Response OpenApiReader::read_response(At at) {
    Response response;
    at = follow(at, "a response");
    if (!at.node || !keys(at, "a response", {"description", "headers", "content"}, {"links"})) return response;
    text(at, "description", "a response", true);
    if (const SourceNode* map = at.node->find("headers"); map && mapping({map, at.resource}, "headers"))
        for (const auto& entry : map->entries)
            response.headers.push_back(read_header(entry.key, {&entry.value, at.resource}));
    if (const SourceNode* content = at.node->find("content"))
        response.contents = read_content({content, at.resource}, false);
    return response;
}

std::vector<Content> OpenApiReader::read_content(const At& at, bool request) {
    if (!mapping(at, "content")) return {};
    if (at.node->entries.size() != 1) {
        fault(at, "content must have one media type", "application/json");
        return {};
    }
    const auto& entry = at.node->entries.front();
    if (entry.key != "application/json" && (request || entry.key != "application/problem+json"))
        fault(entry, at, "the media type '" + entry.key + "' is not supported", "application/json is");
    At media{&entry.value, at.resource};
    if (!keys(media, "a media type", {"schema", "example", "examples"}, {"encoding"})) return {};
    const SourceNode* schema = media.node->find("schema");
    if (!schema) {
        fault(media, "a media type must have 'schema'");
        return {};
    }
    Content content{entry.key, compiler_.compile(*schema, at.resource)};
    content.examples = read_examples(media, content.schema);
    return {std::move(content)};
}

std::vector<Example> OpenApiReader::read_examples(const At& holder, const std::shared_ptr<const Schema>& schema) {
    std::vector<Example> out;
    auto add = [&](const std::string& name, const SourceNode* value, schema::ResourceId resource) {
        examples_.push_back({schema, value, &compiler_.file_of(resource)});
        out.push_back({name, value});
    };
    if (const SourceNode* example = holder.node->find("example")) add("", example, holder.resource);
    const SourceNode* examples = holder.node->find("examples");
    if (!examples || !mapping({examples, holder.resource}, "examples")) return out;
    if (holder.node->find("example")) fault(holder, "'example' and 'examples' exclude each other");
    for (const auto& entry : examples->entries) {
        At example = follow({&entry.value, holder.resource}, "an example");
        if (!example.node || !keys(example, "an example", {"summary", "description", "value"}, {"externalValue"}))
            continue;
        if (const SourceNode* value = example.node->find("value"))
            add(entry.key, value, example.resource);
        else
            fault(example, "an example must have 'value'");
    }
    return out;
}

}  // namespace headgate
