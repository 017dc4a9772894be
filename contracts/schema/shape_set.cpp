#include "contracts/schema/shape_set.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "contracts/schema/pattern_length.hpp"

namespace headgate::schema {
namespace {

// Far above any contract.
constexpr std::size_t most_shapes = 50'000, most_parts_of_one = 4'096, most_parts = 500'000;

// Characters of the longest text; 0: any.
std::size_t longest_of(const StringRules& rules) {
    std::size_t longest = rules.longest == unbounded ? 0 : rules.longest;
    auto bound = [&](std::size_t by) {
        if (by > 0 && (longest == 0 || by < longest)) longest = by;
    };
    if (rules.pattern) bound(longest_match(rules.pattern->source()));
    if (rules.format == Format::date) bound(10);
    if (rules.format == Format::uuid) bound(36);
    return longest;
}

// The names that a schema requires whatever alternative is taken. Gives up, with fewer of them, after `steps`.
class Required {
  public:
    explicit Required(const Program& program) : program_(program) {}

    std::set<std::string_view> of_alternatives(const Node& node) {
        std::set<std::string_view> out;
        for (const auto* list : {&node.one_of, &node.any_of}) {
            std::optional<std::set<std::string_view>> all;
            for (NodeId id : *list) {
                auto one = of(id);
                if (!all)
                    all = std::move(one);
                else
                    std::erase_if(*all, [&](std::string_view name) { return !one.contains(name); });
            }
            if (all) out.merge(*all);
        }
        return out;
    }

  private:
    std::set<std::string_view> of(NodeId id) {
        std::set<std::string_view> out;
        if (id == no_node || ++steps_ > 1'000) return out;
        const Node& node = program_.nodes[id];
        if (node.object)
            for (const auto& property : node.object->properties)
                if (property.required) out.insert(property.name);
        for (NodeId inner : node.all_of) out.merge(of(inner));
        out.merge(of(node.reference));
        out.merge(of_alternatives(node));
        return out;
    }

    const Program& program_;
    int steps_ = 0;
};

// Which kinds of value a schema allows. Gives up, with more of them, after `steps`.
class Kinds {
  public:
    explicit Kinds(const Program& program) : program_(program) {}

    // Whether none of the others takes the lists and objects that this one takes.
    bool sole(NodeId one, const std::vector<NodeId>& all) {
        auto containers = of(one) & (bit(ValueKind::array) | bit(ValueKind::object));
        return containers != 0 && std::all_of(all.begin(), all.end(), [&](NodeId other) {
                   return other == one || (of(other) & containers) == 0;
               });
    }

  private:
    TypeMask of(NodeId id) {
        if (id == no_node || ++steps_ > 1'000) return any_type;
        const Node& node = program_.nodes[id];
        if (node.never) return 0;
        TypeMask out = node.types;
        for (const Choice* choice : {node.choice, node.constant}) {
            TypeMask values = 0;
            for (const Value& value : choice ? choice->values : std::vector<Value>()) values |= bit(value.kind());
            if (choice) out &= values | integer_bit;
        }
        for (NodeId inner : node.all_of) out &= of(inner);
        out &= of(node.reference);
        for (const auto* list : {&node.one_of, &node.any_of}) {
            TypeMask any = 0;
            for (NodeId inner : *list) any |= of(inner);
            if (!list->empty()) out &= any;
        }
        return out;
    }

    const Program& program_;
    int steps_ = 0;
};

}  // namespace

// Everything that the parts say together. Borrows the program.
class ShapeSet::Merged final : public Shape {
  public:
    bool allows(ValueKind kind) const override {
        TypeMask mask = bit(kind);
        if (kind == ValueKind::number) mask |= integer_bit;
        return (types_ & mask) != 0;
    }
    bool integer() const override { return (types_ & integer_bit) && !(types_ & bit(ValueKind::number)); }
    const Shape* property(std::string_view name) const override {
        auto found = properties_.find(name);
        return found == properties_.end() ? additional_ : found->second;
    }
    std::vector<std::string_view> property_names() const override { return names_; }
    bool required(std::string_view name) const override {
        return std::find(required_.begin(), required_.end(), name) != required_.end();
    }
    bool may_require(std::string_view name) const override {
        return required(name) || std::find(may_require_.begin(), may_require_.end(), name) != may_require_.end();
    }
    const Shape* items() const override { return items_; }
    std::vector<std::string_view> enumeration() const override { return enumeration_; }
    std::string_view format() const override { return format_; }
    std::size_t longest() const override { return longest_; }
    std::string_view least() const override { return least_; }
    std::string_view greatest() const override { return greatest_; }
    std::string_view extension(std::string_view keyword, std::string_view member) const override {
        for (const Node* node : nodes_) {
            if (!node->source->is_mapping()) continue;
            const SourceNode* value = node->source->find(keyword);
            if (value && value->is_mapping())
                value = value->find(member);
            else if (!member.empty())
                continue;
            if (value && value->is_scalar()) return value->text;
        }
        return {};
    }
    SourceMark mark() const override {
        if (nodes_.empty()) return {};
        return nodes_.front()->file->mark(*nodes_.front()->source);
    }
    std::string pointer() const override { return nodes_.empty() ? std::string() : nodes_.front()->pointer(""); }

