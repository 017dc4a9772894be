// What a sample can be at one place: the schemas that judge it together, and the values worth trying, best first.
// Everything here only proposes; whoever asks validates.
#pragma once

#include <string>
#include <vector>

#include "contracts/document/arena.hpp"
#include "contracts/schema/program.hpp"

namespace headgate::schema {

// A schema that judges a value, and where it was written: a `$ref` may have examples beside it.
struct Demand {
    NodeId node = no_node;
    const SourceNode* written = nullptr;
};

// The schemas that certainly judge one value: references and allOf followed. `choices` are their anyOf and oneOf, of
// each of which an alternative is to be taken, and their conditions.
struct Demands {
    std::vector<Demand> all;
    std::vector<const Node*> choices;  // nodes with anyOf, oneOf or if
    TypeMask types = any_type | integer_bit;

    Demands(const Program& program, const std::vector<Demand>& first);
};

// The schemas that judge a member of an object, or an item of an array; `behind`: how many items come before what
// `contains` asks for.
std::vector<Demand> member_demands(const Program& program, const Demands& demands, std::string_view name);
std::vector<Demand> item_demands(const Program& program, const Demands& demands, std::uint32_t index,
                                 std::uint32_t behind);

// const, then examples and default, then enum. `variant` asks for another one: the second, the third ...
std::vector<Value> written_values(const Program& program, const Demands& demands, std::size_t variant, Arena& arena);
std::vector<Value> number_values(const Program& program, const Demands& demands, std::size_t variant, Arena& arena);
// `name`: what the text is of, a member's name; empty: nothing is known.
std::vector<Value> string_values(const Program& program, const Demands& demands, std::size_t variant,
                                 std::string_view name, Arena& arena);

}  // namespace headgate::schema
