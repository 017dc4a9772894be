// Opens the legacy side that the `legacy:` block names: there is one a mapping.
#include "mappings/plan/legacy/legacy_side.hpp"

#include <filesystem>

#include "mappings/formats/xml/xml_charset.hpp"
#include "mappings/plan/legacy/sides.hpp"

namespace headgate::mappings {

std::string beside(const Mapping& mapping, const std::string& path) {
    return (std::filesystem::path(mapping.file->path).parent_path() / path).lexically_normal().string();
}

std::unique_ptr<LegacySide> open_legacy_side(const Mapping& mapping, const Registry& contracts,
                                             Diagnostics& diagnostics) {
    if (mapping.bridge) return open_contract(mapping, contracts, diagnostics);
    if (!mapping.source.empty()) return open_store(mapping, contracts, diagnostics);
    const auto& legacy = mapping.legacy;
    // A transaction may answer by a query.
    bool sql = !legacy.sql.empty() || !mapping.statements.empty();
    int kinds = !legacy.wsdl.empty() + !legacy.openapi.empty() + sql + !legacy.edi.empty() + !legacy.layout.empty();
    if (kinds != 1) {
        diagnostics.error(
            legacy.mark, kinds == 0 ? "the legacy block names no format" : "the legacy block names two formats",
            "one of wsdl:, openapi:, sql: with columns:, edi: with guide:, layout:, or do: beside legacy:");
        return nullptr;
    }
    if (mapping.batch && (legacy.sql.empty() || !mapping.statements.empty())) {
        diagnostics.error(mapping.batch->mark, "'batch' belongs to a query, and to no transaction",
                          "legacy: { sql: ... }");
        return nullptr;
    }
    if (!legacy.one.empty() && (legacy.sql.empty() || mapping.batch || !mapping.step.empty())) {
        diagnostics.error(legacy.one_mark, "'one' belongs to a query of one call",
                          "legacy: { sql: ..., one: not-found }");
        return nullptr;
    }
    if (!legacy.soap.empty() && legacy.wsdl.empty()) {
        diagnostics.error(legacy.soap_mark, "'soap' belongs to a WSDL", "legacy: { wsdl: ..., soap: \"1.2\" }");
        return nullptr;
    }
    if (legacy.openapi.empty() && (!legacy.operation.empty() || !legacy.fault_codes.empty())) {
        diagnostics.error(legacy.operation.empty() ? legacy.fault_codes[0].mark : legacy.operation_mark,
                          "'operation' and 'fault-code' belong to an OpenAPI document", "legacy: { openapi: ... }");
        return nullptr;
    }
    if (!legacy.is_file() && !legacy.tolerances.empty()) {
        diagnostics.error(legacy.tolerances[0].mark, "'tolerate' and 'reject' are of files that are read",
                          "legacy: { edi: ... }, or legacy: { layout: ... }");
        return nullptr;
    }
    bool known = !legacy.wsdl.empty() ? static_cast<bool>(xml::find_xml_charset(legacy.charset))
                                      : !legacy.layout.empty() || Charset::find(legacy.charset) != nullptr;
    if (!known) {
        diagnostics.error(legacy.charset_mark, "unknown character set '" + legacy.charset + "'",
                          "UTF-8, ISO-8859-15, windows-1252, CP850");
        return nullptr;
    }
    if (!legacy.wsdl.empty()) return open_soap(mapping, diagnostics);
    if (!legacy.openapi.empty()) return open_api(mapping, diagnostics);
    if (legacy.is_file()) return open_file(mapping, diagnostics);
    auto side = legacy.sql.empty() ? std::make_unique<LegacySide>() : open_query(mapping, diagnostics);
    if (!side || mapping.statements.empty()) return side;
    RowsTransaction transaction;
    transaction.charset = legacy.charset;
    if (auto* query = std::get_if<RowsQuery>(&side->call)) transaction.answer = std::move(*query);
    side->call = std::move(transaction);
    return side;
}

}  // namespace headgate::mappings
