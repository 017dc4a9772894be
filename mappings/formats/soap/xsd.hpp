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

inline constexpr int xsd_depth_at_most = 64, xsd_nodes_at_most = 20'000, xsd_all_nodes_at_most = 500'000;
inline constexpr std::size_t xsd_files_at_most = 64, xsd_types_at_most = 256;

// The schemas of one WSDL, by qualified name. Add every schema first, then ask. Borrowed nodes live in their files,
// which this keeps. Bounds: 64 levels, 20,000 steps a tree, 500,000 in all; a recursive type is refused.
class XsdSchemas {
  public:
    // `read`: paths of the files that were read so far, the WSDL's too.
    XsdSchemas(XmlFiles& files, std::set<std::string>& read, Diagnostics& diagnostics)
        : files_(files), read_(read), diagnostics_(diagnostics) {}

    // An <xsd:schema> node of `file`; its imports and includes are followed where `files` resolves them.
    void add_schema(const std::shared_ptr<const XmlFile>& file, const xmlNode* schema,
                    const std::string& as_namespace = {});

    // The tree of a global element; nothing, with diagnostics (in `to` where it is given), when it is unknown or uses
    // what is not supported. `for_writing`: it must be possible to write it whole.
    std::optional<LegacyNode> element(const QName& name, const SourceMark& asked_at, bool for_writing,
                                      Diagnostics* to = nullptr);
    // An element in no namespace whose type the `type` of a message's part names.
    std::optional<LegacyNode> part(const std::string& name, const std::shared_ptr<const XmlFile>& file,
                                   const xmlNode* part, bool for_writing);

  private:
    struct Schema {
        std::shared_ptr<const XmlFile> file;
        std::string target_namespace;
        bool qualified = false, qualified_attributes = false;
    };
    struct Global {
        const Schema* schema = nullptr;
        const xmlNode* node = nullptr;
    };
    using Globals = std::map<QName, Global>;
    struct Walk {  // one tree
        bool for_writing = false, good = true;
        int depth = 0, nodes = 0;
        std::vector<const xmlNode*> open;       // types being resolved, to find recursion
        std::vector<const xmlNode*> expanding;  // declared types whose extensions are
        Diagnostics* diagnostics = nullptr;
    };
    // How the particles around one bear on it.
    struct Occurs {
        bool optional = false, repeated = false, choice = false;
    };

    void import(const Schema& schema, const xmlNode* node);
    // Counts a step; fails beyond the bounds.
    bool spend(Walk& walk, const Schema& schema, const xmlNode* node);
    void fail(Walk& walk, const Schema& schema, const xmlNode* node, std::string message, std::string hint = {});
    const Global* find(Walk& walk, const Globals& globals, const Schema& from, const xmlNode* node,
                       const char* attribute);
    const Global* find_type(const Schema& from, QName& type) const;
    void read_element(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out);
    void read_element_type(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out);
    void read_type(Walk& walk, const Schema& from, const xmlNode* at, QName type, LegacyNode& out);
    void read_global_type(Walk& walk, const Schema& from, const xmlNode* at, const QName& name, const Global& type,
                          LegacyNode& out);
    // xsd_content.cpp: complex types and what is in them
    void read_complex(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out);
    void read_content(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out);
    void read_derivation(Walk& walk, const Schema& schema, const xmlNode* content, LegacyNode& out);
    void restrict_attributes(Walk& walk, const Schema& schema, const xmlNode* by, LegacyNode base, LegacyNode& out);
    void read_particles(Walk& walk, const Schema& schema, const xmlNode* node, Occurs around, LegacyNode& out);
    void read_particle(Walk& walk, const Schema& schema, const xmlNode* node, Occurs around, LegacyNode& out);
    void add_field(Walk& walk, const Schema& schema, const xmlNode* node, const Occurs& around, LegacyNode field,
                   LegacyNode& out);
    // xsd_derived.cpp: what may stand for an element or a type
    std::vector<const Global*> substitutes(const QName& head);
    const std::map<QName, std::vector<QName>>& extensions();
    void add_derived(Walk& walk, const Schema& schema, const xmlNode* at, const QName& type, LegacyNode& out);
    bool add_type(Walk& walk, const Schema& schema, const xmlNode* at, const QName& type, std::vector<XmlType>& types,
                  LegacyNode& out);
    // xsd_types.cpp: simple types and attributes
    void read_attribute(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out);
    void read_attribute_ref(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& field);
    void read_simple(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out);
    void read_union(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out);
    void read_facets(Walk& walk, const Schema& schema, const xmlNode* restriction, LegacyNode& out);

    XmlFiles& files_;
    std::set<std::string>& read_;
    Diagnostics& diagnostics_;
    std::vector<std::unique_ptr<Schema>> schemas_;
    Globals elements_, types_, groups_, attributes_, attribute_groups_;
    // By base, by head, once they are asked for.
    std::optional<std::map<QName, std::vector<QName>>> extensions_, substitutions_;
    int spent_ = 0;
};

// The type of an XSD built-in by local name (`string`, `decimal`, ...); nothing for what doesn't exist. What has any
// type is taken for a text.
std::optional<LegacyType> builtin_type(std::string_view name);

// minOccurs and maxOccurs of a particle.
bool occurs_many(const xmlNode* node);
bool occurs_never(const xmlNode* node);
bool occurs_optional(const xmlNode* node);
bool is_true(const std::string& text);

}  // namespace headgate::soap
