// RouteTree: finds the operation of a method and a path, segment by segment.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contracts/registry/registry.hpp"

namespace headgate {

// Filled at load, then read by any number of threads. Operations are borrowed.
class RouteTree {
  public:
    static constexpr std::size_t most_segments = 32;
    // The operation that has this method and shape of path already, else nullptr: then it is added.
    const Operation* add(const Operation& operation);
    // unknown_operation, or method_not_allowed with the Allow list as detail. A literal segment wins over a parameter,
    // and matches whether or not its unreserved characters are escaped.
    Result<OperationMatch> match(std::string_view method, std::string_view path) const;

    static std::vector<std::string_view> split(std::string_view path);
    // The name inside {name}, or empty.
    static std::string_view parameter_of(std::string_view segment);

  private:
    struct Node {
        std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
        std::unique_ptr<Node> parameter;
        std::map<std::string, const Operation*, std::less<>> methods;
    };
    const Node* find(const Node& node, const std::vector<std::string_view>& segments, std::size_t at) const;

    Node root_;
};

}  // namespace headgate
