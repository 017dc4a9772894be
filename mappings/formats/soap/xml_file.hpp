// Reads a WSDL or XSD document into libxml2's tree: no DOCTYPE, no entities, bounded size; nothing is fetched here.
#pragma once

#include <libxml/tree.h>

#include <map>
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

// nullptr, with a diagnostic. `path` is what messages say.
std::shared_ptr<const XmlFile> parse_xml_file(const std::string& path, const std::string& text,
                                              Diagnostics& diagnostics);

// Where a WSDL and what it imports come from. At most 64 are read.
class XmlFiles {
  public:
    virtual ~XmlFiles() = default;
    // The path of `location` as the document at `from` means it; empty: it is not followed.
    virtual std::string resolve(const std::string& from, const std::string& location) const = 0;
    virtual std::shared_ptr<const XmlFile> read(const std::string& path, Diagnostics& diagnostics) = 0;
};
// `location` of the document at the URL `from`; empty when it is of another origin.
std::string url_within(const std::string& from, const std::string& location);
// Files beside the WSDL.
class LocalXmlFiles : public XmlFiles {
  public:
    std::string resolve(const std::string& from, const std::string& location) const override;
    std::shared_ptr<const XmlFile> read(const std::string& path, Diagnostics& diagnostics) override;
};
// Documents that were fetched, by their URLs.
class FetchedXmlFiles : public XmlFiles {
  public:
    explicit FetchedXmlFiles(const std::map<std::string, std::string>& texts) : texts_(texts) {}
    std::string resolve(const std::string& from, const std::string& location) const override;
    std::shared_ptr<const XmlFile> read(const std::string& path, Diagnostics& diagnostics) override;

  private:
    const std::map<std::string, std::string>& texts_;
};

inline constexpr std::string_view wsdl_ns = "http://schemas.xmlsoap.org/wsdl/";
inline constexpr std::string_view wsdl_soap_ns = "http://schemas.xmlsoap.org/wsdl/soap/";
inline constexpr std::string_view wsdl_soap12_ns = "http://schemas.xmlsoap.org/wsdl/soap12/";
inline constexpr std::string_view soap_encoding_ns = "http://schemas.xmlsoap.org/soap/encoding/";
inline constexpr std::string_view xml_ns = "http://www.w3.org/XML/1998/namespace";
inline constexpr std::string_view xsd_ns = "http://www.w3.org/2001/XMLSchema";

std::string_view local_name(const xmlNode* node);
std::string_view namespace_of(const xmlNode* node);
bool is_element(const xmlNode* node, std::string_view ns, std::string_view name);
// The attribute's text; empty when absent.
std::string attribute(const xmlNode* node, const char* name);
std::string attribute(const xmlNode* node, const char* name, std::string_view ns);
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
