// Simple types of XML Schema: built-ins, restrictions with their facets, and attributes, which are of such a type.
#include <charconv>
#include <map>

#include "mappings/formats/soap/xsd.hpp"

namespace headgate::soap {

void XsdSchemas::read_attribute(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out) {
    std::string_view kind = local_name(node);
    if (kind == "anyAttribute")
        return fail(walk, schema, node, "xsd:anyAttribute is not supported", "name the attributes that may be there");
    if (kind == "attributeGroup") {
        if (++walk.depth > xsd_depth_at_most) return fail(walk, schema, node, "attribute groups are nested too deeply");
        if (const Global* target = find(walk, attribute_groups_, schema, node, "ref"))
            for (xmlNode* child = first_element(target->node); child && walk.good; child = next_element(child))
                read_attribute(walk, *target->schema, child, out);
        --walk.depth;
        return;
    }
    if (kind != "attribute" || attribute(node, "use") == "prohibited") return;
    if (++walk.nodes > xsd_nodes_at_most) return fail(walk, schema, node, "the message is larger than 20000 fields");
    LegacyNode field;
    field.optional = attribute(node, "use") != "required";
    const Schema* from = &schema;
    const xmlNode* declared = node;
    if (has_attribute(node, "ref")) {
        const Global* target = find(walk, attributes_, schema, node, "ref");
        if (!target) return;
        return fail(walk, schema, node, "an attribute with a namespace is not supported");
    }
    field.name = "@" + attribute(declared, "name");
    field.type = LegacyType::text;
    if (has_attribute(declared, "type"))
        read_type(walk, *from, declared, resolve_qname(declared, attribute(declared, "type")), field);
    else if (const xmlNode* simple = first_child(declared, xsd_ns, "simpleType"))
        read_simple(walk, *from, simple, field);
    if (has_attribute(declared, "fixed")) field.codes = {attribute(declared, "fixed")};
    out.children.push_back(std::move(field));
}

void XsdSchemas::read_simple(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out) {
    const xmlNode* restriction = first_child(node, xsd_ns, "restriction");
    if (!restriction)
        return fail(walk, schema, node, "xsd:list and xsd:union are not supported", "use a restriction of one type");
    if (++walk.depth > xsd_depth_at_most) return fail(walk, schema, node, "types are derived too deeply");
    if (has_attribute(restriction, "base"))
        read_type(walk, schema, restriction, resolve_qname(restriction, attribute(restriction, "base")), out);
    else if (const xmlNode* inner = first_child(restriction, xsd_ns, "simpleType"))
        read_simple(walk, schema, inner, out);
    --walk.depth;
    std::vector<std::string> codes;
    for (xmlNode* facet = first_element(restriction); facet && walk.good; facet = next_element(facet)) {
        std::string_view kind = local_name(facet);
        std::string text = attribute(facet, "value");
        auto number = [&](int& into) {
            auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
            if (error != std::errc{} || end != text.data() + text.size() || into < 0)
                fail(walk, schema, facet, "'" + text + "' is not a number");
        };
        if (kind == "maxLength" || kind == "length" || kind == "totalDigits")
            number(out.length);
        else if (kind == "fractionDigits")
            number(out.fraction);
        else if (kind == "enumeration")
            codes.push_back(text);
        else if (kind == "pattern" || kind == "minLength" || kind.starts_with("min") || kind.starts_with("max"))
            diagnostics_.warning(schema.file->mark(facet), "xsd:" + std::string(kind) + " is not checked");
        else if (kind != "annotation" && kind != "whiteSpace" && kind != "simpleType")
            fail(walk, schema, facet, "xsd:" + std::string(kind) + " is not supported");
    }
    if (!codes.empty()) out.codes = std::move(codes);
    // decimal with fractionDigits 0 is what many schemas write for an integer
    if (out.type == LegacyType::decimal && out.fraction == 0 && first_child(restriction, xsd_ns, "fractionDigits"))
        out.type = LegacyType::integer;
}

std::optional<LegacyType> builtin_type(std::string_view name) {
    using enum LegacyType;
    static const std::map<std::string_view, LegacyType> types{{"string", text},
                                                              {"normalizedString", text},
                                                              {"token", text},
                                                              {"language", text},
                                                              {"Name", text},
                                                              {"NCName", text},
                                                              {"NMTOKEN", text},
                                                              {"ID", text},
                                                              {"IDREF", text},
                                                              {"anyURI", text},
                                                              {"QName", text},
                                                              {"base64Binary", text},
                                                              {"hexBinary", text},
                                                              {"anySimpleType", text},
                                                              {"time", text},
                                                              {"duration", text},
                                                              {"gYear", text},
                                                              {"gYearMonth", text},
                                                              {"gMonth", text},
                                                              {"gMonthDay", text},
                                                              {"gDay", text},
                                                              // with exponents and INF, these are no decimals
                                                              {"float", text},
                                                              {"double", text},
                                                              {"decimal", decimal},
                                                              {"integer", integer},
                                                              {"int", integer},
                                                              {"long", integer},
                                                              {"short", integer},
                                                              {"byte", integer},
                                                              {"nonNegativeInteger", integer},
                                                              {"positiveInteger", integer},
                                                              {"nonPositiveInteger", integer},
                                                              {"negativeInteger", integer},
                                                              {"unsignedLong", integer},
                                                              {"unsignedInt", integer},
                                                              {"unsignedShort", integer},
                                                              {"unsignedByte", integer},
                                                              {"boolean", boolean},
                                                              {"date", date},
                                                              {"dateTime", datetime}};
    auto found = types.find(name);
    if (found == types.end()) return std::nullopt;
    return found->second;
}

}  // namespace headgate::soap
