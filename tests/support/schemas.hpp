// Compiles one schema written in a test, and judges one JSON text by it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/json.hpp"
#include "contracts/schema/compiler.hpp"

namespace headgate::test {

// Owns the schema and what it said when it was compiled.
class TestSchema {
  public:
    explicit TestSchema(std::string_view yaml, schema::CompilerOptions options = {}) {
        auto file = parse_source("s.yaml", yaml, diagnostics_);
        if (!file) return;
        schema::Compiler compiler(options, diagnostics_);
        schema_ = compiler.compile(file->root(), compiler.add("s.yaml", file, file->root()));
        compiler.finish();
    }

    // The faults of the schema itself.
    std::string faults() const { return diagnostics_.text(); }
    bool accepts(std::string_view json) const { return judge(json).empty(); }
    // "pointer keyword: message", a line each; "" when the JSON is valid.
    std::string judge(std::string_view json, std::size_t limit = 20) const {
        if (diagnostics_.has_errors()) return "schema: " + faults();
        Arena arena;
        Builder builder(arena);
        auto value = read_json(json, builder);
        if (!value) return value.error().message;
        std::vector<SchemaIssue> issues;
        bool valid = schema_->validate(*value, &issues, limit);
        std::string out;
        for (const auto& issue : issues) out += issue.pointer + " " + issue.keyword + ": " + issue.message + "\n";
        return valid ? out : out.empty() ? "invalid without an issue" : out;
    }
    const Schema& schema() const { return *schema_; }

  private:
    Diagnostics diagnostics_;
    std::shared_ptr<const Schema> schema_;
};

}  // namespace headgate::test
