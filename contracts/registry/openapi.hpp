// OpenApiReader: one OpenAPI 3.1 document to operations and named schemas. What this subset doesn't know is refused
// with its place, never ignored.
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "contracts/registry/registry.hpp"
#include "contracts/schema/compiler.hpp"

namespace headgate {

// An example that must fit a schema once all are compiled.
struct ExampleCheck {
    std::shared_ptr<const Schema> schema;
    const SourceNode* value;
    const SourceFile* file;
};

// What one document says.
struct ContractDocument {
    std::unique_ptr<Contract> contract;  // nullptr for a library of components
    std::vector<std::unique_ptr<Operation>> operations;
    std::map<std::string, std::shared_ptr<const Schema>, std::less<>> schemas;
};

// One load's, shared by its documents; borrows compiler and diagnostics.
class OpenApiReader {
  public:
    OpenApiReader(schema::Compiler& compiler, Diagnostics& diagnostics)
        : compiler_(compiler), diagnostics_(diagnostics) {}

    // `resource` is what the compiler knows the file by.
    ContractDocument read(const SourceFile& file, schema::ResourceId resource);
    // After the compiler has finished without errors.
    void check_examples();

  private:
    // A node and the resource (file) that it lies in, references followed.
    struct At {
        const SourceNode* node;
        schema::ResourceId resource;
    };
    using Names = std::initializer_list<std::string_view>;

    void fault(const At& at, std::string message, std::string hint = {});
    void fault(const SourceNode::Entry& entry, const At& in, std::string message, std::string hint = {});
    SourceMark mark(const At& at) const { return compiler_.file_of(at.resource).mark(*at.node); }
    // Every key is known, or says for itself that it is an extension; else a fault each.
    bool keys(const At& at, const char* what, Names known, Names refused = {});
    bool mapping(const At& at, const char* what);
    std::string text(const At& at, std::string_view key, const char* what, bool required = false);
    bool flag(const At& at, std::string_view key, bool otherwise);
    At follow(At at, const char* what);  // $ref, where there is one; a null node after a fault

    void read_info(const At& info, ContractDocument& document);
    void read_security_schemes(const At& schemes, std::vector<std::string>& names);
    bool read_security(const At& requirements, const std::vector<std::string>& names);
    void read_components(const At& components, ContractDocument& document, std::vector<std::string>& security);
    void read_paths(const At& paths, ContractDocument& document, const std::vector<std::string>& security,
                    bool authenticated);
    void read_path_item(const SourceNode::Entry& path, const At& in, ContractDocument& document,
                        const std::vector<std::string>& security, bool authenticated);
    std::unique_ptr<Operation> read_operation(const At& at, const std::vector<std::string>& security);
    void read_parameters(const At& list, std::vector<Parameter>& out);
    bool read_parameter(At at, Parameter& out);
    void read_request_body(At at, Operation& operation);
    void read_responses(const At& at, Operation& operation);
    Response read_response(At at);
    Lifecycle read_lifecycle(const At& at);
    Parameter read_header(const std::string& name, At at);
    std::vector<Content> read_content(const At& at, bool request);
    std::vector<Example> read_examples(const At& holder, const std::shared_ptr<const Schema>& schema);
    void check_path_parameters(const Operation& operation, const SourceNode::Entry& path, const At& in);

    schema::Compiler& compiler_;
    Diagnostics& diagnostics_;
    std::vector<ExampleCheck> examples_;
};

}  // namespace headgate
