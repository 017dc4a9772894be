#include "contracts/registry/request_check.hpp"

#include <algorithm>

namespace headgate {
namespace {

constexpr std::size_t most_issues = 20;

void check_parameter(const Operation& operation, const Parameter& parameter, const Value* value,
                     std::vector<SchemaIssue>& issues) {
    std::string pointer = "/" + parameter.name;
    if (!value) return issues.push_back({std::move(pointer), "is required", "required", operation.mark});
    std::size_t before = issues.size();
    parameter.schema->validate(*value, &issues, most_issues - before);
    for (std::size_t i = before; i < issues.size(); ++i) issues[i].pointer = pointer + issues[i].pointer;
}

// The members that are no parameters.
Value body_of(const Operation& operation, const Value& message, Arena& arena) {
    auto* members = arena.allocate<Member>(message.size());
    std::uint32_t count = 0;
    for (const Member& member : message.members())
        if (!operation.parameter(member.key)) members[count++] = member;
    return Value::object(members, count);
}

}  // namespace

bool check_request(const Operation& operation, const Value& message, Arena& arena, std::vector<SchemaIssue>& issues) {
    issues.clear();
    for (const Parameter& parameter : operation.parameters) {
        const Value* value = message.find(parameter.name);
        // The valid path allocates nothing.
        if (value ? parameter.schema->validate(*value) : !parameter.required) continue;
        if (issues.size() < most_issues) check_parameter(operation, parameter, value, issues);
    }
    Value body = body_of(operation, message, arena);
    if (!operation.body) {
        if (body.size() > 0) issues.push_back({"", "this operation has no body", "body", operation.mark});
    } else if ((body.size() > 0 || operation.body_required) && !operation.body->validate(body) &&
               issues.size() < most_issues) {
        operation.body->validate(body, &issues, most_issues - issues.size());
    }
    return issues.empty();
}

}  // namespace headgate
