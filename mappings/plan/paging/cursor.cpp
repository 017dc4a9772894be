#include "mappings/plan/paging/cursor.hpp"

#include <algorithm>
#include <map>

#include "base/base64url.hpp"
#include "base/digest.hpp"
#include "contracts/document/json.hpp"

namespace headgate::mappings {

namespace {

constexpr std::size_t digest_bytes = 9;  // twelve characters

// The same for the same parameters, in whatever order they came.
std::string digest_of(const Value& message) {
    std::map<std::string_view, const Value*> members;
    if (message.is_object())
        for (const Member& member : message.members())
            if (member.key != "limit" && member.key != "cursor") members.emplace(member.key, &member.value);
    std::string text;
    for (const auto& [name, value] : members) {
        write_json(Value::string(name), text);
        write_json(*value, text);
    }
    auto digest = sha256(text);
    return to_base64url({reinterpret_cast<const char*>(digest.data()), digest_bytes});
}

}  // namespace

Error bad_cursor(std::string message) {
    Error error;
    error.kind = ErrorKind::invalid_message;
    error.message = std::move(message);
    error.pointer = "/cursor";
    return error;
}

std::string write_cursor(std::string_view operation, const Value& message, const Value& position) {
    auto digest = digest_of(message);
    const Value parts[] = {Value::string(operation), Value::string(digest), position};
    return to_base64url(to_json(Value::array(parts, 3)));
}

Result<Value> read_cursor(std::string_view text, std::string_view operation, const Value& message, Builder& builder) {
    const char* none = "This is no cursor: send the nextCursor of the page before, or none for the first page";
    auto bytes = from_base64url(text);
    if (!bytes) return bad_cursor(none);
    auto read = read_json(builder.arena().copy(*bytes), builder, {.depth = 4, .bytes = 512, .values = 32});
    if (!read || !read->is_array() || read->size() != 3) return bad_cursor(none);
    const Value &of = (*read)[0], &digest = (*read)[1];
    if (!of.is_string() || !digest.is_string()) return bad_cursor(none);
    if (of.text() != operation) return bad_cursor("This cursor belongs to another operation");
    if (digest.text() != digest_of(message)) return bad_cursor("This cursor belongs to a query with other parameters");
    return (*read)[2];
}

}  // namespace headgate::mappings
