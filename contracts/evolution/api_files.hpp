// ApiFiles: the OpenAPI files of one side of a comparison, with references between them, and which of their objects
// the comparison has looked at.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "contracts/schema/references.hpp"

namespace headgate::evolution {

// A node and the resource whose address its references are relative to. Without node: there is no such thing.
struct Place {
    const SourceNode* node = nullptr;
    schema::ResourceId resource = 0;

    explicit operator bool() const { return node != nullptr; }
    bool operator==(const Place& other) const { return node == other.node; }
    std::string_view text() const { return node && node->is_scalar() ? std::string_view(node->text) : ""; }
    // `True` and `yes` are flags to other readers of YAML; what is doubtful counts as said.
    bool is_true() const { return is_word({"true", "yes", "on"}); }
    bool is_false() const { return is_word({"false", "no", "off"}); }
    bool is_word(std::initializer_list<std::string_view> words) const;
};

// Which words of a schema have an effect: 3.0 has words of its own, 3.1 those of JSON Schema 2020-12.
enum class Dialect : std::uint8_t { openapi_30, openapi_31 };

// The name of a component: `orders.v1`, `Address`.
struct ComponentName {
    std::string contract, name;
};

// Owns the files of one side for one comparison; on one thread. Faults go to the diagnostics, which must outlive it:
// what can't be read can't be judged.
class ApiFiles {
  public:
    explicit ApiFiles(Diagnostics& diagnostics);

    // The root of a document of OpenAPI 3.0 or 3.1; no place after a fault.
    Place open(std::shared_ptr<const SourceFile> file);
    // Of a mapping; no place when absent or when this is no mapping.
    Place child(Place at, std::string_view key) const;
    Place item(Place list, std::size_t index) const;
    Place entry(Place mapping, const SourceNode::Entry& entry) const;
    // Through `$ref`s to what is meant; marks what it passes as seen, and what stands beside a `$ref` as void.
    Place follow(Place at);
    // What one reference leads to; no place, and a fault, when there is nothing.
    Place resolve(Place reference);
    // The same without a fault: a discriminator's value may be a reference or a name.
    Place try_resolve(std::string_view reference, Place from);

    void see(Place at) { seen_.insert(at.node); }
    void see_all(Place at);
    bool seen(const SourceNode* node) const { return seen_.contains(node); }
    // The specification takes no notice of its keys beside `$ref`.
    bool is_void(const SourceNode* node) const { return void_.contains(node); }

    // A document's own; a file that is no document is read as the documents that refer to it.
    Dialect dialect(Place at) const { return dialects_[at.resource]; }

    SourceMark mark(Place at) const;
    // Whether this is an entry of a document's components/schemas.
    const ComponentName* component(const SourceNode* node) const;
    // All of them, of the documents that are open.
    const std::vector<Place>& components() const { return components_; }
    // info.x-contract, else the file's name without its ending.
    static std::string contract_name(const SourceFile& file);

  private:
    std::shared_ptr<const SourceFile> fetch(const std::string& uri);
    std::shared_ptr<const SourceFile> read(const std::string& uri);
    void index_new_resources(Dialect reader);
    // Whatever has an address of its own, wherever it stands; `names`: the keys are an author's.
    void index_schemas(const SourceNode& node, schema::ResourceId id, bool names);
    const SourceNode* find(const SourceNode& mapping, std::string_view key) const;
    Place walk(std::string_view reference, schema::ResourceId from) const;
    Place look_up(std::string_view reference, schema::ResourceId from, std::string& why);

    Diagnostics& diagnostics_;
    schema::References references_;
    std::vector<Dialect> dialects_;  // of the resources that are indexed
    std::unordered_set<const SourceNode*> seen_, void_;
    std::unordered_set<std::string> unreadable_;  // told, or not there; not read again
    // Of large mappings, made when they are first searched: a file of 100,000 components takes no quadratic time.
    mutable std::unordered_map<const SourceNode*, std::unordered_map<std::string_view, const SourceNode*>> indexes_;
    std::vector<Place> components_;
    std::unordered_map<const SourceNode*, ComponentName> component_names_;
};

}  // namespace headgate::evolution
