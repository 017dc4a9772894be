// The query of a request: taken apart into pairs, from which each parameter takes what its style says is its own.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "contracts/document/builder.hpp"
#include "contracts/registry/registry.hpp"
#include "contracts/registry/styles/read_text.hpp"

namespace headgate {

// One request's; what is wrong becomes issues at `/<name>`. Values are built in the builder's arena.
class QueryReader {
  public:
    QueryReader(std::string_view query, const Operation& operation, Builder& builder, std::vector<SchemaIssue>& issues);
    // The parameter's value; nothing when it is absent or malformed.
    std::optional<Value> take(const Parameter& parameter);
    // Whether the parameter that was taken last is there, but malformed.
    bool refused() const { return refused_; }
    // Reports the names that no parameter has.
    void finish();

  private:
    struct Pair {
        std::string_view name;  // decoded, in the arena where it differs
        std::string_view raw;   // not decoded
        bool claimed = false;
    };
    std::optional<Value> take_single(const Parameter& parameter);
    std::optional<Value> take_items(const Parameter& parameter);
    std::optional<Value> take_members(const Parameter& parameter);
    bool is_member(const Parameter& parameter, std::string_view name, std::string_view& key) const;
    std::optional<Value> refuse(const Parameter& parameter, std::string why, const char* keyword);
    void issue(std::string_view name, std::string message, const char* keyword);

    const Operation& operation_;
    Builder& builder_;
    std::vector<SchemaIssue>& issues_;
    std::vector<Pair> pairs_;
    bool refused_ = false;
};

}  // namespace headgate
