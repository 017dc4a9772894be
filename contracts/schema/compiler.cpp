#include "contracts/schema/compiler.hpp"

#include "contracts/document/source_value.hpp"
#include "contracts/schema/compiled_schema.hpp"
#include "contracts/schema/metaschema.hpp"
#include "contracts/schema/node_compiler.hpp"
#include "contracts/schema/program_check.hpp"

namespace headgate::schema {

Compiler::Compiler(CompilerOptions options, Diagnostics& diagnostics, Fetch fetch)
    : options_(options),
      diagnostics_(diagnostics),
      references_(std::move(fetch)),
      program_(std::make_shared<Program>()) {
    program_->shapes = std::make_unique<ShapeSet>(*program_);
}

ResourceId Compiler::add(std::string uri, std::shared_ptr<const SourceFile> file, const SourceNode& root) {
    ResourceId id = references_.add(std::move(uri), std::move(file), root);
    // A file of components is no schema itself; its schemas are read where they are referred to.
    if (!root.find("openapi")) references_.index(root, id, diagnostics_);
    return id;
}

std::shared_ptr<const Schema> Compiler::compile(const SourceNode& node, ResourceId resource) {
    NodeId root = node_of(node, resource);
    roots_.push_back(root);
    return std::make_shared<CompiledSchema>(program_, root);
}

References::Place Compiler::resolve(std::string_view reference, ResourceId from, std::string& why) {
    return references_.resolve(reference, from, why, diagnostics_);
}

References::Place Compiler::resolve_schema(std::string_view reference, ResourceId from, std::string& why) {
    return references_.resolve_schema(reference, from, why, diagnostics_);
}

NodeId Compiler::node_of(const SourceNode& source, ResourceId resource) {
    auto [entry, added] = known_.emplace(&source, static_cast<NodeId>(program_->nodes.size()));
    if (added) {
        references_.index(source, resource, diagnostics_);
        program_->nodes.emplace_back();
        pending_.push_back({&source, references_.resource_of(source, resource), entry->second});
    }
    return entry->second;
}

Vocabularies Compiler::vocabularies(ResourceId id) {
    if (auto known = vocabularies_.find(id); known != vocabularies_.end()) return known->second;
    const References::Resource resource = references_.resources()[id];
    Vocabularies used =
        resource.parent == References::no_resource ? standard_vocabularies : vocabularies(resource.parent);
    const SourceNode* dialect = resource.root->is_mapping() ? resource.root->find("$schema") : nullptr;
    if (dialect && dialect->is_scalar()) {
        std::string_view uri = dialect->text;
        if (uri.ends_with('#')) uri.remove_suffix(1);
        used = standard_vocabularies;
        if (uri != dialect_2020_12 && uri != "https://spec.openapis.org/oas/3.1/dialect/base") {
            std::string why, unknown;
            const SourceNode* metaschema = resolve(uri, id, why).node;
            if (!metaschema)
                diagnostics_.error(resource.file->mark(*dialect),
                                   "the dialect '" + dialect->text + "' is not supported: " + why,
                                   std::string(dialect_2020_12) + " is");
            else
                used = vocabularies_of(*metaschema, unknown);
            if (!unknown.empty())
                diagnostics_.error(resource.file->mark(*dialect),
                                   "the dialect '" + dialect->text + "' requires an unknown vocabulary",
                                   "'" + unknown + "' is not supported");
        }
    }
    vocabularies_.emplace(id, used);
    return used;
}

std::uint32_t Compiler::dynamic_name(const std::string& anchor) {
    return dynamic_names_.emplace(anchor, static_cast<std::uint32_t>(dynamic_names_.size() + 1)).first->second;
}

void Compiler::compile_pending() {
    while (!pending_.empty()) {
        Pending next = pending_.back();
        pending_.pop_back();
        std::size_t faults = diagnostics_.errors();
        Node node = NodeCompiler(*this, *next.source, next.resource, next.id).compile();
        if (diagnostics_.errors() > faults) faulty_.push_back(next.id);
        program_->nodes[next.id] = std::move(node);
    }
}

// Any schema of a name that some $dynamicRef asks for may be where it leads.
void Compiler::add_dynamic_anchors() {
    for (bool more = true; more;) {
        more = false;
        program_->resources.resize(references_.resources().size());
        for (ResourceId id = 0; id < references_.resources().size(); ++id) {
            for (const auto& [anchor, number] : dynamic_names_) {
                auto& anchors = program_->resources[id].dynamic_anchors;
                auto found = references_.resources()[id].dynamic_anchors.find(anchor);
                if (found == references_.resources()[id].dynamic_anchors.end() || anchors.contains(number)) continue;
                anchors.emplace(number, node_of(*found->second, id));
                more = true;
            }
        }
        compile_pending();
    }
}

bool Compiler::sound(const Schema& schema) const {
    NodeId root = static_cast<const CompiledSchema&>(schema).root();
    return root < unsound_.size() && !unsound_[root];
}

void Compiler::check_examples() {
    Arena arena;
    Builder builder(arena);
    for (const auto& example : examples_) {
        std::vector<SchemaIssue> issues;
        if (unsound_[example.schema]) continue;
        if (validate(*program_, example.schema, to_value(*example.value, builder), &issues, 3)) continue;
        for (const auto& issue : issues)
            diagnostics_.error(example.file->mark(*example.value),
                               std::string(example.is_default ? "the default" : "the example") +
                                   " breaks its schema at '" + issue.pointer + "': " + issue.message,
                               "schema: " + issue.schema.file + ":" + std::to_string(issue.schema.line));
    }
    examples_.clear();
}

void Compiler::finish() {
    compile_pending();
    add_dynamic_anchors();
    for (const auto& resource : references_.resources()) program_->files.push_back(resource.file);
    program_->dynamic = !dynamic_names_.empty();
    if (!refuse_endless(*program_, diagnostics_)) return;
    spread_faults();
    if (options_.make_shapes)
        for (NodeId root : roots_)
            if (!program_->shapes->add(root, diagnostics_)) return;
    // Shapes read what a schema that only refers says beside its $ref; runs need not pass through it.
    shorten_references(*program_);
    if (measure(*program_, diagnostics_)) check_examples();
}

}  // namespace headgate::schema
