#include "mappings/formats/shape/schema_tree.hpp"

#include <algorithm>

namespace headgate::mappings {

namespace {

constexpr std::size_t most_nodes = 20'000;
constexpr std::size_t deepest = 64;  // as documents are
constexpr std::size_t longest = 1'000'000;
constexpr int any_places = 36;

constexpr ValueKind scalars[] = {ValueKind::string, ValueKind::number, ValueKind::boolean};

// Of a bound, before the point.
int digits_of(std::string_view bound) {
    if (bound.starts_with('-')) bound.remove_prefix(1);
    bound = bound.substr(0, bound.find('.'));
    bool plain = !bound.empty() && bound.find_first_not_of("0123456789") == std::string_view::npos;
    return plain && bound.size() < 100 ? static_cast<int>(bound.size()) : 0;
}

}  // namespace

bool TreeMaker::too_large() const { return made_ > most_nodes; }

void TreeMaker::fill(LegacyNode& node, const Shape& shape) {
    if (api())
        node.typed = true;
    else
        node.shape = &shape;
    node.nillable = shape.allows(ValueKind::null);
    bool array = shape.allows(ValueKind::array), object = shape.allows(ValueKind::object);
    int scalar = 0;
    for (auto kind : scalars) scalar += shape.allows(kind);
    node.type = LegacyType::any;
    bool one_or_list = api() && array && object + scalar == 1;
    if ((array + object + scalar != 1 && !one_or_list) || too_large()) return;
    if (array) return fill_list(node, shape);
    fill_single(node, shape);
}

void TreeMaker::fill_list(LegacyNode& node, const Shape& shape) {
    node.repeated = true;
    const Shape* items = shape.items();
    if (!items || items->allows(ValueKind::array)) return;
    LegacyNode item;
    fill(item, *items);
    node.type = item.type;
    node.length = item.length;
    node.fraction = item.fraction;
    node.codes = std::move(item.codes);
    node.children = std::move(item.children);
}

void TreeMaker::fill_single(LegacyNode& node, const Shape& shape) {
    if (shape.allows(ValueKind::number)) {
        node.type = shape.integer() ? LegacyType::integer : LegacyType::decimal;
        if (!api()) return;
        node.length = digits_of(shape.greatest());
        node.fraction = shape.integer() ? 0 : any_places;
    } else if (shape.allows(ValueKind::boolean)) {
        node.type = LegacyType::boolean;
    } else if (shape.allows(ValueKind::string)) {
        node.type = shape.format() == "date"        ? LegacyType::date
                    : shape.format() == "date-time" ? LegacyType::datetime
                                                    : LegacyType::text;
        for (auto word : shape.enumeration()) node.codes.emplace_back(word);
        if (api() && node.codes.empty() && node.type == LegacyType::text && shape.longest() <= longest)
            node.length = static_cast<int>(shape.longest());
    } else if (way_.size() < deepest && std::find(way_.begin(), way_.end(), &shape) == way_.end()) {
        fill_group(node, shape);
    }
}

void TreeMaker::fill_group(LegacyNode& node, const Shape& shape) {
    node.type = LegacyType::group;
    way_.push_back(&shape);
    for (auto name : shape.property_names()) {
        if (++made_ > most_nodes) break;
        LegacyNode child;
        child.name = name;
        child.optional = !shape.required(name);
        child.typed = api();
        if (const Shape* inner = shape.property(name))
            fill(child, *inner);
        else
            child.type = LegacyType::any;
        node.children.push_back(std::move(child));
    }
    way_.pop_back();
}

}  // namespace headgate::mappings
