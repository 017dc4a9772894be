// Small readers of a request's elements, and writers of an answer's, for the shop's operations.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/simulator/shop/soap.hpp"

namespace simulator {

pugi::xml_node named(pugi::xml_node parent, std::string_view name);  // the first such child, whatever its prefix
std::vector<pugi::xml_node> all_named(pugi::xml_node parent, std::string_view name);
std::string text_at(pugi::xml_node parent, std::string_view name);
bool is_channel(std::string_view code);
bool is_positive(const std::string& decimal);
bool is_digits(const std::string& text);
std::int64_t pieces_of(const std::string& decimal);  // rounded
std::int64_t cents_of(const std::string& decimal);

// E0001 at an element: what the schema could not say.
ShopFault wrong(const std::string& place, const std::string& why);

// <name>value</name>, escaped.
std::string element(std::string_view name, std::string_view value);
// The same, but nothing for an empty value: an element that may be absent.
std::string element_if(std::string_view name, std::string_view value);

}  // namespace simulator
