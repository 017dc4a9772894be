#include "contracts/registry/message.hpp"

#include "contracts/document/utf8.hpp"
#include "contracts/registry/parameter_text.hpp"
#include "contracts/registry/percent.hpp"

namespace headgate {
namespace {

constexpr std::size_t most_issues = 20;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

// application/json, with no parameter but charset=utf-8 (RFC 9110, section 8.3.1).
bool is_json_type(std::string_view type) {
    std::string text = lower(type);
    std::erase_if(text, [](char c) { return c == ' ' || c == '\t'; });
    return text == "application/json" || text == "application/json;charset=utf-8" ||
           text == "application/json;charset=\"utf-8\"";
}

// Reads one request; collects every issue before it says no.
class Reader {
  public:
    Reader(const OperationMatch& match, const WireRequest& wire, Builder& builder, std::vector<SchemaIssue>& issues)
        : operation_(*match.operation), match_(match), wire_(wire), builder_(builder), issues_(issues) {}

    Result<Value> read(const JsonLimits& limits) {
        if (auto body = read_body(limits); !body) return body.error();
        QueryReader query(wire_.query, operation_, builder_, issues_);
        std::vector<Member> members;
        for (const Parameter& parameter : operation_.parameters) {
            std::optional<Value> value;
            switch (parameter.in) {
                case ParameterPlace::path: value = from_path(parameter); break;
                case ParameterPlace::query: value = query.take(parameter); break;
                case ParameterPlace::header: value = from_header(parameter); break;
            }
            if (value) {
                validate(*parameter.schema, *value, parameter.name);
                members.push_back({parameter.name, *value});
            } else if (parameter.required && !query.refused(parameter)) {
                add({"/" + escaped(parameter.name), "is required", "required", operation_.mark});
            }
        }
        query.finish();
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
        if (!is_json_type(wire_.content_type) && (given || !wire_.content_type.empty()))
            return Error{ErrorKind::unsupported_media, "the body must be application/json"};
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
        if (operation_.body->validate(*value, &issues_, most_issues)) body_ = *value;
        return {};
    }

    std::optional<Value> from_path(const Parameter& parameter) {
        for (const auto& [name, text] : match_.path_parameters)
            if (name == parameter.name) return simple_value(text, parameter.schema->shape(), builder_);
        return std::nullopt;
    }

    std::optional<Value> from_header(const Parameter& parameter) {
        std::string_view text = wire_.header ? wire_.header(lower(parameter.name)) : std::string_view();
        if (text.data() == nullptr) return std::nullopt;
        if (find_invalid_utf8(text) != std::string_view::npos || text.find('\0') != std::string_view::npos) {
            add({"/" + escaped(parameter.name), "is not valid UTF-8", "encoding", operation_.mark});
            return std::nullopt;
        }
        return simple_value(text, parameter.schema->shape(), builder_);
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
};

}  // namespace

Result<Value> read_request(const OperationMatch& match, const WireRequest& wire, Builder& builder,
                           std::vector<SchemaIssue>& issues, const JsonLimits& limits) {
    issues.clear();
    return Reader(match, wire, builder, issues).read(limits);
}

WrittenRequest write_request(const Operation& operation, const Value& message) {
    WrittenRequest out;
    std::string query;
    auto add_pair = [&](const std::string& name) {
        query += query.empty() ? '?' : '&';
        percent_encode(name, query);
        query += '=';
    };
    for (std::string_view rest = operation.path; !rest.empty();) {
        auto open = rest.find('{'), close = rest.find('}');
        out.target += rest.substr(0, open);
        if (open == std::string_view::npos) break;
        if (const Value* value = message.find(rest.substr(open + 1, close - open - 1)))
            write_simple(*value, out.target, true);
        rest.remove_prefix(close + 1);
    }
    for (const Parameter& parameter : operation.parameters) {
        const Value* value = message.find(parameter.name);
        if (!value) continue;
        if (parameter.in == ParameterPlace::header) {
            std::string text;
            write_simple(*value, text, false);
            out.headers.emplace_back(parameter.name, std::move(text));
        } else if (parameter.in == ParameterPlace::query && value->is_array() && parameter.explode) {
            for (const Value& item : *value) {
                add_pair(parameter.name);
                write_simple(item, query, true);
            }
        } else if (parameter.in == ParameterPlace::query) {
            add_pair(parameter.name);
            write_simple(*value, query, true);
        }
    }
    out.target += query;
    if (!operation.body || !message.is_object()) return out;
    char separator = '{';
    for (const Member& member : message.members()) {
        if (operation.parameter(member.key)) continue;
        out.body += separator;
        write_json(Value::string(member.key), out.body);
        out.body += ':';
        write_json(member.value, out.body);
        separator = ',';
    }
    if (separator == '{') {
        // An optional body that says nothing is left out; one that is required is an empty object.
        if (!operation.body_required) return out;
        out.body += '{';
    }
    out.body += '}';
    out.headers.emplace_back("Content-Type", "application/json");
    return out;
}

}  // namespace headgate
