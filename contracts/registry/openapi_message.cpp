// Request bodies and responses, by status and media type.
#include <unordered_set>

#include "base/ascii.hpp"
#include "contracts/registry/header_names.hpp"
#include "contracts/registry/media_type.hpp"
#include "contracts/registry/openapi.hpp"

namespace headgate {

void OpenApiReader::read_request_body(At at, Operation& operation) {
    at = follow(at, "a request body", "requestBodies");
    if (!at.node || !keys(at, "a request body", {"description", "content", "required"})) return;
    text(at, "description", "a request body");
    operation.body_required = flag(at, "required", false);
    if (!at.node->find("content")) return fault(at, "a request body must have 'content'");
    operation.bodies = read_content(here(at, "content"));
    if (operation.bodies.empty()) return;
    operation.body = operation.bodies.front().schema;
    operation.body_examples = operation.bodies.front().examples;
}

void OpenApiReader::read_responses(const At& at, Operation& operation) {
    if (!mapping(at, "responses")) return;
    operation.success_status = 0;
    bool unclear = false;  // a status that can't be read may have been the success
    for (const auto& entry : at.node->entries) {
        if (entry.key.starts_with("x-")) {
            extension(entry, at, "responses");
            continue;
        }
        bool number = entry.key.size() == 3 && entry.key.find_first_not_of("0123456789") == std::string::npos;
        bool range = entry.key.size() == 3 && entry.key.ends_with("XX") && entry.key[0] >= '2' && entry.key[0] <= '5';
        int status = number ? std::stoi(entry.key) : range ? entry.key[0] - '0' : 0;
        if (entry.key != "default" && !range && (status < 200 || status > 599)) {
            bool small = entry.key.size() == 3 && entry.key.ends_with("xx");
            fault(entry, at, "the status '" + entry.key.substr(0, 100) + "' is not supported",
                  small ? "write " + entry.key.substr(0, 1) + "XX" : "from 200 to 599, 2XX to 5XX, or default");
            unclear = true;
            continue;
        }
        Response response = read_response({&entry.value, at.resource});
        if (!may_have_body(status) && !response.contents.empty())
            fault(entry, at, "an answer with the status " + entry.key + " has no body", "leave 'content' out");
        if (status == 0) {
            operation.default_response = std::move(response);
            continue;
        }
        operation.responses[status] = std::move(response);
        int first = range ? status * 100 : status;
        if (first < 300 && (operation.success_status == 0 || first < operation.success_status))
            operation.success_status = first;
    }
    if (operation.success_status == 0 && !unclear) fault(at, "an operation must have a response from 200 to 299");
}

Response OpenApiReader::read_response(At at) {
    Response response;
    at = follow(at, "a response", "responses");
    if (!at.node || !keys(at, "a response", {"description", "headers", "content", "links"})) return response;
    text(at, "description", "a response", true);
    std::unordered_set<std::string> names;
    each(at, "headers", [&](const SourceNode::Entry& entry, At header) {
        if (ForeignHeader foreign = foreign_to_response(entry.key))
            return fault(entry, at, "the header " + entry.key + " is no header of a response: " + foreign.why,
                         foreign.hint);
        if (!names.insert(to_lower(entry.key)).second)
            return fault(entry, at, "the header '" + entry.key + "' is there twice",
                         "letter case doesn't tell headers apart");
        response.headers.push_back(read_header(entry, header));
    });
    if (at.node->find("content")) response.contents = read_content(here(at, "content"));
    each(at, "links", [&](const SourceNode::Entry&, At link) { read_link(link); });
    return response;
}

std::vector<Content> OpenApiReader::read_content(const At& at) {
    if (!mapping(at, "content")) return {};
    if (at.node->entries.empty()) fault(at, "content must have a media type", "application/json");
    std::vector<Content> out;
    for (const auto& entry : at.node->entries) {
        if (!is_json_media_type(entry.key)) {
            bool parameter = entry.key.find(';') != std::string::npos;
            bool wildcard = entry.key.find('*') != std::string::npos;
            fault(entry, at, "the media type '" + entry.key.substr(0, 100) + "' is not supported",
                  parameter  ? "a media type without parameters"
                  : wildcard ? "name each media type"
                             : "application/json is, and application/...+json");
        } else if (find_content(out, entry.key)) {
            fault(entry, at, "the media type '" + entry.key + "' is there twice");
        }
        At media{&entry.value, at.resource};
        if (!keys(media, "a media type", {"schema", "example", "examples"}, {"encoding"})) continue;
        if (!media.node->find("schema")) {
            fault(media, "a media type must have 'schema'", "schema: true when it may be anything");
            continue;
        }
        Content content{entry.key, compile(here(media, "schema"))};
        content.examples = read_examples(media, content.schema);
        out.push_back(std::move(content));
    }
    return out;
}

}  // namespace headgate
