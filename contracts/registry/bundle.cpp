#include "contracts/registry/bundle.hpp"

#include <filesystem>
#include <set>

#include "contracts/document/utf8.hpp"
#include "contracts/registry/bundle_places.hpp"
#include "contracts/registry/percent.hpp"

namespace headgate {
namespace {

// The section of components for what stands under a key, where it is a reference.
std::string section_of(std::string_view key) {
    for (std::string_view same : {"parameters", "responses", "headers", "examples", "links", "callbacks",
                                  "requestBodies", "securitySchemes", "pathItems"})
        if (key == same) return std::string(same);
    if (key == "requestBody") return "requestBodies";
    return key == "paths" ? "pathItems" : "schemas";
}

std::string fragment_of(std::string_view pointer) {
    std::string out = "#";
    percent_encode(pointer, out, "/~!$&'()*+,;=:@");
    return out;
}

class Bundler {
  public:
    Bundler(const Registry& registry, const Contract& contract)
        : places_(registry), root_(*contract.file), root_uri_(BundlePlaces::uri_of(root_)) {}

    Result<SourceNode> run() {
        SourceNode out = root_.root();
        reserve_names();
        rewrite(out, {&root_, root_uri_}, "schemas", false);
        // What is taken over may refer to more.
        for (std::size_t i = 0; i < added_.size() && !failure_; ++i) {
            Added next = added_[i];
            SourceNode copy = *next.place.node;
            rewrite(copy, {next.place.file, next.place.base}, next.section, false);
            component(out, next.section, next.name) = std::move(copy);
        }
        if (failure_) return std::move(*failure_);
        return out;
    }

  private:
    using Place = BundlePlaces::Place;
    struct Added {
        Place place;
        std::string section, name;
    };
    // Where a node that is being rewritten comes from.
    struct Origin {
        const SourceFile* file;
        std::string base;
    };

    void reserve_names() {
        const SourceNode* components = root_.root().find("components");
        if (!components || !components->is_mapping()) return;
        for (const auto& section : components->entries)
            for (const auto& entry : section.value.entries) taken_.insert({section.key, entry.key});
    }

    // Depth is that of the file, which its reader bounds.
    void rewrite(SourceNode& node, Origin from, const std::string& section, bool names) {
        if (!names && node.is_mapping()) {
            from.base = base_inside(node, from.base);
            // References lead by pointer from here on: an $id would begin another document.
            std::erase_if(node.entries, [](const auto& entry) {
                return (entry.key == "$id" || entry.key == "$anchor") && entry.value.is_scalar();
            });
        }
        for (SourceNode& item : node.items) rewrite(item, from, section, false);
        for (auto& entry : node.entries) {
            SourceNode& value = entry.value;
            if (names)
                rewrite(value, from, section, false);
            else if (entry.key == "$ref" && value.is_scalar())
                value.text = local(value.text, from, section);
            else if (entry.key == "$dynamicRef" && (from.file != &root_ || from.base != root_uri_))
                fail(value.text, from, "a $dynamicRef means what the files around it say");
            else if (entry.key == "mapping" && value.is_mapping())
                for (auto& target : value.entries) target.value.text = mapped(target.value.text, from);
            else if (!holds_document(entry.key, value))
                rewrite(value, from, section_of(entry.key), value.is_mapping() && holds_names(entry.key));
        }
    }

    // Of a discriminator: a reference, or the name of a schema.
    std::string mapped(const std::string& text, const Origin& from) {
        std::string pointer = "/components/schemas", why;
        append_pointer(pointer, text);
        if (places_.at(*from.file, pointer))
            return from.file == &root_
                       ? text
                       : local(BundlePlaces::uri_of(*from.file) + fragment_of(pointer), from, "schemas");
        return places_.find(text, from.base, why) ? local(text, from, "schemas") : text;
    }

    // The reference as it stands in the bundle.
    std::string local(const std::string& reference, const Origin& from, const std::string& section) {
        std::string why;
        auto place = places_.find(reference, from.base, why);
        if (!place) return fail(reference, from, why);
        if (place->file == &root_) {
            bool stays = from.file == &root_ && from.base == root_uri_ && reference.starts_with("#/");
            return stays ? reference : fragment_of(place->pointer);
        }
        std::string_view pointer = place->pointer;
        constexpr std::string_view components = "/components/";
        auto name_begin = pointer.starts_with(components) ? pointer.find('/', components.size()) : pointer.npos;
        if (name_begin == pointer.npos) return taken_over(*place, section, name_for(*place));
        auto name_end = std::min(pointer.find('/', name_begin + 1), pointer.size());
        auto whole = places_.at(*place->file, pointer.substr(0, name_end));
        std::string of(pointer.substr(components.size(), name_begin - components.size()));
        std::string known(pointer.substr(name_begin + 1, name_end - name_begin - 1));
        return taken_over(*whole, of, plain(known)) + fragment_of(pointer.substr(name_end)).substr(1);
    }

    // What is no component gets a name: its own where it has one ($defs), else its file's.
    static std::string name_for(const Place& place) {
        std::string name = place.pointer.substr(place.pointer.rfind('/') + 1);
        bool position = name.find_first_not_of("0123456789") == std::string::npos;
        if (position || name == "schema") name = std::filesystem::path(place.file->path).stem().string();
        return plain(name);
    }
    // What OpenAPI lets a component be called.
    static std::string plain(std::string name) {
        for (char& c : name)
            if (!((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '.' || c == '_')) c = '-';
        return name;
    }

    std::string taken_over(const Place& place, const std::string& section, const std::string& name) {
        auto [known, fresh] = names_.try_emplace({place.node, section});
        if (fresh) {
            std::string free = name;
            for (int i = 2; !taken_.insert({section, free}).second; ++i) free = name + std::to_string(i);
            known->second = free;
            added_.push_back({place, section, free});
        }
        return fragment_of("/components/" + section + "/" + known->second);
    }

    static SourceNode& member(SourceNode& node, const std::string& key) {
        node.kind = SourceKind::mapping;
        for (auto& entry : node.entries)
            if (entry.key == key) return entry.value;
        return node.entries.emplace_back(SourceNode::Entry{key, 0, 0, {}}).value;
    }
    static SourceNode& component(SourceNode& out, const std::string& section, const std::string& name) {
        return member(member(member(out, "components"), section), name);
    }

    std::string fail(const std::string& reference, const Origin& from, const std::string& why) {
        std::string file = std::filesystem::path(from.file->path).filename().string();
        if (!failure_)
            failure_ = Error{ErrorKind::internal,
                             "the contract can't be told as one document: " + file + ": '" + reference + "': " + why};
        return reference;
    }

    BundlePlaces places_;
    const SourceFile& root_;
    std::string root_uri_;
    std::set<std::pair<std::string, std::string>> taken_;
    std::map<std::pair<const SourceNode*, std::string>, std::string> names_;
    std::vector<Added> added_;
    std::optional<Error> failure_;
};

}  // namespace

Result<SourceNode> bundle(const Registry& registry, const Contract& contract) {
    return Bundler(registry, contract).run();
}

}  // namespace headgate
