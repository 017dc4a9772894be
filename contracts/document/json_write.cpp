#include "contracts/document/json.hpp"

namespace headgate {
namespace {

void write_string(std::string_view text, std::string& out) {
    out += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text, plain, i - plain);
        plain = i + 1;
        switch (c) {
            case '"': out += "\\\""; break;
            case '\\': out += "\\\\"; break;
            case '\n': out += "\\n"; break;
            case '\r': out += "\\r"; break;
            case '\t': out += "\\t"; break;
            default: {
                constexpr char hex[] = "0123456789abcdef";
                out += "\\u00";
                out += hex[c >> 4];
                out += hex[c & 15];
            }
        }
    }
    out.append(text, plain, text.size() - plain);
    out += '"';
}

}  // namespace

// Documents are bounded in depth where they are read or built, so recursion is too.
void write_json(const Value& value, std::string& out) {
    switch (value.kind()) {
        case ValueKind::null: out += "null"; break;
        case ValueKind::boolean: out += value.as_boolean() ? "true" : "false"; break;
        case ValueKind::number: out += value.text(); break;
        case ValueKind::string: write_string(value.text(), out); break;
        case ValueKind::array: {
            char separator = '[';
            for (const Value& item : value) {
                out += separator;
                write_json(item, out);
                separator = ',';
            }
            out += value.size() == 0 ? "[]" : "]";
            break;
        }
        case ValueKind::object: {
            char separator = '{';
            for (const Member& member : value.members()) {
                out += separator;
                write_string(member.key, out);
                out += ':';
                write_json(member.value, out);
                separator = ',';
            }
            out += value.size() == 0 ? "{}" : "}";
            break;
        }
    }
}

std::string to_json(const Value& value) {
    std::string out;
    write_json(value, out);
    return out;
}

}  // namespace headgate
