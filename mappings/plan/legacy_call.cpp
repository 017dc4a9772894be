#include "mappings/plan/legacy_call.hpp"

#include <filesystem>
#include <set>

#include "mappings/formats/rows/columns.hpp"
#include "mappings/formats/rows/named_sql.hpp"
#include "mappings/formats/soap/wsdl.hpp"
#include "mappings/formats/x12/guide.hpp"

namespace headgate::mappings {

namespace {

std::string beside(const Mapping& mapping, const std::string& path) {
    return (std::filesystem::path(mapping.file->path).parent_path() / path).lexically_normal().string();
}

std::unique_ptr<LegacySide> open_soap(const Mapping& mapping, Diagnostics& diagnostics) {
    auto path = beside(mapping, mapping.legacy.wsdl);
    auto before = diagnostics.has_errors();
    Diagnostics own;
    auto wsdl = load_wsdl(path, own);
    if (!wsdl) {
        // The place in the mapping, then what the WSDL's reader said.
        diagnostics.error(mapping.legacy.wsdl_mark, "the WSDL '" + mapping.legacy.wsdl + "' can't be used");
        for (const auto& d : own.all()) diagnostics.error(d.mark, d.message, d.hint);
        return nullptr;
    }
    (void)before;
    const auto* operation = wsdl->find(mapping.call);
    if (!operation) {
        auto near = nearest(mapping.call, wsdl->operation_names());
        diagnostics.error(mapping.system_mark, "the WSDL has no usable operation '" + mapping.call + "'",
                          near.empty() ? mapping.legacy.wsdl : "did you mean '" + near + "'?");
        for (const auto& d : own.all()) diagnostics.error(d.mark, d.message, d.hint);
        return nullptr;
    }
    SoapCall call;
    call.operation = operation->name;
    call.soap_action = operation->soap_action;
    call.request_element = operation->request_element;
    call.response_element = operation->response_element;
    call.target_namespace = operation->target_namespace;
    call.qualified = operation->qualified;
    call.charset = mapping.legacy.charset;
    call.request = operation->request;
    call.response = operation->response;
    auto side = std::make_unique<LegacySide>();
    side->call = std::move(call);
    side->request = &std::get<SoapCall>(side->call).request;
    side->reply = &std::get<SoapCall>(side->call).response;
    side->files = {path};
    return side;
}

std::unique_ptr<LegacySide> open_query(const Mapping& mapping, Diagnostics& diagnostics) {
    auto side = std::make_unique<LegacySide>();
    RowsQuery query;
    query.charset = mapping.legacy.charset;
    side->columns = std::make_unique<LegacyNode>();
    if (mapping.legacy.columns.empty()) {
        diagnostics.error(mapping.legacy.sql_mark, "a query needs columns:", "columns: { ARTNR: char(18) }");
        return nullptr;
    }
    bool good = true;
    for (const auto& column : mapping.legacy.columns) {
        std::string problem;
        auto node = parse_column(column.name, column.type, problem);
        if (!node) {
            diagnostics.error(column.mark, problem,
                              "char(n) varchar(n) text int decimal(p,s) date timestamp, ? for NULL");
            good = false;
            continue;
        }
        for (char c : column.name)
            if (c >= 'a' && c <= 'z') {
                diagnostics.error(column.mark, "column '" + column.name + "' is written in upper case");
                good = false;
                break;
            }
        query.columns.push_back(column.name);
        side->columns->children.push_back(std::move(*node));
    }
    if (mapping.batch) {
        query.batch_over = mapping.batch->as;
        query.batch_at_most = mapping.batch->at_most;
    }
    side->call = std::move(query);
    side->reply = side->columns.get();
    side->rows = true;
    return good ? std::move(side) : nullptr;
}

// `pick-{W05/02}.940`: each path must be one of the guide's.
bool check_file_name(const Mapping& mapping, const LegacyNode& shape, Diagnostics& diagnostics) {
    const auto& name = mapping.legacy.file;
    for (auto open = name.find('{'); open != std::string::npos; open = name.find('{', open + 1)) {
        auto close = name.find('}', open);
        auto mark = mapping.legacy.file_mark;
        mark.column += static_cast<int>(open);
        if (close == std::string::npos) return diagnostics.error(mark, "expected '}'"), false;
        const LegacyNode* node = &shape;
        std::string path = name.substr(open + 1, close - open - 1), rest = path;
        while (node && !rest.empty()) {
            auto slash = rest.find('/');
            node = node->child(rest.substr(0, slash));
            rest = slash == std::string::npos ? "" : rest.substr(slash + 1);
        }
        if (!node || path.empty()) return diagnostics.error(mark, "the guide has no '" + path + "'"), false;
    }
    std::string written;  // without what comes from the document, which the writer keeps to safe characters
    bool inside = false;
    for (char c : name) {
        inside = c == '{' || (inside && c != '}');
        if (!inside) written += c;
    }
    if (name.empty() || written.find('/') != std::string::npos)
        return diagnostics.error(name.empty() ? mapping.legacy.mark : mapping.legacy.file_mark,
                                 "a drop needs file: a name without folders", "file: \"pick-{W05/02}.940\""),
               false;
    return true;
}

std::unique_ptr<LegacySide> open_drop(const Mapping& mapping, Diagnostics& diagnostics) {
    if (mapping.legacy.guide.empty()) {
        diagnostics.error(mapping.legacy.edi_mark, "'edi' needs the partner's guide:", "guide: legacy/940.guide.yaml");
        return nullptr;
    }
    auto path = beside(mapping, mapping.legacy.guide);
    Diagnostics own;
    auto guide = load_guide(path, own);
    if (!guide) {
        diagnostics.error(mapping.legacy.guide_mark, "the guide '" + mapping.legacy.guide + "' can't be used");
        for (const auto& d : own.all()) diagnostics.error(d.mark, d.message, d.hint);
        return nullptr;
    }
    auto named = "x12/" + guide->version + "/" + guide->transaction_set;
    if (mapping.legacy.edi != named) {
        diagnostics.error(mapping.legacy.edi_mark, "'" + mapping.legacy.edi + "' is not what the guide is for", named);
        return nullptr;
    }
    if (!check_file_name(mapping, guide->shape, diagnostics)) return nullptr;
    FileDrop drop;
    drop.format = "x12";
    drop.file_name = mapping.legacy.file;
    drop.version = guide->version;
    drop.transaction_set = guide->transaction_set;
    for (const auto& [name, text] : mapping.legacy.envelope) drop.envelope[name] = text;
    drop.guide = guide;
    auto side = std::make_unique<LegacySide>();
    side->call = std::move(drop);
    side->request = &std::get<FileDrop>(side->call).guide->shape;
    side->files = {path};
    return side;
}

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
        auto at = [&](std::size_t offset) {
            // Inside a folded or block text the columns of the file are not known: its first line stands for all.
            SourceMark out = mark;
            if (text.find('\n') == std::string::npos) out.column += static_cast<int>(offset);
            return out;
        };
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
        if (list) one.each_pointer = list->contract;
        one.expect_rows = statement.expect_rows;
        one.on_mismatch = statement.on_mismatch;
        one.on_duplicate = statement.on_duplicate;
        one.line = statement.mark.line;
        if (!statement.check.sql.empty()) {
            auto check = binder.bind(statement.check.sql, statement.check.sql_mark, list);
            one.duplicate_sql = std::move(check.sql);
            one.duplicate_parameters = std::move(check.parameters);
            for (const auto& [value, outcome] : statement.check.outcomes) one.duplicate_outcomes[value] = outcome;
        }
        out.statements.push_back(std::move(one));
    }
}

}  // namespace

