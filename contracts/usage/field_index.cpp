#include "contracts/usage/field_index.hpp"

#include <algorithm>
#include <deque>
#include <optional>

#include "contracts/document/utf8.hpp"

namespace headgate {
namespace {

constexpr std::size_t few = 8;  // so many names are found as fast one by one

// What a schema says of members that it does not name; nullptr when it says nothing.
const Shape* unnamed(const Shape& shape, const std::vector<std::string_view>& names) {
    std::string probe = "*";
    while (std::find(names.begin(), names.end(), probe) != names.end()) probe += '*';
    return shape.property(probe);
}

}  // namespace

// Numbers the places breadth first, so that a bound cuts what lies deepest.
class FieldIndex::Growth {
  public:
    explicit Growth(FieldIndex& index) : places_(index.places_), by_path_(index.by_path_) {
        places_.push_back({""});
        by_path_.emplace("", 0);
        grown_.push_back({0, {}});
    }

    void add(const Operation& operation) {
        for (const Parameter& parameter : operation.parameters)
            add_child(0, parameter.name, &parameter.schema->shape());
        if (operation.body) {
            grown_[0].shapes.push_back(&operation.body->shape());
            pending_.push_front(0);
        }
        while (!pending_.empty()) {
            std::uint32_t next = pending_.front();
            pending_.pop_front();
            expand(next);
        }
        for (Place& place : places_) order(place);
    }

  private:
    struct Grown {
        std::uint32_t parent;
        std::vector<const Shape*> shapes;  // a place may be told by several: the items of an array, and other members
    };

    void expand(std::uint32_t at) {
        for (const Shape* shape : std::vector(grown_[at].shapes)) {
            auto names = shape->property_names();
            for (auto name : names) add_child(at, name, shape->property(name));
            bool members = shape->allows(ValueKind::object), items = shape->allows(ValueKind::array);
            if (members) add_each(at, unnamed(*shape, names));
            if (items) add_each(at, shape->items());
        }
    }

    void add_child(std::uint32_t parent, std::string_view name, const Shape* shape) {
        auto place = numbered(parent, name, shape);
        auto& children = places_[parent].children;
        if (place && std::none_of(children.begin(), children.end(), [&](const Child& c) { return c.name == name; }))
            children.push_back({std::string(name), *place});
    }
    void add_each(std::uint32_t parent, const Shape* shape) {
        if (auto place = numbered(parent, "*", shape)) places_[parent].each = *place;
    }

    // The number of a place below another; that of an ancestor, when the schema is the ancestor's own.
    std::optional<std::uint32_t> numbered(std::uint32_t parent, std::string_view token, const Shape* shape) {
        for (std::uint32_t above = parent; shape; above = grown_[above].parent) {
            const auto& shapes = grown_[above].shapes;
            if (std::find(shapes.begin(), shapes.end(), shape) != shapes.end()) return above;
            if (above == 0) break;
        }
        std::string path = places_[parent].path;
        append_pointer(path, token);
        auto known = by_path_.find(path);
        if (known == by_path_.end()) {
            if (places_.size() >= most_places) return std::nullopt;
            known = by_path_.emplace(path, static_cast<std::uint32_t>(places_.size())).first;
            places_.push_back({std::move(path)});
            grown_.push_back({parent, {}});
            pending_.push_back(known->second);
        }
        if (shape) grown_[known->second].shapes.push_back(shape);
        return known->second;
    }

    static void order(Place& place) {
        if (place.children.size() <= few) return;
        for (std::uint32_t i = 0; i < place.children.size(); ++i) place.by_name.push_back(i);
        std::sort(place.by_name.begin(), place.by_name.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return place.children[a].name < place.children[b].name; });
    }

    std::vector<Place>& places_;
    std::unordered_map<std::string, std::uint32_t>& by_path_;
    std::vector<Grown> grown_;  // beside places_
    std::deque<std::uint32_t> pending_;
};

FieldIndex::FieldIndex(const Operation& operation) : operation_(operation.name) { Growth(*this).add(operation); }

std::size_t FieldIndex::Place::find(std::string_view name, std::size_t hint) const {
    if (hint < children.size() && children[hint].name == name) return hint;
    if (by_name.empty()) {
        for (std::size_t i = 0; i < children.size(); ++i)
            if (children[i].name == name) return i;
        return children.size();
    }
    auto found = std::lower_bound(by_name.begin(), by_name.end(), name, [&](std::uint32_t at, std::string_view wanted) {
        return children[at].name < wanted;
    });
    return found != by_name.end() && children[*found].name == name ? *found : children.size();
}

// As deep as the message, whose depth its reader bounds.
void FieldIndex::walk(const Value& value, std::uint32_t id, std::uint64_t call, std::span<PlaceCount> counts) const {
    PlaceCount& count = counts[id];
    if (count.last_call != call) {
        ++count.calls;
        count.last_call = call;
    }
    const Place& place = places_[id];
    if (place.leaf()) return;
    if (value.is_object()) {
        std::size_t hint = 0;
        for (const Member& member : value.members()) {
            std::size_t at = place.find(member.key, hint);
            if (at < place.children.size()) {
                walk(member.value, place.children[at].place, call, counts);
                hint = at + 1;
            } else if (place.each != none) {
                walk(member.value, place.each, call, counts);
            }
        }
    } else if (value.is_array() && place.each != none && value.size() > 0) {
        // Items without places of their own are all alike.
        std::uint32_t items = places_[place.each].leaf() ? 1 : value.size();
        for (std::uint32_t i = 0; i < items; ++i) walk(value[i], place.each, call, counts);
    }
}

}  // namespace headgate
