#include "gateway/admin/contract_fields.hpp"

#include "contracts/document/utf8.hpp"

namespace headgate {
namespace {

using nlohmann::ordered_json;
constexpr std::size_t most_fields = 2000;

std::string type_of(const Shape& shape) {
    std::string out;
    auto add = [&](const char* type) { out += (out.empty() ? "" : " or ") + std::string(type); };
    if (shape.allows(ValueKind::object)) add("object");
    if (shape.allows(ValueKind::array)) add("array");
    if (shape.allows(ValueKind::string)) add("string");
    if (shape.allows(ValueKind::number)) add(shape.integer() ? "integer" : "number");
    if (shape.allows(ValueKind::boolean)) add("boolean");
    if (shape.allows(ValueKind::null)) add("null");
    return out;
}

struct Lister {
    ordered_json fields = ordered_json::array();
    std::vector<const Shape*> above = {};

    void field(const Shape& shape, const std::string& path, bool required) {
        if (fields.size() >= most_fields) return;
        ordered_json one{{"path", path}, {"type", type_of(shape)}, {"required", required}};
        if (!shape.format().empty()) one["format"] = shape.format();
        if (auto words = shape.enumeration(); !words.empty()) one["enum"] = words;
        bool inside_itself = std::find(above.begin(), above.end(), &shape) != above.end();
        if (inside_itself) one["recursive"] = true;
        fields.push_back(std::move(one));
        if (!inside_itself) inside(shape, path);
    }

    void inside(const Shape& shape, const std::string& path) {
        above.push_back(&shape);
        for (auto name : shape.property_names()) {
            std::string at = path;
            append_pointer(at, name);
            if (const Shape* member = shape.property(name)) field(*member, at, shape.required(name));
        }
        if (const Shape* items = shape.items()) {
            bool structured = items->allows(ValueKind::object) || items->allows(ValueKind::array);
            bool known = std::find(above.begin(), above.end(), items) != above.end();
            structured && !known ? inside(*items, path + "/*") : field(*items, path + "/*", false);
        }
        above.pop_back();
    }
};

}  // namespace

ordered_json fields_of(const Shape& message) {
    Lister lister;
    lister.inside(message, "");
    return std::move(lister.fields);
}

}  // namespace headgate
