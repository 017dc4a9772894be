// The `legacy:` block of a query: its columns as the mapping declares them.
#include "mappings/formats/rows/columns.hpp"
#include "mappings/plan/legacy/sides.hpp"

namespace headgate::mappings {

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
    query.row = *side->columns;
    side->call = std::move(query);
    side->reply = side->columns.get();
    side->rows = true;
    return good ? std::move(side) : nullptr;
}

}  // namespace headgate::mappings
