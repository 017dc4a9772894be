// What an issue says, once a document is known to be invalid.
#include "contracts/document/utf8.hpp"
#include "contracts/schema/validate_text.hpp"
#include "contracts/schema/validator.hpp"

namespace headgate::schema {

std::string Path::pointer() const {
    std::vector<const Path*> steps;
    for (const Path* at = this; at; at = at->parent) steps.push_back(at);
    std::string out;
    for (auto at = steps.rbegin(); at != steps.rend(); ++at)
        append_pointer(out, (*at)->is_key ? (*at)->key : std::string_view(std::to_string((*at)->index)));
    return out;
}

bool Validator::report(const Node& node, std::string_view keyword, const Path* path, std::string message) {
    // What an issue costs beside a judgement.
    constexpr std::size_t steps = 20;
    steps_ += steps;
    if (!issues_ || full()) return false;
    SchemaIssue issue{path ? path->pointer() : std::string(), std::move(message), std::string(keyword),
                      node.mark(keyword), node.pointer(keyword)};
    // Two ways may lead to the same schema; it is told once.
    if (issues_->empty() || issues_->back().pointer != issue.pointer || issues_->back().message != issue.message ||
        issues_->back().schema_pointer != issue.schema_pointer || issues_->back().schema.file != issue.schema.file)
        issues_->push_back(std::move(issue));
    return false;
}

bool Validator::report_type(const Node& node, const Path* path) {
    if (node.never) return report(node, "false", path, "is not allowed here");
    return report(node, "type", path, text::of_types(node.types));
}

void Validator::report_missing(const Node& node, const Value& value, const Path* path) {
    const auto& properties = node.object->properties;
    std::vector<bool> present(properties.size() + 1);
    std::size_t hint = 0;
    for (const Member& member : value.members()) {
        std::size_t found = node.object->find(member.key, hint);
        present[found] = true;
        hint = found + 1;
    }
    for (std::size_t i = 0; i < properties.size() && !full(); ++i)
        if (properties[i].required && !present[i])
            report(node, "required", path, "must have '" + properties[i].name + "'");
}

void Validator::report_unknown(const Node& node, std::string_view keyword, const Path* path) {
    // A guess among a few names, for the first few issues.
    constexpr std::size_t most_names = 200, longest_name = 100, most_guesses = 100;
    std::vector<std::string_view> names;
    bool guess = path->is_key && path->key.size() < longest_name && issues_->size() < most_guesses;
    if (guess && node.object && node.object->properties.size() <= most_names)
        for (const auto& property : node.object->properties) names.push_back(property.name);
    std::string near = nearest(path->key, names);
    report(node, keyword, path, near.empty() ? "is not known here" : "is not known here; did you mean '" + near + "'?");
}

// When just one alternative is meant, by the values that tell them apart, its issues are worth more than 'none fits'.
void Validator::explain_alternatives(const Node& node, const std::vector<NodeId>& alternatives,
                                     std::string_view keyword, const Value& value, const Path* path,
                                     const Scope* scope) {
    std::vector<SchemaIssue>* outer = issues_;
    std::size_t outer_limit = limit_;
    std::vector<SchemaIssue> meant;
    int candidates = 0;
    std::string here = path ? path->pointer() : std::string();
    for (NodeId id : alternatives) {
        std::vector<SchemaIssue> issues;
        issues_ = &issues;
        limit_ = 20;
        check<true>(id, value, path, nullptr, scope);
        bool other = false;
        for (const auto& issue : issues) {
            bool near = issue.pointer.find('/', here.size() + 1) == std::string::npos;
            other = other || (near && (issue.keyword == "const" || issue.keyword == "enum")) ||
                    (issue.pointer == here && issue.keyword == "type");
        }
        if (other) continue;
        ++candidates;
        meant = std::move(issues);
    }
    issues_ = outer;
    limit_ = outer_limit;
    if (candidates != 1) {
        report(node, keyword, path,
               alternatives.size() == 1 ? "does not fit the alternative"
                                        : "fits none of the " + std::to_string(alternatives.size()) + " alternatives");
        return;
    }
    for (auto& issue : meant)
        if (!full()) issues_->push_back(std::move(issue));
}

}  // namespace headgate::schema
