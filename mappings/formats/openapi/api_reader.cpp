#include "mappings/formats/openapi/api_reader.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "contracts/registry/media_type.hpp"
#include "contracts/registry/source_files.hpp"

namespace headgate {

namespace {

constexpr std::string_view methods[] = {"get", "put", "post", "delete", "patch", "head", "options"};
constexpr std::size_t longest_shown = 100;

std::string shown(std::string_view text) { return std::string(text.substr(0, longest_shown)); }

}  // namespace

ApiReader::ApiReader(std::string uri, std::shared_ptr<const SourceFile> file, schema::Fetch fetch,
                     Diagnostics& diagnostics)
    : file_(std::move(file)),
      diagnostics_(diagnostics),
      compiler_({.assert_format = true, .refuse_unknown = false, .check_examples = false}, in_schemas_,
                std::move(fetch)),
      root_(compiler_.add(std::move(uri), file_, file_->root())) {}

void ApiReader::fault(const At& at, std::string message, std::string hint) {
    diagnostics_.error(mark(at), std::move(message), std::move(hint));
}

std::string ApiReader::text(const At& at, std::string_view key) const {
    const SourceNode* value = at.node && at.node->is_mapping() ? at.node->find(key) : nullptr;
    return value && value->is_scalar() ? value->text : std::string();
}

bool ApiReader::flag(const At& at, std::string_view key, bool otherwise) const {
    auto word = text(at, key);
    return word == "true" || (word != "false" && otherwise);
}

ApiReader::At ApiReader::follow(At at) {
    constexpr int most = 8;  // a reference to a reference to ...
    for (int i = 0; i < most; ++i) {
        const SourceNode* reference = at.node->is_mapping() ? at.node->find("$ref") : nullptr;
        if (!reference || !reference->is_scalar()) return at;
        std::string why;
        auto place = compiler_.resolve(reference->text, at.resource, why);
        if (!place.node) {
            fault(at, "$ref '" + shown(reference->text) + "' leads nowhere" + (why.empty() ? "" : ": " + why));
            return {};
        }
        at = {place.node, place.resource};
    }
    fault(at, "a chain of references is longer than " + std::to_string(most));
    return {};
}

ApiReader::At ApiReader::member(const At& at, std::string_view key) {
    const SourceNode* node = at.node && at.node->is_mapping() ? at.node->find(key) : nullptr;
    return node ? follow({node, at.resource}) : At{};
}

bool ApiReader::check_document() {
    At root{&file_->root(), root_};
    if (auto version = text(root, "openapi"); version != "3.1" && !version.starts_with("3.1.")) {
        fault(root, version.empty() ? "this is no OpenAPI document" : "OpenAPI " + shown(version) + " is not supported",
              "openapi: 3.1.0");
        return false;
    }
    return true;
}

std::optional<ApiReader::Found> ApiReader::find(const std::string& wanted) {
    At paths = member({&file_->root(), root_}, "paths");
    std::vector<std::string> names;
    if (paths.node && paths.node->is_mapping())
        for (const auto& entry : paths.node->entries) {
            if (!entry.key.starts_with('/')) continue;
            At path = follow({&entry.value, paths.resource});
            for (auto method : methods) {
                At operation = member(path, method);
                if (!operation.node) continue;
                auto place = to_upper(method) + " " + entry.key, id = text(operation, "operationId");
                if (wanted == id || wanted == place) return Found{path, operation, entry.key, to_upper(method)};
                names.push_back(id.empty() ? place : id);
            }
        }
    auto near = nearest(wanted, {names.begin(), names.end()});
    diagnostics_.error(
        {file_->path, 1, 1}, "there is no operation '" + shown(wanted) + "'",
        near.empty() ? "an operationId, or its method and path: GET /orders/{id}" : "did you mean '" + near + "'?");
    return std::nullopt;
}

std::vector<Content> ApiReader::read_contents(const At& holder) {
    std::vector<Content> out;
    At content = member(holder, "content");
    if (!content.node || !content.node->is_mapping()) return out;
    for (const auto& entry : content.node->entries) {
        bool any = entry.key == "*/*" || entry.key == "application/*";
        auto type = entry.key.substr(0, entry.key.find(';'));
        if (!any && !is_json_media_type(type)) continue;
        At media = follow({&entry.value, content.resource});
        const SourceNode* schema = media.node && media.node->is_mapping() ? media.node->find("schema") : nullptr;
        if (!media.node) continue;
        if (!schema)
            fault(media, "'" + shown(entry.key) + "' says no schema", "schema: { type: object, ... }");
        else
            out.push_back({any ? "application/json" : type, compiler_.compile(*schema, media.resource), {}});
    }
    if (out.empty() && !content.node->entries.empty())
        fault(content, "nothing here is JSON", "application/json: { schema: ... }");
    return out;
}

void ApiReader::read_body(const At& at, Operation& out) {
    At body = member(at, "requestBody");
    if (!body.node) return;
    out.bodies = read_contents(body);
    if (out.bodies.empty()) return;
    out.bodies.resize(1);  // it is written in the first that is JSON
    out.body = out.bodies.front().schema;
    out.body_required = flag(body, "required", false);
}

Response ApiReader::read_response(const At& at) {
    Response out;
    At headers = member(at, "headers");
    if (headers.node && headers.node->is_mapping())
        for (const auto& entry : headers.node->entries) {
            Parameter header;
            header.name = entry.key;
            header.in = ParameterPlace::header;
            At value = follow({&entry.value, headers.resource});
            if (!value.node || equals_ignoring_case(entry.key, "content-type")) continue;
            header.mark = mark(value);
            header.required = flag(value, "required", false);
            if (read_value(value, header)) out.headers.push_back(std::move(header));
        }
    out.contents = read_contents(at);
    return out;
}

void ApiReader::read_responses(const At& at, Operation& out) {
    At responses = member(at, "responses");
    out.success_status = 0;
    if (responses.node && responses.node->is_mapping())
        for (const auto& entry : responses.node->entries) {
            bool number = entry.key.size() == 3 && entry.key.find_first_not_of("0123456789") == std::string::npos;
            bool range = entry.key.size() == 3 && to_upper(entry.key).ends_with("XX");
            if (!number && !range && entry.key != "default") continue;
            At response = follow({&entry.value, responses.resource});
            if (!response.node) continue;
            if (entry.key == "default") {
                out.default_response = read_response(response);
                continue;
            }
            int status = number ? std::stoi(entry.key) : entry.key[0] - '0';
            int first = number ? status : status * 100;
            out.responses[status] = read_response(response);
            if (first / 100 == 2 && (out.success_status == 0 || first < out.success_status)) out.success_status = first;
        }
    if (out.success_status == 0 && out.default_response) out.success_status = 200;
    if (out.success_status == 0) fault(at, "the operation says no answer of success", "responses: { \"200\": ... }");
}

std::shared_ptr<ApiOperation> ApiReader::read(const std::string& wanted) {
    auto before = diagnostics_.errors();
    if (!check_document()) return nullptr;
    auto found = find(wanted);
    if (!found) return nullptr;
    auto out = std::make_shared<ApiOperation>();
    Operation& operation = out->operation;
    operation.id = operation.name = wanted;
    operation.mark = mark(found->operation);
    operation.method = found->method;
    operation.path = found->template_path;
    operation.safe = operation.method == "GET" || operation.method == "HEAD";
    read_parameters(found->path, operation.parameters);
    read_parameters(found->operation, operation.parameters);
    if (!check_path(operation, found->operation)) return nullptr;
    read_body(found->operation, operation);
    read_responses(found->operation, operation);
    compiler_.finish();
    if (!sound(operation)) {
        diagnostics_.add(in_schemas_);
        return nullptr;
    }
    if (diagnostics_.errors() != before || !make_trees(*out, found->operation)) return nullptr;
    out->files = {file_->path};
    return out;
}

std::shared_ptr<const ApiOperation> load_api_operation(const std::string& path, const std::string& wanted,
                                                       Diagnostics& diagnostics) {
    auto file = read_single_source(path, diagnostics);
    if (!file) return nullptr;
    SourceFiles beside(diagnostics);
    auto out = ApiReader(
                   uri_of_file(path), file, [&](const auto& uri) { return beside.fetch(uri); }, diagnostics)
                   .read(wanted);
    if (out)
        for (const auto& other : beside.all()) out->files.push_back(other.source->path);
    return out;
}

std::shared_ptr<const ApiOperation> read_api_operation(std::shared_ptr<const SourceFile> file,
                                                       const std::string& wanted, Diagnostics& diagnostics) {
    auto uri = file->path;
    return ApiReader(std::move(uri), std::move(file), {}, diagnostics).read(wanted);
}

}  // namespace headgate
