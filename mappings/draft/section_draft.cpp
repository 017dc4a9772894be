#include "mappings/draft/section_draft.hpp"

#include <algorithm>

namespace headgate::mappings {

namespace {

constexpr double least_for_lists = 0.35;

std::string type_of(const LegacyNode& node) {
    switch (node.type) {
        case LegacyType::integer: return "integer";
        case LegacyType::decimal: return "decimal";
        case LegacyType::date: return "date";
        case LegacyType::datetime: return "date-time";
        case LegacyType::boolean: return "boolean";
        default: return node.length > 0 ? "text of " + std::to_string(node.length) : "text";
    }
}

std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (const auto& name : names) out += (out.empty() ? "" : ", ") + name;
    return out;
}

// How well the items of two lists go together: the mean of each contract field's best.
double items_alike(const DraftList& ours, const DraftList& theirs) {
    auto contract = fields_of(*ours.field.shape).values, legacy = fields_of(*theirs.field.node).values;
    if (contract.empty() || legacy.empty()) return 0;
    double sum = 0;
    for (const auto& one : contract) {
        double best = 0;
        for (const auto& other : legacy) best = std::max(best, likeness(one.words, other.words));
        sum += best;
    }
    return sum / static_cast<double>(contract.size());
}

class Drafter {
  public:
    Drafter(const SectionSetting& setting, TableDrafts& tables) : setting_(setting), tables_(tables) {}

    // Where a scope lies on both sides: prices., pos/
    struct Within {
        std::string contract, legacy;
    };

    DraftSection scope(const Shape& contract, const LegacyNode& legacy, const Within& within) {
        auto ours = fields_of(contract), theirs = fields_of(legacy);
        DraftSection out;
        if (setting_.writes) constants(theirs.values, out);
        auto pairs = pair_fields(ours.values, theirs.values, setting_);
        for (const auto& pair : pairs) out.rules.push_back(rule_of(pair, setting_, tables_));
        lists(contract, ours, theirs, within, out);
        gaps(ours.values, theirs.values, pairs, within, out);
        return out;
    }

  private:
    // A required value that can be but one.
    void constants(std::vector<DraftField>& legacy, DraftSection& out) {
        auto constant = [](const DraftField& field) { return field.node->codes.size() == 1; };
        for (const auto& field : legacy)
            if (constant(field) && field.required) {
                DraftRule rule;
                rule.kind = DraftRule::Kind::form;
                rule.text = "set: { legacy: \"" + field.path() + "\", value: \"" + field.node->codes[0] + "\" }";
                out.rules.push_back(std::move(rule));
            }
        std::erase_if(legacy, constant);
    }

    void lists(const Shape& contract, const DraftFields& ours, const DraftFields& theirs, const Within& within,
               DraftSection& out) {
        struct Candidate {
            const DraftList *ours, *theirs;
            double score;
        };
        std::vector<Candidate> candidates;
        for (const auto& one : ours.lists)
            for (const auto& other : theirs.lists)
                candidates.push_back(
                    {&one, &other, 0.5 * likeness(one.field.words, other.field.words) + 0.5 * items_alike(one, other)});
        std::stable_sort(candidates.begin(), candidates.end(),
                         [](const auto& a, const auto& b) { return a.score > b.score; });
        std::vector<const DraftList*> taken;
        auto is_taken = [&](const DraftList* list) {
            return std::find(taken.begin(), taken.end(), list) != taken.end();
        };
        bool alone = ours.lists.size() == 1 && theirs.lists.size() == 1;
        for (const auto& one : candidates) {
            if (is_taken(one.ours) || is_taken(one.theirs) || (one.score < least_for_lists && !alone)) continue;
            taken.push_back(one.ours);
            taken.push_back(one.theirs);
            out.rules.push_back(
                each(contract, *one.ours, *one.theirs, alone ? std::max(one.score, 0.6) : one.score, within, out.gaps));
        }
        for (const auto& one : ours.lists)
            if (!is_taken(&one))
                out.gaps.push_back("no list of the legacy message is like " + within.contract + one.field.path());
        for (const auto& one : theirs.lists)
            if (!is_taken(&one))
                out.gaps.push_back("no list of the contract is like " + within.legacy + one.field.path());
    }

