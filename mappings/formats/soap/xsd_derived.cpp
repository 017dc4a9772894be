// What may stand for an element (its substitution group) or for a type (those that extend it, told by xsi:type).
#include <algorithm>

#include "mappings/formats/soap/wsdl.hpp"
#include "mappings/formats/soap/xsd.hpp"

namespace headgate::soap {

std::vector<const XsdSchemas::Global*> XsdSchemas::substitutes(const QName& head) {
    if (!substitutions_) {
        substitutions_.emplace();
        for (const auto& [name, global] : elements_)
            if (has_attribute(global.node, "substitutionGroup"))
                (*substitutions_)[resolve_qname(global.node, attribute(global.node, "substitutionGroup"))].push_back(
                    name);
    }
    std::vector<const Global*> out;
    std::vector<QName> heads{head};
    for (std::size_t i = 0; i < heads.size(); ++i) {
        auto found = substitutions_->find(heads[i]);
        if (found == substitutions_->end()) continue;
        for (const QName& name : found->second) {
            if (heads.size() >= xsd_types_at_most || std::find(heads.begin(), heads.end(), name) != heads.end())
                continue;
            heads.push_back(name);
            const Global& global = elements_.at(name);
            if (!is_true(attribute(global.node, "abstract"))) out.push_back(&global);
        }
    }
    return out;
}

const std::map<QName, std::vector<QName>>& XsdSchemas::extensions() {
    if (extensions_) return *extensions_;
    extensions_.emplace();
    for (const auto& [name, global] : types_) {
        const xmlNode* content = first_child(global.node, xsd_ns, "complexContent");
        const xmlNode* by = content ? first_child(content, xsd_ns, "extension") : nullptr;
        if (content && !by) by = first_child(content, xsd_ns, "restriction");
        if (!by) continue;
        QName base = resolve_qname(by, attribute(by, "base"));
        if (find_type(*global.schema, base)) (*extensions_)[base].push_back(name);
    }
    return *extensions_;
}

// The members of each type that extends the declared one become optional members beside its own.
void XsdSchemas::add_derived(Walk& walk, const Schema& schema, const xmlNode* at, const QName& type, LegacyNode& out) {
    const Global& declared = types_.at(type);
    bool abstract = is_true(attribute(declared.node, "abstract"));
    std::vector<QName> derived{type};
    for (std::size_t i = 0; i < derived.size(); ++i) {
        auto found = extensions().find(derived[i]);
        if (found == extensions().end()) continue;
        for (const QName& name : found->second)
            if (derived.size() <= xsd_types_at_most && std::find(derived.begin(), derived.end(), name) == derived.end())
                derived.push_back(name);
    }
    if (derived.size() > xsd_types_at_most) return fail(walk, schema, at, "more than 256 types extend one");
    if (derived.size() == 1) {
        if (abstract)
            fail(walk, schema, at, "nothing extends the abstract type '" + type.name + "'",
                 "is the schema of those that do imported?");
        return;
    }
    if (std::find(walk.expanding.begin(), walk.expanding.end(), declared.node) != walk.expanding.end())
        return fail(walk, schema, at, "the type '" + type.name + "' contains itself: this is not supported");
    std::vector<XmlType> types{{type.ns, type.name, abstract, {}}};
    for (const auto& child : out.children) types[0].members.push_back(child.name);
    walk.expanding.push_back(declared.node);
    for (std::size_t i = 1; i < derived.size() && walk.good; ++i) {
        if (abstract) {
            add_type(walk, schema, at, derived[i], types, out);
            continue;
        }
        // Where the declared type may stand for itself, one that can't be read is no reason to refuse it.
        Walk apart = walk;
        Diagnostics own;
        apart.diagnostics = &own;
        if (add_type(apart, schema, at, derived[i], types, out))
            walk.nodes = apart.nodes;
        else
            walk.diagnostics->warning(schema.file->mark(at),
                                      "an element whose xsi:type is '" + derived[i].name +
                                          "' is known by its base alone: " + own.all().front().message);
    }
    walk.expanding.pop_back();
    if (!walk.good || types.size() == 1) return;
    LegacyNode told;
    told.name = "@xsi:type";
    told.type = LegacyType::text;
    told.by_format = true;  // the writer tells it by the members
    told.optional = walk.for_writing || !abstract;
    for (const auto& one : types)
        if (!one.abstract) told.codes.push_back(one.name);
    out.children.insert(out.children.begin(), std::move(told));
    std::stable_partition(out.children.begin(), out.children.end(),
                          [](const LegacyNode& child) { return child.name.starts_with('@'); });
    out.types = std::make_shared<const std::vector<XmlType>>(std::move(types));
}

bool XsdSchemas::add_type(Walk& walk, const Schema& schema, const xmlNode* at, const QName& type,
                          std::vector<XmlType>& types, LegacyNode& out) {
    for (const auto& one : types)
        if (one.name == type.name) {
            fail(walk, schema, at, "two types called '" + type.name + "' may stand here: this is not supported");
            return false;
        }
    const Global& global = types_.at(type);
    LegacyNode whole;
    read_global_type(walk, schema, at, type, global, whole);
    if (!walk.good) return false;
    XmlType entry{type.ns, type.name, is_true(attribute(global.node, "abstract")), {}};
    std::vector<LegacyNode> more;
    for (auto& child : whole.children) {
        entry.members.push_back(child.name);
        LegacyNode own = child;
        own.optional = true;
        if (const LegacyNode* before = out.child(child.name)) {
            LegacyNode there = *before;
            there.optional = true;
            if (!same_shape(there, own)) {
                fail(walk, *global.schema, global.node,
                     "'" + child.name + "' of '" + type.name + "' is another one in a type that may stand beside it");
                return false;
            }
            continue;
        }
        more.push_back(std::move(own));
    }
    out.children.insert(out.children.end(), more.begin(), more.end());
    types.push_back(std::move(entry));
    return true;
}

}  // namespace headgate::soap
