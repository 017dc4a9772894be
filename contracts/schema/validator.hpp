// Validator: one run of a program over one document. The same code judges fast (stops at the first fault) and, when
// that says no, once more to collect what is wrong.
#pragma once

#include "contracts/schema/program.hpp"
#include "contracts/schema/seen.hpp"

namespace headgate::schema {

// Where the run is in the document; lives on the stack, becomes a JSON Pointer only for an issue. A run that collects
// nothing keeps none.
struct Path {
    const Path* parent;
    std::string_view key;
    std::uint32_t index;
    bool is_key;
    std::string pointer() const;
};

// The resources that the run went through, innermost first: what $dynamicRef looks up. Kept where one may ask.
struct Scope {
    const Scope* parent;
    std::uint32_t resource;
};

// Used once, on one thread's stack. A run is bounded whatever schema and document are: in steps, in how deep it goes
// and in what it remembers.
class Validator {
  public:
    Validator(const Program& program, const Value& document, std::vector<SchemaIssue>* issues, std::size_t limit)
        : program_(program), nodes_(program.nodes.data()), document_(document), issues_(issues), limit_(limit) {}

    template <bool collect>
    bool check(NodeId id, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
        const Node& node = nodes_[id];
        if (++steps_ > most_steps_) [[unlikely]]
            if (!more_steps()) return false;
        if (!allows(node, value)) [[unlikely]]
            return collect ? report_type(node, path) : false;
        // Of most values of most messages nothing else is asked.
        if (value.is_null() || value.is_boolean() || value.is_number() || value.is_string())
            if (!node.applies && !node.tracks) return check_scalar<collect>(node, value, path);
        return check_whole<collect>(node, value, path, seen, scope);
    }
    // Why the run gave up; empty when it didn't.
    const std::string& exhausted() const { return exhausted_; }

  private:
    static bool allows(const Node& node, const Value& value) {
        return (node.types & bit(value.kind())) ||
               ((node.types & integer_bit) && value.is_number() && is_whole(value.text()));
    }
    static bool is_whole(std::string_view number) {
        for (char c : number.substr(number.front() == '-'))
            if (c < '0' || c > '9') return Decimal(number).is_integer();
        return true;
    }

    template <bool collect>
    bool check_whole(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_all(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_tracking(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_scalar(const Node& node, const Value& value, const Path* path);
    template <bool collect>
    bool check_choice(const Node& node, const Value& value, const Path* path);
    template <bool collect>
    bool check_number(const Node& node, const Value& value, const Path* path);
    template <bool collect>
    bool check_string(const Node& node, const Value& value, const Path* path);
    template <bool collect>
    bool check_array(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_contains(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_object(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_dependencies(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_beside(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_any(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_one(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope);
    template <bool collect>
    bool check_unevaluated(const Node& node, const Value& value, const Path* path, Seen& seen, const Scope* scope);
    // Whether a schema fits, whatever else does; what it judged goes to `seen` when it does.
    bool fits(NodeId id, const Value& value, Seen* seen, const Scope* scope);
    NodeId dynamic_target(const Node& node, const Scope* scope) const;
    bool unique(const Value& array);
    // Costs steps as it looks.
    bool has(const Value& object, std::string_view name);

    void explain_alternatives(const Node& node, const std::vector<NodeId>& alternatives, std::string_view keyword,
                              const Value& value, const Path* path, const Scope* scope);
    bool report_type(const Node& node, const Path* path);
    void report_missing(const Node& node, const Value& value, const Path* path);
    void report_unknown(const Node& node, std::string_view keyword, const Path* path);
    // Adds an issue when collecting; always false.
    bool report(const Node& node, std::string_view keyword, const Path* path, std::string message);
    bool full() const { return issues_ && issues_->size() >= limit_; }

    // Looks how large the document is, once the first steps are taken; false when those that it is worth are taken too.
    bool more_steps();
    bool give_up(std::string why);

    const Program& program_;
    const Node* nodes_;
    const Value& document_;
    std::vector<SchemaIssue>* issues_;
    std::size_t limit_;
    std::size_t steps_ = 0, most_steps_ = 1'000'000;
    std::size_t words_ = 0;  // of all Seen that live
    int depth_ = 0;
    bool measured_ = false;
    std::string exhausted_;
};

}  // namespace headgate::schema
