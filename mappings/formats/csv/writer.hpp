// Writes documents as CSV by a layout: the header, and each record with the layout's columns in their order.
#pragma once

#include <string>

#include "base/result.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/csv/layout.hpp"

namespace headgate {

class Charset;

// All append to `out`. Null is an unquoted empty field, an empty text a quoted one. What the layout does not know, what
// a column can't hold and what the charset has not is refused, never cut or replaced: invalid_message, its detail
// naming record and column: 'CSV: record 2 (qty): not a whole number'.
Result<void> write_csv_header(const CsvLayout& layout, const Charset& charset, std::string& out);  // where there is one
Result<void> write_csv_record(const CsvLayout& layout, const Charset& charset, const Value& record, std::size_t number,
                              std::string& out);
// The whole file from an array of records.
Result<std::string> write_csv(const CsvLayout& layout, const Charset& charset, const Value& records);

}  // namespace headgate
