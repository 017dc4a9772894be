// Schemas by name, elements and the types that they name.
#include "mappings/formats/soap/xsd.hpp"

#include <algorithm>

namespace headgate::soap {

// Many schemas write minOccurs="0" maxOccurs="unbounded"; nothing here needs the exact upper number.
bool occurs_many(const xmlNode* node) {
    std::string text = attribute(node, "maxOccurs");
    return !text.empty() && text != "1" && text != "0";
}
bool occurs_never(const xmlNode* node) { return attribute(node, "maxOccurs") == "0"; }
bool occurs_optional(const xmlNode* node) { return attribute(node, "minOccurs") == "0"; }
bool is_true(const std::string& text) { return text == "true" || text == "1"; }

void XsdSchemas::import(const Schema& schema, const xmlNode* node) {
    std::string location = attribute(node, "schemaLocation");
    if (location.empty()) return;  // another schema of the same WSDL
    std::string path = files_.resolve(schema.file->path, location);
    if (path.empty())  // what is missed of it is told where it is used
        return diagnostics_.warning(
            schema.file->mark(node), "'" + location + "' is not a file beside this one",
            "nothing is fetched: keep the schema beside the WSDL, with a relative schemaLocation");
    if (!read_.insert(path).second) return;
    if (read_.size() > xsd_files_at_most)
        return diagnostics_.error(schema.file->mark(node), "more than 64 schema files");
    auto imported = files_.read(path, diagnostics_);
    if (!imported) return;
    if (!is_element(imported->root(), xsd_ns, "schema"))
        return diagnostics_.error(imported->mark(imported->root()), "not an XML Schema");
    add_schema(imported, imported->root(), local_name(node) == "include" ? schema.target_namespace : "");
}

void XsdSchemas::add_schema(const std::shared_ptr<const XmlFile>& file, const xmlNode* node,
                            const std::string& as_namespace) {
    schemas_.push_back(std::make_unique<Schema>());
    Schema& schema = *schemas_.back();
    schema.file = file;
    schema.target_namespace = attribute(node, "targetNamespace");
    if (schema.target_namespace.empty()) schema.target_namespace = as_namespace;  // a chameleon include
    schema.qualified = attribute(node, "elementFormDefault") == "qualified";
    schema.qualified_attributes = attribute(node, "attributeFormDefault") == "qualified";
    for (xmlNode* child = first_element(node); child; child = next_element(child)) {
        if (namespace_of(child) != xsd_ns) continue;
        std::string_view kind = local_name(child);
        if (kind == "import" || kind == "include") {
            import(schema, child);
            continue;
        }
        Globals* globals = kind == "element"                               ? &elements_
                           : kind == "complexType" || kind == "simpleType" ? &types_
                           : kind == "group"                               ? &groups_
                           : kind == "attribute"                           ? &attributes_
                           : kind == "attributeGroup"                      ? &attribute_groups_
                                                                           : nullptr;
        if (globals) {
            QName name{schema.target_namespace, attribute(child, "name")};
            if (!globals->try_emplace(name, Global{&schema, child}).second)
                diagnostics_.error(file->mark(child), "'" + name.name + "' is defined twice");
        } else if (kind == "redefine") {
            diagnostics_.error(file->mark(child), "xsd:redefine is not supported", "use include and a type of its own");
        }
    }
}

std::optional<LegacyNode> XsdSchemas::element(const QName& name, const SourceMark& asked_at, bool for_writing,
                                              Diagnostics* to) {
    Walk walk;
    walk.for_writing = for_writing;
    walk.diagnostics = to ? to : &diagnostics_;
    auto found = elements_.find(name);
    if (found == elements_.end()) {
        std::vector<std::string_view> names;
        for (const auto& [known, global] : elements_) names.push_back(known.name);
        std::string near = nearest(name.name, names);
        walk.diagnostics->error(asked_at, "no schema declares the element '" + name.name + "'",
                                near.empty() ? "" : "did you mean '" + near + "'?");
        return std::nullopt;
    }
    LegacyNode root;
    read_element(walk, *found->second.schema, found->second.node, root);
    if (!walk.good) return std::nullopt;
    return root;
}

std::optional<LegacyNode> XsdSchemas::part(const std::string& name, const std::shared_ptr<const XmlFile>& file,
                                           const xmlNode* part, bool for_writing) {
    Walk walk;
    walk.for_writing = for_writing;
    walk.diagnostics = &diagnostics_;
    Schema of_messages;
    of_messages.file = file;
    LegacyNode out;
    out.name = name;
    read_type(walk, of_messages, part, resolve_qname(part, attribute(part, "type")), out);
    if (!walk.good) return std::nullopt;
    return out;
}

void XsdSchemas::fail(Walk& walk, const Schema& schema, const xmlNode* node, std::string message, std::string hint) {
    walk.good = false;
    walk.diagnostics->error(schema.file->mark(node), std::move(message), std::move(hint));
}

bool XsdSchemas::spend(Walk& walk, const Schema& schema, const xmlNode* node) {
    if (++walk.nodes > xsd_nodes_at_most || walk.depth >= xsd_depth_at_most)
        fail(walk, schema, node, "the message is deeper than 64 levels or larger than 20000 fields");
    else if (++spent_ > xsd_all_nodes_at_most)
        fail(walk, schema, node, "the messages of this WSDL are larger than 500000 fields together");
    return walk.good;
}

const XsdSchemas::Global* XsdSchemas::find(Walk& walk, const Globals& globals, const Schema& from, const xmlNode* node,
                                           const char* attribute_name) {
    std::string text = attribute(node, attribute_name);
    QName name = resolve_qname(node, text);
    auto found = globals.find(name);
    // A chameleon include: names without prefix mean the including schema's namespace.
    if (found == globals.end() && name.ns.empty()) found = globals.find({from.target_namespace, name.name});
    if (found != globals.end()) return &found->second;
    fail(walk, from, node, "'" + text + "' is not defined", "is its schema imported, from a file beside this one?");
    return nullptr;
}

const XsdSchemas::Global* XsdSchemas::find_type(const Schema& from, QName& type) const {
    auto found = types_.find(type);
    if (found == types_.end() && type.ns.empty()) {
        type.ns = from.target_namespace;
        found = types_.find(type);
    }
    return found == types_.end() ? nullptr : &found->second;
}

void XsdSchemas::read_element(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out) {
    if (!walk.good) return;
    if (!spend(walk, schema, node)) return;
    out.name = attribute(node, "name");
    out.nillable = is_true(attribute(node, "nillable"));
    out.optional = out.optional || occurs_optional(node);
    out.repeated = out.repeated || occurs_many(node);
    if (is_true(attribute(node, "abstract")))
        return fail(walk, schema, node, "the abstract element '" + out.name + "' has nothing that stands for it",
                    "is the schema of its substitution group imported?");
    bool global = is_element(node->parent, xsd_ns, "schema");
    std::string form = attribute(node, "form");
    bool qualified = global || (form.empty() ? schema.qualified : form == "qualified");
    out.ns = qualified ? schema.target_namespace : "";
    ++walk.depth;
    read_element_type(walk, schema, node, out);
    if (has_attribute(node, "fixed")) out.codes = {attribute(node, "fixed")};
    --walk.depth;
}

void XsdSchemas::read_element_type(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out) {
    if (has_attribute(node, "type"))
        read_type(walk, schema, node, resolve_qname(node, attribute(node, "type")), out);
    else if (const xmlNode* complex = first_child(node, xsd_ns, "complexType"))
        read_complex(walk, schema, complex, out);
    else if (const xmlNode* simple = first_child(node, xsd_ns, "simpleType"))
        read_simple(walk, schema, simple, out);
    else
        out.type = LegacyType::text;  // anything may be in it
}

void XsdSchemas::read_type(Walk& walk, const Schema& from, const xmlNode* at, QName type, LegacyNode& out) {
    if (type.ns == xsd_ns) {
        auto builtin = builtin_type(type.name);
        if (!builtin) return fail(walk, from, at, "xsd:" + type.name + " is not supported", "say what may be in it");
        out.type = *builtin;
        out.xml_schema = true;
        return;
    }
    const Global* found = find_type(from, type);
    if (type.ns == soap_encoding_ns && !found)
        return fail(walk, from, at, "the type '" + type.name + "' of SOAP encoding is not supported",
                    "use literal, and types of XML Schema");
    if (!found)
        return fail(walk, from, at, "the type '" + type.name + "' is not defined",
                    "is its schema imported, from a file beside this one?");
    read_global_type(walk, from, at, type, *found, out);
    bool named_by_element = local_name(at) == "element" || local_name(at) == "part";
    if (walk.good && named_by_element && local_name(found->node) == "complexType")
        add_derived(walk, from, at, type, out);
}

void XsdSchemas::read_global_type(Walk& walk, const Schema& from, const xmlNode* at, const QName& name,
                                  const Global& type, LegacyNode& out) {
    if (std::find(walk.open.begin(), walk.open.end(), type.node) != walk.open.end())
        return fail(walk, from, at, "the type '" + name.name + "' contains itself: this is not supported");
    if (!spend(walk, from, at)) return;
    walk.open.push_back(type.node);
    if (local_name(type.node) == "simpleType")
        read_simple(walk, *type.schema, type.node, out);
    else
        read_complex(walk, *type.schema, type.node, out);
    walk.open.pop_back();
}

}  // namespace headgate::soap
