// LegacyDocuments: answers of a system, made by a seed from the legacy schema; their values are what the mapping's
// codecs know of, and the edges of the fields' types.
#pragma once

#include <deque>
#include <map>
#include <set>

#include "contracts/schema/generator.hpp"
#include "mappings/plan/compiled_plan.hpp"
#include "mappings/plan/laws/relations.hpp"

namespace headgate::mappings {

// Borrows the plan. Immutable once made.
class LegacyDocuments {
  public:
    // `answers`: messages of the contract, of whose values legacy ones are made; may be empty.
    LegacyDocuments(const CompiledPlan& plan, const std::vector<Relation>& relations,
                    const std::vector<Value>& answers);

    Value make(std::uint64_t seed, Arena& arena) const;

  private:
    using Steps = std::vector<std::string>;
    struct Pool {
        std::vector<std::string> texts;
        std::size_t plain = 0;
    };
    // A group of rows: the columns that belong to single rows or to groups within, and those groups.
    struct Levels {
        std::string column = {};
        std::set<std::string, std::less<>> below = {};
        std::vector<Levels> groups = {};
    };
    static Levels levels_of(const std::vector<Relation>& relations, const std::string& column);
    static void columns_of(const std::vector<Relation>& relations, std::set<std::string, std::less<>>& out);
    void propose(const std::vector<Relation>& relations, const Steps& prefix);
    void harvest(const std::vector<Relation>& relations, const Steps& prefix, ContractScopes& scopes,
                 const Value& item);
    void fill(const LegacyNode& node, Steps& at);
    void add(const Steps& path, std::string_view text);
    bool accepted(const LegacyNode& field, const Steps& path, std::string_view text) const;

    struct Maker;
    const CompiledPlan& plan_;
    const LegacyNode& shape_;
    bool rows_, one_;    // one_: all rows are one thing
    std::string group_;  // the column of group()
    Levels levels_;
    std::map<Steps, Pool> pools_;
    std::map<Steps, std::vector<const Relation*>> readers_;
};

}  // namespace headgate::mappings
