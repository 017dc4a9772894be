// The head of a drafted mapping: what the call is, made of the file that describes it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mappings/draft/mapping_draft.hpp"
#include "mappings/draft/section_draft.hpp"

namespace headgate::mappings {

struct DraftHeader {
    LegacyKind kind = LegacyKind::soap;
    std::string system, call;
    std::string sign;                // between contract and call: <->, ->, <-
    std::vector<std::string> block;  // lines of `legacy:`
    std::set<std::string> fixed;     // columns that are filled up with blanks
    LegacyNode shape;                // of a query its columns, of a file what is in it; of a WSDL nothing
    // Of a query: the statement, where the file gives one; else it is made of table and columns.
    std::string sql, table;
    bool made_sql = false;
    std::vector<std::string> columns;
    bool moments = false;  // of a query: it has timestamps, which need a zone
};

// By its name, `#operation` behind it or not.
bool is_wsdl(const std::string& legacy);

// Nothing after diagnostics. `answers`: the contract's operation tells something.
std::optional<DraftHeader> draft_header(const DraftRequest& request, bool answers, Diagnostics& diagnostics);

}  // namespace headgate::mappings
