// Writes requests of a JSON API, each value held against the operation's own schemas.
#include "contracts/document/utf8.hpp"
#include "contracts/registry/styles/write_text.hpp"
#include "mappings/formats/openapi/api_message.hpp"

namespace headgate {

namespace {

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

}  // namespace

Result<WrittenRequest> write_api_request(const ApiOperation& operation, const Value& document) {
    return RequestWriter(operation, document).write();
}

}  // namespace headgate
