#include "contracts/evolution/api_files.hpp"

#include <algorithm>
#include <filesystem>

#include "base/ascii.hpp"
#include "contracts/evolution/meaning.hpp"
#include "contracts/schema/format_uri.hpp"

namespace headgate::evolution {
namespace {

constexpr std::size_t most_files = 2'000, most_steps = 100;

bool is_version(std::string_view text) {
    if (!text.starts_with("3.0.") && !text.starts_with("3.1.")) return false;
    return text.size() > 4 && text.find_first_not_of("0123456789", 4) == std::string_view::npos;
}

Dialect dialect_of(std::string_view version) {
    return version.starts_with("3.0.") ? Dialect::openapi_30 : Dialect::openapi_31;
}

}  // namespace

ApiFiles::ApiFiles(Diagnostics& diagnostics)
    : diagnostics_(diagnostics), references_([this](const std::string& uri) { return fetch(uri); }) {}

bool Place::is_word(std::initializer_list<std::string_view> words) const {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return equals_ignoring_case(text(), word); });
}

std::shared_ptr<const SourceFile> ApiFiles::fetch(const std::string& uri) {
    if (unreadable_.contains(uri)) return nullptr;
    auto file = read(uri);
    if (!file) unreadable_.insert(uri);
    return file;
}

std::shared_ptr<const SourceFile> ApiFiles::read(const std::string& uri) {
    if (references_.resources().size() >= most_files || !std::filesystem::is_regular_file(uri)) return nullptr;
    return read_single_source(uri, diagnostics_);
}

Place ApiFiles::open(std::shared_ptr<const SourceFile> opened) {
    auto id = references_.find(opened->path);
    if (id == schema::References::no_resource) id = references_.add(opened->path, opened, opened->root());
    Place root{references_.resources()[id].root, id};
    const SourceFile& file = *references_.resources()[id].file;
    Place version = child(root, "openapi");
    if (!version || !is_version(version.text())) {
        diagnostics_.error(version ? file.mark(*version.node) : SourceMark{file.path, 0, 0},
                           "is no document of OpenAPI 3.0 or 3.1",
                           version ? "openapi: 3.0.x or 3.1.x" : "a document begins with 'openapi: 3.1.0'");
        return {};
    }
    index_new_resources(dialect_of(version.text()));
    return root;
}

void ApiFiles::index_new_resources(Dialect reader) {
    while (dialects_.size() < references_.resources().size()) {
        auto id = static_cast<schema::ResourceId>(dialects_.size());
        const SourceNode* root = references_.resources()[id].root;
        const SourceFile& file = *references_.resources()[id].file;
        const SourceNode* version = file.root().find("openapi");
        dialects_.push_back(version && is_version(version->text) ? dialect_of(version->text) : reader);
        index_schemas(*root, id, false);
        const SourceNode* components = root->find("openapi") ? root->find("components") : nullptr;
        const SourceNode* schemas = components ? components->find("schemas") : nullptr;
        if (!schemas) continue;
        for (const auto& entry : schemas->entries) {
            components_.push_back({&entry.value, references_.resource_of(entry.value, id)});
            component_names_[&entry.value] = {contract_name(file), entry.key};
        }
    }
}

// Recursion is bounded by the depth of a source file.
void ApiFiles::index_schemas(const SourceNode& node, schema::ResourceId id, bool names) {
    for (const auto& item : node.items) index_schemas(item, id, false);
    if (!names && (node.find("$id") || node.find("$anchor") || node.find("$dynamicAnchor")))
        references_.index(node, id, diagnostics_);
    id = references_.resource_of(node, id);
    for (const auto& entry : node.entries)
        if (names || !(is_annotation(entry.key) || is_value(entry.key)))
            index_schemas(entry.value, id, !names && holds_names(entry.key));
}

std::string ApiFiles::contract_name(const SourceFile& file) {
    const SourceNode* info = file.root().find("info");
    const SourceNode* name = info ? info->find("x-contract") : nullptr;
    return name && name->is_scalar() ? name->text : std::filesystem::path(file.path).stem().string();
}

