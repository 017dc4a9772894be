#include "gateway/writes/fingerprint.hpp"

#include <algorithm>
#include <vector>

#include "base/digest.hpp"
#include "contracts/document/json.hpp"

namespace headgate::writes {

namespace {

void write_sorted(const Value& value, std::string& out) {
    if (value.is_array()) {
        out += '[';
        for (const auto& item : value) {
            write_sorted(item, out);
            out += ',';
        }
        out += ']';
    } else if (value.is_object()) {
        std::vector<const Member*> members;
        for (const auto& member : value.members()) members.push_back(&member);
        std::sort(members.begin(), members.end(), [](auto* a, auto* b) { return a->key < b->key; });
        out += '{';
        for (const auto* member : members) {
            write_json(Value::string(member->key), out);
            out += ':';
            write_sorted(member->value, out);
            out += ',';
        }
        out += '}';
    } else {
        write_json(value, out);
    }
}

bool is_header(const Operation& operation, std::string_view member) {
    const Parameter* parameter = operation.parameter(member);
    return parameter && parameter->in == ParameterPlace::header;
}

}  // namespace

std::string fingerprint(const Operation& operation, const Value& message) {
    std::vector<Member> said;
    for (const auto& member : message.members())
        if (!is_header(operation, member.key)) said.push_back(member);
    std::string text = operation.name;
    text += '\0';
    write_sorted(Value::object(said.data(), static_cast<std::uint32_t>(said.size())), text);
    std::string hex;
    for (unsigned char byte : sha256(text)) {
        static constexpr char digits[] = "0123456789abcdef";
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

}  // namespace headgate::writes
