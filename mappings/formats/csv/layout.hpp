// The layout of a CSV file (RFC 4180): header, separator, columns and their types; a YAML file that goes with a
// mapping.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "contracts/document/source.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate {

// Immutable once loaded.
struct CsvLayout {
    enum class Header : std::uint8_t { required, optional, none };

    std::string path;
    Header header = Header::required;
    char separator = ',', quote = '"';
    char decimal_mark = '.';  // in columns of decimals; documents have '.'
    bool crlf = true;         // the line end: CRLF, else LF
    bool quote_all = false;   // when written: every text, else those alone that need it
    // What a message of a mapping is: the whole file, one record, or the records of one key. Of the last: the columns
    // that are the same in all of them, first those that are the key.
    enum class Message : std::uint8_t { file, record, key } message = Message::file;
    std::vector<std::string> head;
    std::size_t keys = 0;
    bool tolerates_bom = false, tolerates_other_line_end = false, tolerates_blank_lines = false;
    // One record, repeated; its children are the columns. A column that is optional may be null.
    LegacyNode shape;
};

// nullptr, with diagnostics, when the layout is wrong.
std::shared_ptr<const CsvLayout> load_csv_layout(const std::string& path, Diagnostics& diagnostics);
std::shared_ptr<CsvLayout> csv_layout(const SourceFile& file, Diagnostics& diagnostics);

// The words of `tolerate` that make sense for this layout, and whether what they name is let pass. False: unknown.
std::vector<std::string_view> tolerance_words(const CsvLayout& layout);
bool set_tolerance(CsvLayout& layout, std::string_view word, bool tolerated);

}  // namespace headgate