    DraftRule each(const Shape& contract, const DraftList& ours, const DraftList& theirs, double score,
                   const Within& within, std::vector<std::string>& gaps) {
        DraftRule rule;
        rule.kind = DraftRule::Kind::each;
        rule.text = ours.field.path() + " " + setting_.sign + " " + theirs.field.path();
        rule.note = doubt(score >= 0.6 ? std::max(score, sure_likeness) : score, "");
        auto inner = scope(*ours.field.shape, *theirs.field.node,
                           {within.contract + ours.field.path() + ".", within.legacy + theirs.field.path() + "/"});
        const Shape* list = &contract;
        for (const auto& step : ours.field.steps) list = list ? list->property(step) : nullptr;
        auto items = fields_of(*ours.field.shape);
        if (const auto* key = list ? key_of(*list, items) : nullptr) rule.key = key->path();
        rule.rules = std::move(inner.rules);
        gaps.insert(gaps.end(), inner.gaps.begin(), inner.gaps.end());
        return rule;
    }

    void gaps(const std::vector<DraftField>& ours, const std::vector<DraftField>& theirs,
              const std::vector<FieldPair>& pairs, const Within& within, DraftSection& out) {
        std::vector<std::string> contract, legacy;
        for (const auto& one : ours) {
            if (std::any_of(pairs.begin(), pairs.end(), [&](const auto& p) { return p.contract == &one; })) continue;
            if (!setting_.writes && one.required)
                out.gaps.push_back("the contract requires " + within.contract + one.path() +
                                   ", and no legacy field is like it");
            else
                contract.push_back(within.contract + one.path());
        }
        for (const auto& one : theirs) {
            if (std::any_of(pairs.begin(), pairs.end(), [&](const auto& p) { return p.legacy == &one; })) continue;
            if (setting_.writes && one.required)
                out.gaps.push_back("legacy requires " + within.legacy + one.path() + " (" + type_of(*one.node) +
                                   "): a rule, or set: { legacy: " + one.path() + ", value: ... }");
            else
                legacy.push_back(within.legacy + one.path());
        }
        if (!contract.empty()) out.gaps.push_back("no rule for " + listed(contract) + " of the contract");
        if (!legacy.empty()) out.gaps.push_back("no rule for " + listed(legacy) + " of the legacy message");
    }

    const SectionSetting& setting_;
    TableDrafts& tables_;
};

}  // namespace

const DraftField* key_of(const Shape& list, const DraftFields& items) {
    auto named = list.extension("x-compare", "key");
    const DraftField* best = nullptr;
    for (const auto& field : items.values) {
        if (field.list || field.steps.size() != 1) continue;
        if (!named.empty() && field.steps[0] == named) return &field;
        bool number = std::any_of(field.words.words.begin(), field.words.words.end(),
                                  [](const auto& word) { return word.text == "number"; });
        if (!best && named.empty() && field.required && number) best = &field;
    }
    return best;
}

DraftSection draft_section(const Shape& contract, const LegacyNode& legacy, const SectionSetting& setting,
                           TableDrafts& tables) {
    return Drafter(setting, tables).scope(contract, legacy, {});
}

DraftSection draft_step(const LegacyNode& reply, const std::string& system, TableDrafts& tables) {
    DraftSection out;
    const DraftField *key = nullptr, *outcome = nullptr;
    auto fields = fields_of(reply).values;
    double best_key = 0, best_outcome = 0;
    auto order_number = words_of_path({"order", "number"}), status = words_of_path({"status"}),
         result = words_of_path({"result"});
    for (const auto& field : fields) {
        if (field.list || field.node->type != LegacyType::text) continue;
        if (double one = likeness(order_number, field.words); one > best_key) key = &field, best_key = one;
        double one = std::max(likeness(status, field.words), likeness(result, field.words));
        if (one > best_outcome) outcome = &field, best_outcome = one;
    }
    auto length = [](const DraftField& field) {
        return field.node->length > 0 ? " | text(" + std::to_string(field.node->length) + ")" : std::string();
    };
    if (key && best_key >= 0.3) {
        DraftRule rule;
        rule.kind = DraftRule::Kind::form;
        rule.text = "xref: " + system + " <- " + key->path() + length(*key);
        rule.note = doubt(best_key, "");
        out.rules.push_back(std::move(rule));
    }
    if (outcome && best_outcome >= 0.3 && outcome != key) {
        bool sure = false;
        auto table = tables.add("outcome", table_entries({"accepted", "held", "rejected"}, *outcome->node, sure));
        DraftRule rule;
        rule.text = "step.outcome <- " + outcome->path() + " | table(" + table + ") | else(fail)";
        rule.note = doubt(best_outcome, "the codes");
        out.rules.push_back(std::move(rule));
    }
    for (const auto& field : fields)
        if (&field != key && &field != outcome)
            out.gaps.push_back("no rule for " + field.path() + " of the legacy message");
    return out;
}

}  // namespace headgate::mappings
