// OpenApiReader: one OpenAPI 3.1 document to operations and named schemas. What isn't supported is refused with its
// place, never ignored. Its parts are the openapi_*.cpp beside it, one each for the objects of the specification.
#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "contracts/registry/registry.hpp"
#include "contracts/schema/compiler.hpp"

namespace headgate {

// What one document says.
struct ContractDocument {
    std::unique_ptr<Contract> contract;  // nullptr for a library of components
    std::vector<std::unique_ptr<Operation>> operations;
    std::map<std::string, std::shared_ptr<const Schema>, std::less<>> schemas;
};

// One load's, shared by its documents; borrows compiler and diagnostics. Tells each fault once, and a bounded number.
class OpenApiReader {
  public:
    OpenApiReader(schema::Compiler& compiler, Diagnostics& diagnostics)
        : compiler_(compiler), diagnostics_(diagnostics) {}

    // `resource` is what the compiler knows the file by.
    ContractDocument read(const SourceFile& file, schema::ResourceId resource);
    // Links and successors: once all documents have been read.
    void check_names(const Registry& registry);
    // Examples, discriminators and comparison keys: after the compiler has finished.
    void check_values();

  private:
    // A node and the resource (file) that it lies in, references followed.
    struct At {
        const SourceNode* node;
        schema::ResourceId resource;
    };
    using Names = std::initializer_list<std::string_view>;
    using Alternatives = std::vector<std::vector<Credential>>;
    // Of the document that is being read.
    struct Document {
        std::string server_path;                                                // before each path; no trailing slash
        std::map<std::string, std::optional<Credential>, std::less<>> schemes;  // nothing: refused
        Alternatives security;
        std::set<std::string, std::less<>> operation_ids;
        std::set<std::string, std::less<>> tags;
    };
    struct ExampleCheck {
        std::shared_ptr<const Schema> schema;
        At value;
    };
    struct HeaderCheck {
        Parameter header;
        At value;
    };
    struct LinkCheck {
        At id;
        std::vector<const SourceNode::Entry*> parameters;
    };
    struct SuccessorCheck {
        At at;
        std::string name, contract;
        std::string operation;  // whose it is; empty: the contract's
    };
    struct CompareCheck {
        At at;
        std::shared_ptr<const Schema> schema;
        bool keyed;
    };
    struct DiscriminatorCheck {
        At at;
        std::string property;
        std::vector<std::pair<std::string, std::shared_ptr<const Schema>>> alternatives;  // and how messages name them
    };

    // openapi_fields.cpp: faults, and fields of any object.
    void fault(const At& at, std::string message, std::string hint = {});
    void fault(const SourceNode::Entry& entry, const At& in, std::string message, std::string hint = {});
    void tell(SourceMark mark, std::string message, std::string hint, bool error);
    SourceMark mark(const At& at) const { return compiler_.file_of(at.resource).mark(*at.node); }
    // Every key is known, or says for itself that it is an extension; else a fault each.
    bool keys(const At& at, const char* what, Names known, Names refused = {});
    bool mapping(const At& at, const char* what);
    void extension(const SourceNode::Entry& entry, const At& in, std::string_view what);
    std::string text(const At& at, std::string_view key, const char* what, bool required = false);
    bool flag(const At& at, std::string_view key, bool otherwise);
    // The value of a key, else the whole: where a fault of it is told.
    At here(const At& at, std::string_view key) const;
    // $ref, where there is one; a null node after a fault. `section` is that of components: "parameters".
    At follow(At at, const char* what, std::string_view section);
    // Calls read(entry, at) for each member of a mapping; `key` may be absent.
    template <class Read>
    void each(const At& at, std::string_view key, Read&& read) {
        const SourceNode* node = at.node->is_mapping() ? at.node->find(key) : nullptr;
        if (!node || !mapping({node, at.resource}, std::string(key).c_str())) return;
        for (const auto& entry : node->entries) read(entry, At{&entry.value, at.resource});
    }

    // openapi_info.cpp
    void read_info(const At& info, ContractDocument& document);
    void read_about(const At& info);
    void read_servers(const At& root);
    void read_tags(const At& root);
    void read_external_docs(const At& holder);
    // openapi_lifecycle.cpp
    Lifecycle read_lifecycle(const At& at, const std::string& contract, const std::string& operation = {});
    void check_successors(const Registry& registry);
    // openapi_security.cpp
    void read_security_schemes(const At& components);
    std::optional<Credential> read_security_scheme(const std::string& name, const At& scheme);
    Alternatives read_security(const At& requirements);
    // openapi_components.cpp
    void read_components(const At& components, ContractDocument& document);
    // openapi_paths.cpp
    void read_paths(const At& paths, ContractDocument& document);
    void read_path_item(At item, std::vector<std::unique_ptr<Operation>>& out, const Contract* contract);
    std::unique_ptr<Operation> read_operation(const At& at, std::string_view method, const Contract* contract);
    void check_tag(const At& tag);
    void check_path(const Operation& operation, const SourceNode::Entry& path, const At& in);
    // openapi_parameter.cpp
    void read_parameters(const At& list, std::vector<Parameter>& out);
    bool read_parameter(At at, Parameter& out);
    void read_name(const At& at, Parameter& out);
    void read_style(const At& at, Parameter& out);
    bool read_value(const At& at, const char* what, Parameter& out);
    Parameter read_header(const SourceNode::Entry& entry, At at);
    // openapi_message.cpp
    void read_request_body(At at, Operation& operation);
    void read_responses(const At& at, Operation& operation);
    Response read_response(At at);
    std::vector<Content> read_content(const At& at);
    // openapi_examples.cpp
    std::vector<Example> read_examples(const At& holder, const std::shared_ptr<const Schema>& schema,
                                       const Parameter* header = nullptr);
    void read_header_examples(At schema, const Parameter& header);  // those that the schema itself gives
    const SourceNode* read_example(const At& example);
    void read_link(At at);
    // openapi_schema.cpp
    std::shared_ptr<const Schema> compile(const At& at);
    void check_annotations(const At& schema);
    void read_discriminator(const At& schema);
    void read_compare(const At& schema);
    void check_headers();
    void check_discriminators();
    void check_comparisons();

    schema::Compiler& compiler_;
    Diagnostics& diagnostics_;
    Document document_;
    std::vector<ExampleCheck> examples_;
    std::vector<HeaderCheck> told_in_headers_;
    std::vector<LinkCheck> links_;
    std::vector<SuccessorCheck> successors_;
    std::vector<CompareCheck> comparisons_;
    std::vector<DiscriminatorCheck> discriminators_;
    std::unordered_set<const SourceNode*> seen_schemas_;
    std::unordered_map<const SourceNode*, std::shared_ptr<const Schema>> compiled_;
    std::set<std::string> told_;
    std::size_t objects_ = 0;  // read so far, those behind references each time
};

}  // namespace headgate
