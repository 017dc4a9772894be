// What a schema says beside JSON Schema: annotations, discriminators and Headgate's extensions. What judges documents
// is compiled in contracts/schema.
#include <algorithm>

#include "contracts/registry/openapi.hpp"
#include "contracts/schema/keywords.hpp"

namespace headgate {

// Walks everything that the schema holds or refers to, once; deep nesting is bounded by the source files.
std::shared_ptr<const Schema> OpenApiReader::compile(const At& root) {
    auto& known = compiled_[root.node];
    if (known) return known;
    std::vector<At> open{root};
    while (!open.empty()) {
        At at = open.back();
        open.pop_back();
        if (!at.node->is_mapping() || !seen_schemas_.insert(at.node).second) continue;
        check_annotations(at);
        for (const auto& entry : at.node->entries) {
            using schema::KeywordKind;
            switch (schema::kind_of(entry.key)) {
                case KeywordKind::schema: open.push_back({&entry.value, at.resource}); break;
                case KeywordKind::schema_list:
                    for (const auto& item : entry.value.items) open.push_back({&item, at.resource});
                    break;
                case KeywordKind::schema_map:
                    for (const auto& item : entry.value.entries) open.push_back({&item.value, at.resource});
                    break;
                default: break;
            }
        }
        // What leads to no schema is the compiler's to tell.
        if (const SourceNode* reference = at.node->find("$ref"); reference && reference->is_scalar()) {
            std::string why;
            auto place = compiler_.resolve_schema(reference->text, at.resource, why);
            if (place.node) open.push_back({place.node, place.resource});
        }
    }
    return known = compiler_.compile(*root.node, root.resource);
}

void OpenApiReader::check_annotations(const At& at) {
    const char* what = "a schema";
    for (const char* key : {"title", "description", "$comment", "contentEncoding", "contentMediaType"})
        text(at, key, what);
    flag(at, "deprecated", false);
    bool read_only = flag(at, "readOnly", false);
    if (flag(at, "writeOnly", false) && read_only)
        fault(here(at, "writeOnly"), "'readOnly' and 'writeOnly' exclude each other", "keep one of them");
    read_external_docs(at);
    for (const auto& entry : at.node->entries) {
        if (entry.key == "xml") fault(entry, at, "'xml' of a schema is not supported", "bodies are JSON");
        if (entry.key.starts_with("x-")) extension(entry, at, what);
    }
    if (at.node->find("x-personal")) {
        std::string word = text(at, "x-personal", what);
        if (word != "yes" && word != "no" && word != "true" && word != "false" &&
            at.node->find("x-personal")->is_scalar())
            fault(here(at, "x-personal"), "x-personal must be yes or no, not '" + word.substr(0, 100) + "'");
    }
    if (at.node->find("discriminator")) read_discriminator(at);
    if (at.node->find("x-compare")) read_compare(at);
}

void OpenApiReader::read_compare(const At& schema) {
    At at = here(schema, "x-compare");
    bool array_rule = true, keyed = false;
    auto word = [&](const At& value) {
        std::string_view text = value.node->text;
        if (!value.node->is_scalar() || (text != "set" && text != "multiset" && text != "order"))
            fault(value, "x-compare must be set, multiset, order, {key: name} or {ignore: why}");
    };
    if (at.node->is_mapping()) {
        if (!keys(at, "x-compare", {"key", "ignore", "as"})) return;
        if (at.node->entries.size() != 1)
            fault(at, "x-compare must say one thing", "{key: name}, {as: set} or {ignore: why}");
        keyed = at.node->find("key") != nullptr;
        array_rule = keyed || at.node->find("as");
        if (keyed) text(at, "key", "x-compare", true);
        if (at.node->find("as")) word(here(at, "as"));
        if (at.node->find("ignore")) text(at, "ignore", "x-compare", true);
    } else {
        word(at);
    }
    // A schema with a base of its own is not compiled apart from what holds it.
    if (array_rule && !schema.node->find("$id"))
        comparisons_.push_back({at, compiler_.compile(*schema.node, schema.resource), keyed});
}

void OpenApiReader::check_comparisons() {
    for (const auto& [at, schema, keyed] : comparisons_) {
        if (!compiler_.sound(*schema)) continue;
        const Shape& shape = schema->shape();
        if (!shape.allows(ValueKind::array)) {
            fault(at, "x-compare is about a list, and this is none", "{ignore: why} is for any value");
            continue;
        }
        const SourceNode* names = keyed ? at.node->find("key") : nullptr;
        if (!names) continue;
        std::vector<std::string_view> known;
        if (shape.items()) known = shape.items()->property_names();
        std::string_view rest = names->text;
        while (!rest.empty()) {
            auto end = rest.find_first_of(" ,");
            std::string_view name = rest.substr(0, end);
            rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
            if (name.empty() || std::find(known.begin(), known.end(), name) != known.end()) continue;
            std::string near = nearest(name, known);
            fault({names, at.resource}, "the items have no member '" + std::string(name.substr(0, 100)) + "'",
                  near.empty() ? "" : "did you mean '" + near + "'?");
        }
    }
    comparisons_.clear();
}

void OpenApiReader::read_discriminator(const At& schema) {
    At at = here(schema, "discriminator");
    if (!keys(at, "a discriminator", {"propertyName", "mapping"})) return;
    DiscriminatorCheck check{at, text(at, "propertyName", "a discriminator", true), {}};
    std::vector<const SourceNode*> targets;
    for (const char* keyword : {"oneOf", "anyOf"}) {
        const SourceNode* list = schema.node->find(keyword);
        if (!list || !list->is_sequence()) continue;
        for (const auto& item : list->items) {
            const SourceNode* reference = item.find("$ref");
            std::string why;
            bool named = reference && reference->is_scalar();
            check.alternatives.emplace_back(named ? reference->text.substr(0, 100) : "one of them",
                                            compiler_.compile(item, schema.resource));
            if (named)
                targets.push_back(compiler_.resolve(reference->text, schema.resource, why).node);
            else
                fault({&item, schema.resource}, "an alternative of a discriminator must be a $ref",
                      "its name is what the discriminator says");
        }
    }
    each(at, "mapping", [&](const SourceNode::Entry& entry, At value) {
        if (text(at.node->find("mapping") ? here(at, "mapping") : at, entry.key, "mapping").empty()) return;
        // A plain name is that of a component; anything else is a reference.
        const std::string& name = value.node->text;
        bool plain = name.find_first_of("/#") == std::string::npos;
        std::string why;
        auto place = compiler_.resolve_schema(plain ? "#/components/schemas/" + name : name, at.resource, why);
        if (plain && !place.node) place = compiler_.resolve_schema(name, at.resource, why);
        if (!place.node)
            fault(value,
                  "the discriminator leads '" + entry.key + "' to '" + name.substr(0, 100) + "', which is no schema");
        else if (!targets.empty() && std::find(targets.begin(), targets.end(), place.node) == targets.end())
            fault(value, "'" + name.substr(0, 100) + "' is none of the alternatives");
    });
    if (check.alternatives.empty())
        check.alternatives.emplace_back("the schema", compiler_.compile(*schema.node, schema.resource));
    if (!check.property.empty()) discriminators_.push_back(std::move(check));
}

void OpenApiReader::check_discriminators() {
    for (const auto& [at, property, alternatives] : discriminators_)
        for (const auto& [name, alternative] : alternatives) {
            if (!compiler_.sound(*alternative) || alternative->shape().required(property)) continue;
            fault(here(at, "propertyName"),
                  "'" + property + "' must be required in each alternative, and " + name + " leaves it optional",
                  "required: [" + property + "]");
        }
    discriminators_.clear();
}

}  // namespace headgate
