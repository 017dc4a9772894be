#include "mappings/formats/openapi/api_message.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "contracts/document/utf8.hpp"
#include "contracts/registry/media_type.hpp"
#include "contracts/registry/styles/read_text.hpp"
#include "contracts/registry/styles/write_text.hpp"

namespace headgate {

namespace {

constexpr std::size_t longest_code = 100;

bool is_group(const LegacyNode& message, std::string_view name) {
    return (name == "path" || name == "query" || name == "header") && message.child(name);
}

const char* name_of(ParameterPlace place) {
    return place == ParameterPlace::path ? "path" : place == ParameterPlace::query ? "query" : "header";
}

// Writes one request; the first fault is the request's.
class RequestWriter {
  public:
    RequestWriter(const ApiOperation& api, const Value& document)
        : api_(api), operation_(api.operation), document_(document) {}

    Result<WrittenRequest> write() {
        path();
        std::string query;
        for (const auto& parameter : operation_.parameters) {
            const Value* value = value_of(parameter);
            if (!value || parameter.in == ParameterPlace::path) continue;
            std::string text;
            told(parameter, *value, text);
            if (parameter.in == ParameterPlace::header)
                out_.headers.emplace_back(parameter.name, std::move(text));
            else if (!text.empty())
                query += (query.empty() ? "?" : "&") + text;
        }
        out_.target += query;
        body();
        if (failed_) return std::move(failure_);
        return std::move(out_);
    }

  private:
    const Value* value_of(const Parameter& parameter) const {
        const Value* group = document_.find(name_of(parameter.in));
        const Value* value = group && group->is_object() ? group->find(parameter.name) : nullptr;
        return value && !value->is_null() ? value : nullptr;
    }

    void told(const Parameter& parameter, const Value& value, std::string& to) {
        std::string pointer = std::string("/") + name_of(parameter.in);
        append_pointer(pointer, parameter.name);
        std::vector<SchemaIssue> issues;
        if (!parameter.schema->validate(value, &issues, 1))
            return fail(pointer + issues[0].pointer, issues[0].message, issues[0].schema);
        if (auto why = write_text(parameter, value, to); !why.empty()) return fail(pointer, why, parameter.mark);
        bool dots = parameter.in == ParameterPlace::path && (to == "." || to == ".." || to.empty());
        bool lines = parameter.in == ParameterPlace::header && to.find_first_of("\r\n") != std::string::npos;
        if (dots || lines) fail(pointer, "this value can't stand there", parameter.mark);
    }

    void path() {
        for (std::string_view rest = operation_.path; !rest.empty();) {
            auto open = rest.find('{'), close = rest.find('}');
            out_.target += rest.substr(0, open);
            if (open == std::string_view::npos) break;
            auto name = rest.substr(open + 1, close - open - 1);
            rest.remove_prefix(close + 1);
            for (const auto& parameter : operation_.parameters) {
                if (parameter.in != ParameterPlace::path || parameter.name != name) continue;
                std::string segment;
                if (const Value* value = value_of(parameter))
                    told(parameter, *value, segment);
                else
                    fail("/path/" + std::string(name), "the path needs a value", parameter.mark);
                out_.target += segment;
            }
        }
    }

    void body() {
        if (!operation_.body) return;
        std::vector<Member> members;
        const Value* apart = document_.find("body");
        Value body;
        if (api_.body_apart) {
            if (apart) body = *apart;
        } else {
            for (const Member& member : document_.members())
                if (!is_group(api_.request, member.key)) members.push_back(member);
            body = Value::object(members.data(), static_cast<std::uint32_t>(members.size()));
        }
        bool says_nothing = api_.body_apart ? !apart : members.empty();
        if (says_nothing && !operation_.body_required) return;
        std::vector<SchemaIssue> issues;
        if (!operation_.body->validate(body, &issues, 1))
            return fail((api_.body_apart ? "/body" : "") + issues[0].pointer, issues[0].message, issues[0].schema);
        write_json(body, out_.body);
        out_.headers.emplace_back("Content-Type", operation_.bodies.front().media_type);
    }

