// The `do:` block: statements that change data, what their row counts and duplicate keys mean.
#include <charconv>

#include "mappings/language/reader.hpp"
#include "mappings/language/scanner.hpp"

namespace headgate::mappings {

namespace {

// `1 row`, `1 row else out-of-stock`, `2 rows else done`
bool parse_expect(const RuleText& line, Diagnostics& diagnostics, Statement& out) {
    Scanner scan(line, diagnostics);
    auto mark = scan.here();
    auto number = scan.name("a count of rows: 1 row");
    int rows = -1;
    auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), rows);
    if (!scan.failed() && (error != std::errc{} || end != number.data() + number.size() || rows < 0))
        scan.fault_at(mark, "'" + number + "' is no count of rows", "expect: 1 row else out-of-stock");
    if (!scan.accept_word("row") && !scan.accept_word("rows")) scan.fault("expected 'row' after the count");
    if (scan.accept_word("else")) {
        out.on_mismatch = scan.name("done or a business code after 'else'");
        if (scan.accept_word("at")) {
            out.pointer_mark = scan.here();
            if (auto pointer = scan.argument()) out.pointer = pointer->text;
            if (!scan.failed() && (!out.pointer.starts_with('/') || out.on_mismatch == "done"))
                scan.fault_at(out.pointer_mark, "'at' names the place in the request that is refused",
                              "expect: 1 row else wrong-code at /proof/code");
        }
    }
    scan.expect_end();
    out.expect_rows = rows;
    return !scan.failed();
}

bool parse_duplicate(const Reader& read, const SourceNode& node, Statement& out) {
    if (node.is_scalar()) {
        out.on_duplicate = node.text;
        if (out.on_duplicate != "check") return true;
        read.fault(node, "'check' needs its question", "on-duplicate: { sql: SELECT ..., outcomes: { A: done } }");
        return false;
    }
    if (!read.keys(node, "on-duplicate", {"sql", "outcomes"})) return false;
    out.on_duplicate = "check";
    out.check.sql = read.text(node, "sql", &out.check.sql_mark);
    const auto* outcomes = node.find("outcomes");
    if (out.check.sql.empty() || !outcomes || !outcomes->is_mapping() || outcomes->entries.empty()) {
        read.fault(node, "'on-duplicate' needs sql: and outcomes:", "or one word: done, retry, a business code");
        return false;
    }
    for (const auto& entry : outcomes->entries) {
        if (!entry.value.is_scalar()) return read.fault(entry.value, "expected done or a business code"), false;
        out.check.outcomes.emplace_back(entry.key, entry.value.text);
    }
    return true;
}

}  // namespace

std::vector<Statement> parse_statements(const Reader& read, const SourceNode& list) {
    std::vector<Statement> out;
    if (!list.is_sequence()) {
        read.fault(list, "'do' is a list of statements", "- sql: UPDATE ...");
        return out;
    }
    for (const auto& item : list.items) {
        if (!read.keys(item, "a statement", {"sql", "each", "expect", "on-duplicate"})) continue;
        Statement statement;
        statement.mark = read.file.mark(item);
        statement.sql = read.text(item, "sql", &statement.sql_mark);
        statement.each = read.text(item, "each", &statement.each_mark);
        bool good = !statement.sql.empty();
        if (!good) read.fault(item, "a statement needs sql:");
        if (statement.each.starts_with(':')) statement.each.erase(0, 1);
        if (const auto* expect = item.find("expect")) {
            if (!expect->is_scalar())
                read.fault(*expect, "'expect' reads: 1 row else out-of-stock"), good = false;
            else
                good = parse_expect(rule_text(read.file, *expect), read.diagnostics, statement) && good;
        }
        if (const auto* duplicate = item.find("on-duplicate"))
            good = parse_duplicate(read, *duplicate, statement) && good;
        if (!statement.pointer.empty() && !statement.each.empty())
            read.diagnostics.error(statement.pointer_mark, "a statement of a list is refused at the list's item"),
                good = false;
        if (good) out.push_back(std::move(statement));
    }
    return out;
}

}  // namespace headgate::mappings
