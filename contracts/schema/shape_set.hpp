// ShapeSet: the Shapes of a program's schemas, with references and compositions followed, made once at load.
#pragma once

#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "contracts/schema/program.hpp"

namespace headgate::schema {

// Filled at load by add(), then read by any number of threads.
class ShapeSet {
  public:
    explicit ShapeSet(const Program& program);
    ~ShapeSet();

    void add(NodeId root);
    const Shape& of(NodeId root) const;  // added before

    // A node that says something about a value; `certain` when it always holds, else when an alternative is taken.
    struct Part {
        NodeId node;
        bool certain;
        auto operator<=>(const Part&) const = default;
    };

  private:
    class Merged;
    const Merged* make(std::vector<Part> parts);
    void gather(NodeId node, bool certain, std::vector<Part>& parts) const;

    const Program& program_;
    std::map<std::vector<Part>, std::unique_ptr<Merged>> made_;
    std::vector<std::pair<Merged*, const std::vector<Part>*>> unfilled_;
    std::map<NodeId, const Merged*> roots_;
};

}  // namespace headgate::schema
