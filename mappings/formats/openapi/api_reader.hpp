// ApiReader: finds one operation in an OpenAPI 3.1 document and reads what Headgate needs of it.
#pragma once

#include <optional>

#include "contracts/schema/compiler.hpp"
#include "mappings/formats/openapi/api_operation.hpp"

namespace headgate {

// One document's; faults of what the operation does not use are not told.
class ApiReader {
  public:
    ApiReader(std::string uri, std::shared_ptr<const SourceFile> file, schema::Fetch fetch, Diagnostics& diagnostics);
    // nullptr after diagnostics.
    std::shared_ptr<ApiOperation> read(const std::string& wanted);

  private:
    struct At {  // a node and the file that it lies in
        const SourceNode* node = nullptr;
        schema::ResourceId resource = 0;
    };
    struct Found {
        At path, operation;
        std::string template_path, method;
    };

    // api_reader.cpp
    bool check_document();
    std::optional<Found> find(const std::string& wanted);
    void read_body(const At& at, Operation& out);
    void read_responses(const At& at, Operation& out);
    Response read_response(const At& at);
    std::vector<Content> read_contents(const At& holder);
    At follow(At at);
    At member(const At& at, std::string_view key);  // references followed; no node: there is none
    std::string text(const At& at, std::string_view key) const;
    bool flag(const At& at, std::string_view key, bool otherwise) const;
    SourceMark mark(const At& at) const { return compiler_.file_of(at.resource).mark(*at.node); }
    void fault(const At& at, std::string message, std::string hint = {});

    // api_parameters.cpp
    void read_parameters(const At& holder, std::vector<Parameter>& out);
    std::optional<Parameter> read_parameter(const At& at);
    bool read_value(const At& at, Parameter& out);  // schema and style
    bool check_path(const Operation& operation, const At& at);

    // api_trees.cpp: once the schemas are compiled
    bool make_trees(ApiOperation& out, const At& at);
    bool check_kinds(std::vector<Parameter>& parameters, const At& at);
    bool sound(const Operation& operation) const;

    std::shared_ptr<const SourceFile> file_;
    Diagnostics& diagnostics_;
    Diagnostics in_schemas_;
    schema::Compiler compiler_;
    schema::ResourceId root_ = 0;
};

}  // namespace headgate
