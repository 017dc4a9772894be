#include "contracts/registry/bundle.hpp"

#include <filesystem>
#include <set>

#include "contracts/schema/format_uri.hpp"

namespace headgate {
namespace {

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// Members whose keys are names that an author chose, not words of the specification.
bool holds_names(std::string_view key) {
    return is_one_of(key, {"properties", "patternProperties", "dependentSchemas", "$defs", "schemas", "responses",
                           "parameters", "examples", "requestBodies", "headers", "securitySchemes", "links",
                           "callbacks", "pathItems", "paths", "content", "encoding", "variables"});
}

// Members that hold a document of the author's, in which `$ref` is a word like any other.
bool holds_document(std::string_view key) {
    return key.starts_with("x-") || is_one_of(key, {"example", "default", "const", "enum", "value"});
}

class Bundler {
  public:
    Bundler(const Registry& registry, const Contract& contract) : root_(*contract.file) {
        for (const auto& file : registry.files()) files_[normal(file->path)] = file.get();
    }

    Result<SourceNode> run() {
        SourceNode out = root_.root();
        reserve_names();
        rewrite(out, root_, false);
        // What is taken over may refer to more.
        for (std::size_t i = 0; i < added_.size() && !failure_; ++i) {
            Added next = added_[i];
            SourceNode copy = *next.node;
            rewrite(copy, *next.file, false);
            component(out, next.section, next.name) = std::move(copy);
        }
        if (failure_) return std::move(*failure_);
        return out;
    }

  private:
    struct Added {
        const SourceFile* file;
        const SourceNode* node;
        std::string section, name;
    };

    static std::string normal(const std::string& path) {
        return std::filesystem::path(path).lexically_normal().generic_string();
    }

    void reserve_names() {
        const SourceNode* components = root_.root().find("components");
        if (!components || !components->is_mapping()) return;
        for (const auto& section : components->entries)
            for (const auto& entry : section.value.entries) taken_.insert({section.key, entry.key});
    }

    // Depth is that of the file, which its reader bounds.
    void rewrite(SourceNode& node, const SourceFile& file, bool names) {
        for (SourceNode& item : node.items) rewrite(item, file, false);
        for (auto& entry : node.entries) {
            SourceNode& value = entry.value;
            if (names) {
                rewrite(value, file, false);
            } else if (entry.key == "$ref" && value.is_scalar()) {
                value.text = local(value.text, file);
            } else if (entry.key == "mapping" && value.is_mapping()) {
                // Of a discriminator: references, or names of schemas.
                for (auto& target : value.entries)
                    if (target.value.text.find('#') != std::string::npos)
                        target.value.text = local(target.value.text, file);
            } else if (!holds_document(entry.key) && !(entry.key == "examples" && value.is_sequence())) {
                rewrite(value, file, value.is_mapping() && holds_names(entry.key));
            }
        }
    }

    // The reference as it stands in the bundle.
    std::string local(const std::string& reference, const SourceFile& file) {
        auto hash = reference.find('#');
        std::string path = reference.substr(0, hash);
        const SourceFile* target = &file;
        if (!path.empty()) {
            auto found = files_.find(normal(schema::resolve_uri(normal(file.path), path)));
            if (found == files_.end()) return fail(reference, file, "the file was not read");
            target = found->second;
        }
        if (target == &root_) return hash == std::string::npos ? "#" : reference.substr(hash);
        std::string_view pointer = hash == std::string::npos ? "" : std::string_view(reference).substr(hash + 1);
        constexpr std::string_view components = "/components/";
        if (!pointer.starts_with(components)) return fail(reference, file, "it leads to no component");
        auto section_end = pointer.find('/', components.size());
        auto name_end = section_end == std::string_view::npos ? section_end : pointer.find('/', section_end + 1);
        if (section_end == std::string_view::npos) return fail(reference, file, "it leads to no component");
        std::string section(pointer.substr(components.size(), section_end - components.size()));
        std::string name(pointer.substr(section_end + 1, name_end - section_end - 1));
        const SourceNode* all = target->root().find("components");
        const SourceNode* holder = all ? all->find(section) : nullptr;
        const SourceNode* node = holder ? holder->find(name) : nullptr;
        if (!node) return fail(reference, file, "it leads to no component");
        std::string rest(name_end == std::string_view::npos ? std::string_view() : pointer.substr(name_end));
        return "#/components/" + section + "/" + taken_over(*target, *node, section, name) + rest;
    }

    std::string taken_over(const SourceFile& file, const SourceNode& node, const std::string& section,
                           const std::string& name) {
        auto [known, fresh] = names_.try_emplace(&node);
        if (!fresh) return known->second;
        std::string free = name;
        for (int i = 2; !taken_.insert({section, free}).second; ++i) free = name + std::to_string(i);
        known->second = free;
        added_.push_back({&file, &node, section, free});
        return free;
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

    std::string fail(const std::string& reference, const SourceFile& file, const char* why) {
        if (!failure_)
            failure_ = Error{ErrorKind::internal, "the contract can't be told as one document",
                             file.path + ": '" + reference + "': " + why};
        return reference;
    }

    const SourceFile& root_;
    std::map<std::string, const SourceFile*> files_;
    std::set<std::pair<std::string, std::string>> taken_;
    std::map<const SourceNode*, std::string> names_;
    std::vector<Added> added_;
    std::optional<Error> failure_;
};

}  // namespace

Result<SourceNode> bundle(const Registry& registry, const Contract& contract) {
    return Bundler(registry, contract).run();
}

}  // namespace headgate
