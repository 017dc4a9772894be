// Which rules of a mapping a place of the legacy message concerns.
#include <algorithm>

#include "mappings/plan/compiled_plan.hpp"

namespace headgate::mappings {
namespace {

using Steps = std::vector<std::string>;

// One of them lies on the way to the other.
bool meet(const Steps& a, const Steps& b) {
    auto shorter = std::min(a.size(), b.size());
    return shorter > 0 && std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(shorter), b.begin());
}

class Search {
  public:
    Search(const Steps& path, std::vector<SourceMark>& found) : path_(path), found_(found) {}

    void rules(const std::vector<Rule>& rules, const Steps& around) {
        for (const Rule& rule : rules) {
            Steps here = below(around, rule.legacy);
            bool list = rule.kind == Rule::Kind::each;
            if (rule.kind == Rule::Kind::when) {
                this->rules(rule.rules, around);
                continue;
            }
            bool groups_by = !rule.group.empty() && !path_.empty() && rule.group == path_.back();
            if (groups_by || (!rule.legacy.steps.empty() && hits(here, list)) || codecs(rule) ||
                (rule.kind == Rule::Kind::calc && computes(rule.expression, around)))
                found_.push_back(rule.mark);
            this->rules(rule.rules, list ? here : around);
        }
    }

  private:
    // A list is concerned itself by what befalls it, not by what befalls one of its items' fields.
    bool hits(const Steps& here, bool list) const { return meet(here, path_) && !(list && here.size() < path_.size()); }
    static Steps below(Steps around, const Path& path) {
        around.insert(around.end(), path.steps.begin(), path.steps.end());
        return around;
    }
    // `unit(ME, ...)` and `minor-units(...)` name a field beside their own.
    bool codecs(const Rule& rule) const {
        for (const auto& call : rule.codecs)
            if (call.name == "unit" && !call.arguments.empty() && !path_.empty() &&
                call.arguments[0].text == path_.back())
                return true;
        return false;
    }
    bool computes(const Expression& expression, const Steps& around) const {
        if (expression.legacy && meet(below(around, expression.field), path_)) return true;
        for (const auto& operand : expression.operands)
            if (computes(operand, around)) return true;
        return false;
    }

    const Steps& path_;
    std::vector<SourceMark>& found_;
};

}  // namespace

std::vector<SourceMark> CompiledPlan::rules_of(bool answer, const std::vector<std::string>& path) const {
    std::vector<SourceMark> found;
    Search(path, found).rules(answer ? mapping_.reply.rules : mapping_.request.rules, {});
    return found;
}

}  // namespace headgate::mappings
