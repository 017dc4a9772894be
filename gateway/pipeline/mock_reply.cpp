#include "gateway/pipeline/mock_reply.hpp"

#include <algorithm>

#include "contracts/document/source_value.hpp"
#include "contracts/registry/media_type.hpp"
#include "contracts/registry/styles/write_text.hpp"
#include "contracts/schema/sample.hpp"
#include "gateway/pipeline/mock_document.hpp"

namespace headgate {
namespace {

// A default that is a problem stands for faults alone.
bool of_faults(const Response& any) {
    return std::any_of(any.contents.begin(), any.contents.end(), [](const Content& content) {
        return is_media_type(content.media_type, "application/problem+json");
    });
}

Result<int> preferred_status(const Operation& operation, const Preference& preference) {
    if (!preference.code) return operation.success_status;
    const std::string& code = *preference.code;
    bool number = code.size() == 3 && code.find_first_not_of("0123456789") == std::string::npos;
    int status = number ? std::stoi(code) : 0;
    const Response* response = status >= 200 && status <= 599 ? operation.response(status) : nullptr;
    const auto& any = operation.default_response;
    bool by_default = any && response == &*any;
    if (response && (!by_default || status >= 400 || !of_faults(*any))) return status;
    std::vector<std::string> known;
    for (const auto& [declared, one] : operation.responses)
        known.push_back(std::to_string(declared) + (declared < 10 ? "XX" : ""));
    if (any) known.push_back("default (any other from " + std::string(of_faults(*any) ? "400" : "200") + " to 599)");
    return unknown_preference("the operation has no response of this code; it has " + listed(known));
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

const Content& most_wanted(const std::vector<Content>& contents, std::string_view accept) {
    return *std::max_element(contents.begin(), contents.end(), [&](const Content& a, const Content& b) {
        return accepted(accept, a.media_type) < accepted(accept, b.media_type);
    });
}

}  // namespace

Result<MockReply> mock_reply(const Operation& operation, const Value& message, std::string_view accept,
                             const Preference& preference, Builder& builder) {
    auto status = preferred_status(operation, preference);
    if (!status) return std::move(status).error();
    const Response& response = *operation.response(*status);
    MockReply out{{*status, Value()}, "generated", {}};
    const auto& contents = operation.contents(*status);
    if (contents.empty()) {
        if (preference.example) return unknown_preference("the response has no body, and no examples");
    } else {
        const Content& content = most_wanted(contents, accept);
        // A problem is told whatever the caller accepts (RFC 9110, section 15.5.7).
        if (*status < 400 && accepted(accept, content.media_type) == 0)
            return Error{ErrorKind::not_acceptable, "this answer is " + media_types(contents)};
        auto document = mock_document(operation, message, content, *status, preference, builder);
        if (!document) return std::move(document).error();
        out.reply.message = document->message;
        out.example = std::move(document->example);
    }
    auto headers = headers_of(operation, *status, response, builder);
    if (!headers) return std::move(headers).error();
    out.headers = std::move(*headers);
    return out;
}

}  // namespace headgate
