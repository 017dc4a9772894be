#include "mappings/language/rule_text.hpp"

#include "mappings/language/scanner.hpp"

namespace headgate::mappings {

std::string_view sign(Direction direction) {
    switch (direction) {
        case Direction::both: return "<->";
        case Direction::to_legacy: return "->";
        case Direction::to_contract: return "<-";
    }
    return "<->";
}

RuleText rule_text(const SourceFile& file, const SourceNode& scalar) {
    auto mark = file.mark(scalar);
    if (scalar.quoted) ++mark.column;
    return {scalar.text, mark};
}

RuleText rule_text(const SourceFile& file, const SourceNode::Entry& key_of) { return {key_of.key, file.mark(key_of)}; }

std::optional<Rule> parse_rule(const RuleText& line, Diagnostics& diagnostics) {
    Scanner scan(line, diagnostics);
    Rule rule;
    rule.kind = Rule::Kind::field;
    rule.mark = scan.here();
    rule.contract = scan.contract_path();
    if (auto direction = scan.direction()) rule.direction = *direction;
    if (!scan.failed()) rule.legacy = scan.legacy_path();
    rule.codecs = scan.codecs();
    scan.expect_end();
    if (scan.failed()) return std::nullopt;
    if (!rule.legacy.parameter && rule.contract.list != rule.legacy.list) {
        diagnostics.error(
            rule.contract.list ? rule.legacy.mark : rule.contract.mark,
            "'" + (rule.contract.list ? rule.legacy : rule.contract).text + "' is one value, the other side a list",
            "write [] on both sides");
        return std::nullopt;
    }
    return rule;
}

std::optional<Rule> parse_each(const RuleText& line, Diagnostics& diagnostics, bool rows) {
    Scanner scan(line, diagnostics);
    Rule rule;
    rule.kind = Rule::Kind::each;
    rule.mark = scan.here();
    rule.contract = scan.contract_path();
    if (auto direction = scan.direction()) rule.direction = *direction;
    if (scan.failed()) return std::nullopt;
    auto mark = scan.here();
    if (scan.accept_word("group")) {
        scan.expect("(", "after group");
        rule.group = scan.name("a column");
        scan.expect(")", "after the column");
        rule.legacy.mark = mark;
    } else if (rows && scan.accept_word("row")) {
        rule.by_row = true;
        rule.legacy.mark = mark;
    } else {
        rule.legacy = scan.legacy_path();
    }
    scan.expect_end();
    if (scan.failed()) return std::nullopt;
    if ((!rule.group.empty() || rule.by_row) && rule.direction != Direction::to_contract) {
        diagnostics.error(rule.mark, "rows are only read", "use '<-'");
        return std::nullopt;
    }
    return rule;
}

std::optional<Rule> parse_xref(const RuleText& line, Diagnostics& diagnostics) {
    Scanner scan(line, diagnostics);
    Rule rule;
    rule.kind = Rule::Kind::xref;
    rule.mark = scan.here();
    rule.system = scan.name("a system's name");
    rule.direction = Direction::to_contract;
    scan.expect("<-", "after the system: the key comes from the answer");
    if (!scan.failed()) rule.legacy = scan.legacy_path();
    rule.codecs = scan.codecs();
    scan.expect_end();
    if (scan.failed()) return std::nullopt;
    rule.contract.mark = rule.mark;
    rule.contract.text = "xref." + rule.system;
    rule.contract.steps = {"xref", rule.system};
    return rule;
}

std::optional<Rule> parse_calc(const RuleText& line, Diagnostics& diagnostics) {
    Scanner scan(line, diagnostics);
    Rule rule;
    rule.kind = Rule::Kind::calc;
    rule.mark = scan.here();
    if (line.text.find("->") != std::string_view::npos) {
        rule.direction = Direction::to_legacy;
        rule.expression = scan.expression();
        scan.expect("->", "after the expression");
        if (!scan.failed()) rule.legacy = scan.legacy_path();
        rule.codecs = scan.codecs();
    } else {
        rule.direction = Direction::to_contract;
        rule.contract = scan.contract_path();
        scan.expect("<-", "after the field that is computed");
        if (!scan.failed()) rule.expression = scan.expression();
        rule.codecs = scan.codecs();
    }
    scan.expect_end();
    if (scan.failed()) return std::nullopt;
    return rule;
}

std::optional<Condition> parse_condition(const RuleText& line, Diagnostics& diagnostics) {
    Scanner scan(line, diagnostics);
    Condition condition;
    condition.field = scan.contract_path();
    if (scan.accept_word("present")) {
        condition.test = Condition::Test::present;
    } else if (scan.accept_word("absent")) {
        condition.test = Condition::Test::absent;
    } else {
        if (scan.accept("!="))
            condition.test = Condition::Test::not_equal;
        else if (!scan.accept("=="))
            scan.fault("expected '==', '!=', 'present' or 'absent'", "when: delivery.method == \"pickup\"");
        if (!scan.failed())
            if (auto literal = scan.argument()) {
                condition.literal = literal->text;
                condition.literal_mark = literal->mark;
            }
    }
    scan.expect_end();
    if (scan.failed()) return std::nullopt;
    return condition;
}

// soap:Server/E4711 -> rejected out-of-stock at /lines
std::optional<FaultRule> parse_fault(const RuleText& line, Diagnostics& diagnostics) {
    Scanner scan(line, diagnostics);
    FaultRule rule;
    rule.mark = scan.here();
    if (auto code = scan.argument()) rule.code = code->text;
    scan.expect("->", "after the fault's code");
    if (scan.failed()) return std::nullopt;
    auto mark = scan.here();
    auto outcome = scan.name("rejected, retry or failed");
    if (outcome == "rejected") {
        rule.outcome = FaultRule::Outcome::rejected;
        rule.business_code = scan.name("a business code after 'rejected': out-of-stock");
        if (scan.accept_word("at"))
            if (auto pointer = scan.argument()) rule.pointer = pointer->text;
    } else if (outcome == "retry") {
        rule.outcome = FaultRule::Outcome::retry;
    } else if (outcome == "failed") {
        rule.outcome = FaultRule::Outcome::failed;
    } else if (!scan.failed()) {
        auto near = nearest(outcome, {"rejected", "retry", "failed"});
        scan.fault_at(mark, "unknown outcome '" + outcome + "'",
                      near.empty() ? "one of rejected, retry, failed" : "did you mean '" + near + "'?");
    }
    scan.expect_end();
    if (scan.failed()) return std::nullopt;
    return rule;
}

std::optional<Path> parse_contract_path(const RuleText& line, Diagnostics& diagnostics) {
    Scanner scan(line, diagnostics);
    Path path = scan.contract_path();
    scan.expect_end();
    if (scan.failed()) return std::nullopt;
    return path;
}

std::optional<Path> parse_legacy_path(const RuleText& line, Diagnostics& diagnostics) {
    Scanner scan(line, diagnostics);
    Path path = scan.legacy_path();
    scan.expect_end();
    if (scan.failed()) return std::nullopt;
    return path;
}

std::optional<std::vector<CodecCall>> parse_codecs(const RuleText& line, Diagnostics& diagnostics) {
    std::string piped = "|" + std::string(line.text);
    RuleText shifted{piped, {line.mark.file, line.mark.line, line.mark.column - 1}};
    Scanner scan(shifted, diagnostics);
    auto calls = scan.codecs();
    scan.expect_end();
    if (scan.failed()) return std::nullopt;
    return calls;
}

}  // namespace headgate::mappings