    TypeMask types_ = any_type | integer_bit;
    std::map<std::string, const Shape*, std::less<>> properties_;
    std::vector<std::string_view> names_, required_, may_require_, enumeration_;
    const Shape* items_ = nullptr;
    const Shape* additional_ = nullptr;
    std::string_view format_, least_, greatest_;
    std::size_t longest_ = 0;
    std::vector<const Node*> nodes_;  // what refers stands before what is referred to
};

ShapeSet::ShapeSet(const Program& program) : program_(program), nothing_(std::make_unique<Merged>()) {}
ShapeSet::~ShapeSet() = default;

const Shape& ShapeSet::of(NodeId root) const {
    auto found = roots_.find(root);
    return found == roots_.end() ? *nothing_ : *found->second;
}

// What is certain stays so, whatever else says it under a condition.
bool ShapeSet::Parts::add(Part part) {
    std::uint64_t all = std::uint64_t(part.node) << 2;
    if (known.contains(all | 2) || !known.insert(all | (part.certain ? 2u : part.sole ? 1u : 0u)).second) return false;
    list.push_back(part);
    return true;
}

void ShapeSet::gather(NodeId first, bool first_certain, Parts& parts) {
    std::vector<Part> open;
    auto later = [&](NodeId node, bool certain, bool sole = false) {
        if (node != no_node) open.push_back({node, certain, sole && !certain});
    };
    for (later(first, first_certain); !open.empty();) {
        Part part = open.back();
        open.pop_back();
        if (!parts.add(part)) continue;
        if (parts.list.size() > most_parts_of_one) {
            too_large_ = true;
            return;
        }
        const Node& node = program_.nodes[part.node];
        // The first to be read is put last.
        later(node.otherwise, false);
        later(node.then, false);
        for (const auto* list : {&node.one_of, &node.any_of})
            for (auto id = list->rbegin(); id != list->rend(); ++id)
                later(*id, false, (part.certain || part.sole) && Kinds(program_).sole(*id, *list));
        for (auto id = node.all_of.rbegin(); id != node.all_of.rend(); ++id) later(*id, part.certain, part.sole);
        later(node.dynamic_reference, part.certain, part.sole);
        later(node.reference, part.certain, part.sole);
    }
}

const ShapeSet::Merged* ShapeSet::make(std::vector<Part> parts) {
    if (parts.empty()) return nullptr;
    auto [entry, added] = made_.emplace(std::move(parts), nullptr);
    if (added) {
        parts_ += entry->first.size();
        too_large_ = too_large_ || made_.size() > most_shapes || parts_ > most_parts;
        entry->second = std::make_unique<Merged>();
        unfilled_.emplace_back(entry->second.get(), &entry->first);
    }
    return entry->second.get();
}

bool ShapeSet::add(NodeId root, Diagnostics& diagnostics) {
    Parts first;
    gather(root, true, first);
    roots_[root] = make(std::move(first.list));
    while (!unfilled_.empty() && !too_large_) {
        auto [shape, parts] = unfilled_.back();
        unfilled_.pop_back();
        fill(*shape, *parts);
    }
    if (!too_large_) return true;
    const Node& node = program_.nodes[root];
    diagnostics.error(node.file->mark(*node.source), "the schema is composed of too many others",
                      "allOf, anyOf, oneOf and $ref of one value, and of what lies in it, are read as one shape");
    return false;
}

void ShapeSet::fill(Merged& shape, const std::vector<Part>& parts) {
    TypeMask uncertain = 0;
    bool typed = false;
    std::map<std::string, Parts, std::less<>> properties;
    Parts items, additional;
    std::vector<std::string_view> uncertain_values;
    std::unordered_set<std::string_view> named[2];  // uncertain, certain
    std::size_t uncertain_longest = 0;
    for (const auto& [id, certain, sole] : parts) {
        const bool of_parts = certain || sole;
        const Node& node = program_.nodes[id];
        shape.nodes_.push_back(&node);
        if (certain && (!node.one_of.empty() || !node.any_of.empty()))
            for (auto name : Required(program_).of_alternatives(node)) shape.required_.push_back(name);
        if (auto longest = node.string ? longest_of(*node.string) : 0) {
            if (!certain)
                uncertain_longest = std::max(uncertain_longest, longest);
            else if (shape.longest_ == 0 || longest < shape.longest_)
                shape.longest_ = longest;
        }
        if (node.number) {
            auto bound = [](const auto& one, const auto& other, std::string_view& into) {
                if (into.empty() && (one || other)) into = one ? one->text : other->text;
            };
            bound(node.number->minimum, node.number->above, shape.least_);
            bound(node.number->maximum, node.number->below, shape.greatest_);
        }
        if (node.types != any_type && !node.never) {
            // A number of any kind admits integers.
            TypeMask mask = node.types & bit(ValueKind::number) ? node.types | integer_bit : node.types;
            if (certain) {
                shape.types_ &= mask;
                typed = true;
            } else {
                uncertain |= mask;
            }
        }
        for (const Choice* choice : {node.choice, node.constant}) {
            if (!choice) continue;
            auto& into = certain ? shape.enumeration_ : uncertain_values;
            for (const Value& value : choice->values)
                if (value.is_string() && named[certain].insert(value.text()).second) into.push_back(value.text());
        }
        if (node.string && node.string->format != Format::none && shape.format_.empty())
            shape.format_ = name(node.string->format);
        if (node.array && node.array->items != no_node) gather(node.array->items, of_parts, items);
        if (!node.object) continue;
        for (const auto& property : node.object->properties) {
            if (property.required) (of_parts ? shape.required_ : shape.may_require_).push_back(property.name);
            if (property.schema == no_node) continue;
            auto [slot, fresh] = properties.try_emplace(property.name);
            if (fresh) shape.names_.push_back(property.name);
            gather(property.schema, of_parts, slot->second);
        }
        if (node.object->additional != no_node && !program_.nodes[node.object->additional].never)
            gather(node.object->additional, of_parts, additional);
    }
    if (!typed && uncertain != 0) shape.types_ = uncertain;
    if (shape.enumeration_.empty()) shape.enumeration_ = std::move(uncertain_values);
    if (shape.longest_ == 0) shape.longest_ = uncertain_longest;
    for (auto& [name, sources] : properties) shape.properties_[name] = make(std::move(sources.list));
    shape.items_ = make(std::move(items.list));
    shape.additional_ = make(std::move(additional.list));
}

}  // namespace headgate::schema
