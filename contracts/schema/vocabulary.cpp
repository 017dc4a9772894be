#include "contracts/schema/vocabulary.hpp"

#include <array>
#include <utility>

#include "contracts/schema/keywords.hpp"

namespace headgate::schema {
namespace {

constexpr std::string_view address = "https://json-schema.org/draft/2020-12/vocab/";
constexpr std::array<std::pair<std::string_view, Vocabularies>, 8> known{{
    {"core", vocabulary_core},
    {"applicator", vocabulary_applicator},
    {"unevaluated", vocabulary_unevaluated},
    {"validation", vocabulary_validation},
    {"format-annotation", vocabulary_format_annotation},
    {"format-assertion", vocabulary_format_assertion},
    {"meta-data", vocabulary_others},
    {"content", vocabulary_others},
}};

// Annotations judge nothing, whatever the dialect; they count as core.
Vocabularies vocabulary_of(std::string_view keyword) {
    if (keyword.starts_with('$')) return vocabulary_core;
    if (keyword.starts_with("unevaluated")) return vocabulary_unevaluated;
    if (keyword == "format") return vocabulary_format_annotation | vocabulary_format_assertion;
    switch (kind_of(keyword)) {
        case KeywordKind::schema:
        case KeywordKind::schema_list:
        case KeywordKind::schema_map: return vocabulary_applicator;
        case KeywordKind::value: return vocabulary_validation;
        default: return vocabulary_core;
    }
}

}  // namespace

bool understands(Vocabularies used, std::string_view keyword) {
    return ((used | vocabulary_core) & vocabulary_of(keyword)) != 0;
}

Vocabularies vocabularies_of(const SourceNode& metaschema, std::string& unknown) {
    const SourceNode* list = metaschema.find("$vocabulary");
    if (!list || !list->is_mapping()) return standard_vocabularies;
    Vocabularies used = vocabulary_core;
    for (const auto& [uri, line, column, required] : list->entries) {
        bool found = false;
        for (const auto& [name, bit] : known)
            if (uri.starts_with(address) && std::string_view(uri).substr(address.size()) == name) {
                used |= bit;
                found = true;
            }
        if (!found && required.text == "true") unknown = uri;
    }
    return used;
}

}  // namespace headgate::schema
