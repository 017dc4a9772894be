// Simple types of XML Schema: built-ins, restrictions with their facets, and attributes, which are of such a type.
#include <algorithm>
#include <charconv>
#include <map>
#include <sstream>

#include "mappings/formats/soap/xsd.hpp"

namespace headgate::soap {

void XsdSchemas::read_attribute(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out) {
    std::string_view kind = local_name(node);
    if (kind == "attributeGroup") {
        if (!spend(walk, schema, node)) return;
        ++walk.depth;
        if (const Global* target = find(walk, attribute_groups_, schema, node, "ref"))
            for (xmlNode* child = first_element(target->node); child && walk.good; child = next_element(child))
                read_attribute(walk, *target->schema, child, out);
        --walk.depth;
        return;
    }
    // anyAttribute: what comes is left aside, and nothing is written.
    if (kind != "attribute" || attribute(node, "use") == "prohibited") return;
    if (!spend(walk, schema, node)) return;
    LegacyNode field;
    field.optional = attribute(node, "use") != "required";
    field.type = LegacyType::text;
    if (has_attribute(node, "ref")) {
        read_attribute_ref(walk, schema, node, field);
    } else {
        field.name = "@" + attribute(node, "name");
        std::string form = attribute(node, "form");
        if (form.empty() ? schema.qualified_attributes : form == "qualified") field.ns = schema.target_namespace;
        if (has_attribute(node, "type"))
            read_type(walk, schema, node, resolve_qname(node, attribute(node, "type")), field);
        else if (const xmlNode* simple = first_child(node, xsd_ns, "simpleType"))
            read_simple(walk, schema, simple, field);
    }
    if (!walk.good) return;
    if (has_attribute(node, "fixed")) field.codes = {attribute(node, "fixed")};
    if (out.child(field.name))
        return fail(walk, schema, node, "'" + field.name + "' occurs twice in one type: this is not supported");
    out.children.push_back(std::move(field));
}

// An attribute of a schema's top level, which is in its namespace.
void XsdSchemas::read_attribute_ref(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& field) {
    QName name = resolve_qname(node, attribute(node, "ref"));
    field.name = "@" + name.name;
    if (name.ns == xml_ns) {  // xml:lang, xml:id: every schema knows them
        field.ns = name.ns;
        return;
    }
    if (name.ns == soap_encoding_ns)
        return fail(walk, schema, node, "SOAP-encoded arrays are not supported", "use literal: a sequence of elements");
    const Global* target = find(walk, attributes_, schema, node, "ref");
    if (!target) return;
    field.ns = target->schema->target_namespace;
    const xmlNode* declared = target->node;
    if (has_attribute(declared, "type"))
        read_type(walk, *target->schema, declared, resolve_qname(declared, attribute(declared, "type")), field);
    else if (const xmlNode* simple = first_child(declared, xsd_ns, "simpleType"))
        read_simple(walk, *target->schema, simple, field);
    if (has_attribute(declared, "fixed")) field.codes = {attribute(declared, "fixed")};
}

void XsdSchemas::read_simple(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out) {
    if (first_child(node, xsd_ns, "list")) {  // values between blanks are one text here
        out.type = LegacyType::text;
        return;
    }
    if (const xmlNode* either = first_child(node, xsd_ns, "union")) return read_union(walk, schema, either, out);
    const xmlNode* restriction = first_child(node, xsd_ns, "restriction");
    if (!restriction) return fail(walk, schema, node, "neither restriction, list nor union");
    if (!spend(walk, schema, node)) return;
    ++walk.depth;
    if (has_attribute(restriction, "base"))
        read_type(walk, schema, restriction, resolve_qname(restriction, attribute(restriction, "base")), out);
    else if (const xmlNode* inner = first_child(restriction, xsd_ns, "simpleType"))
        read_simple(walk, schema, inner, out);
    --walk.depth;
    read_facets(walk, schema, restriction, out);
}

// Of one type where all its members are; else a text, of these codes where each of them has codes alone.
void XsdSchemas::read_union(Walk& walk, const Schema& schema, const xmlNode* node, LegacyNode& out) {
    if (!spend(walk, schema, node)) return;
    ++walk.depth;
    std::vector<LegacyNode> members;
    std::istringstream words(attribute(node, "memberTypes"));
    for (std::string word; words >> word && walk.good;)
        read_type(walk, schema, node, resolve_qname(node, word), members.emplace_back());
    for (xmlNode* child = first_element(node); child && walk.good; child = next_element(child))
        if (is_element(child, xsd_ns, "simpleType")) read_simple(walk, schema, child, members.emplace_back());
    --walk.depth;
    if (!walk.good) return;
    if (members.empty()) return fail(walk, schema, node, "a union of nothing");
    out.type = members[0].type;
    bool coded = true, bounded = true;
    for (const auto& member : members) {
        if (member.type != out.type) out.type = LegacyType::text;
        coded = coded && !member.codes.empty();
        bounded = bounded && member.length > 0;
        out.length = std::max(out.length, member.length);
        out.fraction = std::max(out.fraction, member.fraction);
    }
    if (!bounded || out.type != members[0].type) out.length = out.fraction = 0;
    if (coded)
        for (const auto& member : members)
            for (const auto& code : member.codes)
                if (std::find(out.codes.begin(), out.codes.end(), code) == out.codes.end()) out.codes.push_back(code);
}

void XsdSchemas::read_facets(Walk& walk, const Schema& schema, const xmlNode* restriction, LegacyNode& out) {
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
            walk.diagnostics->warning(schema.file->mark(facet), "xsd:" + std::string(kind) + " is not checked");
        else if (kind != "annotation" && kind != "whiteSpace" && kind != "simpleType" && kind != "attribute" &&
                 kind != "attributeGroup" && kind != "anyAttribute")
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
                                                              {"anyType", text},
                                                              {"IDREFS", text},
                                                              {"NMTOKENS", text},
                                                              {"ENTITY", text},
                                                              {"NOTATION", text},
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
