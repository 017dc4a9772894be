// What the parts of a schema say together: null beside them all, and the members that none of them names.
#include <algorithm>

#include "contracts/evolution/view_builder.hpp"

namespace headgate::evolution {

// `additionalProperties` of one part of an `allOf` also judges the members that another part names.
void ViewBuilder::close_properties() {
    for (Place part : view_.parts) {
        Place others = files_.child(part, "additionalProperties");
        if (!others || others.is_true() || files_.child(part, "patternProperties")) continue;
        if (!void_reason(part, "additionalProperties", others).empty()) continue;
        Place own = files_.child(part, "properties");
        for (auto& [property, schemas] : view_.properties)
            if (budget_.spend() && !files_.child(own, property)) schemas.push_back(others);
    }
}

// Null beside all that was read: a value by `anyOf`, and by `oneOf` where the rest is none for it.
void ViewBuilder::admit_null(std::string keyword) {
    const bool refused = !(view_.types & types::null) || (view_.values && !view_.values->contains("null"));
    if (!view_.variants.empty() || view_.others.contains("not") || view_.others.contains("if")) {
        view_.null_beside = refused ? "anyOf" : std::move(keyword);
        view_.says_more_than_variants = true;
    } else if (!refused && keyword == "oneOf") {
        view_.types &= static_cast<Types>(~types::null);
        if (view_.values) view_.values->erase("null");
        return;
    }
    view_.types |= types::null;
    if (view_.values) view_.values->emplace("null", view_.values_at);
}

// `unevaluatedProperties` judges the members that its own schema, and what this leads to, leave.
void ViewBuilder::judge_unnamed() {
    for (Place part : view_.parts) {
        Place others = files_.child(part, "unevaluatedProperties");
        if (!others || others.is_true() || !void_reason(part, "unevaluatedProperties", others).empty()) continue;
        Parts own = take_apart(files_, {part}, budget_);
        auto names_all = [&](Place one) {
            Place rest = files_.child(one, "additionalProperties");
            return rest && !rest.is_false() && void_reason(one, "additionalProperties", rest).empty();
        };
        if (std::any_of(own.schemas.begin(), own.schemas.end(), names_all)) continue;
        view_.judges_unnamed = true;
        if (others.is_false()) {
            view_.closed = true;
            view_.closed_at = others;
            view_.additional.push_back(others);
        } else if (view_.variants.empty() && view_.others.size() == 1) {
            view_.additional.push_back(others);
        }
    }
}

void ViewBuilder::finish() {
    view_.parts = parts_.schemas;
    if (!view_.parts.empty()) view_.at = view_.parts.front();
    if (null_beside_) view_.types |= types::null;
    if (null_beside_ && !view_.variants.empty()) view_.null_beside = "anyOf";
    if (parts_.null_choice) admit_null(parts_.null_choice->find("oneOf") ? "oneOf" : "anyOf");
    if (view_.parts.size() > 1 && !view_.additional.empty()) close_properties();
    judge_unnamed();
    for (const auto& [text, at] : view_.patterns) fact("pattern", text);
    for (const auto& [text, at] : view_.formats) fact("format", text);
    if (view_.unique) fact("uniqueItems", "true");
}

}  // namespace headgate::evolution
