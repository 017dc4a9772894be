#include "mappings/formats/openapi/api_message.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "contracts/document/utf8.hpp"
#include "contracts/registry/media_type.hpp"
#include "contracts/registry/styles/read_text.hpp"

namespace headgate {

bool is_group(const LegacyNode& message, std::string_view name) {
    return (name == "path" || name == "query" || name == "header") && message.child(name);
}

namespace {

constexpr std::size_t longest_code = 100;

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
    static const std::vector<Parameter> none;
    std::vector<Member> headers;  // their names are the declaration's
    for (const auto& header : response ? response->headers : none) {
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
