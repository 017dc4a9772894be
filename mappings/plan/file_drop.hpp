// What is dropped for a document: the file's name and envelope, and the sequence that its number is of. The bytes are
// written once the number is known.
#pragma once

#include <string>
#include <string_view>

#include "mappings/formats/file_format.hpp"
#include "mappings/plan/plan.hpp"

namespace headgate {

struct DropHead {
    std::string name;       // of the file
    FileEnvelope envelope;  // `number` is still to be filled in where there is a sequence
    std::string sequence;   // whose next number the file takes; empty: none
    std::string key;        // what the number belongs to: the same key has it for ever
};

// A name that can be written into a folder: at most 128 letters, digits, '-', '_' and '.', not hidden.
bool safe_file_name(std::string_view name);
inline constexpr std::string_view safe_name_hint = "letters, digits, '-', '_' and '.'";

// Fails with invalid_message when a {path} of the mapping has no value in the document, or one that no name may hold.
Result<DropHead> drop_head(const FileDrop& drop, const Value& document);

}  // namespace headgate
