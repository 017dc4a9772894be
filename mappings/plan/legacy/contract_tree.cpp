#include "mappings/plan/legacy/contract_tree.hpp"

#include <algorithm>

namespace headgate::mappings {

namespace {

constexpr std::size_t most_nodes = 20'000;
constexpr std::size_t deepest = 64;  // as documents are

constexpr ValueKind scalars[] = {ValueKind::string, ValueKind::number, ValueKind::boolean};

}  // namespace

bool TreeMaker::too_large() const { return made_ > most_nodes; }

void TreeMaker::fill(LegacyNode& node, const Shape& shape) {
    node.shape = &shape;
    node.nillable = shape.allows(ValueKind::null);
    bool array = shape.allows(ValueKind::array), object = shape.allows(ValueKind::object);
    int scalar = 0;
    for (auto kind : scalars) scalar += shape.allows(kind);
    node.type = LegacyType::any;
    if (array + object + scalar != 1 || too_large()) return;
    if (!array) return fill_single(node, shape);
    node.repeated = true;
    if (const Shape* items = shape.items(); items && !items->allows(ValueKind::array)) {
        LegacyNode item;
        fill(item, *items);
        node.type = item.type;
        node.codes = std::move(item.codes);
        node.children = std::move(item.children);
    }
}

void TreeMaker::fill_single(LegacyNode& node, const Shape& shape) {
    if (shape.allows(ValueKind::number)) {
        node.type = shape.integer() ? LegacyType::integer : LegacyType::decimal;
    } else if (shape.allows(ValueKind::boolean)) {
        node.type = LegacyType::boolean;
    } else if (shape.allows(ValueKind::string)) {
        node.type = shape.format() == "date"        ? LegacyType::date
                    : shape.format() == "date-time" ? LegacyType::datetime
                                                    : LegacyType::text;
        for (auto word : shape.enumeration()) node.codes.emplace_back(word);
    } else if (way_.size() < deepest && std::find(way_.begin(), way_.end(), &shape) == way_.end()) {
        node.type = LegacyType::group;
        way_.push_back(&shape);
        for (auto name : shape.property_names()) {
            if (++made_ > most_nodes) break;
            LegacyNode child;
            child.name = name;
            child.optional = !shape.required(name);
            if (const Shape* inner = shape.property(name))
                fill(child, *inner);
            else
                child.type = LegacyType::any;
            node.children.push_back(std::move(child));
        }
        way_.pop_back();
    }
}

}  // namespace headgate::mappings
