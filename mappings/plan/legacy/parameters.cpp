// Binds the named parameters of the SQL to the rules that make them; one without the other is an error.
#include <set>

#include "mappings/formats/rows/named_sql.hpp"
#include "mappings/formats/rows/query_text.hpp"
#include "mappings/plan/legacy/legacy_side.hpp"

namespace headgate::mappings {

namespace {

// Parameters of one scope of the request's target.
const Outlet* find_outlet(const std::vector<Outlet>& members, std::string_view name) {
    for (const auto& member : members)
        if (member.name == name) return &member;
    return nullptr;
}

struct Binder {
    const Mapping& mapping;
    const std::vector<Outlet>& members;
    Diagnostics& diagnostics;
    std::set<const Outlet*> used = {};

    // `list`: the outlet over which the statement runs, or nullptr.
    NamedSql bind(const std::string& text, const SourceMark& mark, const Outlet* list) {
        auto sql = parse_named_sql(text);
        auto at = [&](std::size_t offset) { return mark_within(text, mark, offset); };
        if (!sql.problem.empty()) diagnostics.error(at(sql.problem_offset), sql.problem);
        for (std::size_t i = 0; i < sql.parameters.size(); ++i) {
            const auto& name = sql.parameters[i];
            const Outlet* outlet = list ? find_outlet(list->scope->members, name) : nullptr;
            if (!outlet) outlet = find_outlet(members, name);
            if (outlet && outlet->kind == Outlet::Kind::value) {
                used.insert(outlet);
                continue;
            }
            std::vector<std::string_view> names;
            for (const auto& member : members) names.push_back(member.name);
            if (list)
                for (const auto& member : list->scope->members) names.push_back(member.name);
            auto near = nearest(name, names);
            diagnostics.error(at(sql.offsets[i]), "no rule makes the parameter ':" + name + "'",
                              near.empty() ? "add a rule to in:" : "did you mean ':" + near + "'?");
        }
        return sql;
    }
    // Lists stand in IN (...), and single values of the message do not.
    void check_lists(const std::string& text, const SourceMark& mark, const std::vector<Step>& steps) {
        for (const auto& use : parameter_uses(text)) {
            const Outlet* outlet = find_outlet(members, use.name);
            if (!outlet || outlet->kind != Outlet::Kind::value) continue;
            auto made = [&](Step::Kind kind) {
                return std::any_of(steps.begin(), steps.end(), [&](const Step& step) {
                    return step.kind == kind && step.results[0] == outlet->results[0];
                });
            };
            bool list = made(Step::Kind::list), constant = made(Step::Kind::constant);
            auto at = mark_within(text, mark, use.offset);
            if (list && !use.in)
                diagnostics.error(at, "':" + use.name + "' is a list, and a list stands in IN (...)",
                                  "IN (:" + use.name + ")");
            else if (!list && !constant && use.alone)
                diagnostics.error(at, "':" + use.name + "' is one value, and IN (...) takes a list",
                                  "= :" + use.name + ", or :" + use.name + "[] in the rule that makes it");
        }
    }
    void check_unused(const std::vector<Outlet>& all) {
        for (const auto& outlet : all) {
            if (outlet.kind == Outlet::Kind::list)
                check_unused(outlet.scope->members);
            else if (!used.contains(&outlet))
                diagnostics.error(outlet.mark, "no statement uses the parameter ':" + outlet.name + "'");
        }
    }
};

void bind_transaction(const Mapping& mapping, Binder& binder, RowsTransaction& out) {
    for (const auto& statement : mapping.statements) {
        const Outlet* list = nullptr;
        if (!statement.each.empty()) {
            list = find_outlet(binder.members, statement.each);
            if (!list || list->kind != Outlet::Kind::list) {
                binder.diagnostics.error(statement.each_mark, "no rule makes the list ':" + statement.each + "'",
                                         "in: - each: lines -> :" + statement.each);
                continue;
            }
        }
        RowsTransaction::Statement one;
        auto sql = binder.bind(statement.sql, statement.sql_mark, list);
        one.sql = std::move(sql.sql);
        one.parameters = std::move(sql.parameters);
        one.each = statement.each;
        one.each_pointer = list ? list->contract : statement.pointer;
        one.expect_rows = statement.expect_rows;
        one.on_mismatch = statement.on_mismatch;
        one.on_duplicate = statement.on_duplicate;
        one.line = statement.mark.line;
        if (!statement.check.sql.empty()) {
            if (auto fault = find_query_fault(statement.check.sql))
                binder.diagnostics.error(mark_within(statement.check.sql, statement.check.sql_mark, fault->offset),
                                         fault->message,
                                         "on-duplicate: { sql: \"SELECT ...\", outcomes: ... } asks alone");
            auto check = binder.bind(statement.check.sql, statement.check.sql_mark, list);
            one.duplicate_sql = std::move(check.sql);
            one.duplicate_parameters = std::move(check.parameters);
            for (const auto& [value, outcome] : statement.check.outcomes) one.duplicate_outcomes[value] = outcome;
        }
        out.statements.push_back(std::move(one));
    }
}

}  // namespace

void bind_parameters(const Mapping& mapping, const Transfer& request, LegacySide& side, Diagnostics& diagnostics) {
    Binder binder{mapping, request.root.members, diagnostics};
    auto bind_query = [&](RowsQuery& query) {
        auto sql = binder.bind(mapping.legacy.sql, mapping.legacy.sql_mark, nullptr);
        binder.check_lists(mapping.legacy.sql, mapping.legacy.sql_mark, request.root.steps);
        query.sql = std::move(sql.sql);
        query.parameters = std::move(sql.parameters);
    };
    if (auto* query = std::get_if<RowsQuery>(&side.call)) {
        bind_query(*query);
        if (mapping.batch &&
            std::find(query->parameters.begin(), query->parameters.end(), mapping.batch->as) == query->parameters.end())
            diagnostics.error(mapping.batch->mark, "the query has no parameter ':" + mapping.batch->as + "'");
    } else if (auto* transaction = std::get_if<RowsTransaction>(&side.call)) {
        bind_transaction(mapping, binder, *transaction);
        if (transaction->answer) bind_query(*transaction->answer);
    } else {
        return;
    }
    if (!diagnostics.has_errors()) binder.check_unused(binder.members);
}

}  // namespace headgate::mappings
