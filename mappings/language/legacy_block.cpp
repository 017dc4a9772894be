// `legacy:`: what the call is, and the customs of the system.
#include <charconv>

#include "mappings/language/reader.hpp"
#include "mappings/language/scanner.hpp"

namespace headgate::mappings {

namespace {

void parse_columns(const Reader& read, const SourceNode& node, LegacyBlock& out) {
    if (!node.is_mapping()) return read.fault(node, "'columns' maps names to types", "ARTNR: char(18)");
    for (const auto& entry : node.entries) {
        if (!entry.value.is_scalar() || entry.value.text.empty()) {
            read.diagnostics.error(read.file.mark(entry), "column '" + entry.key + "' needs a type",
                                   "a type with a comma is quoted inside { }: \"decimal(9,3)?\"");
            continue;
        }
        out.columns.push_back({rule_text(read.file, entry.value).mark, entry.key, entry.value.text});
    }
}

// What becomes of a local time when the clocks change; empty: an error.
std::string clock_choice(const Reader& read, const SourceNode& node, std::string_view key) {
    SourceMark mark;
    auto choice = read.text(node, key, &mark);
    if (choice.empty() || choice == "error") return {};
    if (choice != "earlier" && choice != "later")
        read.diagnostics.error(mark, "unknown choice '" + choice + "' for " + std::string(key),
                               "earlier, later or error");
    return choice;
}

// `tolerate: [bom, crlf]`, `reject: [se-count]`: which words there are is the format's matter.
void parse_tolerances(const Reader& read, const SourceNode& node, LegacyBlock& out) {
    for (const char* key : {"tolerate", "reject"}) {
        const auto* list = node.find(key);
        if (!list) continue;
        if (!list->is_sequence()) {
            bool word = list->is_scalar() && !list->text.empty();
            read.fault(*list, "'" + std::string(key) + "' is a list of words",
                       std::string(key) + ": [" + (word ? list->text : "bom, crlf") + "]");
            continue;
        }
        for (const auto& item : list->items) {
            auto same = [&](const auto& other) { return other.word == item.text; };
            if (!item.is_scalar() || item.text.empty())
                read.fault(item, "'" + std::string(key) + "' is a list of words", std::string(key) + ": [bom, crlf]");
            else if (std::any_of(out.tolerances.begin(), out.tolerances.end(), same))
                read.fault(item, "'" + item.text + "' is named twice by tolerate and reject",
                           "once, in one of the two");
            else
                out.tolerances.push_back({rule_text(read.file, item).mark, item.text, key == std::string("tolerate")});
        }
    }
}

// `fault-code: error/code`, or a list of ways of which the first that is there counts.
void parse_fault_codes(const Reader& read, const SourceNode& node, LegacyBlock& out) {
    const auto* codes = node.find("fault-code");
    if (!codes) return;
    auto add = [&](const SourceNode& one) {
        if (!one.is_scalar() || one.text.empty())
            return read.fault(one, "'fault-code' is a path in the body of a refusal", "fault-code: error/code");
        if (auto path = parse_legacy_path(rule_text(read.file, one), read.diagnostics))
            out.fault_codes.push_back(std::move(*path));
    };
    if (!codes->is_sequence()) return add(*codes);
    for (const auto& item : codes->items) add(item);
}

}  // namespace

void parse_legacy(const Reader& read, const SourceNode& node, LegacyBlock& out) {
    if (!read.keys(
            node, "legacy",
            {"wsdl", "soap", "openapi", "operation", "fault-code", "sql", "columns", "one", "edi", "guide", "layout",
             "file", "envelope", "tolerate", "reject", "charset", "tz", "ambiguous-time", "skipped-time"}))
        return;
    out.mark = read.file.mark(node);
    out.wsdl = read.text(node, "wsdl", &out.wsdl_mark);
    out.soap = read.text(node, "soap", &out.soap_mark);
    out.openapi = read.text(node, "openapi", &out.openapi_mark);
    out.operation = read.text(node, "operation", &out.operation_mark);
    parse_fault_codes(read, node, out);
    out.sql = read.text(node, "sql", &out.sql_mark);
    out.edi = read.text(node, "edi", &out.edi_mark);
    out.guide = read.text(node, "guide", &out.guide_mark);
    out.layout = read.text(node, "layout", &out.layout_mark);
    out.file = read.text(node, "file", &out.file_mark);
    out.one = read.text(node, "one", &out.one_mark);
    if (const auto* columns = node.find("columns")) parse_columns(read, *columns, out);
    if (const auto* envelope = node.find("envelope")) {
        if (!envelope->is_mapping()) return read.fault(*envelope, "'envelope' maps names to texts");
        for (const auto& entry : envelope->entries)
            if (entry.value.is_scalar())
                out.envelope.push_back(
                    {read.file.mark(entry), rule_text(read.file, entry.value).mark, entry.key, entry.value.text});
            else
                read.fault(entry.value, "'envelope' maps names to texts");
    }
    parse_tolerances(read, node, out);
    if (auto charset = read.text(node, "charset", &out.charset_mark); !charset.empty()) out.charset = charset;
    out.tz = read.text(node, "tz", &out.tz_mark);
    out.ambiguous_time = clock_choice(read, node, "ambiguous-time");
    out.skipped_time = clock_choice(read, node, "skipped-time");
}

}  // namespace headgate::mappings
