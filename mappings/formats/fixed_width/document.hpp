// A whole file of fixed-width records as a document, and a document as a file.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/document/builder.hpp"
#include "mappings/formats/charset/code_page.hpp"
#include "mappings/formats/drift.hpp"
#include "mappings/formats/fixed_width/layout.hpp"

namespace headgate {

// What a document may ask of its reader, which holds all of it.
struct FixedWidthLimits {
    std::size_t file = 64 << 20;     // bytes
    std::size_t values = 2'000'000;  // records, and fields of all records
};

// An object of records by their names: a record is an object of its fields and of the records below it; records that
// may be there several times are an array. Fails as FixedWidthReader does.
Result<Value> read_fixed_width(const FixedWidthLayout& layout, const CodePage& page, std::string_view bytes,
                               Builder& builder, DriftLog& drift, const FixedWidthLimits& limits = {});

// The file. Counts and constants are filled in; where the document gives them they must be true. What the layout does
// not know, what a field can't hold or would not give back is refused, never cut: invalid_message, its detail naming
// record and field: 'fixed-width: record 3 (D1.Pack-Qty): a negative number, and the field has no sign'.
Result<std::string> write_fixed_width(const FixedWidthLayout& layout, const CodePage& page, const Value& document);

}  // namespace headgate
