// Drafts the reading of rows: one list of the contract, and one inside it where the rows of an item are told apart.
#include <algorithm>

#include "mappings/draft/section_draft.hpp"

namespace headgate::mappings {

namespace {

double items_alike(const DraftList& list, const std::vector<DraftField>& columns) {
    auto items = fields_of(*list.field.shape);
    double sum = 0;
    for (const auto& one : items.values) {
        double best = 0;
        for (const auto& column : columns) best = std::max(best, likeness(one.words, column.words));
        sum += best;
    }
    return items.values.empty() ? 0 : sum / static_cast<double>(items.values.size());
}

const DraftList* likest(const std::vector<DraftList>& lists, const std::vector<DraftField>& columns) {
    const DraftList* out = nullptr;
    double best = 0;
    for (const auto& list : lists)
        if (double one = items_alike(list, columns); !out || one > best) out = &list, best = one;
    return out;
}

const Shape* list_shape(const Shape& around, const DraftList& list) {
    const Shape* out = &around;
    for (const auto& step : list.field.steps) out = out ? out->property(step) : nullptr;
    return out;
}

std::string prefixed(const std::string& within, const DraftField& field) { return within + "." + field.path(); }

}  // namespace

DraftSection draft_rows(const Shape& contract, const LegacyNode& columns, const SectionSetting& setting,
                        TableDrafts& tables) {
    DraftSection out;
    auto ours = fields_of(contract);
    auto theirs = fields_of(columns).values;
    const auto* outer = likest(ours.lists, theirs);
    if (!outer) {
        out.gaps.push_back("the contract's answer has no list of objects that rows could be");
        return out;
    }
    auto items = fields_of(*outer->field.shape);
    const auto* inner = likest(items.lists, theirs);
    auto inner_items = inner ? fields_of(*inner->field.shape) : DraftFields();
    // Both levels choose among the same columns, the likest pairs first.
    std::vector<DraftField> all = items.values;
    all.insert(all.end(), inner_items.values.begin(), inner_items.values.end());
    auto pairs = pair_fields(all, theirs, setting);
    DraftRule list, rows;
    list.kind = rows.kind = DraftRule::Kind::each;
    for (const auto& pair : pairs) {
        bool of_item = static_cast<std::size_t>(pair.contract - all.data()) < items.values.size();
        (of_item ? list : rows).rules.push_back(rule_of(pair, setting, tables));
    }
    const Shape* shape = list_shape(contract, *outer);
    const auto* key = shape ? key_of(*shape, items) : nullptr;
    auto column = std::find_if(pairs.begin(), pairs.end(), [&](const FieldPair& pair) {
        auto at = static_cast<std::size_t>(pair.contract - all.data());
        return key && at < items.values.size() && items.values[at].path() == key->path();
    });
    if (key) list.key = key->path();
    list.text = outer->field.path() + " <- " +
                (inner && column != pairs.end() ? "group(" + column->legacy->path() + ")" : "row");
    if (inner && column != pairs.end()) {
        rows.text = inner->field.path() + " <- row";
        if (const Shape* of_rows = list_shape(*outer->field.shape, *inner))
            if (const auto* row_key = key_of(*of_rows, inner_items)) rows.key = row_key->path();
        list.rules.push_back(std::move(rows));
    } else if (inner) {
        out.gaps.push_back("no column is like the key of " + outer->field.path() + ": its " + inner->field.path() +
                           " need group(COLUMN)");
    }
    out.rules.push_back(std::move(list));
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (std::any_of(pairs.begin(), pairs.end(), [&](const auto& p) { return p.contract == &all[i]; })) continue;
        auto within = outer->field.path() + (i < items.values.size() ? "" : "." + inner->field.path());
        out.gaps.push_back((all[i].required ? "the contract requires " : "no column is like ") +
                           prefixed(within, all[i]) + (all[i].required ? ", and no column is like it" : ""));
    }
    for (const auto& one : theirs)
        if (std::none_of(pairs.begin(), pairs.end(), [&](const auto& p) { return p.legacy == &one; }))
            out.gaps.push_back("no rule for the column " + one.path());
    for (const auto& one : ours.values)
        if (one.required) out.gaps.push_back("the contract requires " + one.path() + ", which stands in no row");
    return out;
}

}  // namespace headgate::mappings
