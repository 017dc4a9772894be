#include "mappings/plan/file_drop.hpp"

#include "mappings/formats/files/document_paths.hpp"

namespace headgate {

Result<DropHead> drop_head(const FileDrop& drop, const Value& document) {
    DropHead out;
    auto name = expand_pattern(drop.file_name, document);
    if (!name) return name.error();
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
