// SchemaView: what a schema says, in one form for OpenAPI 3.0 and 3.1: references followed, `allOf` put together,
// `nullable` and boolean bounds read as 2020-12 writes them, `const` as an enumeration of one.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "contracts/evolution/api_files.hpp"
#include "contracts/evolution/budget.hpp"

namespace headgate::evolution {

// Schemas that all hold; none: anything is valid.
using Conjunction = std::vector<Place>;

// JSON's types as bits; `number` is integer and fraction.
using Types = std::uint8_t;
namespace types {
constexpr Types null = 1, boolean = 2, integer = 4, fraction = 8, string = 16, array = 32, object = 64, all = 127;
std::string text(Types set);  // "integer or null", "anything", "nothing"
}  // namespace types

struct Bound {
    std::string number;
    bool exclusive = false;
    Place at;
};

struct Variants {
    std::string keyword;  // oneOf, anyOf
    Place at;
    std::vector<Place> list;
};

// Borrows the nodes of its files. Texts that are keys of maps are canonical: equal keys mean the same.
struct SchemaView {
    Conjunction parts;  // the schemas that it was put together from
    Place at;           // where to say that it stands
    Types types = types::all;
    Place types_at;
    std::optional<std::map<std::string, Place>> values;  // of enum and const
    Place values_at;
    std::optional<Bound> lower, upper;
    std::map<std::string, Place> limits;  // minLength ... maxProperties: the strictest of each
    std::map<std::string, Place> patterns, formats, multiples;
    Place unique;
    std::map<std::string, Conjunction> properties;
    std::map<std::string, Place> required;
    Conjunction additional;  // of members that are not named
    bool closed = false;     // there are none
    Place closed_at;
    bool names_all = false;       // an `additionalProperties` lets them pass, and may say so to what closes
    bool judges_unnamed = false;  // `unevaluatedProperties` says something about the members that no part names
    Conjunction items;
    std::vector<Variants> variants;
    // `anyOf` or `oneOf` where null is a value beside what `variants`, `not` or `if` say of all others.
    std::string null_beside;
    std::map<std::string, std::vector<Place>> others;  // every other keyword that judges
    // Nobody knows which counts where several parts say one: all of them, equal ones once, in the order of the parts.
    std::map<std::string, std::vector<Place>> extensions;  // x-...
    std::vector<Place> defaults, discriminators;
    Place read_only, write_only, deprecated;  // of `true`
    // All that it says by plain values, whether or not it has an effect beside the rest.
    std::set<std::string> facts;
    // Whether it says anything but `oneOf` or `anyOf`.
    bool says_more_than_variants = false;
};

SchemaView view_of(ApiFiles& files, const Conjunction& schemas, Budget& budget);

}  // namespace headgate::evolution
