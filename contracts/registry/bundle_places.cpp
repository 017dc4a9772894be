#include "contracts/registry/bundle_places.hpp"

#include <algorithm>
#include <filesystem>

#include "contracts/document/utf8.hpp"
#include "contracts/registry/percent.hpp"
#include "contracts/registry/source_files.hpp"
#include "contracts/schema/format_uri.hpp"

namespace headgate {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string unescaped(std::string_view token) {
    std::string out;
    for (std::size_t i = 0; i < token.size(); ++i) {
        bool tilde = token[i] == '~' && i + 1 < token.size() && (token[i + 1] == '0' || token[i + 1] == '1');
        out += !tilde ? token[i] : token[++i] == '0' ? '~' : '/';
    }
    return out;
}

const SourceNode* step(const SourceNode& node, const std::string& token) {
    if (node.is_mapping()) return node.find(token);
    bool digits = !token.empty() && token.size() <= 6 && token.find_first_not_of("0123456789") == std::string::npos;
    if (!node.is_sequence() || !digits) return nullptr;
    std::size_t index = std::stoul(token);
    return index < node.items.size() ? &node.items[index] : nullptr;
}

}  // namespace

bool holds_names(std::string_view key) {
    return is_one_of(key, {"properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "schemas",
                           "responses", "parameters", "examples", "requestBodies", "headers", "securitySchemes",
                           "links", "callbacks", "pathItems", "paths", "content", "encoding", "variables"});
}

bool holds_document(std::string_view key, const SourceNode& value) {
    return key.starts_with("x-") || is_one_of(key, {"example", "default", "const", "enum", "value"}) ||
           (key == "examples" && value.is_sequence());
}

std::string base_inside(const SourceNode& schema, const std::string& base) {
    const SourceNode* id = schema.is_mapping() ? schema.find("$id") : nullptr;
    if (!id || !id->is_scalar()) return base;
    std::string_view text = id->text;
    if (text.ends_with('#')) text.remove_suffix(1);
    return text.empty() ? base : schema::resolve_uri(base, text);
}

std::string BundlePlaces::uri_of(const SourceFile& file) { return uri_of_file(file.path); }

BundlePlaces::BundlePlaces(const Registry& registry) {
    for (const auto& file : registry.files()) {
        std::string uri = uri_of(*file);
        resources_.try_emplace(uri, Known{file.get(), ""});
        index(file->root(), *file, "", uri, false);
    }
}

// Depth is that of the file, which its reader bounds.
void BundlePlaces::index(const SourceNode& node, const SourceFile& file, const std::string& pointer, std::string base,
                         bool names) {
    if (!names && node.is_mapping()) {
        std::string own = base_inside(node, base);
        if (own != base) resources_.try_emplace(own, Known{&file, pointer});
        base = std::move(own);
        for (const char* keyword : {"$anchor", "$dynamicAnchor"})
            if (const SourceNode* anchor = node.find(keyword); anchor && anchor->is_scalar())
                anchors_.try_emplace({base, anchor->text}, Known{&file, pointer});
    }
    for (std::size_t i = 0; i < node.items.size(); ++i)
        index(node.items[i], file, pointer + "/" + std::to_string(i), base, false);
    for (const auto& entry : node.entries) {
        if (!names && holds_document(entry.key, entry.value)) continue;
        std::string inside = pointer;
        append_pointer(inside, entry.key);
        index(entry.value, file, inside, base, !names && entry.value.is_mapping() && holds_names(entry.key));
    }
}

const BundlePlaces::Known* BundlePlaces::resource(const std::string& uri) const {
    auto found = resources_.find(uri);
    if (found != resources_.end()) return &found->second;
    // A path may be written with more escapes than it needs.
    auto path = percent_decode(uri, false);
    if (path) found = resources_.find(uri_of_file(*path));
    return found == resources_.end() ? nullptr : &found->second;
}

std::optional<BundlePlaces::Place> BundlePlaces::at(const SourceFile& file, std::string_view pointer) const {
    Place place{&file, &file.root(), std::string(pointer), uri_of(file)};
    for (std::size_t begin = 1; begin <= pointer.size();) {
        std::size_t end = std::min(pointer.find('/', begin), pointer.size());
        place.base = base_inside(*place.node, place.base);
        place.node = step(*place.node, unescaped(pointer.substr(begin, end - begin)));
        if (!place.node) return std::nullopt;
        begin = end + 1;
    }
    return place;
}

std::optional<BundlePlaces::Place> BundlePlaces::find(std::string_view reference, const std::string& base,
                                                      std::string& why) const {
    auto hash = reference.find('#');
    std::string_view before = reference.substr(0, hash);
    std::string uri = before.empty() ? base : schema::resolve_uri(base, before);
    const Known* target = resource(uri);
    if (!target) {
        why = "the file was not read";
        return std::nullopt;
    }
    auto fragment = percent_decode(hash == std::string_view::npos ? "" : reference.substr(hash + 1), false);
    if (!fragment) {
        why = "its fragment is not well-formed";
        return std::nullopt;
    }
    if (fragment->empty() || fragment->front() == '/') {
        auto place = at(*target->file, target->pointer + *fragment);
        if (!place) why = "there is nothing at this place";
        return place;
    }
    auto anchor = anchors_.find({uri, *fragment});
    // By the file's own URI, where its root has an $id.
    if (anchor == anchors_.end())
        anchor = anchors_.find({base_inside(target->file->root(), uri_of(*target->file)), *fragment});
    if (anchor != anchors_.end()) return at(*anchor->second.file, anchor->second.pointer);
    why = "there is no such anchor";
    return std::nullopt;
}

}  // namespace headgate
