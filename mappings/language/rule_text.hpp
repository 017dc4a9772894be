// The one-line forms of the language: rules, `each`, `when`, `calc`, `xref`, faults; parsed by hand so that every
// message names line and column inside the line.
#pragma once

#include <optional>
#include <string_view>

#include "mappings/language/mapping.hpp"

namespace headgate::mappings {

// A scalar of a mapping document with the place of its first character.
struct RuleText {
    std::string_view text;
    SourceMark mark;

    SourceMark at(std::size_t offset) const { return {mark.file, mark.line, mark.column + static_cast<int>(offset)}; }
};
RuleText rule_text(const SourceFile& file, const SourceNode& scalar);
RuleText rule_text(const SourceFile& file, const SourceNode::Entry& key_of);

// Each returns nothing after reporting one diagnostic.
std::optional<Rule> parse_rule(const RuleText& line, Diagnostics& diagnostics);  // a <-> b | codec
// lines <-> ord/pos; `rows`: whether `row` and group() are those of a query's answer, else names as others
std::optional<Rule> parse_each(const RuleText& line, Diagnostics& diagnostics, bool rows = true);
std::optional<Rule> parse_xref(const RuleText& line, Diagnostics& diagnostics);  // shop <- res/nr | codec
std::optional<Rule> parse_calc(const RuleText& line, Diagnostics& diagnostics);  // a <- max(0, b - c); sum(a.b) -> c/d
std::optional<Condition> parse_condition(const RuleText& line, Diagnostics& diagnostics);  // a == "x"
std::optional<FaultRule> parse_fault(const RuleText& line, Diagnostics& diagnostics);      // code -> rejected x
std::optional<Path> parse_contract_path(const RuleText& line, Diagnostics& diagnostics);   // a.b
std::optional<Path> parse_legacy_path(const RuleText& line, Diagnostics& diagnostics);     // a/@b
std::optional<std::vector<CodecCall>> parse_codecs(const RuleText& line, Diagnostics& diagnostics);  // a | b(1)!

}  // namespace headgate::mappings
