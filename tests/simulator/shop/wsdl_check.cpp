// A small XML Schema check over pugixml: sequences, attributes, restrictions.
#include "tests/simulator/shop/wsdl_check.hpp"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <stdexcept>

namespace simulator {
namespace {

constexpr std::string_view instance_namespace = "http://www.w3.org/2001/XMLSchema-instance";

std::string_view after_colon(std::string_view name) {
    const auto colon = name.find(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string namespace_of_prefix(pugi::xml_node node, std::string_view prefix) {
    const std::string wanted = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
    for (; node; node = node.parent())
        if (const auto declared = node.attribute(wanted.c_str())) return declared.value();
    return {};
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool only_blanks(const char* text) {
    return std::all_of(text, text + std::strlen(text), [](unsigned char c) { return std::isspace(c) != 0; });
}

// "" when it is a decimal of so many digits, else what is wrong.
std::string decimal_fault(std::string_view text, int total, int fraction) {
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
    const auto point = text.find('.');
    std::string_view whole = text.substr(0, point);
    const std::string_view rest = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    const auto digits = [](std::string_view s) {
        return std::all_of(s.begin(), s.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
    };
    if ((whole.empty() && rest.empty()) || !digits(whole) || !digits(rest)) return "no decimal";
    while (!whole.empty() && whole[0] == '0') whole.remove_prefix(1);
    if (static_cast<int>(rest.size()) > fraction) return "more than " + std::to_string(fraction) + " decimal places";
    if (static_cast<int>(whole.size() + rest.size()) > total) return "more than " + std::to_string(total) + " digits";
    return {};
}

}  // namespace

std::string_view local_name(pugi::xml_node node) { return after_colon(node.name()); }

std::string namespace_of(pugi::xml_node node) {
    const std::string_view name = node.name();
    const auto colon = name.find(':');
    return namespace_of_prefix(node, colon == std::string_view::npos ? std::string_view() : name.substr(0, colon));
}

std::string text_content(pugi::xml_node node) {
    std::string text;
    for (const auto& child : node.children())
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
    return text;
}

WsdlCheck::WsdlCheck(std::string_view wsdl) {
    if (!document_.load_buffer(wsdl.data(), wsdl.size())) throw std::runtime_error("the WSDL is not well-formed");
    schema_ = document_.child("wsdl:definitions").child("wsdl:types").child("xsd:schema");
    target_ = schema_.attribute("targetNamespace").value();
    if (target_.empty()) throw std::runtime_error("the WSDL has no schema");
}

std::optional<SchemaFault> WsdlCheck::check(pugi::xml_node element) const {
    const std::string name(local_name(element));
    const auto declaration = schema_.find_child_by_attribute("xsd:element", "name", name.c_str());
    if (!declaration) return SchemaFault{name, "unknown element"};
    return check_element(element, declaration, name);
}

pugi::xml_node WsdlCheck::type_of(pugi::xml_node declaration) const {
    if (const auto inline_type = declaration.child("xsd:complexType")) return inline_type;
    const std::string name(after_colon(declaration.attribute("type").value()));
    if (const auto group = schema_.find_child_by_attribute("xsd:complexType", "name", name.c_str())) return group;
    return schema_.find_child_by_attribute("xsd:simpleType", "name", name.c_str());
}

std::optional<SchemaFault> WsdlCheck::check_element(pugi::xml_node element, pugi::xml_node declaration,
                                                    const std::string& place) const {
    if (namespace_of(element) != target_) return SchemaFault{place, "not in the namespace " + target_};
    const auto type = type_of(declaration);
    bool nil = false;
    for (const auto& attribute : element.attributes()) {
        const std::string_view name = attribute.name();
        if (name == "xmlns" || name.substr(0, 6) == "xmlns:") continue;
        const auto colon = name.find(':');
        const auto space =
            colon == std::string_view::npos ? std::string() : namespace_of_prefix(element, name.substr(0, colon));
        const std::string local(after_colon(name));
        if (space == instance_namespace && local == "nil") {
            nil = std::string_view(attribute.value()) == "true" || std::string_view(attribute.value()) == "1";
            if (nil && !declaration.attribute("nillable").as_bool()) return SchemaFault{place, "may not be nil"};
        } else if (colon != std::string_view::npos ||
                   !type.find_child_by_attribute("xsd:attribute", "name", local.c_str())) {
            return SchemaFault{place + "/@" + std::string(name), "unknown attribute"};
        }
    }
    if (nil) return element.first_child() ? std::optional(SchemaFault{place, "nil and not empty"}) : std::nullopt;
    if (std::string_view(type.name()) == "xsd:complexType") return check_group(element, type, place);
    for (const auto& child : element.children())
        if (child.type() == pugi::node_element) return SchemaFault{place, "has elements where text is wanted"};
    return check_text(text_content(element), type, place);
}

std::optional<SchemaFault> WsdlCheck::check_group(pugi::xml_node element, pugi::xml_node type,
                                                  const std::string& place) const {
    for (const auto& attribute : type.children("xsd:attribute")) {
        const auto given = element.attribute(attribute.attribute("name").value());
        const std::string at = place + "/@" + attribute.attribute("name").value();
        if (!given && std::string_view(attribute.attribute("use").value()) == "required")
            return SchemaFault{at, "missing"};
        if (given)
            if (auto fault = check_text(given.value(), type_of(attribute), at)) return fault;
    }
    auto child = element.first_child();
    const auto skip_layout = [&]() -> bool {  // false: text where none belongs
        for (; child && child.type() != pugi::node_element; child = child.next_sibling())
            if (child.type() != pugi::node_comment && !only_blanks(child.value())) return false;
        return true;
    };
    for (const auto& wanted : type.child("xsd:sequence").children("xsd:element")) {
        const std::string name = wanted.attribute("name").value();
        const std::string_view most = wanted.attribute("maxOccurs").as_string("1");
        int count = 0;
        while (true) {
            if (!skip_layout()) return SchemaFault{place, "has text where elements are wanted"};
            if (!child || local_name(child) != name || (count == 1 && most == "1")) break;
            ++count;
            const auto index = most == "1" ? std::string() : "[" + std::to_string(count) + "]";
            if (auto fault = check_element(child, wanted, place + "/" + name + index)) return fault;
            child = child.next_sibling();
        }
        if (count < wanted.attribute("minOccurs").as_int(1))
            return SchemaFault{place + "/" + name,
                               child ? "expected here, found " + std::string(local_name(child)) : "missing"};
    }
    if (!skip_layout()) return SchemaFault{place, "has text where elements are wanted"};
    if (child) return SchemaFault{place + "/" + std::string(local_name(child)), "not expected here"};
    return std::nullopt;
}

std::optional<SchemaFault> WsdlCheck::check_text(std::string_view text, pugi::xml_node simple_type,
                                                 const std::string& place) const {
    const auto rules = simple_type.child("xsd:restriction");
    if (!rules) return SchemaFault{place, "the WSDL gives it no type"};
    const auto number_of = [&](const char* facet, int otherwise) {
        return rules.child(facet).attribute("value").as_int(otherwise);
    };
    if (after_colon(rules.attribute("base").value()) == "decimal") {
        const auto why = decimal_fault(text, number_of("xsd:totalDigits", 99), number_of("xsd:fractionDigits", 99));
        return why.empty() ? std::nullopt : std::optional(SchemaFault{place, why});
    }
    if (static_cast<int>(characters(text)) > number_of("xsd:maxLength", 1 << 20))
        return SchemaFault{place, "longer than " + std::to_string(number_of("xsd:maxLength", 0))};
    bool listed = !rules.child("xsd:enumeration");
    for (const auto& code : rules.children("xsd:enumeration"))
        listed = listed || text == code.attribute("value").value();
    return listed ? std::nullopt : std::optional(SchemaFault{place, "not one of the codes"});
}

}  // namespace simulator
