// Heirs: which components are made of which others by `allOf` or `$ref`; a discriminator of the latter names them,
// though nobody refers to them.
#pragma once

#include "contracts/evolution/budget.hpp"
#include "contracts/evolution/schema_view.hpp"

namespace headgate::evolution {

struct Family {
    std::vector<Place> heirs;                       // however far down, each once; another name of a schema is none
    std::unordered_set<const SourceNode*> members;  // these, and the schema itself
};

// Of one side; borrows its files. Knows the documents that are open at the time of asking.
class Heirs {
  public:
    explicit Heirs(ApiFiles& files) : files_(files) {}

    // Good until a document more is open.
    const Family& of(const SourceNode* base, Budget& budget);

  private:
    void read_new_components(Budget& budget);
    void read(Place heir, Place part, Budget& budget);

    ApiFiles& files_;
    std::size_t read_ = 0;
    std::unordered_map<const SourceNode*, std::vector<Place>> children_;
    std::unordered_map<const SourceNode*, Family> families_;
};

}  // namespace headgate::evolution
