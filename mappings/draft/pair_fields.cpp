// Which fields of the two sides belong together: the likest pairs first, each field once.
#include <algorithm>

#include "mappings/draft/section_draft.hpp"

namespace headgate::mappings {

namespace {

constexpr double least_for_a_second = 0.6;  // a field that is taken already serves another as well

// The currency beside an amount in minor units.
std::string currency_of(const DraftField& amount, const std::vector<DraftField>& contract) {
    if (amount.steps.back().find("ent") == std::string::npos) return {};  // centAmount, amountInCent
    for (const auto& other : contract) {
        if (other.steps.size() != amount.steps.size() || other.list) continue;
        bool beside = std::equal(other.steps.begin(), other.steps.end() - 1, amount.steps.begin());
        if (beside && other.steps.back().find("urrency") != std::string::npos) return other.path();
    }
    return {};
}

bool tells_a_time(const FieldWords& words) {
    return std::any_of(words.words.begin(), words.words.end(), [](const auto& word) { return word.text == "time"; });
}

// A text that is no time, and a field that is called after one.
bool time_for_text(const DraftField& contract, const DraftField& legacy) {
    return contract.shape->allows(ValueKind::string) && contract.shape->format().empty() &&
           tells_a_time(legacy.words) && !tells_a_time(contract.words);
}

}  // namespace

std::vector<FieldPair> pair_fields(const std::vector<DraftField>& contract, const std::vector<DraftField>& legacy,
                                   const SectionSetting& setting) {
    std::vector<FieldPair> candidates, out;
    for (const auto& ours : contract)
        for (const auto& theirs : legacy) {
            if (ours.list != theirs.list) continue;
            CodecSetting codecs{setting.kind, setting.writes, setting.fixed.contains(theirs.steps.back()),
                                currency_of(ours, contract)};
            TableDrafts scratch;
            auto made = draft_codecs(ours, *theirs.node, codecs, scratch);
            double score = made ? likeness(ours.words, theirs.words) * made->factor : 0;
            if (time_for_text(ours, theirs)) score *= 0.6;
            if (score >= least_likeness) candidates.push_back({&ours, &theirs, score, codecs});
        }
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const FieldPair& a, const FieldPair& b) { return a.likeness > b.likeness; });
    auto taken = [&](const auto& same) { return std::any_of(out.begin(), out.end(), same); };
    for (const auto& one : candidates)
        if (!taken([&](const FieldPair& p) { return p.contract == one.contract || p.legacy == one.legacy; }))
            out.push_back(one);
    // A target that is left may be made of what another is made of, too: the currency of two prices.
    for (const auto& one : candidates) {
        bool made = taken(
            [&](const FieldPair& p) { return setting.writes ? p.legacy == one.legacy : p.contract == one.contract; });
        if (!made && one.likeness >= least_for_a_second) out.push_back(one);
    }
    // In the contract's order.
    std::stable_sort(out.begin(), out.end(),
                     [](const FieldPair& a, const FieldPair& b) { return a.contract < b.contract; });
    return out;
}

std::string doubt(double likeness, const std::string& guess) {
    if (likeness >= sure_likeness) return guess.empty() ? "" : "unsure: " + guess;
    auto percent = "unsure: " + std::to_string(static_cast<int>(likeness * 100 + 0.5)) + "%";
    return guess.empty() ? percent : percent + ", " + guess;
}

std::string yaml_rule(const std::string& text) {
    bool plain = text.find(": ") == std::string::npos && text.find(" #") == std::string::npos && !text.empty() &&
                 std::string_view("*&!|>'\"%@`{}[],#?:-").find(text[0]) == std::string_view::npos;
    if (plain) return text;
    std::string out = "'";
    for (char c : text) out += c == '\'' ? "''" : std::string(1, c);
    return out + "'";
}

DraftRule rule_of(const FieldPair& pair, const SectionSetting& setting, TableDrafts& tables) {
    auto made = draft_codecs(*pair.contract, *pair.legacy->node, pair.codecs, tables);
    DraftRule out;
    out.text = pair.contract->path() + " " + setting.sign + " " + pair.legacy->path();
    if (made && !made->codecs.empty()) out.text += " | " + made->codecs;
    out.note = doubt(pair.likeness, made ? made->guess : "");
    return out;
}

}  // namespace headgate::mappings
