// References: which schemas there are by URI, anchor and JSON Pointer, across files; resolves `$ref` (section 8.2 of
// JSON Schema 2020-12, core).
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/diagnostics.hpp"
#include "contracts/document/source.hpp"

namespace headgate::schema {

using ResourceId = std::uint32_t;

// Brings the file that a URI without fragment names; nullptr when there is none, with a diagnostic where there should
// be. The meta-schemas of 2020-12 are never asked for.
using Fetch = std::function<std::shared_ptr<const SourceFile>(const std::string& uri)>;

// One load's; not thread-safe. Keeps the files that it was given.
class References {
  public:
    static constexpr ResourceId no_resource = UINT32_MAX;
    struct Place {
        const SourceNode* node = nullptr;
        ResourceId resource = 0;
        std::string anchor = {};   // when the reference named a $dynamicAnchor
        std::string pointer = {};  // when it named a place from the root of `base` on
        ResourceId base = no_resource;
    };
    struct Resource {
        std::string uri;
        const SourceNode* root = nullptr;
        std::shared_ptr<const SourceFile> file;
        ResourceId parent = no_resource;  // that it is embedded in
        std::map<std::string, const SourceNode*, std::less<>> anchors, dynamic_anchors;
    };

    explicit References(Fetch fetch) : fetch_(std::move(fetch)) {}

    // `node` is what JSON Pointers of this URI begin at: a file's root, or a schema of its own.
    ResourceId add(std::string uri, std::shared_ptr<const SourceFile> file, const SourceNode& node);
    // Reads the $id and anchors inside a schema; once for each node. Faults go to diagnostics.
    void index(const SourceNode& schema, ResourceId resource, Diagnostics& diagnostics);
    // Node of a file that was not found is nullptr, and `why` says why.
    Place resolve(std::string_view reference, ResourceId from, std::string& why, Diagnostics& diagnostics);
    // The same of a schema; `why` is a whole phrase, also where the reference leads to something else.
    Place resolve_schema(std::string_view reference, ResourceId from, std::string& why, Diagnostics& diagnostics);
    // The resource that begins at this very node, else `inherited`.
    ResourceId resource_of(const SourceNode& node, ResourceId inherited) const;
    ResourceId find(const std::string& uri) const;  // no_resource when there is none

    const std::vector<Resource>& resources() const { return resources_; }

  private:
    const SourceNode* step(const SourceNode& node, const std::string& token);

    Fetch fetch_;
    // Of mappings with so many members that looking them all through for each reference would be felt.
    std::unordered_map<const SourceNode*, std::unordered_map<std::string_view, const SourceNode*>> members_;
    std::vector<Resource> resources_;
    std::map<std::string, ResourceId> by_uri_;
    std::unordered_map<const SourceNode*, ResourceId> roots_;
    std::unordered_set<const SourceNode*> indexed_;
};

}  // namespace headgate::schema
