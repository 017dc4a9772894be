// Drafts the rules of one section: fields of the contract and of the legacy message that belong together.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "mappings/draft/codec_draft.hpp"

namespace headgate::mappings {

struct DraftRule {
    std::string text;  // `a <-> b | text(3)`; of an each `lines <-> pos`; of a form `set: { legacy: x, value: "1" }`
    enum class Kind : std::uint8_t { field, each, form } kind = Kind::field;
    std::string note = {};              // `unsure: 62%, the codes`; empty: sure
    std::string key = {};               // of an each
    std::vector<DraftRule> rules = {};  // of an each
    std::string fault = {};             // not empty: it stands behind '#', and why
};

struct DraftSection {
    std::vector<DraftRule> rules;
    std::vector<std::string> gaps;  // what no rule was found for, a line each
    bool needed = false;            // the mapping must have the section, be it empty
};

// What belongs to the whole mapping. `fixed`: columns that are filled up with blanks.
struct SectionSetting {
    LegacyKind kind = LegacyKind::soap;
    bool writes = false;
    std::string sign;  // <->, ->, <-
    std::set<std::string> fixed = {};
};

// How sure a proposal must be to be made at all, and to be made without a word.
inline constexpr double least_likeness = 0.45, sure_likeness = 0.8;
// `unsure: 62%, the codes`; empty when it is sure.
std::string doubt(double likeness, const std::string& guess);
// The field that tells the items of a list apart; nullptr: unknown. `list`: the array's own schema may name it.
const DraftField* key_of(const Shape& list, const DraftFields& items);
// As a rule's scalar stands in YAML: quoted where it must be.
std::string yaml_rule(const std::string& text);

DraftSection draft_section(const Shape& contract, const LegacyNode& legacy, const SectionSetting& setting,
                           TableDrafts& tables);
// rows_draft.cpp: an answer that is rows; `columns` holds them.
DraftSection draft_rows(const Shape& contract, const LegacyNode& columns, const SectionSetting& setting,
                        TableDrafts& tables);
// What a step answers: its outcome, and the system's key.
DraftSection draft_step(const LegacyNode& reply, const std::string& system, TableDrafts& tables);

// Of one scope: which fields belong together, best first; each side once, but for `shared`.
struct FieldPair {
    const DraftField* contract;
    const DraftField* legacy;
    double likeness;
    CodecSetting codecs;
};
std::vector<FieldPair> pair_fields(const std::vector<DraftField>& contract, const std::vector<DraftField>& legacy,
                                   const SectionSetting& setting);
DraftRule rule_of(const FieldPair& pair, const SectionSetting& setting, TableDrafts& tables);

}  // namespace headgate::mappings
