// Checks a message against the schema inside the shop's WSDL: names, namespaces, order, counts, lengths, digits, codes.
#pragma once

#include <memory>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace simulator {

struct SchemaFault {
    std::string place;  // auftragAnlegen/ord/pos[2]/artnr, or .../@nr
    std::string why;
};

// Immutable after construction: shared by all threads. Knows the part of XML Schema that shop.wsdl uses.
class WsdlCheck {
  public:
    explicit WsdlCheck(std::string_view wsdl);
    // `element` is a child of soap:Body (or of detail); nothing: it fits.
    std::optional<SchemaFault> check(pugi::xml_node element) const;
    const std::string& target_namespace() const { return target_; }

  private:
    std::optional<SchemaFault> check_element(pugi::xml_node element, pugi::xml_node declaration,
                                             const std::string& place) const;
    std::optional<SchemaFault> check_group(pugi::xml_node element, pugi::xml_node type, const std::string& place) const;
    std::optional<SchemaFault> check_text(std::string_view text, pugi::xml_node simple_type,
                                          const std::string& place) const;
    pugi::xml_node type_of(pugi::xml_node declaration) const;

    pugi::xml_document document_;
    pugi::xml_node schema_;
    std::string target_;
};

std::string_view local_name(pugi::xml_node node);
std::string namespace_of(pugi::xml_node node);  // by the prefixes in scope
std::string text_content(pugi::xml_node node);

}  // namespace simulator
