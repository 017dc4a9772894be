// A bridge: its header, and `cannot-say:`, the values of the other version that this one has no word for.
#include "mappings/language/reader.hpp"
#include "mappings/language/scanner.hpp"

namespace headgate::mappings {

namespace {

// inventory.v1/getAvailability <-> inventory.v2/getAvailability
bool parse_header(const Reader& read, const SourceNode& node, Mapping& out) {
    if (!node.is_scalar()) {
        read.fault(node, "'bridge' names an operation of each version",
                   "bridge: inventory.v1/getAvailability <-> inventory.v2/getAvailability");
        return false;
    }
    auto line = rule_text(read.file, node);
    Scanner scan(line, read.diagnostics);
    out.mark = line.mark;
    out.name = node.text;
    out.contract_mark = scan.here();
    auto contract = scan.contract_path();
    scan.expect("/", "between contract and operation: inventory.v1/getAvailability");
    auto operation = scan.name("an operation");
    scan.expect("<->", "between the version that is served and the one behind it");
    out.system_mark = scan.here();
    auto other = scan.contract_path();
    scan.expect("/", "between contract and operation: inventory.v2/getAvailability");
    out.call = scan.name("an operation");
    scan.expect_end();
    out.contract_side = contract.text + "/" + operation;
    out.system = other.text;
    if (!scan.failed() && out.contract_side == out.system + "/" + out.call)
        scan.fault_at(out.system_mark, "a bridge leads to another version, not to itself");
    return !scan.failed();
}

bool parse_then(const Reader& read, const SourceNode& node, CannotSay& out) {
    const SourceNode *say = node.find("as"), *leave_out = node.find("leave-out"), *refuse = node.find("refuse");
    if (!say + !leave_out + !refuse != 2) {
        read.fault(node, "say what becomes of the answer, once",
                   "as: a word of this version, leave-out: item or field, or refuse: answer");
        return false;
    }
    SourceMark mark;
    if (say) {
        out.then = CannotSay::Then::say;
        out.as = read.text(node, "as", &out.as_mark);
        return !out.as.empty();
    }
    auto what = read.text(node, leave_out ? "leave-out" : "refuse", &mark);
    if (leave_out && what == "item")
        out.then = CannotSay::Then::leave_out_item;
    else if (leave_out && what == "field")
        out.then = CannotSay::Then::leave_out_field;
    else if (refuse && what == "answer")
        out.then = CannotSay::Then::refuse;
    else
        return read.diagnostics.error(mark, "unknown choice '" + what + "'", leave_out ? "item or field" : "answer"),
               false;
    return true;
}

bool parse_values(const Reader& read, const SourceNode& node, CannotSay& out) {
    const auto* values = node.find("values");
    if (!values || !values->is_sequence() || values->items.empty())
        return read.fault(values ? *values : node, "'cannot-say' needs values: each that can't be said",
                          "values: [discontinued]"),
               false;
    for (const auto& item : values->items) {
        bool null = item.kind == SourceKind::null || (item.is_scalar() && !item.quoted && item.text == "null");
        if (!null && !item.is_scalar()) return read.fault(item, "a value is a word, or null"), false;
        for (const auto& other : out.values)
            if (other.null == null && other.text == (null ? "" : item.text))
                return read.fault(item, "'" + item.text + "' is there twice"), false;
        out.values.push_back({rule_text(read.file, item).mark, null ? "" : item.text, null});
    }
    return true;
}

void parse_cannot_say(const Reader& read, const SourceNode& list, Mapping& out) {
    if (!list.is_sequence())
        return read.fault(list, "'cannot-say' is a list",
                          "- { field: items/status, values: [discontinued], as: blocked, why: ... }");
    for (const auto& item : list.items) {
        if (!read.keys(item, "cannot-say", {"field", "values", "as", "leave-out", "refuse", "why"})) continue;
        const auto* field = item.find("field");
        if (!field || !field->is_scalar()) {
            read.fault(item, "'cannot-say' needs field: a path of the other version's answer", "items/status");
            continue;
        }
        CannotSay one;
        auto line = rule_text(read.file, *field);
        one.mark = line.mark;
        auto path = parse_legacy_path(line, read.diagnostics);
        if (!path || !parse_values(read, item, one) || !parse_then(read, item, one)) continue;
        one.field = std::move(*path);
        one.why = read.text(item, "why");
        if (one.why.empty())
            read.fault(item, "'cannot-say' needs why: the reason this may be told otherwise");
        else
            out.cannot_say.push_back(std::move(one));
    }
}

}  // namespace

bool parse_bridge(const Reader& read, const SourceNode& document, Mapping& out) {
    if (!read.keys(document, "a bridge", {"bridge", "draft", "tables", "cannot-say", "request", "reply", "in", "out"}))
        return false;
    bool named = parse_header(read, *document.find("bridge"), out);
    if (const auto* node = document.find("cannot-say")) parse_cannot_say(read, *node, out);
    return named;
}

}  // namespace headgate::mappings
