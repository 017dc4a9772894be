// DocumentFile: a document that a command is given as a file: JSON, or YAML by its extension.
#pragma once

#include <optional>
#include <string>

#include "base/diagnostics.hpp"
#include "contracts/document/json.hpp"

namespace headgate::cli {

// Owns what the document is a view of.
struct DocumentFile {
    std::string text;
    Arena arena;
    std::optional<Value> value;  // nothing: told to diagnostics
};

// Nothing after a diagnostic.
std::optional<std::string> read_bytes(const std::string& path, Diagnostics& diagnostics);
void read_document(const std::string& path, DocumentFile& out, Diagnostics& diagnostics);

}  // namespace headgate::cli
