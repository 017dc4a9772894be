#include "mappings/plan/paging/page_shapes.hpp"

#include <algorithm>

namespace headgate::mappings {

const PagedShape::One* PagedShape::find(std::string_view name) const {
    auto found = std::find_if(members_.begin(), members_.end(), [&](const One& one) { return one.name == name; });
    return found == members_.end() ? nullptr : &*found;
}

bool PagedShape::hides(std::string_view name) const {
    return !base_ || std::find(hidden_.begin(), hidden_.end(), name) != hidden_.end();
}

const Shape* PagedShape::property(std::string_view name) const {
    if (const auto* own = find(name)) return own->shape;
    return hides(name) ? nullptr : base_->property(name);
}

std::vector<std::string_view> PagedShape::property_names() const {
    auto names = base_ ? base_->property_names() : std::vector<std::string_view>();
    std::erase_if(names, [&](std::string_view name) { return hides(name); });
    for (const auto& one : members_) names.push_back(one.name);
    return names;
}

bool PagedShape::required(std::string_view name) const {
    if (const auto* own = find(name)) return own->required;
    return !hides(name) && base_->required(name);
}

bool PagedShape::may_require(std::string_view name) const {
    if (const auto* own = find(name)) return own->required;
    return !hides(name) && base_->may_require(name);
}

}  // namespace headgate::mappings
