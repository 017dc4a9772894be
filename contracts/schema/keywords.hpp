// The keywords of JSON Schema 2020-12 and of OpenAPI 3.1's dialect, and what stands under each.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace headgate::schema {

enum class KeywordKind : std::uint8_t {
    unknown,
    value,        // asserts something by a plain value: type, minimum, required
    schema,       // holds a schema
    schema_list,  // holds a list of schemas
    schema_map,   // holds schemas by name
    identity,     // says where the schema is or leads: $id, $ref, $anchor
    annotation    // says something to people or tools, judges nothing
};

// Extensions (`x-...`) are annotations.
KeywordKind kind_of(std::string_view keyword);
const std::vector<std::string_view>& keyword_names();
// What an author who wrote an unknown keyword most likely meant; may be empty.
std::string_view hint_for(std::string_view keyword);

}  // namespace headgate::schema
