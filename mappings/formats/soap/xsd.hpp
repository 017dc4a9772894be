// XML Schema 1.0, the part that WSDLs of retail systems use: global elements and types, resolved into LegacyNode trees.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mappings/formats/legacy_schema.hpp"
#include "mappings/formats/soap/xml_file.hpp"

namespace headgate::soap {

inline constexpr int xsd_depth_at_most = 64, xsd_nodes_at_most = 20'000;

// The schemas of one WSDL, by qualified name. Add every schema first, then ask. Borrowed nodes live in their files,
// which this keeps. Bounds: 64 levels, 20,000 nodes a tree; a recursive type is refused.
class XsdSchemas {
  public:
    explicit XsdSchemas(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    // An <xsd:schema> node of `file`; its imports and includes of local files are followed.
    void add_schema(const std::shared_ptr<const XmlFile>& file, const xmlNode* schema,
                    const std::string& as_namespace = {});

    // The tree of a global element; nothing, with diagnostics, when it is unknown or uses what is not supported.
    // `for_writing`: elements in more than one namespace are refused, since a message is written in one.
    std::optional<LegacyNode> element(const QName& name, const SourceMark& asked_at, bool for_writing);
    bool qualified(const QName& element) const;  // elementFormDefault of its schema

  private:
    struct Schema {
        std::shared_ptr<const XmlFile> file;
        std::string target_namespace;
        bool qualified = false;
    };
    struct Global {
        const Schema* schema = nullptr;
        const xmlNode* node = nullptr;
    };
    using Globals = std::map<QName, Global>;
    struct Walk {  // one element() call
        bool for_writing = false, good = true;
        std::string ns;
        bool qualified = true;
        int depth = 0, nodes = 0;
        std::vector<const xmlNode*> open;  // types being resolved, to find recursion
    };

    void fail(Walk& walk, const Schema& schema, const xmlNode* node, std::string message, std::string hint = {});
    const Global* find(Walk& walk, const Globals& globals, const Schema& from, const xmlNode* node,
                       const char* attribute);
    void read_element(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out);
    void read_type(Walk& walk, const Schema& from, const xmlNode* at, const QName& type, LegacyNode& out);
    void read_complex(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out);
    void read_content(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out);
    void read_derivation(Walk& walk, const Schema& schema, const xmlNode* content, LegacyNode& out);
    void read_particles(Walk& walk, const Schema& schema, const xmlNode* node, bool optional, bool repeated,
                        LegacyNode& out);
    void read_attribute(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out);
    void read_simple(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out);

    Diagnostics& diagnostics_;
    std::vector<std::unique_ptr<Schema>> schemas_;
    std::set<std::string> read_;  // files, so that circular imports end
    Globals elements_, types_, groups_, attributes_, attribute_groups_;
};

// The type of an XSD built-in by local name (`string`, `decimal`, ...); nothing for anyType and what doesn't exist.
std::optional<LegacyType> builtin_type(std::string_view name);

}  // namespace headgate::soap
