// Reads a WSDL or XSD file into libxml2's tree, at load: local files only, no DOCTYPE, no entities, bounded size.
#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/diagnostics.hpp"

namespace headgate::soap {

struct FreeXmlDoc {
    void operator()(xmlDoc* doc) const { xmlFreeDoc(doc); }
};

struct XmlFile {
    std::string path;  // as shown in messages
    std::unique_ptr<xmlDoc, FreeXmlDoc> doc;

    // libxml2's tree knows lines, not columns; column 1 stands for 'somewhere on this line'.
    SourceMark mark(const xmlNode* node) const { return {path, static_cast<int>(xmlGetLineNo(node)), 1}; }
    xmlNode* root() const { return xmlDocGetRootElement(doc.get()); }
};

// nullptr, with a diagnostic.
std::shared_ptr<const XmlFile> read_xml_file(const std::string& path, Diagnostics& diagnostics);

inline constexpr std::string_view wsdl_ns = "http://schemas.xmlsoap.org/wsdl/";
inline constexpr std::string_view wsdl_soap_ns = "http://schemas.xmlsoap.org/wsdl/soap/";
inline constexpr std::string_view xsd_ns = "http://www.w3.org/2001/XMLSchema";

std::string_view local_name(const xmlNode* node);
std::string_view namespace_of(const xmlNode* node);
bool is_element(const xmlNode* node, std::string_view ns, std::string_view name);
// The attribute's text; empty when absent.
std::string attribute(const xmlNode* node, const char* name);
bool has_attribute(const xmlNode* node, const char* name);
// The first element child in the namespace with this name, or nullptr.
xmlNode* first_child(const xmlNode* node, std::string_view ns, std::string_view name);
xmlNode* first_element(const xmlNode* node);
xmlNode* next_element(const xmlNode* node);

// A qualified name as the schema means it.
struct QName {
    std::string ns, name;
    auto operator<=>(const QName&) const = default;
};
// `tns:text3` as seen from `node`: its prefix is looked up there.
QName resolve_qname(const xmlNode* node, const std::string& text);

}  // namespace headgate::soap
