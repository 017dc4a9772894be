// Parameters: which there are, where they are sent, how they are written.
#include <algorithm>

#include "contracts/evolution/comparers.hpp"
#include "contracts/evolution/meaning.hpp"

namespace headgate::evolution {
namespace {

using Pairs = std::vector<std::pair<const ParameterPlace*, const ParameterPlace*>>;  // either may be nullptr

Frame frame_of(const Frame& operation, const ParameterPlace& parameter) {
    Frame frame = operation;
    frame.direction = Direction::request;
    frame.where = parameter.in + " parameter " + parameter.name;
    frame.path = '/' + parameter.name;
    return frame;
}

void compare_parameter(Comparison& comparison, const Frame& operation, const ParameterPlace& was,
                       const ParameterPlace& is) {
    Frame frame = frame_of(operation, is);
    frame.path = '/' + was.name;  // as callers send it and mappings name it: the record of both knows no other name
    Both at{was.at, is.at};
    if (was.in != is.in)
        comparison.tell(frame, "parameter-moved", comparison.child(at, "in"),
                        "was sent in the " + was.in + " and is sent in the " + is.in);
    else if (was.key != is.key)
        comparison.tell(frame, "parameter-renamed", comparison.child(at, "name"),
                        "was named '" + was.name + "' and is named '" + is.name + "'");
    else if (was.name != is.name && was.in == "path")
        comparison.tell(frame, "path-parameter-renamed", comparison.child(at, "name"),
                        "was named '" + was.name + "' and is named '" + is.name + "'",
                        "mappings and generated code call it by its name");
    bool was_required = is_flag_set(comparison.before_files, was.at, "required");
    bool is_required = is_flag_set(comparison.after_files, is.at, "required");
    if (was_required != is_required && (was.in != "path" || is.in != "path"))
        comparison.tell(frame, is_required ? "parameter-became-required" : "parameter-became-optional", at,
                        is_required ? "must be sent" : "may be left out");
    bool was_old = is_flag_set(comparison.before_files, was.at, "deprecated");
    bool is_old = is_flag_set(comparison.after_files, is.at, "deprecated");
    if (was_old != is_old)
        comparison.tell(frame, is_old ? "parameter-deprecated" : "parameter-deprecation-withdrawn", at,
                        is_old ? "is deprecated" : "is no longer deprecated");
    std::string was_style = style_of(comparison.before_files, was.at, was.in);
    std::string is_style = style_of(comparison.after_files, is.at, is.in);
    if (was_style != is_style && was.in == is.in)
        comparison.tell(frame, "parameter-style-changed", at, "was written as " + was_style + " and is as " + is_style);
    compare_value(comparison, frame, at);
    comparison.compare_rest(frame, at,
                            {"name", "in", "required", "deprecated", "style", "explode", "allowReserved",
                             "allowEmptyValue", "schema", "content"});
}

const ParameterPlace* find(const std::vector<ParameterPlace>& all, const std::string& key) {
    auto found = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.key == key; });
    return found == all.end() ? nullptr : &*found;
}

bool same_schema(Comparison& comparison, const ParameterPlace& was, const ParameterPlace& is) {
    Both schema = comparison.child({was.at, is.at}, "schema");
    return schema.before && schema.after && comparison.same_meaning(schema);
}