std::unique_ptr<LegacySide> open_legacy_side(const Mapping& mapping, Diagnostics& diagnostics) {
    const auto& legacy = mapping.legacy;
    int kinds = !legacy.wsdl.empty() + !legacy.sql.empty() + !legacy.edi.empty() + !mapping.statements.empty();
    if (kinds != 1) {
        diagnostics.error(legacy.mark,
                          kinds == 0 ? "the legacy block names no format" : "the legacy block names two formats",
                          "one of wsdl:, sql: with columns:, edi: with guide:, or do: beside legacy:");
        return nullptr;
    }
    if (mapping.batch && legacy.sql.empty()) {
        diagnostics.error(mapping.batch->mark, "'batch' belongs to a query", "legacy: { sql: ... }");
        return nullptr;
    }
    if (!legacy.wsdl.empty()) return open_soap(mapping, diagnostics);
    if (!legacy.sql.empty()) return open_query(mapping, diagnostics);
    if (!legacy.edi.empty()) return open_drop(mapping, diagnostics);
    auto side = std::make_unique<LegacySide>();
    RowsTransaction transaction;
    transaction.charset = legacy.charset;
    side->call = std::move(transaction);
    return side;
}

void bind_parameters(const Mapping& mapping, const Transfer* request, LegacySide& side, Diagnostics& diagnostics) {
    static const std::vector<Outlet> none;
    Binder binder{mapping, request ? request->root.members : none, diagnostics};
    if (auto* query = std::get_if<RowsQuery>(&side.call)) {
        auto sql = binder.bind(mapping.legacy.sql, mapping.legacy.sql_mark, nullptr);
        query->sql = std::move(sql.sql);
        query->parameters = std::move(sql.parameters);
        if (mapping.batch &&
            std::find(query->parameters.begin(), query->parameters.end(), mapping.batch->as) == query->parameters.end())
            diagnostics.error(mapping.batch->mark, "the query has no parameter ':" + mapping.batch->as + "'");
    } else if (auto* transaction = std::get_if<RowsTransaction>(&side.call)) {
        bind_transaction(mapping, binder, *transaction);
    } else {
        return;
    }
    if (!diagnostics.has_errors()) binder.check_unused(binder.members);
}

}  // namespace headgate::mappings
