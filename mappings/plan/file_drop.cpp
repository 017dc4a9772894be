#include "mappings/plan/file_drop.hpp"

#include <algorithm>

#include "mappings/formats/files/document_paths.hpp"

namespace headgate {

bool safe_file_name(std::string_view name) {
    auto safe = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
               c == '.';
    };
    return !name.empty() && name.size() <= 128 && name.front() != '.' && std::all_of(name.begin(), name.end(), safe);
}

Result<DropHead> drop_head(const FileDrop& drop, const Value& document) {
    DropHead out;
    auto name = expand_pattern(drop.file_name, document);
    if (!name) return name.error();
    if (!safe_file_name(*name))
        return Error{ErrorKind::invalid_message, "the order can't be told to this system as it is",
                     "'" + name->substr(0, 128) + "' can't be a file name: " + std::string(safe_name_hint)};
    out.name = std::move(*name);
    for (const auto& [key, pattern] : drop.envelope) {
        auto text = expand_pattern(pattern, document);
        if (!text) return text.error();
        out.envelope.texts.emplace(key, std::move(*text));
    }
    out.sequence = drop.format->sequence(out.envelope);
    out.key = out.envelope.text("control", out.name);
    return out;
}

}  // namespace headgate
