#include "contracts/registry/message.hpp"

#include "base/ascii.hpp"
#include "contracts/document/utf8.hpp"
#include "contracts/registry/media_type.hpp"
#include "contracts/registry/parameter_text.hpp"
#include "contracts/registry/styles/write_text.hpp"

namespace headgate {
namespace {

constexpr std::size_t most_issues = 20;

// Reads one request; collects every issue before it says no.
class Reader {
  public:
    Reader(const OperationMatch& match, const WireRequest& wire, Builder& builder, std::vector<SchemaIssue>& issues)
        : operation_(*match.operation), match_(match), wire_(wire), builder_(builder), issues_(issues) {}

    Result<Value> read(const JsonLimits& limits) {
        if (auto body = read_body(limits); !body) return body.error();
        QueryReader query(wire_.query, operation_, builder_, issues_);
        std::vector<Member> members;
        members.reserve(operation_.parameters.size());
        for (const Parameter& parameter : operation_.parameters) {
            std::optional<Value> value;
            refused_ = false;
            switch (parameter.in) {
                case ParameterPlace::path: value = from_path(parameter); break;
                case ParameterPlace::query: value = query.take(parameter); break;
                case ParameterPlace::header: value = from_header(parameter); break;
            }
            if (value) {
                validate(*parameter.schema, *value, parameter.name);
                members.push_back({parameter.name, *value});
            } else if (parameter.required && !refused_ && !(parameter.in == ParameterPlace::query && query.refused())) {
                add({"/" + escaped(parameter.name), "is required", "required", operation_.mark});
            }
        }
        query.finish();
        if (body_) keep_apart(*body_);
        if (!issues_.empty()) return refusal();
        builder_.begin_object();
        for (const Member& member : members) {
            builder_.key(member.key);
            builder_.value(member.value);
        }
        if (body_)
            for (const Member& member : body_->members()) {
                builder_.key(member.key);
                builder_.value(member.value);
            }
        builder_.end_object();
        return builder_.take();
    }

  private:
    Result<void> read_body(const JsonLimits& limits) {
        bool given = !wire_.body.empty();
        if (!operation_.body) {
            if (given) add({"", "this operation has no body", "body", operation_.mark});
            return {};
        }
        if (!given && !operation_.body_required) return {};
        const Content* content = find_content(operation_.bodies, wire_.content_type);
        if (!content && (given || !wire_.content_type.empty()))
            return Error{ErrorKind::unsupported_media, "the body must be " + media_types(operation_.bodies)};
        if (!given) {
            add({"", "a body is required", "required", operation_.mark});
            return {};
        }
        auto value = read_json(wire_.body, builder_, limits);
        if (!value) {
            if (value.error().kind != ErrorKind::invalid_message) return std::move(value).error();
            add({value.error().pointer, value.error().message, "json", operation_.mark});
            return {};
        }
        if (content->schema->validate(*value, &issues_, most_issues)) body_ = *value;
        return {};
    }

    // A body that is open to other members must not bring one under a parameter's name, past the parameter's schema.
    void keep_apart(const Value& body) {
        for (const Member& member : body.members())
            for (const Parameter& parameter : operation_.parameters)
                if (member.key == parameter.name)
                    add({"/" + escaped(member.key), "is a parameter of this operation, and no member of its body",
                         "parameter", operation_.mark});
    }

    std::optional<Value> from_path(const Parameter& parameter) {
        for (const auto& [name, raw] : match_.path_parameters)
            if (name == parameter.name) return read_text(parameter, Coding::path, raw);
        return std::nullopt;
    }

    std::optional<Value> from_header(const Parameter& parameter) {
        std::string_view text = wire_.header ? wire_.header(to_lower(parameter.name)) : std::string_view();
        if (text.data() == nullptr) return std::nullopt;
        if (find_invalid_utf8(text) != std::string_view::npos || text.find('\0') != std::string_view::npos) {
            refused_ = true;
            add({"/" + escaped(parameter.name), "is not valid UTF-8", "encoding", operation_.mark});
            return std::nullopt;
        }
        return read_text(parameter, Coding::header, text);
    }