const SourceNode* ApiFiles::find(const SourceNode& mapping, std::string_view key) const {
    constexpr std::size_t small = 24;
    if (mapping.entries.size() <= small) return mapping.find(key);
    auto& index = indexes_[&mapping];
    if (index.empty())
        for (const auto& entry : mapping.entries) index.emplace(entry.key, &entry.value);
    auto found = index.find(key);
    return found == index.end() ? nullptr : found->second;
}

Place ApiFiles::child(Place at, std::string_view key) const {
    const SourceNode* node = at.node && at.node->is_mapping() ? find(*at.node, key) : nullptr;
    return node ? Place{node, references_.resource_of(*node, at.resource)} : Place{};
}

Place ApiFiles::item(Place list, std::size_t index) const {
    const SourceNode* node = &list.node->items[index];
    return {node, references_.resource_of(*node, list.resource)};
}

Place ApiFiles::entry(Place mapping, const SourceNode::Entry& entry) const {
    return {&entry.value, references_.resource_of(entry.value, mapping.resource)};
}

// A plain pointer into a file that is there already; anything else is left to References.
Place ApiFiles::walk(std::string_view reference, schema::ResourceId from) const {
    std::size_t hash = reference.find('#');
    if (hash == std::string_view::npos || reference.find_first_of("~%") != std::string_view::npos) return {};
    schema::ResourceId id = from;
    if (hash > 0)
        id = references_.find(schema::resolve_uri(references_.resources()[from].uri, reference.substr(0, hash)));
    if (id == schema::References::no_resource || reference.substr(hash, 2) != "#/") return {};
    Place at{references_.resources()[id].root, id};
    for (std::size_t begin = hash + 2; begin <= reference.size() && at;) {
        std::size_t end = std::min(reference.find('/', begin), reference.size());
        at = child(at, reference.substr(begin, end - begin));
        begin = end + 1;
    }
    return at;
}

Place ApiFiles::look_up(std::string_view reference, schema::ResourceId from, std::string& why) {
    Place place = walk(reference, from);
    if (!place) {
        auto found = references_.resolve(reference, from, why, diagnostics_);
        index_new_resources(dialects_[from]);
        place = {found.node, found.resource};
    }
    const SourceFile& file = *references_.resources()[place.resource].file;
    if (place && dialect(place) != dialects_[from] && !file.root().find("openapi"))
        diagnostics_.error(mark(place), "is read as OpenAPI 3.0 by one document and as 3.1 by another",
                           "one text can't mean both: let the documents that share a file have one version");
    return place;
}

Place ApiFiles::try_resolve(std::string_view reference, Place from) {
    std::string why;
    return look_up(reference, from.resource, why);
}

Place ApiFiles::resolve(Place reference) {
    std::string why = "a reference must be text";
    Place place;
    if (reference.node->is_scalar()) place = look_up(reference.node->text, reference.resource, why);
    if (!place)
        diagnostics_.error(mark(reference), "'" + std::string(reference.text()) + "' leads nowhere: " + why,
                           "files are read from this machine alone; bring what is elsewhere into them first");
    return place;
}

Place ApiFiles::follow(Place at) {
    for (std::size_t step = 0; at; ++step) {
        see(at);
        Place reference = child(at, "$ref");
        if (!reference) return at;
        void_.insert(at.node);
        if (step == most_steps) {
            diagnostics_.error(mark(reference), "a chain of more than 100 references, or one without end");
            return {};
        }
        at = resolve(reference);
    }
    return {};
}

void ApiFiles::see_all(Place at) {
    if (!at || at.node->is_scalar()) return;
    see(at);
    for (const auto& inner : at.node->items) see_all({&inner, at.resource});
    for (const auto& inner : at.node->entries) see_all({&inner.value, at.resource});
}

SourceMark ApiFiles::mark(Place at) const { return references_.resources()[at.resource].file->mark(*at.node); }

const ComponentName* ApiFiles::component(const SourceNode* node) const {
    auto found = component_names_.find(node);
    return found == component_names_.end() ? nullptr : &found->second;
}

}  // namespace headgate::evolution
