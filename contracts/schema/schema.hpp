// Schema: a JSON Schema 2020-12 document compiled at load; validates documents exactly, numbers on their decimal text.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "contracts/document/value.hpp"

namespace headgate {

// One disagreement between a document and its schema.
struct SchemaIssue {
    std::string pointer;  // JSON Pointer (RFC 6901) into the document; "" is the whole
    std::string message;  // what was expected, safe to show; never echoes more than a short excerpt of the value
    std::string keyword;  // 'required', 'type', ...
    SourceMark schema;    // where the schema says so
    std::string schema_pointer = {};  // the same place as a JSON Pointer into that file
};

// What a schema says about structure, with $ref and allOf followed: for mappings, comparison and drafts.
// Borrowed from its Schema; nullptr-free navigation returns nullptr where the schema says nothing.
class Shape {
  public:
    virtual ~Shape() = default;
    virtual bool allows(ValueKind kind) const = 0;  // 'integer' counts as number
    virtual bool integer() const = 0;
    virtual const Shape* property(std::string_view name) const = 0;
    virtual std::vector<std::string_view> property_names() const = 0;
    virtual bool required(std::string_view name) const = 0;
    // Required, or required by an alternative that may be taken (oneOf, anyOf, then).
    virtual bool may_require(std::string_view name) const { return required(name); }
    virtual const Shape* items() const = 0;
    virtual std::vector<std::string_view> enumeration() const = 0;  // string enumerations alone
    virtual std::string_view format() const = 0;
    // Characters of the longest text that is allowed; 0: any.
    virtual std::size_t longest() const { return 0; }
    // The least and the greatest number that are allowed, in digits; empty: any.
    virtual std::string_view least() const { return {}; }
    virtual std::string_view greatest() const { return {}; }
    // The text of an extension keyword: extension("x-compare", "key"); a scalar extension has member "".
    virtual std::string_view extension(std::string_view keyword, std::string_view member = {}) const = 0;
    virtual SourceMark mark() const = 0;
    // The same place as a JSON Pointer into its file.
    virtual std::string pointer() const { return {}; }
};

// Immutable and thread-safe once loaded; validation allocates nothing when the document is valid.
class Schema {
  public:
    virtual ~Schema() = default;
    // True when valid. Else up to `limit` issues are appended when `issues` is given.
    virtual bool validate(const Value& document, std::vector<SchemaIssue>* issues = nullptr,
                          std::size_t limit = 20) const = 0;
    virtual const Shape& shape() const = 0;
};

}  // namespace headgate
