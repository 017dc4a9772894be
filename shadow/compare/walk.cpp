#include "shadow/compare/walk.hpp"

#include "contracts/document/number.hpp"
#include "shadow/compare/excerpt.hpp"
#include "shadow/compare/identity.hpp"
#include "shadow/compare/instant.hpp"
#include "shadow/compare/value_class.hpp"

namespace headgate {
namespace {

constexpr std::size_t indexed_from = 24;  // members; below, a linear search is quicker than an index

// Finds members of one object: first where the other side's order suggests, then by search or index.
class MemberFinder {
  public:
    explicit MemberFinder(const Value& object) : object_(object) {}

    const Value* find(std::string_view key, std::size_t hint) {
        const Member* first = object_.members_begin();
        if (hint < object_.size() && first[hint].key == key) return &first[hint].value;
        if (object_.size() < indexed_from) return object_.find(key);
        if (index_.empty())
            for (const Member& m : object_.members()) index_.emplace(m.key, &m.value);
        auto found = index_.find(key);
        return found == index_.end() ? nullptr : found->second;
    }

  private:
    const Value& object_;
    std::unordered_map<std::string_view, const Value*, SeededHash> index_;
};

bool same_text(std::string_view left, std::string_view right, const Shape* shape) {
    if (left == right) return true;
    if (!is_date_time(shape)) return false;
    auto l = read_instant(left), r = read_instant(right);
    return l && r && *l == *r;
}

bool same_object(const Value& left, const Value& right, const Shape* shape) {
    MemberFinder in_right(right), in_left(left);
    std::size_t at = 0;
    for (const Member& m : left.members()) {
        const Shape* child = shape ? shape->property(m.key) : nullptr;
        const Value* other = in_right.find(m.key, at++);
        if (!ignored(child) && (!other || !same_value(m.value, *other, child))) return false;
    }
    at = 0;
    for (const Member& m : right.members())
        if (!in_left.find(m.key, at++) && !ignored(shape ? shape->property(m.key) : nullptr)) return false;
    return true;
}

bool same_array(const Value& left, const Value& right, const Shape* shape) {
    if (array_rule(shape).mode != ArrayMode::order) return identity(left, shape) == identity(right, shape);
    if (left.size() != right.size()) return false;
    const Shape* items = shape ? shape->items() : nullptr;
    for (std::uint32_t i = 0; i < left.size(); ++i)
        if (!same_value(left[i], right[i], items)) return false;
    return true;
}

}  // namespace

bool same_value(const Value& left, const Value& right, const Shape* shape) {
    if (left.kind() != right.kind()) return false;
    switch (left.kind()) {
        case ValueKind::null: return true;
        case ValueKind::boolean: return left.as_boolean() == right.as_boolean();
        case ValueKind::number: return left.text() == right.text() || Decimal(left.text()) == Decimal(right.text());
        case ValueKind::string: return same_text(left.text(), right.text(), shape);
        case ValueKind::array: return same_array(left, right, shape);
        case ValueKind::object: return same_object(left, right, shape);
    }
    return false;
}

void Walk::node(const Value& left, const Value& right, const Shape* shape) {
    if (left.kind() != right.kind())
        return note(DifferenceKind::type, &left, &right, shape, value_class(left, right, shape));
    if (left.is_object()) return objects(left, right, shape);
    if (left.is_array()) return arrays(left, right, shape);
    if (!same_value(left, right, shape))
        note(DifferenceKind::value, &left, &right, shape, value_class(left, right, shape));
}

void Walk::objects(const Value& left, const Value& right, const Shape* shape) {
    MemberFinder in_right(right), in_left(left);
    std::size_t at = 0;
    for (const Member& m : left.members()) member(m.key, &m.value, in_right.find(m.key, at++), shape);
    at = 0;
    for (const Member& m : right.members())
        if (!in_left.find(m.key, at++)) member(m.key, nullptr, &m.value, shape);
}

void Walk::member(std::string_view key, const Value* left, const Value* right, const Shape* shape) {
    const Shape* child = shape ? shape->property(key) : nullptr;
    Place::Step step(place_);
    place_.member(key);
    if (ignored_here(child)) {
        if (!left || !right || !same_value(*left, *right, child)) ++into_.ignored;
    } else if (!right) {
        absent(DifferenceKind::missing, *left, child);
    } else if (!left) {
        absent(DifferenceKind::added, *right, child);
    } else {
        node(*left, *right, child);
    }
}

bool Walk::ignored_here(const Shape* shape) const {
    if (ignored(shape)) return true;
    if (!problem_) return false;
    const std::string& at = place_.folded();
    return at == "/title" || at == "/detail" || at == "/instance" || at == "/traceId" || at == "/errors[]/detail";
}

void Walk::absent(DifferenceKind kind, const Value& value, const Shape* shape) {
    // Absent for null is a defect of its own kind; so is absent for an empty list or text.
    bool empty =
        value.is_string() ? value.text().empty() : (value.is_array() || value.is_object()) && value.size() == 0;
    std::string value_class(empty ? "empty " : "");
    value_class += name(value.kind());
    bool is_missing = kind == DifferenceKind::missing;
    note(kind, is_missing ? &value : nullptr, is_missing ? nullptr : &value, shape, std::move(value_class));
}

void Walk::note(DifferenceKind kind, const Value* left, const Value* right, const Shape* shape,
                std::string value_class) {
    if (into_.differences.size() >= limits_.differences) {
        ++into_.more;
        return;
    }
    into_.differences.push_back({place_.path(), place_.folded(), kind, std::move(value_class),
                                 left ? excerpt(*left, shape) : std::string(),
                                 right ? excerpt(*right, shape) : std::string()});
}

}  // namespace headgate
