#include "mappings/draft/fields.hpp"

#include <algorithm>

namespace headgate::mappings {

namespace {

constexpr std::size_t deepest = 8, most = 2'000;

bool single(const Shape& shape) {
    return shape.allows(ValueKind::string) || shape.allows(ValueKind::number) || shape.allows(ValueKind::boolean);
}

// A name that a rule can write as a field of the contract.
bool can_be_written(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

DraftField field(const std::vector<std::string>& steps, const Shape* shape, const LegacyNode* node, bool required) {
    DraftField out;
    out.steps = steps;
    out.shape = shape;
    out.node = node;
    out.required = required;
    auto named = steps;
    if (!named.empty() && named.back() == "#text") named.pop_back();
    out.words = words_of_path(named, node ? std::string_view(node->about) : std::string_view());
    return out;
}

void collect(const Shape& object, std::vector<std::string>& at, bool required, DraftFields& out) {
    if (at.size() >= deepest) return;
    for (auto name : object.property_names()) {
        const Shape* shape = object.property(name);
        if (!shape || !can_be_written(name) || out.values.size() + out.lists.size() >= most) continue;
        at.emplace_back(name);
        bool needed = required && object.required(name);
        const Shape* items = shape->allows(ValueKind::array) ? shape->items() : nullptr;
        if (items && single(*items)) {
            out.values.push_back(field(at, items, nullptr, needed));
            out.values.back().list = true;
        } else if (items) {
            out.lists.push_back({field(at, items, nullptr, needed)});
        } else if (single(*shape)) {
            out.values.push_back(field(at, shape, nullptr, needed));
        } else if (shape->allows(ValueKind::object)) {
            collect(*shape, at, needed, out);
        }
        at.pop_back();
    }
}

void collect(const LegacyNode& group, std::vector<std::string>& at, bool required, DraftFields& out) {
    if (at.size() >= deepest) return;
    for (const auto& child : group.children) {
        if (out.values.size() + out.lists.size() >= most) return;
        if (child.by_format) continue;  // the writer knows it
        at.push_back(child.name);
        bool needed = required && !child.optional;
        bool value = child.type != LegacyType::group;
        if (value) {
            out.values.push_back(field(at, nullptr, &child, needed));
            out.values.back().list = child.repeated;
        } else if (child.repeated) {
            out.lists.push_back({field(at, nullptr, &child, needed)});
        } else {
            collect(child, at, needed, out);
        }
        at.pop_back();
    }
}

}  // namespace

std::string DraftField::path() const {
    std::string out;
    for (const auto& step : steps) out += (out.empty() ? "" : node ? "/" : ".") + step;
    return list ? out + "[]" : out;
}

DraftFields fields_of(const Shape& object) {
    DraftFields out;
    std::vector<std::string> at;
    collect(object, at, true, out);
    return out;
}

DraftFields fields_of(const LegacyNode& group) {
    DraftFields out;
    std::vector<std::string> at;
    collect(group, at, true, out);
    return out;
}

}  // namespace headgate::mappings
