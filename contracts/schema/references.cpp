#include "contracts/schema/references.hpp"

#include <cctype>

#include "contracts/schema/format_uri.hpp"
#include "contracts/schema/keywords.hpp"
#include "contracts/schema/metaschema.hpp"
#include "contracts/schema/openapi_places.hpp"

namespace headgate::schema {
namespace {

std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && std::isxdigit(static_cast<unsigned char>(text[i + 1])) &&
            std::isxdigit(static_cast<unsigned char>(text[i + 2]))) {
            out += static_cast<char>(std::stoi(std::string(text.substr(i + 1, 2)), nullptr, 16));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

std::string unescaped(std::string_view token) {
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
        bool tilde = token[i] == '~' && i + 1 < token.size();
        if (tilde && token[i + 1] == '1')
            out += '/', ++i;
        else if (tilde && token[i + 1] == '0')
            out += '~', ++i;
        else
            out += token[i];
    }
    return out;
}

}  // namespace

const SourceNode* References::step(const SourceNode& node, const std::string& token) {
    constexpr std::size_t many = 32;
    if (node.is_mapping() && node.entries.size() > many) {
        auto [known, added] = members_.try_emplace(&node);
        if (added)
            for (const auto& entry : node.entries) known->second.emplace(entry.key, &entry.value);
        auto found = known->second.find(token);
        return found == known->second.end() ? nullptr : found->second;
    }
    if (node.is_mapping()) return node.find(token);
    if (!node.is_sequence() || token.empty() || token.size() > 6) return nullptr;
    for (char c : token)
        if (c < '0' || c > '9') return nullptr;
    std::size_t index = std::stoul(token);
    return index < node.items.size() ? &node.items[index] : nullptr;
}

ResourceId References::add(std::string uri, std::shared_ptr<const SourceFile> file, const SourceNode& node) {
    auto id = static_cast<ResourceId>(resources_.size());
    by_uri_.emplace(uri, id);
    roots_.emplace(&node, id);
    Resource& resource = resources_.emplace_back();
    resource.uri = std::move(uri);
    resource.root = &node;
    resource.file = std::move(file);
    return id;
}

ResourceId References::find(const std::string& uri) const {
    auto found = by_uri_.find(uri);
    return found == by_uri_.end() ? no_resource : found->second;
}

ResourceId References::resource_of(const SourceNode& node, ResourceId inherited) const {
    auto found = roots_.find(&node);
    return found == roots_.end() ? inherited : found->second;
}

// Recursion is bounded by the depth of a source file.
void References::index(const SourceNode& schema, ResourceId resource, Diagnostics& diagnostics) {
    if (!schema.is_mapping() || !indexed_.insert(&schema).second) return;
    resource = resource_of(schema, resource);
    if (const SourceNode* id = schema.find("$id"); id && id->is_scalar()) {
        std::string_view text = id->text;
        if (text.ends_with('#')) text.remove_suffix(1);
        if (text.find('#') != std::string_view::npos) {
            diagnostics.error(resources_[resource].file->mark(*id), "$id holds a fragment: '" + id->text + "'",
                              "$anchor names a place inside a schema");
        } else if (std::string uri = resolve_uri(resources_[resource].uri, text); !text.empty()) {
            if (resources_[resource].root == &schema) {
                by_uri_.emplace(uri, resource);
                resources_[resource].uri = std::move(uri);
            } else {
                ResourceId parent = resource;
                resource = add(std::move(uri), resources_[parent].file, schema);
                resources_[resource].parent = parent;
            }
        }
    }
    auto name = [&](const char* keyword, bool dynamic) {
        const SourceNode* anchor = schema.find(keyword);
        if (!anchor || !anchor->is_scalar()) return;
        Resource& here = resources_[resource];
        if (!here.anchors.emplace(anchor->text, &schema).second && here.anchors[anchor->text] != &schema)
            diagnostics.error(here.file->mark(*anchor), "anchor '" + anchor->text + "' is used twice");
        if (dynamic) here.dynamic_anchors.emplace(anchor->text, &schema);
    };
    name("$anchor", false);
    name("$dynamicAnchor", true);
    for (const auto& [keyword, line, column, value] : schema.entries) {
        switch (kind_of(keyword)) {
            case KeywordKind::schema: index(value, resource, diagnostics); break;
            case KeywordKind::schema_list:
                for (const auto& item : value.items) index(item, resource, diagnostics);
                break;
            case KeywordKind::schema_map:
                for (const auto& entry : value.entries) index(entry.value, resource, diagnostics);
                break;
            default: break;
        }
    }
}

References::Place References::resolve(std::string_view reference, ResourceId from, std::string& why,
                                      Diagnostics& diagnostics) {
    std::string_view before = reference.substr(0, reference.find('#'));
    std::string fragment =
        before.size() < reference.size() ? percent_decoded(reference.substr(before.size() + 1)) : std::string();
    ResourceId target = from;
    if (!before.empty()) {
        std::string uri = resolve_uri(resources_[from].uri, before);
        target = find(uri);
        if (target == no_resource) {
            auto file = metaschema(uri);
            if (!file && fetch_) file = fetch_(uri);
            if (!file) {
                why = "there is no '" + uri + "'";
                return {};
            }
            target = add(uri, file, file->root());
            // A file of components is no schema itself; its schemas are read where they are referred to.
            if (!file->root().find("openapi")) index(file->root(), target, diagnostics);
        }
    }
    const Resource& resource = resources_[target];
    if (!fragment.empty() && fragment[0] != '/') {
        auto found = resource.anchors.find(fragment);
        if (found == resource.anchors.end()) {
            why = "there is no anchor '" + fragment + "'";
            return {};
        }
        bool dynamic = resource.dynamic_anchors.contains(fragment);
        return {found->second, target, dynamic ? fragment : std::string()};
    }
    const SourceNode* node = resource.root;
    ResourceId at = target;
    for (std::size_t begin = 1; begin <= fragment.size();) {
        std::size_t end = std::min(fragment.find('/', begin), fragment.size());
        node = step(*node, unescaped(std::string_view(fragment).substr(begin, end - begin)));
        if (!node) {
            why = "there is nothing at '#" + fragment + "'";
            return {};
        }
        at = resource_of(*node, at);
        begin = end + 1;
    }
    return {node, at, {}, std::move(fragment), target};
}

References::Place References::resolve_schema(std::string_view reference, ResourceId from, std::string& why,
                                             Diagnostics& diagnostics) {
    Place place = resolve(reference, from, why, diagnostics);
    if (!place.node) {
        why = "leads nowhere: " + why;
    } else if (place.base != no_resource) {
        std::string other = no_schema_at(*resources_[place.base].root, place.pointer, *place.node);
        if (other.empty()) return place;
        why = "leads to " + other + ", not to a schema";
        place.node = nullptr;
    }
    return place;
}

}  // namespace headgate::schema
