#include "mappings/draft/draft_text.hpp"

#include <algorithm>
#include <functional>

#include "contracts/document/json.hpp"

namespace headgate::mappings {

namespace {

std::string quoted(const std::string& text) {
    return to_json(text.empty() ? Value::string({"", 0}) : Value::string(text));
}

bool any_rule(const std::vector<DraftRule>& rules, const std::function<bool(const DraftRule&)>& holds) {
    return std::any_of(rules.begin(), rules.end(),
                       [&](const auto& rule) { return holds(rule) || any_rule(rule.rules, holds); });
}

bool active(const DraftRule& rule) {
    if (!rule.fault.empty()) return false;
    return rule.kind != DraftRule::Kind::each || std::any_of(rule.rules.begin(), rule.rules.end(), active);
}

bool needs_zone(const DraftParts& parts) {
    auto local = [](const DraftRule& rule) { return rule.text.find("datetime") != std::string::npos; };
    return parts.header.moments || any_rule(parts.request.rules, local) || any_rule(parts.reply.rules, local);
}

}  // namespace

DraftText::DraftText(DraftParts& parts) {
    head(parts);
    bool query = parts.header.kind == LegacyKind::query;
    section(query ? "in" : "request", parts.request);
    section(query ? "out" : "reply", parts.reply);
    if (parts.header.kind != LegacyKind::soap) return;
    put(0, "faults:");
    if (!parts.fault_fields.empty()) {
        std::string told;
        for (const auto& field : parts.fault_fields) told += (told.empty() ? "" : ", ") + field;
        put(2, "# declared: " + told + "; for example - soap:Server/CODE -> rejected out-of-stock");
    }
    put(2, "- \"* -> failed\"");
}

void DraftText::put(int indent, const std::string& line) {
    text_ += std::string(static_cast<std::size_t>(indent), ' ') + line + "\n";
    ++line_;
}

void DraftText::head(const DraftParts& parts) {
    const auto& header = parts.header;
    put(0,
        "# A draft, made of names and types by `headgate mapping init`. Read each line, fill the gaps, then take "
        "`draft` out.");
    put(0, "# `unsure: 62%` tells how far names and types agree. What does not fit stands behind '#' and says why.");
    put(0, "map: " + parts.contract + " " + header.sign + " " + header.system + "." + header.call);
    put(0, "draft: true");
    put(0, "legacy:");
    if (header.kind == LegacyKind::query)
        put(2, "sql: " + quoted(header.sql) + (header.made_sql ? "  # unsure: table and conditions" : ""));
    for (const auto& line : header.block) put(2, line);
    if (needs_zone(parts)) put(2, "tz: Europe/Berlin  # unsure: of the system's local times");
    if (header.kind == LegacyKind::soap) put(0, "nulls: { read: [\"\"], write: omit }");
    if (parts.tables.all().empty()) return;
    put(0, "tables:");
    for (const auto& [name, entries] : parts.tables.all()) {
        std::string line = name + ": {";
        for (const auto& [word, codes] : entries) {
            line += (line.back() == '{' ? " " : ", ") + quoted(word) + ": ";
            line += quoted(codes.front());
        }
        put(2, line + " }");
    }
}

void DraftText::section(const char* key, DraftSection& section) {
    if (section.rules.empty() && section.gaps.empty() && !section.needed) return;
    bool some = std::any_of(section.rules.begin(), section.rules.end(), active);
    put(0, some ? std::string(key) + ":" : section.needed ? std::string(key) + ": []" : "# " + std::string(key) + ":");
    for (const auto& gap : section.gaps) put(2, "# " + gap);
    rules(section.rules, 2, false);
}

// `hidden`: within what stands behind '#'.
void DraftText::rules(std::vector<DraftRule>& all, int indent, bool hidden) {
    for (auto& rule : all) {
        bool shown = !hidden && active(rule);
        std::string mark = shown ? "- " : "# - ";
        std::string note = !rule.fault.empty() ? "  # does not fit: " + rule.fault
                           : rule.note.empty() ? ""
                                               : "  # " + rule.note;
        put(indent, mark + (rule.kind == DraftRule::Kind::each ? "each: " : "") +
                        (rule.kind == DraftRule::Kind::form ? rule.text : yaml_rule(rule.text)) + note);
        if (shown) rules_[line_] = &rule;
        if (rule.kind != DraftRule::Kind::each) continue;
        if (!rule.key.empty()) {
            put(indent, (shown ? "  " : "#   ") + ("key: " + rule.key));
            if (shown) keys_[line_] = &rule;
        }
        put(indent, (shown ? "  " : "#   ") + std::string("rules:"));
        rules(rule.rules, indent + 4, !shown);
    }
}

DraftRule* DraftText::rule_at(int line) const {
    auto found = rules_.find(line);
    return found == rules_.end() ? nullptr : found->second;
}

DraftRule* DraftText::key_at(int line) const {
    auto found = keys_.find(line);
    return found == keys_.end() ? nullptr : found->second;
}

}  // namespace headgate::mappings
