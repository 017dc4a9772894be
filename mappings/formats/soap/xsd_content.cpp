// Complex types: what extensions and restrictions make of their base, attributes, and the particles of a model group.
#include <algorithm>

#include "mappings/formats/soap/wsdl.hpp"
#include "mappings/formats/soap/xsd.hpp"

namespace headgate::soap {

void XsdSchemas::read_complex(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out) {
    out.type = LegacyType::group;
    if (is_true(attribute(node, "mixed"))) return fail(walk, schema, node, "mixed content is not supported");
    if (const xmlNode* content = first_child(node, xsd_ns, "complexContent"))
        return read_derivation(walk, schema, content, out);
    if (const xmlNode* content = first_child(node, xsd_ns, "simpleContent"))
        return read_derivation(walk, schema, content, out);
    read_content(walk, schema, node, out);
}

// complexContent and simpleContent: extension adds to the base, restriction says the elements again.
void XsdSchemas::read_derivation(Walk& walk, const Schema& schema, const xmlNode* content, LegacyNode& out) {
    if (walk.depth >= xsd_depth_at_most) return fail(walk, schema, content, "the type is deeper than 64 levels");
    struct Deeper {
        int& depth;
        explicit Deeper(int& of) : depth(++of) {}
        ~Deeper() { --depth; }
    } deeper(walk.depth);
    bool simple = local_name(content) == "simpleContent";
    const xmlNode* by = first_child(content, xsd_ns, "extension");
    bool extension = by != nullptr;
    if (!by) by = first_child(content, xsd_ns, "restriction");
    if (!by) return fail(walk, schema, content, "neither extension nor restriction");
    QName base = resolve_qname(by, attribute(by, "base"));
    if (base.ns == xsd_ns && base.name == "anyType" && !simple) return read_content(walk, schema, by, out);
    if (base.ns == soap_encoding_ns)
        return fail(walk, schema, by, "SOAP-encoded arrays are not supported", "use literal: a sequence of elements");
    LegacyNode inherited;
    read_type(walk, schema, by, base, inherited);
    if (!walk.good) return;
    if (!extension && !simple) return restrict_attributes(walk, schema, by, std::move(inherited), out);
    if (inherited.type == LegacyType::group) {
        for (auto& child : inherited.children) out.children.push_back(std::move(child));
    } else {
        inherited.name = "#text";
        out.children.push_back(std::move(inherited));
    }
    if (extension) return read_content(walk, schema, by, out);
    auto text = std::find_if(out.children.begin(), out.children.end(),
                             [](const LegacyNode& child) { return child.name == "#text"; });
    if (text == out.children.end())
        return fail(walk, schema, by, "a restriction of simple content whose base has none");
    if (const xmlNode* own = first_child(by, xsd_ns, "simpleType")) read_simple(walk, schema, own, *text);
    read_facets(walk, schema, by, *text);
    LegacyNode all = std::move(out);
    out = LegacyNode(all);
    out.children.clear();
    restrict_attributes(walk, schema, by, all, out);
    for (auto& child : all.children)
        if (child.name == "#text") out.children.push_back(child);
}

// Attributes that a restriction does not say again are those of its base.
void XsdSchemas::restrict_attributes(Walk& walk, const Schema& schema, const xmlNode* by, LegacyNode base,
                                     LegacyNode& out) {
    read_content(walk, schema, by, out);
    if (!walk.good) return;
    std::vector<LegacyNode> inherited;
    for (auto& child : base.children) {
        if (!child.name.starts_with('@') || out.child(child.name)) continue;
        bool prohibited = false;
        for (xmlNode* own = first_element(by); own; own = next_element(own))
            prohibited = prohibited || (local_name(own) == "attribute" && attribute(own, "use") == "prohibited" &&
                                        "@" + attribute(own, "name") == child.name);
        if (!prohibited) inherited.push_back(std::move(child));
    }
    out.children.insert(out.children.begin(), inherited.begin(), inherited.end());
}

// The attributes and the model group directly inside a type or a derivation.
void XsdSchemas::read_content(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out) {
    for (xmlNode* child = first_element(node); child && walk.good; child = next_element(child))
        read_attribute(walk, schema, child, out);
    for (xmlNode* child = first_element(node); child && walk.good; child = next_element(child)) {
        std::string_view kind = local_name(child);
        if (kind == "sequence" || kind == "all" || kind == "choice" || kind == "group")
            read_particles(walk, schema, child, {}, out);
    }
    // Attributes come first, also those that an extension adds after its base's elements.
    std::stable_partition(out.children.begin(), out.children.end(),
                          [](const LegacyNode& child) { return child.name.starts_with('@'); });
}

void XsdSchemas::read_particles(Walk& walk, const Schema& schema, const xmlNode* node, Occurs around, LegacyNode& out) {
    if (occurs_never(node) || !spend(walk, schema, node)) return;
    ++walk.depth;
    around.optional = around.optional || occurs_optional(node);
    if (local_name(node) == "group") {
        const Global* target = find(walk, groups_, schema, node, "ref");
        if (!target) return;
        around.repeated = around.repeated || occurs_many(node);
        for (xmlNode* child = first_element(target->node); child && walk.good; child = next_element(child))
            if (local_name(child) != "annotation") read_particles(walk, *target->schema, child, around, out);
        --walk.depth;
        return;
    }
    bool choice = local_name(node) == "choice";
    if (choice && walk.for_writing)
        walk.diagnostics->warning(schema.file->mark(node),
                                  "xsd:choice: that exactly one of these is there is not checked");
    std::size_t particles = 0;
    for (xmlNode* child = first_element(node); child; child = next_element(child))
        particles += local_name(child) != "annotation";
    around.repeated = around.repeated || occurs_many(node);
    // A sequence that repeats as a whole interleaves its elements; with one element alone it is that element's list.
    if (around.repeated && particles > 1 && !choice)
        return fail(walk, schema, node,
                    occurs_many(node) ? "a sequence that repeats as a whole is not supported"
                                      : "a group that repeats as a whole is not supported");
    around.choice = around.choice || choice;
    around.optional = around.optional || choice;
    for (xmlNode* child = first_element(node); child && walk.good; child = next_element(child))
        read_particle(walk, schema, child, around, out);
    --walk.depth;
}

void XsdSchemas::read_particle(Walk& walk, const Schema& schema, const xmlNode* node, Occurs around, LegacyNode& out) {
    std::string_view kind = local_name(node);
    if (kind == "sequence" || kind == "choice" || kind == "all" || kind == "group")
        return read_particles(walk, schema, node, around, out);
    if (kind == "any") {  // what comes is left aside, as all that is not known
        if (walk.for_writing && !around.optional && !occurs_optional(node) && !occurs_never(node))
            fail(walk, schema, node, "xsd:any is required in what is written: this is not supported",
                 "name the elements that may be there");
        return;
    }
    if (kind == "annotation") return;
    if (kind != "element")
        return fail(walk, schema, node, "xsd:" + std::string(kind) + " is not supported",
                    "name the elements that may be there");
    if (occurs_never(node)) return;
    LegacyNode field;
    field.optional = around.optional;
    field.repeated = around.repeated;
    if (!has_attribute(node, "ref")) {
        read_element(walk, schema, node, field);
        return add_field(walk, schema, node, around, std::move(field), out);
    }
    const Global* target = find(walk, elements_, schema, node, "ref");
    if (!target) return;
    field.optional = field.optional || occurs_optional(node);
    field.repeated = field.repeated || occurs_many(node);
    auto instead = substitutes({target->schema->target_namespace, attribute(target->node, "name")});
    if (!instead.empty()) {  // any one of them
        field.optional = true;
        around.choice = true;
    }
    bool itself = !is_true(attribute(target->node, "abstract")) || instead.empty();
    if (itself) instead.insert(instead.begin(), target);
    for (const Global* one : instead) {
        if (!walk.good) return;
        LegacyNode copy = field;
        read_element(walk, *one->schema, one->node, copy);
        add_field(walk, schema, node, around, std::move(copy), out);
    }
}

void XsdSchemas::add_field(Walk& walk, const Schema& schema, const xmlNode* node, const Occurs& around,
                           LegacyNode field, LegacyNode& out) {
    if (!walk.good) return;
    const LegacyNode* before = out.child(field.name);
    // The branches of a choice may have elements in common.
    if (before && around.choice && same_shape(*before, field)) return;
    if (before) return fail(walk, schema, node, "'" + field.name + "' occurs twice in one type: this is not supported");
    out.children.push_back(std::move(field));
}

}  // namespace headgate::soap
