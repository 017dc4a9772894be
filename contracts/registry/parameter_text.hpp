// Parameters as text: the styles `form` and `simple` of OpenAPI 3.1, read by what their schema allows, and written.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/builder.hpp"
#include "contracts/registry/registry.hpp"

namespace headgate {

// A path segment or header, decoded; an array is separated by commas. Text is copied to the builder's arena.
Value simple_value(std::string_view text, const Shape& shape, Builder& builder);
// The inverse, percent-encoded or as is.
void write_simple(const Value& value, std::string& out, bool encode);

// The query of one request, taken apart once; what is wrong with it becomes issues at `/<name>`.
class QueryReader {
  public:
    QueryReader(std::string_view query, const Operation& operation, Builder& builder, std::vector<SchemaIssue>& issues);
    // The parameter's value; nothing when it is absent or malformed.
    std::optional<Value> take(const Parameter& parameter);
    // Whether it is there, but malformed.
    bool refused(const Parameter& parameter) const;
    // Reports the names that no parameter has.
    void finish();

  private:
    struct Pair {
        std::string name;
        std::string_view raw;  // not decoded
    };
    void issue(const std::string& name, std::string message, const char* keyword);

    const Operation& operation_;
    Builder& builder_;
    std::vector<SchemaIssue>& issues_;
    std::vector<Pair> pairs_;
};

}  // namespace headgate
