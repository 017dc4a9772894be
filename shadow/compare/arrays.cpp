// Arrays by key, as set or multiset, and in order; each in linear time for each level of nesting.
#include <deque>

#include "shadow/compare/excerpt.hpp"
#include "shadow/compare/identity.hpp"
#include "shadow/compare/keys.hpp"
#include "shadow/compare/walk.hpp"

namespace headgate {
namespace {

constexpr std::uint32_t none = ~std::uint32_t{0};

// Elements under a hash or key, handed out in their order: the second of two equal keys meets the second.
template <class Key, class Hash>
class Shelf {
  public:
    explicit Shelf(std::uint32_t size) : next_(size, none) { ends_.reserve(size); }

    void put(const Key& key, std::uint32_t element) {
        auto [place, fresh] = ends_.try_emplace(key, Ends{element, element});
        if (fresh) return;
        if (place->second.first == none) {
            place->second = {element, element};
            return;
        }
        next_[place->second.last] = element;
        place->second.last = element;
    }
    std::uint32_t take(const Key& key) {
        auto place = ends_.find(key);
        if (place == ends_.end() || place->second.first == none) return none;
        std::uint32_t element = place->second.first;
        place->second.first = next_[element];
        return element;
    }

  private:
    struct Ends {
        std::uint32_t first, last;
    };
    std::unordered_map<Key, Ends, Hash> ends_;
    std::vector<std::uint32_t> next_;
};

struct AsIs {
    std::size_t operator()(std::uint64_t hash) const { return hash; }
};

}  // namespace

void Walk::arrays(const Value& left, const Value& right, const Shape* shape) {
    ArrayRule rule = array_rule(shape);
    switch (rule.mode) {
        case ArrayMode::order: return ordered(left, right, shape);
        case ArrayMode::keyed: return keyed(left, right, shape, rule.keys);
        case ArrayMode::set: return bag(left, right, shape, false);
        case ArrayMode::multiset: return bag(left, right, shape, true);
    }
}

void Walk::keyed(const Value& left, const Value& right, const Shape* shape, std::string_view keys) {
    const Shape* items = shape ? shape->items() : nullptr;
    // Keys are views into the documents; composite ones are put together here, where they stay put.
    std::deque<std::string> composed;
    std::string scratch;
    auto stable_key = [&](const Value& element) -> std::optional<std::string_view> {
        auto key = key_of(element, keys, scratch);
        if (key && key->data() == scratch.data()) return composed.emplace_back(*key);
        return key;
    };
    auto pair_up = [&](const Value& l, const Value& r) {
        Place::Step step(place_);
        place_.element(key_label(l, keys, items));
        node(l, r, items);
    };

    Shelf<std::string_view, SeededHash> shelf(right.size());
    std::vector<bool> met(right.size(), false);
    std::vector<std::uint32_t> unkeyed_left, unkeyed_right;
    for (std::uint32_t i = 0; i < right.size(); ++i) {
        if (auto key = stable_key(right[i]))
            shelf.put(*key, i);
        else
            unkeyed_right.push_back(i), met[i] = true;
    }
    for (std::uint32_t i = 0; i < left.size(); ++i) {
        auto key = key_of(left[i], keys, scratch);
        if (!key) {
            unkeyed_left.push_back(i);
            continue;
        }
        std::uint32_t other = shelf.take(*key);
        if (other != none) {
            met[other] = true;
            pair_up(left[i], right[other]);
            continue;
        }
        Place::Step step(place_);
        place_.element(key_label(left[i], keys, items));
        absent(DifferenceKind::missing, left[i], items);
    }
    for (std::uint32_t i = 0; i < right.size(); ++i) {
        if (met[i]) continue;
        Place::Step step(place_);
        place_.element(key_label(right[i], keys, items));
        absent(DifferenceKind::added, right[i], items);
    }
    // Elements without their key break the contract, but are still answers: they meet by position.
    for (std::size_t k = 0; k < std::max(unkeyed_left.size(), unkeyed_right.size()); ++k) {
        Place::Step step(place_);
        place_.index(k < unkeyed_left.size() ? unkeyed_left[k] : unkeyed_right[k]);
        if (k >= unkeyed_right.size())
            absent(DifferenceKind::missing, left[unkeyed_left[k]], items);
        else if (k >= unkeyed_left.size())
            absent(DifferenceKind::added, right[unkeyed_right[k]], items);
        else
            node(left[unkeyed_left[k]], right[unkeyed_right[k]], items);
    }
}

void Walk::bag(const Value& left, const Value& right, const Shape* shape, bool counted) {
    const Shape* items = shape ? shape->items() : nullptr;
    auto counts = [&](const Value& array) {
        std::unordered_map<std::uint64_t, std::int64_t, AsIs> count;
        for (const Value& item : array) {
            auto& n = count[identity(item, items)];
            n = counted ? n + 1 : 1;
        }
        return count;
    };
    auto beyond = [&](const Value& array, auto other, DifferenceKind kind) {
        for (const Value& item : array) {
            auto& n = other[identity(item, items)];
            if (n > 0) {
                if (counted) --n;
                continue;
            }
            if (!counted) n = 1;  // told once: a second equal element of a set is no element of its own
            Place::Step step(place_);
            place_.element("=" + excerpt(item, items, 48));
            absent(kind, item, items);
        }
    };
    beyond(left, counts(right), DifferenceKind::missing);
    beyond(right, counts(left), DifferenceKind::added);
}

// What both ends share is set aside; of the rest, equal elements meet wherever they are (and tell whether the order was
// kept), and those that are left over meet in turn: first with first.
void Walk::ordered(const Value& left, const Value& right, const Shape* shape) {
    const Shape* items = shape ? shape->items() : nullptr;
    std::uint32_t first = 0, left_end = left.size(), right_end = right.size();
    auto meet = [&](std::uint32_t l, std::uint32_t r) {
        Place::Step step(place_);
        place_.index(l);
        node(left[l], right[r], items);
    };
    while (first < left_end && first < right_end && same_value(left[first], right[first], items)) ++first;
    while (left_end > first && right_end > first && same_value(left[left_end - 1], right[right_end - 1], items))
        --left_end, --right_end;
    if (left_end - first == 1 && right_end - first == 1) return meet(first, first);

    Shelf<std::uint64_t, AsIs> shelf(right.size());
    std::vector<bool> met(right.size(), false);
    for (std::uint32_t i = first; i < right_end; ++i) shelf.put(identity(right[i], items), i);
    std::vector<std::uint32_t> alone_left, alone_right;
    bool in_order = true;
    std::uint32_t latest = 0;
    for (std::uint32_t i = first; i < left_end; ++i) {
        std::uint32_t other = shelf.take(identity(left[i], items));
        if (other == none) {
            alone_left.push_back(i);
            continue;
        }
        met[other] = true;
        in_order = in_order && other >= latest;
        latest = other;
    }
    for (std::uint32_t i = first; i < right_end; ++i)
        if (!met[i]) alone_right.push_back(i);

    if (!in_order) note(DifferenceKind::order, &left, &right, shape, "moved");
    std::size_t both = std::min(alone_left.size(), alone_right.size());
    for (std::size_t k = 0; k < both; ++k) meet(alone_left[k], alone_right[k]);
    auto alone = [&](const Value& array, const std::vector<std::uint32_t>& which, DifferenceKind kind) {
        for (std::size_t k = both; k < which.size(); ++k) {
            Place::Step step(place_);
            place_.index(which[k]);
            absent(kind, array[which[k]], items);
        }
    };
    alone(left, alone_left, DifferenceKind::missing);
    alone(right, alone_right, DifferenceKind::added);
}

}  // namespace headgate
