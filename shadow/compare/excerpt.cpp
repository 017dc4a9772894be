#include "shadow/compare/excerpt.hpp"

#include "shadow/compare/rules.hpp"

namespace headgate {
namespace {

constexpr std::string_view ellipsis = "…";

// Appends until the limit is passed, then stops.
struct Writer {
    std::string out;
    std::size_t limit;

    bool full() const { return out.size() > limit; }

    void text(std::string_view s) {
        out += '"';
        for (char c : s) {
            if (full()) return;
            switch (c) {
                case '"': out += "\\\""; break;
                case '\\': out += "\\\\"; break;
                case '\n': out += "\\n"; break;
                case '\t': out += "\\t"; break;
                case '\r': out += "\\r"; break;
                default:
                    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
                        constexpr char hex[] = "0123456789abcdef";
                        out += "\\u00";
                        out += hex[(c >> 4) & 0xf];
                        out += hex[c & 0xf];
                    } else {
                        out += c;
                    }
            }
        }
        out += '"';
    }

    void value(const Value& v, const Shape* shape) {
        if (full()) return;
        if (personal(shape) && !v.is_null()) {
            out += "\"(personal)\"";
            return;
        }
        switch (v.kind()) {
            case ValueKind::null: out += "null"; break;
            case ValueKind::boolean: out += v.as_boolean() ? "true" : "false"; break;
            case ValueKind::number: out += v.text().substr(0, limit + 1); break;
            case ValueKind::string: text(v.text()); break;
            case ValueKind::array: {
                const Shape* items = shape ? shape->items() : nullptr;
                out += '[';
                for (const Value* item = v.begin(); item != v.end() && !full(); ++item) {
                    if (item != v.begin()) out += ',';
                    value(*item, items);
                }
                out += ']';
                break;
            }
            case ValueKind::object: {
                out += '{';
                for (const Member* m = v.members_begin(); m != v.members_end() && !full(); ++m) {
                    if (m != v.members_begin()) out += ',';
                    text(m->key);
                    out += ':';
                    value(m->value, shape ? shape->property(m->key) : nullptr);
                }
                out += '}';
                break;
            }
        }
    }
};

}  // namespace

std::string excerpt(const Value& value, const Shape* shape, std::size_t limit) {
    Writer writer{{}, limit};
    writer.value(value, shape);
    if (writer.out.size() > limit) {
        std::size_t cut = limit;
        while (cut > 0 && (static_cast<unsigned char>(writer.out[cut]) & 0xc0) == 0x80) --cut;
        writer.out.resize(cut);
        writer.out += ellipsis;
    }
    return std::move(writer.out);
}

}  // namespace headgate
