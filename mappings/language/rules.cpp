// The list forms of a section: each, when, set, drop, calc, xref, batch beside plain rules.
#include <array>

#include "mappings/language/reader.hpp"

namespace headgate::mappings {

namespace {

const std::vector<std::string_view> forms = {"each", "when", "set", "drop", "calc", "xref", "batch"};
// Forms of the full language that this release does not carry out; named so that the message says so.
const std::vector<std::string_view> later = {"check", "merge"};

std::optional<RuleText> scalar_of(const Reader& read, const SourceNode::Entry& entry) {
    if (entry.value.is_scalar()) return rule_text(read.file, entry.value);
    read.diagnostics.error(read.file.mark(entry), "'" + entry.key + "' takes one line of text");
    return std::nullopt;
}

// `{ known: false, locations: [] }`
bool parse_told(const Reader& read, const SourceNode& set, std::vector<std::pair<Path, const SourceNode*>>& out) {
    for (const auto& entry : set.entries) {
        auto field = parse_contract_path(rule_text(read.file, entry), read.diagnostics);
        if (!field) return false;
        out.emplace_back(std::move(*field), &entry.value);
    }
    return true;
}

std::optional<Missing> parse_missing(const Reader& read, const SourceNode& node) {
    if (!read.keys(node, "missing", {"over", "set"})) return std::nullopt;
    Missing out;
    out.mark = read.file.mark(node);
    const auto* over = node.find("over");
    const auto* set = node.find("set");
    if (!over || !over->is_scalar() || !set || !set->is_mapping()) {
        read.fault(node, "'missing' needs over: and set:", "missing: { over: skus, set: { known: false } }");
        return std::nullopt;
    }
    auto path = parse_contract_path(rule_text(read.file, *over), read.diagnostics);
    if (!path) return std::nullopt;
    out.over = std::move(*path);
    if (!parse_told(read, *set, out.set)) return std::nullopt;
    return out;
}

std::optional<BadItemRule> parse_bad_item(const Reader& read, const SourceNode& node, const Rule& each) {
    BadItemRule out;
    out.mark = read.file.mark(node);
    if (node.is_scalar()) {
        if (node.text != "omit" && node.text != "missing")
            return read.fault(node, "unknown choice '" + node.text + "' for bad-item",
                              "omit, missing, or { set: { known: false } }"),
                   std::nullopt;
        if (node.text == "omit") return out;
        out.then = BadItemRule::Then::as_missing;
        if (!each.missing)
            return read.fault(node, "'bad-item: missing' needs missing: to tell the item as that says"), std::nullopt;
        return out;
    }
    const auto* set = node.find("set");
    if (!read.keys(node, "bad-item", {"set"})) return std::nullopt;
    if (!set || !set->is_mapping())
        return read.fault(node, "'bad-item' needs set:", "bad-item: { set: { known: false } }"), std::nullopt;
    out.then = BadItemRule::Then::set;
    if (each.key.steps.empty())
        return read.fault(node, "'bad-item' needs a key: to tell which item it is"), std::nullopt;
    if (!parse_told(read, *set, out.set)) return std::nullopt;
    return out;
}

std::optional<Rule> each_form(const Reader& read, const SourceNode& node, Mapping& mapping) {
    if (!read.keys(node, "each", {"each", "key", "rules", "missing", "bad-item"})) return std::nullopt;
    auto line = scalar_of(read, node.entries.front());
    if (!line) return std::nullopt;
    auto rule = parse_each(*line, read.diagnostics, mapping.legacy.layout.empty());
    if (!rule) return std::nullopt;
    if (const auto* key = node.find("key")) {
        if (!key->is_scalar()) return read.fault(*key, "'key' takes a field's name"), std::nullopt;
        auto path = parse_contract_path(rule_text(read.file, *key), read.diagnostics);
        if (!path) return std::nullopt;
        rule->key = std::move(*path);
    }
    if (const auto* missing = node.find("missing")) {
        rule->missing = parse_missing(read, *missing);
        if (!rule->missing) return std::nullopt;
        if (rule->key.steps.empty())
            return read.fault(*missing, "'missing' needs a key: to tell which item is there"), std::nullopt;
    }
    if (const auto* bad = node.find("bad-item")) {
        rule->bad_item = parse_bad_item(read, *bad, *rule);
        if (!rule->bad_item) return std::nullopt;
    }
    const auto* rules = node.find("rules");
    if (!rules) return read.fault(node, "'each' needs rules:"), std::nullopt;
    rule->rules = parse_rules(read, *rules, mapping);
    return rule;
}

std::optional<Rule> when_form(const Reader& read, const SourceNode& node, Mapping& mapping) {
    if (!read.keys(node, "when", {"when", "rules"})) return std::nullopt;
    auto line = scalar_of(read, node.entries.front());
    if (!line) return std::nullopt;
    Rule rule;
    rule.kind = Rule::Kind::when;
    rule.mark = line->mark;
    rule.when = parse_condition(*line, read.diagnostics);
    if (!rule.when) return std::nullopt;
    const auto* rules = node.find("rules");
    if (!rules) return read.fault(node, "'when' needs rules:"), std::nullopt;
    rule.rules = parse_rules(read, *rules, mapping);
    return rule;
}

// The path of `set` and `drop`: one side of the two. `ord/*` and `metadata.*` name everything below.
bool one_side(const Reader& read, const SourceNode& node, Rule& rule) {
    const auto* contract = node.find("contract");
    const auto* legacy = node.find("legacy");
    if (!contract == !legacy || (contract && !contract->is_scalar()) || (legacy && !legacy->is_scalar())) {
        read.fault(node, "name one side: contract: or legacy:");
        return false;
    }
    auto line = rule_text(read.file, contract ? *contract : *legacy);
    for (std::string_view all : {".*", "/*"})
        if (rule.kind == Rule::Kind::drop && line.text.size() > 2 && line.text.ends_with(all)) {
            line.text.remove_suffix(2);
            rule.rest = true;
        }
    auto path = contract ? parse_contract_path(line, read.diagnostics) : parse_legacy_path(line, read.diagnostics);
    if (!path) return false;
    (contract ? rule.contract : rule.legacy) = std::move(*path);
    rule.mark = line.mark;
    rule.direction = contract ? Direction::to_contract : Direction::to_legacy;
    return true;
}

std::optional<Rule> set_form(const Reader& read, const SourceNode& node) {
    Rule rule;
    rule.kind = Rule::Kind::set;
    if (!read.keys(node, "set", {"contract", "legacy", "value"}) || !one_side(read, node, rule)) return std::nullopt;
    rule.value = node.find("value");
    if (!rule.value || !rule.value->is_scalar())
        return read.fault(node, "'set' needs a value: of one scalar"), std::nullopt;
    return rule;
}

// 2027-06 or 2027-06-30
bool is_day(std::string_view text) {
    if (text.size() != 7 && text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
    auto in = [&](std::size_t at, std::string_view most) {
        return text.substr(at, 2) >= "01" && text.substr(at, 2) <= most;
    };
    return in(5, "12") && (text.size() == 7 || in(8, "31"));
}

std::optional<Rule> drop_form(const Reader& read, const SourceNode& node) {
    Rule rule;
    rule.kind = Rule::Kind::drop;
    if (!read.keys(node, "drop", {"contract", "legacy", "why", "until"}) || !one_side(read, node, rule))
        return std::nullopt;
    rule.why = read.text(node, "why");
    if (rule.why.empty())
        return read.fault(node, "'drop' needs why: the reason this field is left behind"), std::nullopt;
    SourceMark mark;
    rule.until = read.text(node, "until", &mark);
    if (node.find("until") && !is_day(rule.until)) {
        read.diagnostics.error(mark.line > 0 ? mark : read.file.mark(node),
                               "'" + rule.until + "' is no month and no day", "until: 2027-06, or 2027-06-30");
        return std::nullopt;
    }
    return rule;
}

void batch_form(const Reader& read, const SourceNode& node, Mapping& mapping) {
    if (!read.keys(node, "batch", {"over", "as", "at_most"})) return;
    Batch batch;
    batch.mark = read.file.mark(node);
    batch.over = read.text(node, "over");
    batch.as = read.text(node, "as");
    if (batch.as.starts_with(':')) batch.as.erase(0, 1);
    auto most = read.count(node, "at_most", 10'000);
    if (batch.over.empty() || batch.as.empty() || !most || *most == 0)
        return read.fault(node,
                          "'batch' needs over:, as: and at_most:", "batch: { over: skus, as: :skus, at_most: 100 }");
    batch.at_most = *most;
    if (mapping.batch) return read.fault(node, "a second 'batch'");
    mapping.batch = std::move(batch);
}

std::optional<Rule> form(const Reader& read, const SourceNode& node, Mapping& mapping) {
    if (node.entries.empty()) return read.fault(node, "an empty rule"), std::nullopt;
    const auto& first = node.entries.front();
    if (first.key == "each") return each_form(read, node, mapping);
    if (first.key == "when") return when_form(read, node, mapping);
    bool known = std::find(forms.begin(), forms.end(), first.key) != forms.end();
    if (known && node.entries.size() > 1) {
        read.diagnostics.error(read.file.mark(node.entries[1]),
                               "unexpected key '" + node.entries[1].key + "' beside '" + first.key + "'");
        return std::nullopt;
    }
    if (first.key == "set") return set_form(read, first.value);
    if (first.key == "drop") return drop_form(read, first.value);
    if (first.key == "batch") return batch_form(read, first.value, mapping), std::nullopt;
    if (first.key == "calc" || first.key == "xref") {
        auto line = scalar_of(read, first);
        if (!line) return std::nullopt;
        return first.key == "calc" ? parse_calc(*line, read.diagnostics) : parse_xref(*line, read.diagnostics);
    }
    auto mark = read.file.mark(first);
    for (auto word : later)
        if (first.key == word) {
            read.diagnostics.error(mark, "'" + first.key + "' is not supported by this release");
            return std::nullopt;
        }
    if (first.key.find("<-") != std::string::npos || first.key.find("->") != std::string::npos) {
        read.diagnostics.error(mark, "this rule holds ': ', which YAML reads as a key", "put the whole rule in quotes");
        return std::nullopt;
    }
    auto near = nearest(first.key, forms);
    read.diagnostics.error(mark, "unknown key '" + first.key + "' in a list of rules",
                           near.empty() ? std::string("one of each, when, set, drop, calc, xref, batch, or a rule")
                                        : "did you mean '" + near + "'?");
    return std::nullopt;
}

}  // namespace

std::vector<Rule> parse_rules(const Reader& read, const SourceNode& list, Mapping& mapping) {
    std::vector<Rule> rules;
    if (!list.is_sequence()) {
        read.fault(list, "expected a list of rules", "- contract-path <-> legacy-path");
        return rules;
    }
    for (const auto& item : list.items) {
        std::optional<Rule> rule;
        if (item.is_scalar())
            rule = parse_rule(rule_text(read.file, item), read.diagnostics);
        else if (item.is_mapping())
            rule = form(read, item, mapping);
        else
            read.fault(item, "expected a rule", "contract-path <-> legacy-path | codec");
        if (rule) rules.push_back(std::move(*rule));
    }
    return rules;
}

}  // namespace headgate::mappings
