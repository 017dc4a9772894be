#include "contracts/document/value.hpp"

namespace headgate {

std::string_view name(ValueKind kind) {
    switch (kind) {
        case ValueKind::null: return "null";
        case ValueKind::boolean: return "boolean";
        case ValueKind::number: return "number";
        case ValueKind::string: return "string";
        case ValueKind::array: return "array";
        case ValueKind::object: return "object";
    }
    return "null";
}

const Value* Value::find(std::string_view key) const {
    if (!is_object()) return nullptr;
    for (const Member& member : members())
        if (member.key == key) return &member.value;
    return nullptr;
}

}  // namespace headgate
