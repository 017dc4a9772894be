// CompiledSchema: a schema that was asked for by name: a place in a program, which it keeps.
#pragma once

#include <memory>

#include "contracts/schema/program.hpp"
#include "contracts/schema/shape_set.hpp"

namespace headgate::schema {

// The one kind of Schema that the Compiler makes. Immutable and thread-safe once the compiler has finished.
class CompiledSchema final : public Schema {
  public:
    CompiledSchema(std::shared_ptr<const Program> program, NodeId root) : program_(std::move(program)), root_(root) {}

    bool validate(const Value& document, std::vector<SchemaIssue>* issues, std::size_t limit) const override {
        return schema::validate(*program_, root_, document, issues, limit);
    }
    const Shape& shape() const override { return program_->shapes->of(root_); }

    const Program& program() const { return *program_; }
    NodeId root() const { return root_; }

  private:
    std::shared_ptr<const Program> program_;
    NodeId root_;
};

}  // namespace headgate::schema
