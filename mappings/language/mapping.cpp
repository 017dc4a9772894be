#include "mappings/language/mapping.hpp"

#include <charconv>
#include <set>

#include "mappings/language/reader.hpp"
#include "mappings/language/scanner.hpp"

namespace headgate::mappings {

bool Reader::keys(const SourceNode& node, std::string_view what, const std::vector<std::string_view>& known) const {
    if (!node.is_mapping()) {
        fault(node, "expected keys and values for " + std::string(what));
        return false;
    }
    for (const auto& entry : node.entries) {
        if (std::find(known.begin(), known.end(), entry.key) != known.end()) continue;
        auto near = nearest(entry.key, known);
        std::string hint = near.empty() ? "known keys:" : "did you mean '" + near + "'?";
        if (near.empty())
            for (auto key : known) hint += " " + std::string(key);
        diagnostics.error(file.mark(entry), "unknown key '" + entry.key + "' in " + std::string(what), hint);
    }
    return true;
}

std::string Reader::text(const SourceNode& node, std::string_view key, SourceMark* mark) const {
    const auto* value = node.find(key);
    if (!value) return {};
    if (!value->is_scalar()) {
        fault(*value, "'" + std::string(key) + "' takes a text");
        return {};
    }
    if (mark) *mark = rule_text(file, *value).mark;
    return value->text;
}

std::optional<std::size_t> Reader::count(const SourceNode& node, std::string_view key, std::size_t most) const {
    const auto* value = node.find(key);
    if (!value || !value->is_scalar()) return std::nullopt;
    std::size_t out = 0;
    const char* end = value->text.data() + value->text.size();
    auto [stop, error] = std::from_chars(value->text.data(), end, out);
    if (error == std::errc{} && stop == end && out <= most) return out;
    fault(*value, "'" + std::string(key) + "' takes a whole number up to " + std::to_string(most));
    return std::nullopt;
}

namespace {

bool parse_header(const Reader& read, const SourceNode& document, Mapping& out) {
    const auto* node = document.find("map");
    if (!node || !node->is_scalar()) {
        read.fault(document, "a mapping begins with map:", "map: orders.v1/Order -> shop.orderCreate");
        return false;
    }
    auto line = rule_text(read.file, *node);
    Scanner scan(line, read.diagnostics);
    out.mark = line.mark;
    out.name = node->text;
    out.contract_mark = scan.here();
    auto contract = scan.contract_path();
    scan.expect("/", "between contract and operation: orders.v1/Order");
    auto thing = scan.name("an operation or a component");
    if (auto direction = scan.direction()) out.direction = *direction;
    out.system_mark = scan.here();
    out.system = scan.name("a system's name");
    scan.expect(".", "between system and call: shop.orderCreate");
    out.call = scan.name("the call's name");
    scan.expect_end();
    out.contract_side = contract.text + "/" + thing;
    return !scan.failed();
}

void parse_nulls(const Reader& read, const SourceNode& node, Mapping& out) {
    if (!read.keys(node, "nulls", {"read", "write"})) return;
    if (const auto* list = node.find("read")) {
        if (!list->is_sequence()) return read.fault(*list, "'read' is a list of legacy texts that mean 'no value'");
        for (const auto& item : list->items)
            if (!(item.text == "xsi:nil" && !item.quoted)) out.nulls_read.push_back(item.text);
    }
    SourceMark mark;
    auto write = read.text(node, "write", &mark);
    if (write == "nil")
        out.write_nil = true;
    else if (!write.empty() && write != "omit")
        read.diagnostics.error(mark, "unknown choice '" + write + "' for nulls.write", "omit or nil");
}

// Two entries with one legacy code can't be told apart when read: refused here, whatever the direction.
void parse_tables(const Reader& read, const SourceNode& node, Mapping& out) {
    if (!node.is_mapping()) return read.fault(node, "'tables' maps a name to a table");
    for (const auto& named : node.entries) {
        if (!named.value.is_mapping() || named.value.entries.empty()) {
            read.diagnostics.error(read.file.mark(named), "table '" + named.key + "' is empty",
                                   "channel: { web: \"01\", store: \"02\" }");
            continue;
        }
        Table table;
        table.mark = read.file.mark(named);
        std::map<std::string, std::string> seen;
        auto add = [&](Table::Entry& entry, const SourceNode& code) {
            if (!code.is_scalar()) return read.fault(code, "a legacy code is a text");
            auto [where, fresh] = seen.emplace(code.text, entry.contract);
            if (!fresh)
                read.fault(code,
                           "code '" + code.text + "' of table '" + named.key + "' stands for both '" + where->second +
                               "' and '" + entry.contract + "'",
                           "a table must be one to one");
            entry.legacy.emplace_back(code.text, read.file.mark(code));
        };
        for (const auto& row : named.value.entries) {
            Table::Entry entry;
            entry.mark = read.file.mark(row);
            entry.contract = row.key;
            if (row.value.is_sequence())
                for (const auto& code : row.value.items) add(entry, code);
            else
                add(entry, row.value);
            if (!entry.legacy.empty()) table.entries.push_back(std::move(entry));
        }
        out.tables.emplace(named.key, std::move(table));
    }
}

void parse_read_model(const Reader& read, const SourceNode& node, Mapping& out) {
    const char* example = "source: { read-model: fulfilment.v1/ShipmentAdvice, by: orderId }";
    if (!read.keys(node, "a source", {"read-model", "key", "by", "with"})) return;
    KeptMessages& kept = out.kept;
    kept.component = read.text(node, "read-model", &kept.component_mark);
    kept.one = node.find("key") != nullptr;
    kept.field = read.text(node, kept.one ? "key" : "by", &kept.field_mark);
    kept.with = read.text(node, "with", &kept.with_mark);
    if (kept.component.empty() || kept.field.empty())
        read.fault(node, "a read model is of a component's messages, by one of their fields", example);
    if (kept.one && node.find("by"))
        read.fault(node, "'key' and 'by' are two ways to ask",
                   "key: of the one message; by: of all that have the value");
}

void parse_orders(const Reader& read, const SourceNode& node, Mapping& out) {
    if (!read.keys(node, "a source", {"orders", "by"})) return;
    KeptMessages& kept = out.kept;
    kept.component = read.text(node, "orders", &kept.component_mark);
    kept.field = read.text(node, "by", &kept.field_mark);
    if (kept.component.empty() || (kept.field != "orderId" && kept.field != "key"))
        read.fault(node, "captured orders are found by orderId, or by key",
                   "source: { orders: orders.v1/Order, by: key }");
}

// What answers in place of a system: nothing else is said of a system then.
void parse_source(const Reader& read, const SourceNode& document, const SourceNode& node, Mapping& out) {
    if (node.is_mapping()) {
        bool orders = node.find("orders") != nullptr;
        out.source = orders ? "orders" : "read-model";
        out.source_mark = read.file.mark(node);
        orders ? parse_orders(read, node, out) : parse_read_model(read, node, out);
    } else {
        out.source = read.text(document, "source", &out.source_mark);
        if (out.source == "read-model")
            read.diagnostics.error(out.source_mark, "the source 'read-model' says which messages, and by what",
                                   "source: { read-model: fulfilment.v1/ShipmentAdvice, by: orderId }");
        else if (out.source != "orders")
            read.fault(node, "unknown source '" + out.source + "'", "source: orders, or source: { read-model: ... }");
    }
    for (auto key : {"legacy", "nulls", "steps", "do", "faults"})
        if (const auto* other = document.find(key))
            read.fault(*other,
                       "'" + std::string(key) + "' belongs to a system, and the source '" + out.source + "' is none");
}

bool parse_map(const Reader& read, const SourceNode& document, Mapping& out) {
    if (!read.keys(document, "a mapping",
                   {"map", "draft", "effect", "answers-as", "source", "legacy", "nulls", "tables", "page", "steps",
                    "request", "reply", "in", "out", "do", "faults"}))
        return false;
    bool named = parse_header(read, document, out);
    const auto *legacy = document.find("legacy"), *source = document.find("source");
    if (source) parse_source(read, document, *source, out);
    if (legacy)
        parse_legacy(read, *legacy, out.legacy);
    else if (!source && !document.find("steps"))
        read.fault(document, "a mapping needs legacy:", "legacy: { wsdl: shop.wsdl }");
    return named;
}

}  // namespace

void parse_section(const Reader& read, const SourceNode& document, std::string_view name, Section& out,
                   Mapping& mapping) {
    const auto* node = document.find(name);
    if (!node || taken_from(node)) return;
    if (out.written)
        return read.fault(*node, "'" + std::string(name) + "' beside its other name", "use one of the two");
    out.written = true;
    out.mark = read.file.mark(*node);
    out.rules = parse_rules(read, *node, mapping);
}

namespace {

bool parse_draft(const Reader& read, const SourceNode& node) {
    if (node.is_scalar() && (node.text == "true" || node.text == "false")) return node.text == "true";
    read.fault(node, "'draft' is true or false");
    return false;
}

bool parse_repeatable(const Reader& read, const SourceNode& document, Mapping& out) {
    auto word = read.text(document, "effect", &out.effect_mark);
    if (word != "repeatable")
        read.diagnostics.error(out.effect_mark, "unknown effect '" + word + "'",
                               "effect: repeatable, where the system recognises a repetition");
    return word == "repeatable";
}

bool applies(const Rule& rule, Direction direction) {
    return rule.kind == Rule::Kind::drop || rule.kind == Rule::Kind::when || rule.direction == Direction::both ||
           rule.direction == direction;
}

void paths_of(const std::vector<Rule>& rules, Direction direction, std::set<std::string>& out) {
    for (const auto& rule : rules) {
        if (!applies(rule, direction)) continue;
        if (rule.kind == Rule::Kind::when) paths_of(rule.rules, direction, out);
        out.insert({"contract " + rule.contract.text, "legacy " + rule.legacy.text});
    }
}

// The rules of one direction. One of the other alone leaves its fields behind in this one, in every case: `drops`.
std::vector<Rule> rules_for(Direction direction, const std::vector<Rule>& rules);
std::vector<Rule> keep_rules(Direction direction, const std::vector<Rule>& rules, std::set<std::string>& carried,
                             std::vector<Rule>& drops) {
    std::vector<Rule> out;
    for (const auto& rule : rules) {
        if (applies(rule, direction)) {
            out.push_back(rule);
            out.back().rules = rule.kind == Rule::Kind::when ? keep_rules(direction, rule.rules, carried, drops)
                                                             : rules_for(direction, rule.rules);
            continue;
        }
        for (auto [side, path] : {std::pair("contract ", &Rule::contract), std::pair("legacy ", &Rule::legacy)}) {
            const Path& left = rule.*path;
            if (left.steps.empty() || !left.braces.empty() || !carried.insert(side + left.text).second) continue;
            Rule drop;
            drop.kind = Rule::Kind::drop;
            drop.mark = rule.mark;
            drop.*path = left;
            drop.why = "a rule of the other direction alone has it";
            drops.push_back(std::move(drop));
        }
    }
    return out;
}

std::vector<Rule> rules_for(Direction direction, const std::vector<Rule>& rules) {
    std::set<std::string> carried;
    paths_of(rules, direction, carried);
    std::vector<Rule> drops;
    auto out = keep_rules(direction, rules, carried, drops);
    out.insert(out.end(), drops.begin(), drops.end());
    return out;
}

// A file that is read and written may say both in one section.
void share_section(Mapping& mapping) {
    if (!mapping.legacy.is_file() || mapping.direction != Direction::both ||
        mapping.request.written == mapping.reply.written)
        return;
    Section both = mapping.request.written ? mapping.request : mapping.reply;
    mapping.request = mapping.reply = both;
    mapping.request.rules = rules_for(Direction::to_legacy, both.rules);
    mapping.reply.rules = rules_for(Direction::to_contract, both.rules);
    mapping.shared = true;
}

// `answers-as: stock.pickup`: the columns, the rules that read them and, unless it has its own, the query are those of
// an earlier mapping of the file.
void answer_as(const Reader& read, const SourceNode& document, const std::vector<Mapping>& earlier, Mapping& out) {
    SourceMark mark;
    auto name = read.text(document, "answers-as", &mark);
    auto found = std::find_if(earlier.begin(), earlier.end(),
                              [&](const Mapping& one) { return one.system + "." + one.call == name; });
    if (found == earlier.end() || found->legacy.sql.empty()) {
        std::vector<std::string> calls;
        for (const auto& one : earlier)
            if (!one.legacy.sql.empty()) calls.push_back(one.system + "." + one.call);
        auto near = nearest(name, {calls.begin(), calls.end()});
        return read.diagnostics.error(mark, "no earlier mapping of this file answers '" + name + "' by a query",
                                      near.empty() ? "" : "did you mean '" + near + "'?");
    }
    if (out.reply.written || !out.legacy.columns.empty())
        return read.diagnostics.error(mark, "the answer is that of '" + name + "'", "leave columns: and out: out");
    if (out.legacy.sql.empty()) {
        out.legacy.sql = found->legacy.sql;
        out.legacy.sql_mark = found->legacy.sql_mark;
    }
    out.legacy.columns = found->legacy.columns;
    out.legacy.one = found->legacy.one;
    out.legacy.one_mark = found->legacy.one_mark;
    out.reply = found->reply;
    out.tables.insert(found->tables.begin(), found->tables.end());
}

}  // namespace

std::vector<Mapping> parse_mappings(std::shared_ptr<const SourceFile> file, Diagnostics& diagnostics) {
    std::vector<Mapping> out;
    Reader read{*file, diagnostics};
    for (const auto& document : file->documents) {
        auto faults = diagnostics.all().size();
        Mapping mapping;
        mapping.file = file;
        mapping.bridge = document.find("bridge") != nullptr;
        bool named = mapping.bridge ? parse_bridge(read, document, mapping) : parse_map(read, document, mapping);
        if (const auto* node = document.find("draft")) mapping.draft = parse_draft(read, *node);
        if (document.find("effect")) mapping.repeatable = parse_repeatable(read, document, mapping);
        if (const auto* node = document.find("nulls")) parse_nulls(read, *node, mapping);
        if (const auto* node = document.find("tables")) parse_tables(read, *node, mapping);
        if (const auto* node = document.find("page"); node && !mapping.bridge) mapping.page = parse_page(read, *node);
        parse_section(read, document, "request", mapping.request, mapping);
        parse_section(read, document, "in", mapping.request, mapping);
        parse_section(read, document, "reply", mapping.reply, mapping);
        parse_section(read, document, "out", mapping.reply, mapping);
        take_from_others(read, document, out, mapping);
        share_section(mapping);
        if (document.find("answers-as")) answer_as(read, document, out, mapping);
        for (auto* section : {&mapping.request, &mapping.reply})
            if (!section->written) section->mark = mapping.mark;
        if (const auto* node = document.find("do")) mapping.statements = parse_statements(read, *node);
        if (const auto* node = document.find("faults")) mapping.faults = parse_faults(read, *node, out);
        if (const auto* node = document.find("steps")) parse_steps(read, *node, mapping);
        if (mapping.page && !mapping.steps.empty())
            diagnostics.error(mapping.page->mark, "'page' belongs to one call, and this mapping has several");
        if (named && diagnostics.all().size() == faults) out.push_back(std::move(mapping));
    }
    return out;
}

}  // namespace headgate::mappings
