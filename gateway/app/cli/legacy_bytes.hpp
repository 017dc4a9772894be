// LegacyBytes: what a system gets of a legacy document, in its own format, without sending it; and a file of what a
// system answered, as a legacy document.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "gateway/app/cli/document_file.hpp"
#include "mappings/formats/drift.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate::cli {

struct LegacyBytes {
    std::string format;   // soap, json, sql, x12, csv...; empty: the document stands for itself
    std::string charset;  // of `bytes`
    std::string name;     // the file's name, the SOAP action, or method and target
    std::string bytes;
    // In place of bytes: statements with their parameters in UTF-8; nothing: NULL.
    struct Statement {
        std::string sql;
        std::vector<std::optional<std::string>> parameters;
    };
    std::vector<Statement> statements;
};
Result<LegacyBytes> write_legacy(const Plan& plan, const Value& document);

struct LegacyAnswer {
    Value document;
    bool fault = false;
    std::string fault_code, fault_text;
    DriftLog drift = {};  // that reading told
    // Of a file in its own bytes, in place of `document`: all the documents in it.
    std::unique_ptr<FileReading> file;
};
// JSON and YAML files hold the document itself (of rows: an array of objects; of a JSON API the body of an answer of
// success, or `status` and `body` of any), any other the format's own bytes.
// `file` keeps what the answer is a view of. Fails with bad_answer; nothing after a diagnostic.
std::optional<Result<LegacyAnswer>> read_legacy(const Plan& plan, const std::string& path, DocumentFile& file,
                                                Diagnostics& diagnostics);

// In UTF-8, whatever the charset.
std::string shown_bytes(const LegacyBytes& bytes);

}  // namespace headgate::cli