// What has gone and what has come, brought together where it is the same parameter elsewhere or under another name.
Pairs match(Comparison& comparison, const OperationPlace& before, const OperationPlace& after) {
    Pairs pairs;
    std::vector<const ParameterPlace*> gone, come;
    for (const auto& parameter : before.parameters) {
        const ParameterPlace* same = find(after.parameters, parameter.key);
        if (same)
            pairs.push_back({&parameter, same});
        else
            gone.push_back(&parameter);
    }
    for (const auto& parameter : after.parameters)
        if (!find(before.parameters, parameter.key)) come.push_back(&parameter);
    // Nobody can tell which of two is the same elsewhere.
    auto again = [](const auto* one) { return is_again(one->key); };
    for (auto* side : {&gone, &come})
        for (const auto* one : *side)
            if (again(one))
                pairs.push_back(side == &gone ? Pairs::value_type{one, nullptr} : Pairs::value_type{nullptr, one});
    std::erase_if(gone, again);
    std::erase_if(come, again);
    auto bring_together = [&](auto&& are_the_same) {
        for (auto was = gone.begin(); was != gone.end();) {
            auto is =
                std::find_if(come.begin(), come.end(), [&](const auto* one) { return are_the_same(**was, *one); });
            if (is == come.end() || !comparison.budget.spend(come.size())) {
                ++was;
                continue;
            }
            pairs.push_back({*was, *is});
            come.erase(is);
            was = gone.erase(was);
        }
    };
    bring_together([](const auto& was, const auto& is) { return was.name == is.name; });
    // Only one of each: with more of them nobody can tell which is which.
    if (gone.size() == 1 && come.size() == 1)
        bring_together(
            [&](const auto& was, const auto& is) { return was.in == is.in && same_schema(comparison, was, is); });
    for (const auto* was : gone) pairs.push_back({was, nullptr});
    for (const auto* is : come) pairs.push_back({nullptr, is});
    return pairs;
}

// The parameter of the query whose members stand in it by themselves (form, exploded) and may have this name; nullptr:
// there is none. What can't be told by the type may be an object.
const ParameterPlace* spread_over(Comparison& comparison, const OperationPlace& operation,
                                  const ParameterPlace& added) {
    ApiFiles& files = comparison.before_files;
    for (const auto& one : operation.parameters) {
        if (added.in != "query" || one.in != "query" || style_of(files, one.at, one.in) != "form, exploded") continue;
        Place schema = files.child(one.at, "schema");
        Place type = schema ? files.child(files.follow(schema), "type") : Place();
        if (schema && (!type || !type.node->is_scalar() || type.text() == "object")) return &one;
    }
    return nullptr;
}

}  // namespace

std::string style_of(const ApiFiles& files, Place at, std::string_view in) {
    if (files.child(at, "content")) return "content";
    std::string style(files.child(at, "style").text());
    if (style.empty()) style = in == "query" || in == "cookie" ? "form" : "simple";
    Place explode = files.child(at, "explode");
    bool exploded = explode ? explode.is_true() : style == "form";
    std::string out = style + (exploded ? ", exploded" : "");
    if (files.child(at, "allowReserved").is_true()) out += ", reserved characters allowed";
    if (files.child(at, "allowEmptyValue").is_true()) out += ", empty allowed";
    return out;
}

void compare_value(Comparison& comparison, const Frame& frame, Both at) {
    comparison.compare_schemas(frame, comparison.child(at, "schema"), at);
    compare_content(comparison, frame, comparison.child(at, "content"), at);
}

void compare_parameters(Comparison& comparison, const Frame& operation, const OperationPlace& before,
                        const OperationPlace& after) {
    for (const auto& [was, is] : match(comparison, before, after)) {
        if (was && is) {
            compare_parameter(comparison, operation, *was, *is);
        } else if (const auto* one = was ? was : is; is_again(one->key)) {
            comparison.tell(frame_of(operation, *one), "declared-twice",
                            {was ? was->at : before.at, is ? is->at : after.at},
                            "the second declaration of the parameter '" + one->name + "' is " + (was ? "gone" : "new"));
        } else if (was) {
            comparison.tell(frame_of(operation, *was), "parameter-removed", {was->at, after.at},
                            "the parameter '" + was->name + "' is gone", "callers that send it are refused or ignored");
        } else if (const auto* around = spread_over(comparison, before, *is)) {
            comparison.tell(frame_of(operation, *is), "declared-twice", {around->at, is->at},
                            "the parameter '" + is->name + "' is new, and may have been a member of '" + around->name +
                                "', whose members stand in the query by themselves");
        } else {
            bool required = is_flag_set(comparison.after_files, is->at, "required");
            comparison.tell(frame_of(operation, *is), required ? "parameter-required-added" : "parameter-added",
                            {before.at, is->at},
                            "the parameter '" + is->name + "' is new" + (required ? " and must be sent" : ""));
        }
    }
}

}  // namespace headgate::evolution
