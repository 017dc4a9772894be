// Reader: what the parsers of a mapping document share: known keys, texts, places.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/language/mapping.hpp"
#include "mappings/language/rule_text.hpp"

namespace headgate::mappings {

// Borrows one file and the diagnostics for one parse.
struct Reader {
    const SourceFile& file;
    Diagnostics& diagnostics;

    void fault(const SourceNode& at, std::string message, std::string hint = {}) const {
        diagnostics.error(file.mark(at), std::move(message), std::move(hint));
    }
    // Every key must be one of `known`; the nearest is the hint. False when the node is no mapping.
    bool keys(const SourceNode& node, std::string_view what, const std::vector<std::string_view>& known) const;
    // The scalar of a key; empty when absent, reported when no scalar.
    std::string text(const SourceNode& node, std::string_view key, SourceMark* mark = nullptr) const;
    std::optional<std::size_t> count(const SourceNode& node, std::string_view key, std::size_t most) const;
};

// mappings/language/rules.cpp
std::vector<Rule> parse_rules(const Reader& read, const SourceNode& list, Mapping& mapping);
// mappings/language/mapping.cpp
void parse_legacy(const Reader& read, const SourceNode& node, LegacyBlock& out);
void parse_section(const Reader& read, const SourceNode& document, std::string_view name, Section& out,
                   Mapping& mapping);
// mappings/language/taken.cpp: `{ as: storefront.readCart }`, nullptr where a part speaks for itself; the mapping
// before this one in the file that it names, nullptr after a diagnostic; and takes sections from such, with their
// tables.
const SourceNode* taken_from(const SourceNode* node);
const Mapping* find_earlier(const Reader& read, const SourceNode& as, const std::vector<Mapping>& before);
void take_from_others(const Reader& read, const SourceNode& document, const std::vector<Mapping>& before, Mapping& out);
// mappings/language/faults.cpp: in their order; the first that meets a fault says what it means.
std::vector<FaultRule> parse_faults(const Reader& read, const SourceNode& node, const std::vector<Mapping>& before);
// mappings/language/steps.cpp: all but `steps:` itself has been read.
void parse_steps(const Reader& read, const SourceNode& list, Mapping& out);
// mappings/language/bridge.cpp
bool parse_bridge(const Reader& read, const SourceNode& document, Mapping& out);
// mappings/language/page.cpp
std::optional<Page> parse_page(const Reader& read, const SourceNode& node);
// mappings/language/statements.cpp
std::vector<Statement> parse_statements(const Reader& read, const SourceNode& list);

}  // namespace headgate::mappings