    std::optional<Value> read_text(const Parameter& parameter, Coding coding, std::string_view raw) {
        TextReader reader(parameter, coding, builder_);
        auto value = reader.read(raw);
        if (value) return value;
        refused_ = true;
        add({"/" + escaped(parameter.name), std::move(reader.why), "style", operation_.mark});
        return std::nullopt;
    }

    void validate(const Schema& schema, const Value& value, const std::string& name) {
        if (issues_.size() >= most_issues) return;
        std::size_t before = issues_.size();
        schema.validate(value, &issues_, most_issues - before);
        for (std::size_t i = before; i < issues_.size(); ++i)
            issues_[i].pointer = "/" + escaped(name) + issues_[i].pointer;
    }

    static std::string escaped(std::string_view name) {
        std::string pointer;
        append_pointer(pointer, name);
        return pointer.substr(1);
    }
    void add(SchemaIssue issue) {
        if (issues_.size() < most_issues) issues_.push_back(std::move(issue));
    }
    Error refusal() const {
        Error error{ErrorKind::invalid_message, "the message breaks the contract in one place"};
        if (issues_.size() > 1)
            error.message = "the message breaks the contract in " + std::to_string(issues_.size()) + " places";
        error.pointer = issues_.front().pointer;
        return error;
    }

    const Operation& operation_;
    const OperationMatch& match_;
    const WireRequest& wire_;
    Builder& builder_;
    std::vector<SchemaIssue>& issues_;
    std::optional<Value> body_;
    bool refused_ = false;  // the parameter that was read last is there, but malformed
};

// The members that are no parameters, in the first media type whose schema they fit.
void write_body(const Operation& operation, const Value& message, WrittenRequest& out) {
    std::vector<Member> members;
    for (const Member& member : message.members())
        if (!operation.parameter(member.key)) members.push_back(member);
    // An optional body that says nothing is left out; one that is required is an empty object.
    if (members.empty() && !operation.body_required) return;
    Value body = Value::object(members.data(), static_cast<std::uint32_t>(members.size()));
    bool wanted = true;
    const Content* content = operation.bodies.size() > 1 ? choose_content(operation.bodies, {}, body, wanted) : nullptr;
    if (!content && !operation.bodies.empty()) content = &operation.bodies.front();
    write_json(body, out.body);
    out.headers.emplace_back("Content-Type", content ? content->media_type : "application/json");
}

}  // namespace

Result<Value> read_request(const OperationMatch& match, const WireRequest& wire, Builder& builder,
                           std::vector<SchemaIssue>& issues, const JsonLimits& limits) {
    issues.clear();
    return Reader(match, wire, builder, issues).read(limits);
}

Result<WrittenRequest> write_request(const Operation& operation, const Value& message) {
    WrittenRequest out;
    std::string query;
    std::optional<Error> failure;
    auto write = [&](const Parameter& parameter, const Value& value, std::string& to) {
        std::string why = write_text(parameter, value, to);
        if (why.empty() || failure) return;
        failure = Error{ErrorKind::invalid_message, "the parameter '" + parameter.name + "': " + why};
        append_pointer(failure->pointer, parameter.name);
    };
    for (std::string_view rest = operation.path; !rest.empty();) {
        auto open = rest.find('{'), close = rest.find('}');
        out.target += rest.substr(0, open);
        if (open == std::string_view::npos) break;
        std::string_view name = rest.substr(open + 1, close - open - 1);
        const Value* value = message.find(name);
        const Parameter* parameter = operation.parameter(name);
        std::string segment;
        if (!value || !parameter)
            return Error{ErrorKind::invalid_message, "the path needs '" + std::string(name) + "'"};
        write(*parameter, *value, segment);
        out.target += segment;
        rest.remove_prefix(close + 1);
    }
    for (const Parameter& parameter : operation.parameters) {
        const Value* value = message.find(parameter.name);
        if (!value) continue;
        if (parameter.in == ParameterPlace::header) {
            std::string text;
            write(parameter, *value, text);
            out.headers.emplace_back(parameter.name, std::move(text));
        } else if (parameter.in == ParameterPlace::query) {
            query += query.empty() ? '?' : '&';
            write(parameter, *value, query);
        }
    }
    if (failure) return std::move(*failure);
    out.target += query;
    if (!operation.body || !message.is_object()) return out;
    write_body(operation, message, out);
    return out;
}

}  // namespace headgate
