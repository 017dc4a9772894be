#include "mappings/draft/query_draft.hpp"

#include <algorithm>

#include "mappings/formats/rows/named_sql.hpp"

namespace headgate::mappings {

namespace {

std::string select(const DraftHeader& header) {
    std::string out = "SELECT ";
    for (const auto& column : header.columns) out += (&column == &header.columns.front() ? "" : ",") + column;
    return out + " FROM " + header.table;
}

const DraftField* likest(const DraftField& field, const std::vector<DraftField>& columns, double& score) {
    const DraftField* out = nullptr;
    for (const auto& column : columns)
        if (double one = likeness(field.words, column.words); one > score) out = &column, score = one;
    return score >= least_likeness ? out : nullptr;
}

DraftRule parameter_rule(const DraftField& field, const std::string& parameter, const DraftField* column,
                         const DraftHeader& header, double score) {
    LegacyNode any;
    any.type = LegacyType::text;
    auto made =
        draft_parameter(field, column ? *column->node : any, column && header.fixed.contains(column->steps.back()));
    DraftRule rule;
    rule.text = field.path() + " -> :" + parameter + (field.list ? "[]" : "");
    if (made && !made->codecs.empty()) rule.text += " | " + made->codecs;
    rule.note = doubt(score, made ? made->guess : "");
    return rule;
}

// The parameters that the statement has already, by name.
void bind_given(const std::vector<DraftField>& fields, const std::vector<DraftField>& columns,
                const DraftHeader& header, DraftSection& out) {
    auto sql = parse_named_sql(header.sql);
    auto names = sql.parameters;
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    for (const auto& name : names) {
        const DraftField* best = nullptr;
        double score = 0;
        auto words = words_of_path({name});
        for (const auto& field : fields)
            if (double one = likeness(field.words, words); one > score) best = &field, score = one;
        if (!best || score < least_likeness) {
            out.gaps.push_back("the statement's :" + name + " is like no field of the request");
            continue;
        }
        double of_column = 0;
        out.rules.push_back(parameter_rule(*best, name, likest(*best, columns, of_column), header, score));
    }
}

void make_conditions(const std::vector<DraftField>& fields, const std::vector<DraftField>& columns, DraftHeader& header,
                     DraftSection& out) {
    std::string where;
    for (const auto& field : fields) {
        double score = 0;
        const auto* column = likest(field, columns, score);
        if (!column) {
            out.gaps.push_back("no column is like " + field.path() + " of the request");
            continue;
        }
        auto name = field.words.plain;
        where += (where.empty() ? " WHERE " : " AND ") + column->path() +
                 (field.list ? " IN (:" + name + ")" : " = :" + name);
        out.rules.push_back(parameter_rule(field, name, column, header, score));
    }
    header.sql = select(header) + where;
    header.made_sql = true;
}

}  // namespace

DraftSection draft_question(const Shape* request, const LegacyNode& columns, DraftHeader& header) {
    DraftSection out;
    auto fields = request ? fields_of(*request).values : std::vector<DraftField>();
    auto of_columns = fields_of(columns).values;
    if (header.sql.empty())
        make_conditions(fields, of_columns, header, out);
    else
        bind_given(fields, of_columns, header, out);
    for (const auto& field : fields)
        if (field.list)
            out.gaps.push_back("what was asked for and has no row: missing: { over: " + field.steps.back() +
                               ", set: { ... } } beside the key of out:");
    return out;
}

}  // namespace headgate::mappings
