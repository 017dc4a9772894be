#include "gateway/pipeline/mock_reply.hpp"

#include <algorithm>

#include "contracts/document/equal.hpp"
#include "contracts/document/source_value.hpp"
#include "contracts/registry/media_type.hpp"
#include "contracts/registry/styles/write_text.hpp"
#include "contracts/schema/sample.hpp"

namespace headgate {
namespace {

constexpr const char* generated = "generated";

// `example:` has no name of its own.
std::string name_of(const Example& example) { return example.name.empty() ? "example" : example.name; }

Error unknown_preference(std::string message) {
    return {ErrorKind::invalid_message, std::move(message), {}, {}, "/Prefer"};
}

std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
}

Result<int> preferred_status(const Operation& operation, const Preference& preference) {
    if (!preference.code) return operation.success_status;
    const std::string& code = *preference.code;
    bool number = code.size() == 3 && code.find_first_not_of("0123456789") == std::string::npos;
    int status = number ? std::stoi(code) : 0;
    if (status >= 200 && status <= 599 && operation.response(status)) return status;
    std::vector<std::string> known;
    for (const auto& [declared, response] : operation.responses)
        known.push_back(std::to_string(declared) + (declared < 10 ? "XX" : ""));
    if (operation.default_response) known.push_back("default (any other)");
    return unknown_preference("the operation has no response of this code; it has " + listed(known));
}

// Whether the message is the request that goes by the name of an example: equal in every part that has one so named.
class Twin {
  public:
    Twin(const Operation& operation, const Value& message, Builder& builder)
        : operation_(operation), message_(message), builder_(builder) {}

    bool is(std::string_view name) {
        bool any = false;
        for (const Parameter& parameter : operation_.parameters)
            for (const Example& example : parameter.examples) {
                if (example.name != name) continue;
                const Value* value = message_.find(parameter.name);
                if (!value || !equal(*value, to_value(*example.value, builder_))) return false;
                any = true;
            }
        bool told = false, same = false;
        for (const Content& content : operation_.bodies)
            for (const Example& example : content.examples) {
                if (example.name != name) continue;
                told = true;
                same = same || is_body(to_value(*example.value, builder_));
            }
        return told ? same : any;
    }

  private:
    // The members that are no parameters.
    bool is_body(const Value& body) const {
        std::uint32_t members = 0;
        for (const Member& member : message_.members()) {
            if (operation_.parameter(member.key)) continue;
            const Value* expected = body.find(member.key);
            if (!expected || !equal(*expected, member.value)) return false;
            ++members;
        }
        return members == body.size();
    }

    const Operation& operation_;
    const Value& message_;
    Builder& builder_;
};

// nullptr: the response has none.
Result<const Example*> choose_example(const Operation& operation, const Value& message, const Content& content,
                                      const Preference& preference, Builder& builder) {
    const auto& examples = content.examples;
    if (preference.example) {
        std::vector<std::string> known;
        for (const Example& example : examples) {
            if (name_of(example) == *preference.example) return &example;
            known.push_back(name_of(example));
        }
        return unknown_preference("the response has no example of this name; it has " +
                                  (known.empty() ? "none" : listed(known)));
    }
    Twin twin(operation, message, builder);
    for (const Example& example : examples)
        if (!example.name.empty() && twin.is(example.name)) return &example;
    return examples.empty() ? nullptr : &examples.front();
}

Error no_example(const Operation& operation, int status, const std::string& where, const std::string& why) {
    const std::string& file = operation.mark.file;
    Error error{ErrorKind::internal, operation.name + " has no example to answer with, and " + why +
                                         "; add one to the response " + std::to_string(status) + where + " (" +
                                         file.substr(file.rfind('/') + 1) + ":" + std::to_string(operation.mark.line) +
                                         ")"};
    error.code = "no-example";
    return error;
}

// Declared headers with their examples; a required one without is made.
Result<std::vector<HttpHeader>> headers_of(const Operation& operation, int status, const Response& response,
                                           Builder& builder) {
    std::vector<HttpHeader> out;
    for (const Parameter& header : response.headers) {
        Value value;
        if (!header.examples.empty()) {
            value = to_value(*header.examples.front().value, builder);
        } else if (header.required) {
            auto made = schema::sample(*header.schema, builder.arena());
            if (!made) return no_example(operation, status, ", header " + header.name, made.error().message);
            value = *made;
        } else {
            continue;
        }
        std::string text;
        if (std::string why = write_text(header, value, text); !why.empty())
            return no_example(operation, status, ", header " + header.name, "its value can't be told: " + why);
        out.push_back({header.name, std::move(text)});
    }
    return out;
}

const Content* most_wanted(const Response& response, std::string_view accept) {
    return &*std::max_element(response.contents.begin(), response.contents.end(),
                              [&](const Content& a, const Content& b) {
                                  return accepted(accept, a.media_type) < accepted(accept, b.media_type);
                              });
}

}  // namespace

Result<MockReply> mock_reply(const Operation& operation, const Value& message, std::string_view accept,
                             const Preference& preference, Builder& builder) {
    auto status = preferred_status(operation, preference);
    if (!status) return std::move(status).error();
    const Response& response = *operation.response(*status);
    MockReply out{{*status, Value()}, generated, {}};
    if (response.contents.empty()) {
        if (preference.example) return unknown_preference("the response has no body, and no examples");
    } else {
        const Content& content = *most_wanted(response, accept);
        // A problem is told whatever the caller accepts (RFC 9110, section 15.5.7).
        if (*status < 400 && accepted(accept, content.media_type) == 0)
            return Error{ErrorKind::not_acceptable, "this answer is " + media_types(response.contents)};
        auto example = choose_example(operation, message, content, preference, builder);
        if (!example) return std::move(example).error();
        if (*example) {
            out.reply.message = to_value(*(*example)->value, builder);
            out.example = name_of(**example);
        } else {
            auto made = schema::sample(*content.schema, builder.arena());
            if (!made) return no_example(operation, *status, ", " + content.media_type, made.error().message);
            out.reply.message = *made;
        }
    }
    auto headers = headers_of(operation, *status, response, builder);
    if (!headers) return std::move(headers).error();
    out.headers = std::move(*headers);
    return out;
}

}  // namespace headgate
