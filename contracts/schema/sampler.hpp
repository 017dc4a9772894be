// Sampler: one search for a document that a schema allows; see sample.hpp.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "contracts/schema/sample_candidates.hpp"
#include "contracts/schema/validator.hpp"

namespace headgate::schema {

// Used once, on one thread's stack. Each value is made by all the schemas that judge it together, of which one
// alternative is taken of each anyOf, oneOf and condition, and is held against them before it goes into another.
class Sampler {
  public:
    // `given`: a member of the root that has this value where the schemas name it; nullptr: none.
    Sampler(const Program& program, Arena& arena, const Member* given)
        : program_(program), arena_(arena), given_(given) {}

    std::optional<Value> make(NodeId root) { return value({Demand{root}}, {}, nullptr, 0); }
    // Why make() gave nothing.
    Error refusal() const;

  private:
    // One of the things that a node leaves open.
    struct Choosing {
        const Node* node;
        enum Kind : std::uint8_t { any, one, condition } kind;
        bool open() const;
        bool operator==(const Choosing&) const = default;
    };
    // A member, by its name.
    struct Name {
        std::string_view name;
        bool required = false;
    };

    // `chosen` is decided already. The root's path is nullptr.
    std::optional<Value> value(const std::vector<Demand>& first, const std::vector<Choosing>& chosen, const Path* path,
                               int depth);
    std::optional<Value> choose(const Choosing& choosing, const std::vector<Demand>& first,
                                std::vector<Choosing> chosen, const Path* path, int depth);
    // What the schemas speak of before what they only allow.
    std::vector<ValueKind> kinds(const Demands& demands) const;
    std::optional<Value> of_kind(ValueKind kind, const std::vector<Demand>& first, const std::vector<Choosing>& chosen,
                                 const Demands& demands, const Path* path, int depth);
    // A member or an item. What is optional is left out where it would repeat what it is part of.
    std::optional<Value> part(const std::vector<Demand>& first, const Path& path, int depth, bool required);

    // `full`: all that can be made, else what must be there.
    std::optional<Value> members(const std::vector<Demand>& first, const std::vector<Choosing>& chosen,
                                 const Demands& demands, const Path* path, int depth, bool full);
    // Members that others ask for become required; a schema that they ask for and that isn't heard yet comes back.
    NodeId depended(const Demands& demands, std::vector<Name>& names) const;
    // For a member that no schema names.
    std::string_view another_name(const Demands& demands, const Path* path, int depth, std::size_t number);
    std::optional<Value> items(const Demands& demands, const Path* path, int depth, bool full);

    bool is_given(const Path* path) const {
        return given_ && path && !path->parent && path->is_key && path->key == given_->key;
    }
    // Those that have the given member as they are written come first, others get it.
    void give(std::vector<Value>& written);

    bool fits(const std::vector<Demand>& demands, const Value& value);
    // The reason that lies deepest is the one that helps.
    std::nullopt_t fail(const Demands& demands, const Path* path, int depth, const std::string& reason);
    std::nullopt_t give_up(const std::string& reason);

    template <class Visit>
    void each_object(const Demands& demands, Visit visit) const {
        for (const Demand& demand : demands.all)
            if (program_.nodes[demand.node].object) visit(program_.nodes[demand.node]);
    }

    const Program& program_;
    Arena& arena_;
    const Member* given_;
    std::size_t variant_ = 0;   // which of the possible values is wanted: items of a list must differ
    std::vector<NodeId> open_;  // the schemas of what is being made, outermost first
    std::size_t steps_ = 0, values_ = 0, text_ = 0;
    bool exhausted_ = false;
    std::string why_;
    int depth_of_why_ = -1;
};

}  // namespace headgate::schema
