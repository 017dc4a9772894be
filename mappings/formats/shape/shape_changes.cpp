#include "mappings/formats/shape/shape_changes.hpp"

#include <algorithm>

namespace headgate {
namespace {

constexpr std::size_t changes_at_most = 1'000;

std::string type_words(const LegacyNode& node) {
    static const char* names[] = {"group", "text", "integer", "decimal", "date", "datetime", "boolean", "any"};
    std::string out = names[static_cast<int>(node.type)];
    if (node.length > 0)
        out += "(" + std::to_string(node.length) + (node.fraction > 0 ? "," + std::to_string(node.fraction) : "") + ")";
    return out;
}

std::string ns_words(const std::string& ns) { return ns.empty() ? "no namespace" : ns; }

class Comparison {
  public:
    explicit Comparison(bool ordered) : ordered_(ordered) {}

    void node(const LegacyNode& pinned, const LegacyNode& live) {
        if (pinned.type != live.type) {
            tell("type", type_words(pinned), type_words(live));
            return;  // what is in it can't be held against anything
        }
        if (pinned.ns != live.ns) tell("namespace", ns_words(pinned.ns), ns_words(live.ns));
        if (pinned.optional != live.optional && !path_.empty()) tell(live.optional ? "optional" : "required", "", "");
        if (pinned.repeated != live.repeated) tell(live.repeated ? "list" : "single", "", "");
        if (pinned.nillable != live.nillable) tell(live.nillable ? "null" : "not-null", "", "");
        bounds(pinned, live);
        codes(pinned, live);
        types(pinned, live);
        children(pinned, live);
    }
    std::vector<ShapeChange> take() { return std::move(changes_); }
    void tell(std::string kind, std::string was, std::string is) {
        if (changes_.size() < changes_at_most)
            changes_.push_back({std::move(kind), path_, std::move(was), std::move(is)});
    }

  private:
    void bounds(const LegacyNode& pinned, const LegacyNode& live) {
        if (pinned.length != live.length) {
            bool narrower = live.length != 0 && (pinned.length == 0 || live.length < pinned.length);
            tell(narrower ? "narrower" : "wider", type_words(pinned), type_words(live));
        } else if (pinned.fraction != live.fraction) {
            tell("places", type_words(pinned), type_words(live));
        }
    }
    void codes(const LegacyNode& pinned, const LegacyNode& live) {
        auto lacks = [](const LegacyNode& node, const std::string& code) {
            return std::find(node.codes.begin(), node.codes.end(), code) == node.codes.end();
        };
        // Codes where there were none, or none where there were some: as one change.
        if (pinned.codes.empty() != live.codes.empty()) {
            tell(live.codes.empty() ? "code-added" : "code-gone", pinned.codes.empty() ? "any" : "listed",
                 live.codes.empty() ? "any" : "listed");
            return;
        }
        for (const auto& code : pinned.codes)
            if (lacks(live, code)) tell("code-gone", code, "");
        for (const auto& code : live.codes)
            if (lacks(pinned, code)) tell("code-added", "", code);
    }
    void types(const LegacyNode& pinned, const LegacyNode& live) {
        auto words = [](const LegacyNode& node) {
            std::string out;
            if (node.types)
                for (const auto& type : *node.types) out += (out.empty() ? "" : " ") + type.name;
            return out;
        };
        std::string was = words(pinned), is = words(live);
        if (was != is) tell("types", was, is);
    }
    void children(const LegacyNode& pinned, const LegacyNode& live) {
        std::vector<std::string_view> before, after;
        for (const auto& child : pinned.children) {
            path_.push_back(child.name);
            if (const LegacyNode* same = live.child(child.name)) {
                before.push_back(child.name);
                node(child, *same);
            } else {
                tell("gone", shape_words(child), "");
            }
            path_.pop_back();
        }
        for (const auto& child : live.children) {
            if (pinned.child(child.name)) {
                after.push_back(child.name);
                continue;
            }
            path_.push_back(child.name);
            tell("added", "", shape_words(child));
            path_.pop_back();
        }
        if (ordered_ && before != after) tell("order", joined(before), joined(after));
    }
    static std::string joined(const std::vector<std::string_view>& names) {
        std::string out;
        for (auto name : names) out += (out.empty() ? "" : " ") + std::string(name);
        return out;
    }

    const bool ordered_;
    std::vector<std::string> path_;
    std::vector<ShapeChange> changes_;
};

}  // namespace

std::string shape_words(const LegacyNode& node) {
    return (node.repeated ? "list of " : "") + type_words(node) + (node.optional ? ", optional" : "");
}

std::vector<ShapeChange> shape_changes(const LegacyNode& pinned, const LegacyNode& live, bool ordered) {
    Comparison comparison(ordered);
    if (pinned.name != live.name) comparison.tell("name", pinned.name, live.name);
    comparison.node(pinned, live);
    return comparison.take();
}

}  // namespace headgate
