// CSV as files of a mapping: how its records make messages is said by the layout (`message:`).
#pragma once

#include "mappings/formats/csv/layout.hpp"
#include "mappings/formats/file_format.hpp"

namespace headgate {

class Charset;

// A document is the whole file {row: [records]}, one record, or the records of one key: its head's columns, and `row`
// with the other columns of each record. The charset lives for the process.
std::shared_ptr<const FileFormat> csv_format(std::shared_ptr<const CsvLayout> layout, const Charset& charset);

}  // namespace headgate
