#include "gateway/orders/order_id.hpp"

#include "base/digest.hpp"
#include "contracts/document/json.hpp"

namespace headgate::orders {

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

}  // namespace

bool is_parameter(const Operation& operation, std::string_view member) {
    return std::any_of(operation.parameters.begin(), operation.parameters.end(),
                       [&](const Parameter& p) { return p.name == member; });
}

std::string derive_order_id(std::string_view caller, std::string_view key, std::int64_t try_number) {
    static constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string text(caller);
    text += '\0';
    text += key;
    if (try_number > 0) {
        text += '\0';
        text += std::to_string(try_number);
    }
    const auto digest = sha256(text);
    std::string id = "HO";
    unsigned bits = 0, have = 0;
    for (std::size_t at = 0; id.size() < 20;) {
        if (have < 5) {
            bits = (bits << 8) | digest[at++];
            have += 8;
        }
        have -= 5;
        id += alphabet[(bits >> have) & 31];
    }
    return id;
}

std::string fingerprint(const Operation& operation, const Value& message) {
    std::vector<Member> body;
    for (const auto& member : message.members())
        if (!is_parameter(operation, member.key)) body.push_back(member);
    std::string text = operation.name;
    text += '\0';
    write_sorted(Value::object(body.data(), static_cast<std::uint32_t>(body.size())), text);
    std::string hex;
    for (unsigned char byte : sha256(text)) {
        static constexpr char digits[] = "0123456789abcdef";
        hex += digits[byte >> 4];
        hex += digits[byte & 15];
    }
    return hex;
}

}  // namespace headgate::orders
