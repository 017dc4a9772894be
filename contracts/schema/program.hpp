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
inline TypeMask bit(ValueKind kind) { return static_cast<TypeMask>(1u << static_cast<unsigned>(kind)); }

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
    std::size_t find(std::string_view name, std::size_t hint) const;
};

struct Node {
    TypeMask types = any_type;
    bool never = false;    // the schema `false`
    bool applies = false;  // any of the fields from `reference` on is set
    const NumberRules* number = nullptr;
    const StringRules* string = nullptr;
    const ArrayRules* array = nullptr;
    const ObjectRules* object = nullptr;
    const std::vector<Value>* values = nullptr;  // enum or const
    bool constant = false;                       // `values` is a const
    NodeId reference = no_node;
    NodeId dynamic_reference = no_node;  // where it leads at first, see dynamic_name
    std::uint32_t dynamic_name = 0;      // 0: $dynamicRef is an ordinary reference here
    std::vector<NodeId> all_of, any_of, one_of;
    NodeId negated = no_node, condition = no_node, then = no_node, otherwise = no_node;
    bool tracks = false;  // has unevaluatedProperties or unevaluatedItems
    std::uint32_t resource = 0;
    const SourceNode* source = nullptr;
    const SourceFile* file = nullptr;

    // Where the schema says `keyword`, else where the schema begins.
    SourceMark mark(std::string_view keyword) const;
    // The same place as a JSON Pointer into the file.
    std::string pointer(std::string_view keyword) const;
};

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
    std::deque<std::vector<Value>> value_lists;
    std::map<std::string, std::unique_ptr<Pattern>> patterns;
    Arena arena;  // of the values
    std::vector<std::shared_ptr<const SourceFile>> files;
    std::unique_ptr<ShapeSet> shapes;
};

// Judges one document; see Schema::validate.
bool validate(const Program& program, NodeId root, const Value& document, std::vector<SchemaIssue>* issues,
              std::size_t limit);

}  // namespace headgate::schema
