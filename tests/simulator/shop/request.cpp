// By local name: a caller chooses its prefixes.
#include "tests/simulator/shop/request.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdlib>

#include "tests/simulator/shop/wsdl_check.hpp"

namespace simulator {

pugi::xml_node named(pugi::xml_node parent, std::string_view name) {
    return parent.find_child([&](pugi::xml_node child) { return local_name(child) == name; });
}

std::vector<pugi::xml_node> all_named(pugi::xml_node parent, std::string_view name) {
    std::vector<pugi::xml_node> found;
    for (const auto& child : parent.children())
        if (local_name(child) == name) found.push_back(child);
    return found;
}

std::string text_at(pugi::xml_node parent, std::string_view name) { return text_content(named(parent, name)); }

bool is_channel(std::string_view code) { return code == "01" || code == "02" || code == "03" || code == "04"; }

bool is_positive(const std::string& decimal) {
    return decimal.find_first_of("123456789") != std::string::npos && decimal[0] != '-';
}

bool is_digits(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

// The WSDL bounds both to 12 digits: a double keeps them.
std::int64_t pieces_of(const std::string& decimal) { return std::llround(std::strtod(decimal.c_str(), nullptr)); }
std::int64_t cents_of(const std::string& decimal) { return std::llround(std::strtod(decimal.c_str(), nullptr) * 100); }

ShopFault wrong(const std::string& place, const std::string& why) { return {"E0001", place + ": " + why, "", true}; }

std::string element(std::string_view name, std::string_view value) {
    std::string out = "<";
    out.append(name).append(">").append(escaped(value)).append("</").append(name).append(">");
    return out;
}

std::string element_if(std::string_view name, std::string_view value) {
    return value.empty() ? std::string() : element(name, value);
}

}  // namespace simulator
