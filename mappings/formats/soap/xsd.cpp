#include "mappings/formats/soap/xsd.hpp"

#include <algorithm>
#include <filesystem>

namespace headgate::soap {
namespace {

constexpr int files_at_most = 64;

// Many schemas write minOccurs="0" maxOccurs="unbounded"; nothing here needs the exact upper number.
bool occurs_many(const xmlNode* node) {
    std::string text = attribute(node, "maxOccurs");
    return !text.empty() && text != "1" && text != "0";
}
bool occurs_never(const xmlNode* node) { return attribute(node, "maxOccurs") == "0"; }
bool occurs_optional(const xmlNode* node) { return attribute(node, "minOccurs") == "0"; }
bool is_true(const std::string& text) { return text == "true" || text == "1"; }

}  // namespace

void XsdSchemas::add_schema(const std::shared_ptr<const XmlFile>& file, const xmlNode* node,
                            const std::string& as_namespace) {
    schemas_.push_back(std::make_unique<Schema>());
    Schema& schema = *schemas_.back();
    schema.file = file;
    schema.target_namespace = attribute(node, "targetNamespace");
    if (schema.target_namespace.empty()) schema.target_namespace = as_namespace;  // a chameleon include
    schema.qualified = attribute(node, "elementFormDefault") == "qualified";
    for (xmlNode* child = first_element(node); child; child = next_element(child)) {
        if (namespace_of(child) != xsd_ns) continue;
        std::string_view kind = local_name(child);
        if (kind == "import" || kind == "include") {
            std::string location = attribute(child, "schemaLocation");
            if (location.empty()) continue;  // another schema of the same WSDL
            if (location.find("://") != std::string::npos || location.starts_with('/')) {
                diagnostics_.error(
                    file->mark(child), "'" + location + "' is not a file beside this one",
                    "nothing is fetched: keep the schema beside the WSDL, with a relative schemaLocation");
                continue;
            }
            auto path = (std::filesystem::path(file->path).parent_path() / location).lexically_normal().string();
            if (!read_.insert(path).second) continue;
            if (read_.size() > files_at_most) {
                diagnostics_.error(file->mark(child), "more than 64 schema files");
                continue;
            }
            auto imported = read_xml_file(path, diagnostics_);
            if (!imported) continue;
            if (!is_element(imported->root(), xsd_ns, "schema")) {
                diagnostics_.error(imported->mark(imported->root()), "not an XML Schema");
                continue;
            }
            add_schema(imported, imported->root(), kind == "include" ? schema.target_namespace : "");
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

bool XsdSchemas::qualified(const QName& element) const {
    auto found = elements_.find(element);
    return found == elements_.end() || found->second.schema->qualified;
}

std::optional<LegacyNode> XsdSchemas::element(const QName& name, const SourceMark& asked_at, bool for_writing) {
    auto found = elements_.find(name);
    if (found == elements_.end()) {
        std::vector<std::string_view> names;
        for (const auto& [known, global] : elements_) names.push_back(known.name);
        std::string near = nearest(name.name, names);
        diagnostics_.error(asked_at, "no schema declares the element '" + name.name + "'",
                           near.empty() ? "" : "did you mean '" + near + "'?");
        return std::nullopt;
    }
    const Schema& schema = *found->second.schema;
    Walk walk;
    walk.for_writing = for_writing;
    walk.ns = name.ns;
    walk.qualified = schema.qualified;
    LegacyNode root;
    read_element(walk, schema, found->second.node, root);
    if (!walk.good) return std::nullopt;
    return root;
}

void XsdSchemas::fail(Walk& walk, const Schema& schema, const xmlNode* node, std::string message, std::string hint) {
    walk.good = false;
    diagnostics_.error(schema.file->mark(node), std::move(message), std::move(hint));
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

void XsdSchemas::read_element(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out) {
    if (!walk.good) return;
    if (++walk.nodes > xsd_nodes_at_most || walk.depth >= xsd_depth_at_most)
        return fail(walk, schema, node, "the message is deeper than 64 levels or larger than 20000 fields");
    if (has_attribute(node, "ref")) {
        const Global* target = find(walk, elements_, schema, node, "ref");
        if (!target) return;
        if (walk.for_writing && (target->schema->target_namespace != walk.ns || !walk.qualified))
            return fail(walk, schema, node, "elements of two namespaces in one request are not supported");
        LegacyNode referred = out;
        read_element(walk, *target->schema, target->node, out);
        out.optional = referred.optional || occurs_optional(node);
        out.repeated = referred.repeated || occurs_many(node);
        return;
    }
    out.name = attribute(node, "name");
    out.nillable = is_true(attribute(node, "nillable"));
    out.optional = out.optional || occurs_optional(node);
    out.repeated = out.repeated || occurs_many(node);
    if (is_true(attribute(node, "abstract")))
        return fail(walk, schema, node, "the abstract element '" + out.name + "' is not supported");
    bool global = is_element(node->parent, xsd_ns, "schema");
    std::string form = attribute(node, "form");
    bool qualified = form.empty() ? schema.qualified : form == "qualified";
    if (!global && walk.for_writing &&
        (qualified != walk.qualified || (qualified && schema.target_namespace != walk.ns)))
        return fail(walk, schema, node,
                    "'" + out.name + "' is in another namespace or form than its request: this is not supported");
    ++walk.depth;
    if (has_attribute(node, "type")) {
        read_type(walk, schema, node, resolve_qname(node, attribute(node, "type")), out);
    } else if (const xmlNode* complex = first_child(node, xsd_ns, "complexType")) {
        read_complex(walk, schema, complex, out);
    } else if (const xmlNode* simple = first_child(node, xsd_ns, "simpleType")) {
        read_simple(walk, schema, simple, out);
    } else {
        fail(walk, schema, node, "'" + out.name + "' has no type, so anything may be in it: this is not supported",
             "give the element a type");
    }
    if (has_attribute(node, "fixed")) out.codes = {attribute(node, "fixed")};
    --walk.depth;
}

void XsdSchemas::read_type(Walk& walk, const Schema& from, const xmlNode* at, const QName& type, LegacyNode& out) {
    if (type.ns == xsd_ns) {
        auto builtin = builtin_type(type.name);
        if (!builtin) return fail(walk, from, at, "xsd:" + type.name + " is not supported", "say what may be in it");
        out.type = *builtin;
        return;
    }
    auto found = types_.find(type);
    if (found == types_.end() && type.ns.empty()) found = types_.find({from.target_namespace, type.name});
    if (found == types_.end())
        return fail(walk, from, at, "the type '" + type.name + "' is not defined",
                    "is its schema imported, from a file beside this one?");
    const auto& [schema, node] = found->second;
    if (std::find(walk.open.begin(), walk.open.end(), node) != walk.open.end())
        return fail(walk, from, at, "the type '" + type.name + "' contains itself: this is not supported");
    walk.open.push_back(node);
    if (local_name(node) == "simpleType")
        read_simple(walk, *schema, node, out);
    else
        read_complex(walk, *schema, node, out);
    walk.open.pop_back();
}

void XsdSchemas::read_complex(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out) {
    out.type = LegacyType::group;
    if (is_true(attribute(node, "mixed"))) return fail(walk, schema, node, "mixed content is not supported");
    if (is_true(attribute(node, "abstract")))
        return fail(walk, schema, node, "an abstract type is not supported", "name a concrete type");
    if (const xmlNode* content = first_child(node, xsd_ns, "complexContent"))
        return read_derivation(walk, schema, content, out);
    if (const xmlNode* content = first_child(node, xsd_ns, "simpleContent"))
        return read_derivation(walk, schema, content, out);
    read_content(walk, schema, node, out);
}

// complexContent and simpleContent: extension adds to the base, restriction says the whole again.
void XsdSchemas::read_derivation(Walk& walk, const Schema& schema, const xmlNode* content, LegacyNode& out) {
    bool simple = local_name(content) == "simpleContent";
    const xmlNode* by = first_child(content, xsd_ns, "extension");
    bool extension = by != nullptr;
    if (!by) by = first_child(content, xsd_ns, "restriction");
    if (!by) return fail(walk, schema, content, "neither extension nor restriction");
    QName base = resolve_qname(by, attribute(by, "base"));
    if (base.ns == xsd_ns && base.name == "anyType" && !simple) return read_content(walk, schema, by, out);
    if (!extension && simple)
        return fail(walk, schema, by, "a restriction of simple content is not supported",
                    "restrict the simple type itself");
    if (!extension) return read_content(walk, schema, by, out);
    if (base.name == "Array" && base.ns.find("soap/encoding") != std::string::npos)
        return fail(walk, schema, by, "SOAP-encoded arrays are not supported", "use document/literal");
    LegacyNode inherited;
    read_type(walk, schema, by, base, inherited);
    if (!walk.good) return;
    if (!simple || inherited.type == LegacyType::group) {
        for (auto& child : inherited.children) out.children.push_back(std::move(child));
    } else {
        inherited.name = "#text";
        out.children.push_back(std::move(inherited));
    }
    read_content(walk, schema, by, out);
}

// The attributes and the model group directly inside a type or a derivation.
void XsdSchemas::read_content(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out) {
    for (xmlNode* child = first_element(node); child && walk.good; child = next_element(child))
        read_attribute(walk, schema, child, out);
    for (xmlNode* child = first_element(node); child && walk.good; child = next_element(child)) {
        std::string_view kind = local_name(child);
        if (kind == "sequence" || kind == "all" || kind == "choice" || kind == "group")
            read_particles(walk, schema, child, false, false, out);
    }
    // Attributes come first, also those that an extension adds after its base's elements.
    std::stable_partition(out.children.begin(), out.children.end(),
                          [](const LegacyNode& child) { return child.name.starts_with('@'); });
}

void XsdSchemas::read_particles(Walk& walk, const Schema& schema, const xmlNode* node, bool optional, bool repeated,
                                LegacyNode& out) {
    if (occurs_never(node)) return;
    if (++walk.depth > xsd_depth_at_most) return fail(walk, schema, node, "the schema is nested deeper than 64 levels");
    optional = optional || occurs_optional(node);
    if (local_name(node) == "group") {
        const Global* target = find(walk, groups_, schema, node, "ref");
        if (!target) return;
        repeated = repeated || occurs_many(node);
        for (xmlNode* child = first_element(target->node); child && walk.good; child = next_element(child))
            if (local_name(child) != "annotation")
                read_particles(walk, *target->schema, child, optional, repeated, out);
        --walk.depth;
        return;
    }
    bool choice = local_name(node) == "choice";
    if (choice)
        diagnostics_.warning(schema.file->mark(node), "xsd:choice: that exactly one of these is there is not checked");
    std::size_t particles = 0;
    for (xmlNode* child = first_element(node); child; child = next_element(child))
        particles += local_name(child) != "annotation";
    // A sequence that repeats as a whole interleaves its elements; with one element alone it is that element's list.
    if (occurs_many(node) && particles > 1 && !choice)
        return fail(walk, schema, node, "a sequence that repeats as a whole is not supported");
    repeated = repeated || occurs_many(node);
    if (repeated && particles > 1 && !choice)
        return fail(walk, schema, node, "a group that repeats as a whole is not supported");
    for (xmlNode* child = first_element(node); child && walk.good; child = next_element(child)) {
        std::string_view kind = local_name(child);
        if (kind == "element") {
            if (occurs_never(child)) continue;
            LegacyNode field;
            field.optional = optional || choice;
            field.repeated = repeated;
            read_element(walk, schema, child, field);
            if (walk.good && out.child(field.name))
                return fail(walk, schema, child,
                            "'" + field.name + "' occurs twice in one type: this is not supported");
            out.children.push_back(std::move(field));
        } else if (kind == "sequence" || kind == "choice" || kind == "all" || kind == "group") {
            read_particles(walk, schema, child, optional || choice, repeated, out);
        } else if (kind != "annotation") {
            return fail(walk, schema, child, "xsd:" + std::string(kind) + " is not supported",
                        "name the elements that may be there");
        }
    }
    --walk.depth;
}

}  // namespace headgate::soap
