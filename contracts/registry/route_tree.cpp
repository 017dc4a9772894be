#include "contracts/registry/route_tree.hpp"

#include "contracts/registry/percent.hpp"

namespace headgate {

std::vector<std::string_view> RouteTree::split(std::string_view path) {
    std::vector<std::string_view> segments;
    while (path.starts_with('/') && segments.size() <= most_segments) {
        path.remove_prefix(1);
        segments.push_back(path.substr(0, path.find('/')));
        path.remove_prefix(segments.back().size());
    }
    return segments;
}

std::string_view RouteTree::parameter_of(std::string_view segment) {
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}' ? segment.substr(1, segment.size() - 2)
                                                                                 : std::string_view();
}

const Operation* RouteTree::add(const Operation& operation) {
    Node* node = &root_;
    for (std::string_view segment : split(operation.path)) {
        auto& next = parameter_of(segment).empty() ? node->literals[std::string(segment)] : node->parameter;
        if (!next) next = std::make_unique<Node>();
        node = next.get();
    }
    auto [entry, added] = node->methods.emplace(operation.method, &operation);
    return added ? nullptr : entry->second;
}

const RouteTree::Node* RouteTree::find(const Node& node, const std::vector<std::string_view>& segments,
                                       std::size_t at) const {
    if (at == segments.size()) return node.methods.empty() ? nullptr : &node;
    auto literal = node.literals.find(segments[at]);
    if (literal != node.literals.end())
        if (const Node* found = find(*literal->second, segments, at + 1)) return found;
    return node.parameter && !segments[at].empty() ? find(*node.parameter, segments, at + 1) : nullptr;
}

Result<OperationMatch> RouteTree::match(std::string_view method, std::string_view path) const {
    // Parameters stay as sent; what is compared with literals has no needless escapes.
    auto segments = split(path);
    std::string plain;
    std::vector<std::string_view> plain_segments;
    if (path.find('%') != std::string_view::npos) {
        plain = decode_unreserved(path);
        plain_segments = split(plain);
    }
    const auto& compared = plain.empty() ? segments : plain_segments;
    const Node* node = segments.empty() || segments.size() > most_segments ? nullptr : find(root_, compared, 0);
    if (!node) return Error{ErrorKind::unknown_operation, "there is no operation at this path"};
    auto found = node->methods.find(method);
    if (found == node->methods.end()) {
        Error error{ErrorKind::method_not_allowed, "this path has another method"};
        for (const auto& [allowed, operation] : node->methods)
            error.detail += (error.detail.empty() ? "" : ", ") + allowed;
        return error;
    }
    OperationMatch match;
    match.operation = found->second;
    auto names = split(match.operation->path);
    for (std::size_t i = 0; i < segments.size(); ++i) {
        std::string_view name = parameter_of(names[i]);
        if (name.empty()) continue;
        if (!percent_decode(segments[i], false))
            return Error{ErrorKind::unknown_operation, "the path is not well-formed"};
        match.path_parameters.emplace_back(name, segments[i]);
    }
    return match;
}

}  // namespace headgate
