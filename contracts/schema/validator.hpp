// Validator: one run of a program over one document. The same code judges fast (stops at the first fault) and, when
// that says no, once more to collect what is wrong.
#pragma once

#include <bit>

#include "contracts/schema/program.hpp"

namespace headgate::schema {

// Where the run is in the document; lives on the stack, becomes a JSON Pointer only for an issue.
struct Path {
    const Path* parent;
    std::string_view key;
    std::uint32_t index;
    bool is_key;
    std::string pointer() const;
};

// The resources that the run went through, innermost first: what $dynamicRef looks up.
struct Scope {
    const Scope* parent;
    std::uint32_t resource;
};

// Which members or items of one value were judged by a keyword beside unevaluatedProperties or unevaluatedItems.
class Seen {
  public:
    explicit Seen(std::uint32_t size) {
        if (size > 64) many_.resize(size);
    }
    void mark(std::uint32_t index) {
        many_.empty() ? void(few_ |= std::uint64_t(1) << index) : void(many_[index] = true);
    }
    void mark_all() { many_.empty() ? void(few_ = ~std::uint64_t(0)) : many_.assign(many_.size(), true); }
    bool test(std::uint32_t index) const { return many_.empty() ? (few_ >> index & 1) != 0 : many_[index]; }
    void merge(const Seen& other) {
        few_ |= other.few_;
        for (std::size_t i = 0; i < many_.size(); ++i) many_[i] = many_[i] || other.many_[i];
    }

  private:
    std::uint64_t few_ = 0;
    std::vector<bool> many_;
};

class Validator {
  public:
    Validator(const Program& program, std::vector<SchemaIssue>* issues, std::size_t limit)
        : program_(program), issues_(issues), limit_(limit) {}

    template <bool collect>
    bool check(NodeId id, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    bool exhausted() const { return exhausted_; }

  private:
    template <bool collect>
    bool check_here(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_number(const Node& node, const Value& value, const Path* path);
    template <bool collect>
    bool check_string(const Node& node, const Value& value, const Path* path);
    template <bool collect>
    bool check_array(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_object(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_beside(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_any(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_one(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_unevaluated(const Node& node, const Value& value, const Path* path, Seen& seen, const Scope* scope);
    bool unique(const Value& array) const;
    void explain_alternatives(const Node& node, const std::vector<NodeId>& alternatives, std::string_view keyword,
                              const Value& value, const Path* path, const Scope* scope);
    void report_missing(const Node& node, const Value& value, const Path* path);
    void report_unknown(const Node& node, std::string_view keyword, const Path* path);

    // Adds an issue when collecting; always false.
    bool report(const Node& node, std::string_view keyword, const Path* path, std::string message);
    bool full() const { return issues_ && issues_->size() >= limit_; }

    const Program& program_;
    std::vector<SchemaIssue>* issues_;
    std::size_t limit_;
    std::size_t steps_ = 0;
    int depth_ = 0;
    bool exhausted_ = false;
};

}  // namespace headgate::schema
