// The compiled form of schemas: a flat vector of nodes that refer to each other by index, keywords grouped by the kind
// of value that they judge. Built by the compiler, frozen by its finish(), then read by any number of threads.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "contracts/document/arena.hpp"
#include "contracts/document/number.hpp"
#include "contracts/document/source.hpp"
#include "contracts/schema/formats.hpp"
#include "contracts/schema/pattern.hpp"
#include "contracts/schema/schema.hpp"

namespace headgate::schema {

using NodeId = std::uint32_t;
inline constexpr NodeId no_node = UINT32_MAX;
inline constexpr std::uint32_t unbounded = UINT32_MAX;

// Kinds that `type` allows, one bit each by ValueKind; a number that must be an integer is `integer_bit` alone.
using TypeMask = std::uint16_t;
inline constexpr TypeMask integer_bit = 1u << 6;
inline constexpr TypeMask any_type = 0x3F;
constexpr TypeMask bit(ValueKind kind) { return static_cast<TypeMask>(1u << static_cast<unsigned>(kind)); }

// The values that an enum or a const allows.
struct Choice {
    std::vector<Value> values;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> by_hash;  // hash and position, sorted, when there are many
    void sort();                                                   // once `values` is complete
    bool has(const Value& value) const;
};

struct NumberRules {
    struct Bound {
        std::string text;  // owns the digits
        std::optional<std::int64_t> whole;
    };
    std::optional<Bound> minimum, maximum, above, below, multiple_of;
};

struct StringRules {
    std::uint32_t shortest = 0, longest = unbounded;  // code points
    const Pattern* pattern = nullptr;
    Format format = Format::none;
};

struct ArrayRules {
    std::vector<NodeId> prefix;
    NodeId items = no_node, contains = no_node;
    std::uint32_t fewest = 0, most = unbounded, contains_fewest = 1, contains_most = unbounded;
    bool unique = false;
    NodeId unevaluated = no_node;
};

struct ObjectRules {
    struct Property {
        std::string name;
        NodeId schema = no_node;  // no_node: only required
        bool required = false;
    };
    std::vector<Property> properties;                           // in the schema's order
    std::unordered_map<std::string_view, std::uint32_t> index;  // by name, used when there are many
    std::uint32_t required = 0;                                 // how many of them
    std::vector<std::pair<const Pattern*, NodeId>> patterns;
    NodeId additional = no_node, names = no_node, unevaluated = no_node;
    std::uint32_t fewest = 0, most = unbounded;
    struct Dependency {
        std::string name;
        std::vector<std::string> required;
        NodeId schema = no_node;
    };
    std::vector<Dependency> dependencies;

    // Position in properties, or its size; `hint` is where a message in the schema's order has its next one.
    std::size_t find(std::string_view name, std::size_t hint) const {
        return hint < properties.size() && properties[hint].name == name ? hint : search(name);
    }

  private:
    std::size_t search(std::string_view name) const;
};

struct Node {
    TypeMask types = any_type;
    bool never = false;    // the schema `false`; no type is allowed then
    bool applies = false;  // any of the fields from `reference` on is set
    bool tracks = false;   // has unevaluatedProperties or unevaluatedItems
    std::uint32_t resource = 0;
    const NumberRules* number = nullptr;
    const StringRules* string = nullptr;
    const ArrayRules* array = nullptr;
    const ObjectRules* object = nullptr;
    const Choice* choice = nullptr;    // enum
    const Choice* constant = nullptr;  // const
    NodeId reference = no_node;
    NodeId dynamic_reference = no_node;  // where it leads at first, see dynamic_name
    std::uint32_t dynamic_name = 0;      // 0: $dynamicRef is an ordinary reference here
    std::vector<NodeId> all_of, any_of, one_of;
    NodeId negated = no_node, condition = no_node, then = no_node, otherwise = no_node;
    const SourceNode* source = nullptr;
    const SourceFile* file = nullptr;

    // Where the schema says `keyword`, else where the schema begins.
    SourceMark mark(std::string_view keyword) const;
    // The same place as a JSON Pointer into the file.
    std::string pointer(std::string_view keyword) const;
};

// Calls `visit` with each schema that judges the same value as the node does, the conditional ones too; not with what a
// $dynamicRef leads to, where that depends on the run.
template <class Visit>
void each_beside(const Node& node, Visit visit) {
    for (NodeId id : {node.reference, node.negated, node.condition, node.then, node.otherwise})
        if (id != no_node) visit(id);
    if (node.dynamic_reference != no_node && node.dynamic_name == 0) visit(node.dynamic_reference);
    for (const auto* list : {&node.all_of, &node.any_of, &node.one_of})
        for (NodeId id : *list) visit(id);
    if (!node.object) return;
    for (const auto& dependency : node.object->dependencies)
        if (dependency.schema != no_node) visit(dependency.schema);
}

// A schema resource: what $id, or a file, begins.
struct Resource {
    std::map<std::uint32_t, NodeId> dynamic_anchors;  // by name's number
};

class ShapeSet;

// Owns everything that its nodes point to, the source files too.
struct Program {
    Program();
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    std::vector<Node> nodes;
    std::vector<Resource> resources;
    std::deque<NumberRules> numbers;
    std::deque<StringRules> strings;
    std::deque<ArrayRules> arrays;
    std::deque<ObjectRules> objects;
    std::deque<Choice> choices;
    std::map<std::string, std::unique_ptr<Pattern>> patterns;
    std::size_t pattern_size = 0;  // of all of them
    Arena arena;                   // of the values
    std::vector<std::shared_ptr<const SourceFile>> files;
    std::unique_ptr<ShapeSet> shapes;
    bool dynamic = false;     // some $dynamicRef depends on the way that a run took
    std::uint32_t width = 1;  // the most schemas that judge one value, as far as `most_width`
};
inline constexpr std::uint32_t most_width = 64;

// Judges one document; see Schema::validate. Its steps are bounded by the size of the document and the program's width:
// one that takes more, or nests too deep, is not valid, and the issue says so.
bool validate(const Program& program, NodeId root, const Value& document, std::vector<SchemaIssue>* issues,
              std::size_t limit);

}  // namespace headgate::schema