    void fail(std::string pointer, const std::string& why, const SourceMark& mark) {
        if (failed_) return;
        failed_ = true;
        failure_ = {ErrorKind::invalid_message, "the message can't be told to the system",
                    pointer + ": " + why + " (" + mark.file + ":" + std::to_string(mark.line) + ")"};
        failure_.pointer = std::move(pointer);
    }

    const ApiOperation& api_;
    const Operation& operation_;
    const Value& document_;
    WrittenRequest out_;
    Error failure_{ErrorKind::internal, {}};
    bool failed_ = false;
};

bool is_json(std::string_view content_type) {
    auto type = content_type.substr(0, content_type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    return is_json_media_type(to_lower(type));
}

void put_members(const Value& of, const LegacyNode& message, Builder& builder) {
    for (const Member& member : of.members()) {
        // One that no document of ours declares must not pass for the headers.
        builder.key(is_group(message, member.key) ? builder.arena().copy("body/" + std::string(member.key))
                                                  : member.key);
        builder.value(member.value);
    }
}

}  // namespace

Result<WrittenRequest> write_api_request(const ApiOperation& operation, const Value& document) {
    return RequestWriter(operation, document).write();
}

Result<Value> read_api_body(const ApiAnswer& answer, Builder& builder, const JsonLimits& limits) {
    auto bad = [&](const std::string& why) {
        return Error{ErrorKind::bad_answer, "the system's answer can't be read",
                     "HTTP " + std::to_string(answer.status) + ": " + why};
    };
    if (answer.body.empty()) return Value::null();
    if (!is_json(answer.content_type))
        return bad("media type '" + std::string(cut_utf8(answer.content_type, 80)) + "'");
    auto body = read_json(builder.arena().copy(answer.body), builder, limits);
    if (!body) return bad(body.error().message);
    return body;
}

Result<Value> api_document(const ApiOperation& api, const ApiAnswer& answer, const Value& body, Builder& builder) {
    const Response* response = api.operation.response(answer.status);
    std::vector<Member> headers;
    for (const auto& header : response ? response->headers : std::vector<Parameter>()) {
        std::string_view text = answer.header ? answer.header(to_lower(header.name)) : std::string_view();
        if (text.data() == nullptr) continue;
        TextReader reader(header, Coding::header, builder);
        auto value = find_invalid_utf8(text) == std::string_view::npos ? reader.read(builder.arena().copy(text))
                                                                       : std::optional<Value>();
        if (!value)
            return Error{ErrorKind::bad_answer, "the system's answer can't be read",
                         "header " + header.name + ": " + (reader.why.empty() ? "no UTF-8" : reader.why)};
        headers.push_back({header.name, *value});
    }
    if (!api.answer_apart && !body.is_object() && !body.is_null())
        return Error{ErrorKind::bad_answer, "the system's answer can't be read",
                     "HTTP " + std::to_string(answer.status) + ": the body is no object"};
    builder.begin_object();
    if (!headers.empty()) {
        builder.key("header");
        builder.begin_object();
        for (const Member& header : headers) builder.key(header.key), builder.value(header.value);
        builder.end_object();
    }
    if (api.answer_apart)
        builder.key("body"), builder.value(body);
    else if (body.is_object())
        put_members(body, api.answer, builder);
    builder.end_object();
    return builder.take();
}

Value body_of(const ApiOperation& api, const Value& document, Builder& builder) {
    if (!document.is_object()) return document;
    if (api.answer_apart) {
        const Value* body = document.find("body");
        return body ? *body : Value::null();
    }
    builder.begin_object();
    for (const Member& member : document.members()) {
        if (is_group(api.answer, member.key)) continue;
        builder.key(member.key);
        builder.value(member.value);
    }
    builder.end_object();
    return builder.take();
}

std::string fault_code(int status, const Value& body, const std::vector<std::vector<std::string>>& members) {
    std::string out = std::to_string(status);
    for (const auto& way : members) {
        Value at = body;
        for (const auto& step : way) {
            if (at.is_array()) at = at.size() > 0 ? at[0] : Value::null();
            const Value* next = at.is_object() ? at.find(step) : nullptr;
            at = next ? *next : Value::null();
        }
        if (at.is_string() || at.is_number()) return out + "/" + std::string(cut_utf8(at.text(), longest_code));
    }
    return out;
}

}  // namespace headgate
