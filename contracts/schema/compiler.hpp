// Compiler: turns schemas of source files into one Program that they share; faults are found here, with their place.
#pragma once

#include "base/diagnostics.hpp"
#include "contracts/schema/program.hpp"
#include "contracts/schema/references.hpp"
#include "contracts/schema/vocabulary.hpp"

namespace headgate::schema {

struct CompilerOptions {
    bool assert_format = true;   // false: `format` is an annotation
    bool refuse_unknown = true;  // an unknown keyword or format is an error; false: an annotation
    bool check_examples = true;  // `examples`, `example` and `default` must be valid
    bool make_shapes = true;     // false: Schema::shape() says nothing
};

// One load's; not thread-safe. Schemas may be used once finish() has been called and diagnostics have no errors.
class Compiler {
  public:
    Compiler(CompilerOptions options, Diagnostics& diagnostics, Fetch fetch = {});

    // Makes a file known under a URI, so that references can lead into it. For a file of one schema: its root.
    ResourceId add(std::string uri, std::shared_ptr<const SourceFile> file, const SourceNode& root);
    // A schema that lies in a resource.
    std::shared_ptr<const Schema> compile(const SourceNode& node, ResourceId resource);
    // The place that a reference leads to, for documents around schemas (OpenAPI) that refer in the same way.
    References::Place resolve(std::string_view reference, ResourceId from, std::string& why);
    // The schema that a reference leads to; else `why` is a phrase such as "leads to a parameter, not to a schema".
    References::Place resolve_schema(std::string_view reference, ResourceId from, std::string& why);
    const SourceFile& file_of(ResourceId resource) const { return *references_.resources()[resource].file; }
    const std::string& uri_of(ResourceId resource) const { return references_.resources()[resource].uri; }
    // Compiles what the schemas refer to, checks that none refers to itself without end, makes shapes, checks examples.
    void finish();
    // After finish(): whether a schema and all that it leads to have no fault, so that it judges as it is meant to.
    bool sound(const Schema& schema) const;

  private:
    struct Pending {
        const SourceNode* source;
        ResourceId resource;
        NodeId id;
    };
    struct Example {
        NodeId schema;
        const SourceNode* value;
        const SourceFile* file;
        bool is_default;
    };
    friend class NodeCompiler;

    NodeId node_of(const SourceNode& source, ResourceId resource);
    // What the dialect of a resource uses, by its own $schema or that of what it is embedded in.
    Vocabularies vocabularies(ResourceId resource);
    void compile_pending();
    void add_dynamic_anchors();
    void spread_faults();  // compiler_faults.cpp
    void check_examples();
    std::uint32_t dynamic_name(const std::string& anchor);

    CompilerOptions options_;
    Diagnostics& diagnostics_;
    References references_;
    std::shared_ptr<Program> program_;
    std::unordered_map<const SourceNode*, NodeId> known_;
    std::vector<Pending> pending_;
    std::vector<Example> examples_;
    std::map<ResourceId, Vocabularies> vocabularies_;
    std::vector<NodeId> roots_;
    std::vector<NodeId> faulty_;  // nodes that have a fault themselves
    std::vector<bool> unsound_;   // by node, once finished: leads to a faulty one; empty: nothing may be used
    std::map<std::string, std::uint32_t> dynamic_names_;
};

}  // namespace headgate::schema
