// BundlePlaces: where a reference in a registry's files leads: by path, $id, anchor and JSON Pointer.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "contracts/registry/registry.hpp"

namespace headgate {

// Words of OpenAPI and JSON Schema whose members are names that an author chose.
bool holds_names(std::string_view key);
// Words that hold a document of the author's, in which `$ref` is a word like any other.
bool holds_document(std::string_view key, const SourceNode& value);

// Borrows the registry's files. Built once for one bundle.
class BundlePlaces {
  public:
    explicit BundlePlaces(const Registry& registry);

    struct Place {
        const SourceFile* file = nullptr;
        const SourceNode* node = nullptr;
        std::string pointer = {};  // from the file's root on
        std::string base = {};     // the URI that holds around the node; its own $id is not counted
    };
    // `base` is the URI that holds where the reference stands. Nothing, and why.
    std::optional<Place> find(std::string_view reference, const std::string& base, std::string& why) const;
    // A place by its pointer from the file's root on.
    std::optional<Place> at(const SourceFile& file, std::string_view pointer) const;
    static std::string uri_of(const SourceFile& file);

  private:
    struct Known {
        const SourceFile* file;
        std::string pointer;
    };
    void index(const SourceNode& node, const SourceFile& file, const std::string& pointer, std::string base,
               bool names);
    const Known* resource(const std::string& uri) const;

    std::map<std::string, Known> resources_;                        // by URI
    std::map<std::pair<std::string, std::string>, Known> anchors_;  // by the resource's URI and name
};

// The URI that a schema's $id gives it, else `base`.
std::string base_inside(const SourceNode& schema, const std::string& base);

}  // namespace headgate
