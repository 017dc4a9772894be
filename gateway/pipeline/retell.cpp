#include "gateway/pipeline/retell.hpp"

#include <algorithm>

namespace headgate {
namespace {

// Whether the error's pointer leads into the request; of an answer it means nothing to a caller of another version.
bool of_request(ErrorKind kind) {
    return kind == ErrorKind::invalid_message || kind == ErrorKind::rejected || kind == ErrorKind::conflict;
}

// One entry of `errors`; false when it has no place here.
bool put_entry(const Value& entry, const Plan& bridge, Builder& builder) {
    const Value* pointer = entry.find("pointer");
    if (!pointer || !pointer->is_string()) return builder.value(entry), true;
    auto place = bridge.contract_pointer(pointer->text());
    if (!place) return false;
    builder.begin_object();
    for (const Member& member : entry.members()) {
        builder.key(member.key);
        if (member.key == "pointer")
            builder.string(builder.arena().copy(*place));
        else
            builder.value(member.value);
    }
    builder.end_object();
    return true;
}

}  // namespace

void retell(Error& error, std::vector<SchemaIssue>& issues, const Plan& bridge) {
    std::erase_if(issues, [&](SchemaIssue& issue) {
        auto place = bridge.contract_pointer(issue.pointer);
        if (place) issue.pointer = std::move(*place);
        return !place;
    });
    auto place = of_request(error.kind) ? bridge.contract_pointer(error.pointer) : std::nullopt;
    error.pointer = place.value_or("");
    if (error.pointer.empty() && !issues.empty()) error.pointer = issues.front().pointer;
}

Value retold(const Value& problem, const Plan& bridge, Builder& builder) {
    const Value* errors = problem.find("errors");
    if (!errors || !errors->is_array()) return problem;
    builder.begin_array();
    for (const Value& entry : *errors) put_entry(entry, bridge, builder);
    builder.end_array();
    return with_member(problem, {"errors", builder.take()}, builder);
}

}  // namespace headgate
