// NodeCompiler: one schema object to one node, keyword by keyword.
#pragma once

#include "contracts/schema/compiler.hpp"

namespace headgate::schema {

// Lives while one node is compiled; borrows the compiler.
class NodeCompiler {
  public:
    NodeCompiler(Compiler& compiler, const SourceNode& source, ResourceId resource, NodeId id);
    Node compile();

  private:
    using Entry = SourceNode::Entry;
    using Handler = void (NodeCompiler::*)(const Entry&);
    static Handler handler_of(std::string_view keyword);

    void fault(const SourceNode& at, std::string message, std::string hint = {});
    NodeId child(const SourceNode& source) { return compiler_.node_of(source, resource_); }
    bool list(const Entry& entry, bool may_be_empty = false);
    bool whole(const Entry& entry, std::uint32_t& out);
    bool flag(const Entry& entry, bool& out);
    bool number(const Entry& entry, std::optional<NumberRules::Bound>& out);
    bool text(const SourceNode& node, std::string_view keyword);
    const Pattern* pattern(const std::string& source, const SourceNode& at);

    std::vector<std::string> required_names(const Entry&);
    void warn_of_no_effect(Vocabularies used);
    void warn_of_kind(const SourceNode& at, const Value& value);

    void read_type(const Entry&);
    void read_values(const Entry&);
    void read_bound(const Entry&);
    void read_size(const Entry&);
    void read_pattern(const Entry&);
    void read_format(const Entry&);
    void read_unique(const Entry&);
    void read_schema(const Entry&);
    void read_schemas(const Entry&);
    void read_properties(const Entry&);
    void read_pattern_properties(const Entry&);
    void read_required(const Entry&);
    void read_dependent_required(const Entry&);
    void read_dependent_schemas(const Entry&);
    void read_definitions(const Entry&);
    void read_reference(const Entry&);
    void read_identity(const Entry&);
    void read_examples(const Entry&);

    NumberRules& numbers();
    StringRules& strings();
    ArrayRules& arrays();
    ObjectRules& objects();
    ObjectRules::Property& property(const std::string& name);
    ObjectRules::Dependency& dependency(const std::string& name);

    Compiler& compiler_;
    Program& program_;
    const SourceNode& source_;
    const SourceFile& file_;
    ResourceId resource_;
    NodeId id_;
    bool format_ = false;  // it is asserted
    Node node_;
    NumberRules* number_ = nullptr;
    StringRules* string_ = nullptr;
    ArrayRules* array_ = nullptr;
    ObjectRules* object_ = nullptr;
    std::unordered_map<std::string, std::size_t> properties_, dependencies_;  // positions by name
};

}  // namespace headgate::schema
