#include "mappings/plan/compile/mapping_checks.hpp"

#include <algorithm>
#include <set>

#include "base/ascii.hpp"
#include "mappings/formats/rows/query_text.hpp"

namespace headgate::mappings {

namespace {

void tables_of(const std::vector<Rule>& rules, std::set<std::string>& out) {
    for (const auto& rule : rules) {
        for (const auto& codec : rule.codecs)
            if (codec.name == "table" && !codec.arguments.empty()) out.insert(codec.arguments[0].text);
        tables_of(rule.rules, out);
    }
}

void check_tables(const Mapping& mapping, Diagnostics& diagnostics) {
    std::set<std::string> used;
    tables_of(mapping.request.rules, used);
    tables_of(mapping.reply.rules, used);
    for (const auto& step : mapping.steps) {
        tables_of(step.request.rules, used);
        tables_of(step.reply.rules, used);
    }
    for (const auto& [name, table] : mapping.tables)
        if (!used.contains(name)) diagnostics.error(table.mark, "no rule uses the table '" + name + "'");
}

void check_batch(const Mapping& mapping, const Shape* request, Diagnostics& diagnostics) {
    if (!mapping.batch || !request) return;
    const Shape* over = request->property(mapping.batch->over);
    if (over && over->items()) return;
    auto near = nearest(mapping.batch->over, request->property_names());
    diagnostics.error(mapping.batch->mark, "the request has no list '" + mapping.batch->over + "'",
                      near.empty() ? "" : "did you mean '" + near + "'?");
}

// The query only reads, and answers the columns that are declared.
void check_query(const Mapping& mapping, Diagnostics& diagnostics) {
    const auto& legacy = mapping.legacy;
    if (auto fault = find_query_fault(legacy.sql)) {
        diagnostics.error(mark_within(legacy.sql, legacy.sql_mark, fault->offset), fault->message, fault->hint);
        return;
    }
    auto selected = selected_columns(legacy.sql);
    if (!selected) return;
    for (const auto& column : legacy.columns)
        if (std::none_of(selected->begin(), selected->end(),
                         [&](const std::string& name) { return equals_ignoring_case(name, column.name); }))
            diagnostics.error(column.mark, "the query does not select the column '" + column.name + "'",
                              "SELECT ..., " + column.name + "; an expression has AS " + column.name);
}

}  // namespace

void check_repeatable(const Mapping& mapping, const Operation* operation, Diagnostics& diagnostics) {
    if (!mapping.repeatable) return;
    if (!operation)
        diagnostics.error(mapping.effect_mark,
                          "a component is carried on by the order log, which repeats each of its steps",
                          "leave 'effect' out");
    else if (operation->safe)
        diagnostics.error(mapping.effect_mark,
                          "'effect' belongs to what changes something, and " + operation->name + " only reads");
    else if (!operation->parameter("Idempotency-Key"))
        diagnostics.error(mapping.effect_mark,
                          operation->name + " takes no Idempotency-Key, by which it would be repeated");
}

void check_mapping(const Mapping& mapping, const Shape* request, const LegacyCall& call, Diagnostics& diagnostics) {
    check_batch(mapping, request, diagnostics);
    const auto* transaction = std::get_if<RowsTransaction>(&call);
    if (std::holds_alternative<RowsQuery>(call) || (transaction && transaction->answer))
        check_query(mapping, diagnostics);
    if (mapping.step.empty() && !diagnostics.has_errors())
        check_tables(mapping, diagnostics);  // a faulty rule may be the one that is missed
}

}  // namespace headgate::mappings
