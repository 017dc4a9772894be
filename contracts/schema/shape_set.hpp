// ShapeSet: the Shapes of a program's schemas, with references and compositions followed, made once at load.
#pragma once

#include <map>
#include <memory>
#include <unordered_set>
#include <utility>
#include <vector>

#include "contracts/schema/program.hpp"

namespace headgate::schema {

// Filled at load by add(), then read by any number of threads.
class ShapeSet {
  public:
    explicit ShapeSet(const Program& program);
    ~ShapeSet();

    // False, with a diagnostic, when the schema is composed of so many that its shapes would be too large.
    bool add(NodeId root, Diagnostics& diagnostics);
    // One that says nothing when it wasn't added.
    const Shape& of(NodeId root) const;

    // A node that says something about a value; `certain` when it always holds, else when an alternative is taken.
    // `sole`: it is the one alternative that lists or objects may take, and so certain of their parts.
    struct Part {
        NodeId node;
        bool certain;
        bool sole = false;
        auto operator<=>(const Part&) const = default;
    };

  private:
    class Merged;
    const Merged* make(std::vector<Part> parts);
    // Parts of one shape; what refers stands before what is referred to.
    struct Parts {
        std::vector<Part> list;
        std::unordered_set<std::uint64_t> known;
        bool add(Part part);
    };
    void gather(NodeId node, bool certain, Parts& parts);
    void fill(Merged& shape, const std::vector<Part>& parts);

    const Program& program_;
    std::map<std::vector<Part>, std::unique_ptr<Merged>> made_;
    std::vector<std::pair<Merged*, const std::vector<Part>*>> unfilled_;
    std::map<NodeId, const Merged*> roots_;
    std::unique_ptr<const Merged> nothing_;
    std::size_t parts_ = 0;  // of all shapes
    bool too_large_ = false;
};

}  // namespace headgate::schema
