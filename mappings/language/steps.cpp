// `steps:`: several calls, of the mapping's system or of others, each with its name, its rules and what later ones may
// use of its answer.
#include <set>

#include "mappings/language/reader.hpp"

namespace headgate::mappings {

namespace {

constexpr std::size_t most_steps = 16;

bool is_name(const std::string& text) {
    auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    return !text.empty() && letter(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

bool parse_effect(const Reader& read, const SourceNode& node, Mapping& out) {
    auto word = read.text(node, "effect", &out.effect_mark);
    if (word != "yes" && word != "no") read.diagnostics.error(out.effect_mark, "'effect' is yes or no");
    return word == "yes";
}

// What is kept has one name and comes from one place.
void check_keep(const Reader& read, const std::vector<Rule>& rules) {
    for (const auto& rule : rules) {
        bool plain = rule.kind == Rule::Kind::field && rule.contract.steps.size() == 1 && rule.contract.braces.empty();
        if (!plain)
            read.diagnostics.error(rule.mark, "'keep' takes values by one name each", "number <- kunde/nr | text(10)");
    }
}

// Another system than the mapping's speaks a format of its own.
void parse_system(const Reader& read, const SourceNode& node, Mapping& step) {
    SourceMark mark;
    auto name = read.text(node, "system", &mark);
    if (name.empty()) return read.diagnostics.error(mark, "'system' is the name of a system", "system: stock");
    if (name != step.system && !node.find("legacy"))
        read.diagnostics.error(mark, "step '" + step.step + "' is of another system and needs legacy: of its own",
                               "legacy: { wsdl: " + name + ".wsdl }");
    step.system = name;
}

std::optional<Mapping> parse_step(const Reader& read, const SourceNode& node, const Mapping& whole) {
    if (!read.keys(node, "a step",
                   {"step", "system", "legacy", "call", "when", "request", "in", "keep", "do", "effect", "faults"}))
        return std::nullopt;
    Mapping step;
    step.file = whole.file;
    step.mark = read.file.mark(node);
    step.contract_mark = whole.contract_mark;
    step.contract_side = whole.contract_side;
    step.direction = whole.direction;
    step.system = whole.system;
    step.draft = whole.draft;
    step.nulls_read = whole.nulls_read;
    step.write_nil = whole.write_nil;
    step.tables = whole.tables;
    if (const auto* own = node.find("faults")) step.faults = parse_faults(read, *own, {});
    step.faults.insert(step.faults.end(), whole.faults.begin(), whole.faults.end());
    step.step = read.text(node, "step", &step.step_mark);
    if (!is_name(step.step)) {
        read.fault(node, "a step needs a name of letters and digits", "- step: customer");
        return std::nullopt;
    }
    step.call = step.step;
    step.system_mark = step.step_mark;
    if (node.find("call")) step.call = read.text(node, "call", &step.system_mark);
    step.name = whole.name + ", step " + step.step;
    step.legacy = whole.legacy;
    if (node.find("system")) parse_system(read, node, step);
    step.legacy.operation.clear();  // each call is one of its own
    if (const auto* own = node.find("legacy")) {
        step.legacy = {};  // but for the customs of the house
        step.legacy.charset = whole.legacy.charset;
        step.legacy.tz = whole.legacy.tz;
        step.legacy.tz_mark = whole.legacy.tz_mark;
        step.legacy.ambiguous_time = whole.legacy.ambiguous_time;
        step.legacy.skipped_time = whole.legacy.skipped_time;
        parse_legacy(read, *own, step.legacy);
    } else if (whole.legacy.mark.file.empty()) {
        read.fault(node, "step '" + step.step + "' needs legacy:, for the mapping gives none",
                   "legacy: { wsdl: shop.wsdl }");
    }
    if (const auto* when = node.find("when")) {
        if (!when->is_scalar()) return read.fault(*when, "'when' takes one line of text"), std::nullopt;
        step.when = parse_condition(rule_text(read.file, *when), read.diagnostics);
    }
    parse_section(read, node, "request", step.request, step);
    parse_section(read, node, "in", step.request, step);
    parse_section(read, node, "keep", step.reply, step);
    check_keep(read, step.reply.rules);
    for (auto* section : {&step.request, &step.reply})
        if (!section->written) section->mark = step.mark;
    if (const auto* statements = node.find("do")) step.statements = parse_statements(read, *statements);
    if (node.find("effect")) step.effect = parse_effect(read, node, step);
    return step;
}

}  // namespace

void parse_steps(const Reader& read, const SourceNode& list, Mapping& out) {
    if (!list.is_sequence() || list.items.empty())
        return read.fault(list, "'steps' is a list of calls", "- step: customer");
    if (list.items.size() > most_steps)
        return read.fault(list, "a mapping makes " + std::to_string(most_steps) + " calls at most");
    auto belongs = [&](const SourceMark& mark, std::string_view key) {
        read.diagnostics.error(mark, "'" + std::string(key) + "' belongs to a step", "steps: - step: ...");
    };
    if (out.request.written) belongs(out.request.mark, "in");
    if (!out.statements.empty()) belongs(out.statements.front().mark, "do");
    std::set<std::string> names;
    for (const auto& item : list.items) {
        auto step = parse_step(read, item, out);
        if (!step) continue;
        if (!names.insert(step->step).second)
            read.diagnostics.error(step->step_mark, "a second step '" + step->step + "'");
        out.steps.push_back(std::move(*step));
    }
}

}  // namespace headgate::mappings
