#include "contracts/schema/shape_set.hpp"

#include <algorithm>

namespace headgate::schema {
namespace {

// Far above any contract; a composition that would make more is answered with what there is.
constexpr std::size_t most_shapes = 50'000;

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
    const Shape* items() const override { return items_; }
    std::vector<std::string_view> enumeration() const override { return enumeration_; }
    std::string_view format() const override { return format_; }
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
    SourceMark mark() const override { return nodes_.front()->file->mark(*nodes_.front()->source); }

    TypeMask types_ = any_type | integer_bit;
    std::map<std::string, const Shape*, std::less<>> properties_;
    std::vector<std::string_view> names_, required_, enumeration_;
    const Shape* items_ = nullptr;
    const Shape* additional_ = nullptr;
    std::string_view format_;
    std::vector<const Node*> nodes_;  // what refers stands before what is referred to
};

ShapeSet::ShapeSet(const Program& program) : program_(program) {}
ShapeSet::~ShapeSet() = default;

const Shape& ShapeSet::of(NodeId root) const { return *roots_.at(root); }

void ShapeSet::gather(NodeId node, bool certain, std::vector<Part>& parts) const {
    if (node == no_node) return;
    for (auto& part : parts)
        if (part.node == node && (part.certain || !certain)) return;
    parts.push_back({node, certain});
    const Node& from = program_.nodes[node];
    gather(from.reference, certain, parts);
    gather(from.dynamic_reference, certain, parts);
    for (NodeId id : from.all_of) gather(id, certain, parts);
    for (NodeId id : from.any_of) gather(id, false, parts);
    for (NodeId id : from.one_of) gather(id, false, parts);
    gather(from.then, false, parts);
    gather(from.otherwise, false, parts);
}

const ShapeSet::Merged* ShapeSet::make(std::vector<Part> parts) {
    if (parts.empty() || made_.size() >= most_shapes) return nullptr;
    auto [entry, added] = made_.emplace(std::move(parts), nullptr);
    if (added) {
        entry->second = std::make_unique<Merged>();
        unfilled_.emplace_back(entry->second.get(), &entry->first);
    }
    return entry->second.get();
}

void ShapeSet::add(NodeId root) {
    std::vector<Part> first;
    gather(root, true, first);
    roots_[root] = make(std::move(first));
    while (!unfilled_.empty()) {
        auto [shape, parts] = unfilled_.back();
        unfilled_.pop_back();
        TypeMask uncertain = 0;
        bool typed = false;
        std::map<std::string, std::vector<Part>, std::less<>> properties;
        std::vector<Part> items, additional;
        std::vector<std::string_view> uncertain_values;
        for (const auto& [id, certain] : *parts) {
            const Node& node = program_.nodes[id];
            shape->nodes_.push_back(&node);
            if (node.types != any_type) {
                // A number of any kind admits integers.
                TypeMask mask = node.types & bit(ValueKind::number) ? node.types | integer_bit : node.types;
                if (certain) {
                    shape->types_ &= mask;
                    typed = true;
                } else {
                    uncertain |= mask;
                }
            }
            if (node.values) {
                auto& into = certain ? shape->enumeration_ : uncertain_values;
                for (const Value& value : *node.values)
                    if (value.is_string() && std::find(into.begin(), into.end(), value.text()) == into.end())
                        into.push_back(value.text());
            }
            if (node.string && node.string->format != Format::none && shape->format_.empty())
                shape->format_ = name(node.string->format);
            if (node.array && node.array->items != no_node) gather(node.array->items, certain, items);
            if (!node.object) continue;
            for (const auto& property : node.object->properties) {
                if (property.required && certain) shape->required_.push_back(property.name);
                if (property.schema == no_node) continue;
                auto [slot, fresh] = properties.try_emplace(property.name);
                if (fresh) shape->names_.push_back(property.name);
                gather(property.schema, certain, slot->second);
            }
            if (node.object->additional != no_node && !program_.nodes[node.object->additional].never)
                gather(node.object->additional, certain, additional);
        }
        if (!typed && uncertain != 0) shape->types_ = uncertain;
        if (shape->enumeration_.empty()) shape->enumeration_ = std::move(uncertain_values);
        for (auto& [name, sources] : properties) shape->properties_[name] = make(std::move(sources));
        shape->items_ = make(std::move(items));
        shape->additional_ = make(std::move(additional));
    }
}

}  // namespace headgate::schema
