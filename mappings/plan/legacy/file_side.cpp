// The `legacy:` block of a file: a partner's guide or a layout, what its readers let pass, and of what is written a
// name and an envelope made of parts of the document.
#include "mappings/formats/edi/interchange_reader.hpp"
#include "mappings/formats/files/document_paths.hpp"
#include "mappings/formats/files/edi_format.hpp"
#include "mappings/formats/files/layout_format.hpp"
#include "mappings/plan/file_drop.hpp"
#include "mappings/plan/legacy/sides.hpp"

namespace headgate::mappings {

namespace {

using Format = std::shared_ptr<const FileFormat>;

// The place in the mapping, then what the file's reader said.
void tell_unusable(const SourceMark& mark, const std::string& what, const Diagnostics& own, Diagnostics& diagnostics) {
    diagnostics.error(mark, what + " can't be used");
    for (const auto& d : own.all()) diagnostics.error(d.mark, d.message, d.hint);
}

Format open_edi(const Mapping& mapping, const std::string& path, Diagnostics& diagnostics) {
    const auto& legacy = mapping.legacy;
    Diagnostics own;
    auto guide = edi::load_guide(path, own, legacy.edi);
    if (!guide) return tell_unusable(legacy.guide_mark, "the guide '" + legacy.guide + "'", own, diagnostics), nullptr;
    if (auto named = guide->id(); legacy.edi != named) {
        diagnostics.error(legacy.edi_mark, "'" + legacy.edi + "' is not what the guide is for", named);
        return nullptr;
    }
    edi::Tolerances tolerances;
    for (const auto& one : legacy.tolerances) {
        edi::Tolerances unused;  // what is refused is refused anyway
        if (edi::tolerate(guide->dialect, one.word, one.tolerated ? tolerances : unused)) continue;
        diagnostics.error(one.mark, "the reader of these files knows no '" + one.word + "'",
                          word_hint(one.word, edi::tolerance_words(guide->dialect)));
        return nullptr;
    }
    return edi_format(std::move(guide), tolerances);
}

Format open_layout(const Mapping& mapping, const std::string& path, Diagnostics& diagnostics) {
    const auto& legacy = mapping.legacy;
    Diagnostics own;
    std::vector<FileTolerance> tolerances;
    for (const auto& one : legacy.tolerances) tolerances.push_back({one.word, one.tolerated});
    LayoutProblem problem;
    auto file = read_source(path, own);
    auto format = file ? layout_format(*file, legacy.charset, tolerances, problem, own) : nullptr;
    if (own.has_errors())
        return tell_unusable(legacy.layout_mark, "the layout '" + legacy.layout + "'", own, diagnostics), nullptr;
    if (problem.of == LayoutProblem::Of::charset)
        diagnostics.error(legacy.charset_mark.line > 0 ? legacy.charset_mark : legacy.layout_mark, problem.message,
                          problem.hint);
    if (problem.of == LayoutProblem::Of::tolerance)
        diagnostics.error(legacy.tolerances[problem.tolerance].mark, problem.message, problem.hint);
    return format;
}

// `pick-{W05/02}.940`: each path must be one of a document.
bool check_pattern(const std::string& pattern, SourceMark mark, const LegacyNode& shape, Diagnostics& diagnostics) {
    auto fault = pattern_fault(pattern, shape);
    if (fault.why.empty()) return true;
    mark.column += static_cast<int>(fault.at);
    diagnostics.error(mark, fault.why);
    return false;
}

bool check_file_name(const Mapping& mapping, const LegacyNode& shape, Diagnostics& diagnostics) {
    const auto& name = mapping.legacy.file;
    if (!check_pattern(name, mapping.legacy.file_mark, shape, diagnostics)) return false;
    std::string written;  // each value as one letter; what it really is, is held when it is known
    for (std::size_t at = 0; at < name.size(); ++at) {
        written += name[at] == '{' ? 'x' : name[at];
        if (name[at] == '{') at = name.find('}', at);
    }
    if (safe_file_name(written)) return true;
    if (name.empty() || written.find('/') != std::string::npos)
        diagnostics.error(name.empty() ? mapping.legacy.mark : mapping.legacy.file_mark,
                          "a drop needs file: a name without folders", "file: \"pick-{W05/02}.940\"");
    else
        diagnostics.error(mapping.legacy.file_mark, "'" + name + "' can't be a file name", std::string(safe_name_hint));
    return false;
}

bool check_envelope(const Mapping& mapping, const FileFormat& format, Diagnostics& diagnostics) {
    auto before = diagnostics.errors();
    auto keys = format.envelope_keys();
    const LegacyBlock::EnvelopeText* control = nullptr;
    for (const auto& one : mapping.legacy.envelope) {
        if (std::find(keys.begin(), keys.end(), one.key) == keys.end()) {
            diagnostics.error(
                one.key_mark,
                keys.empty() ? "files of this format have no envelope" : "the envelope has no '" + one.key + "'",
                keys.empty() ? "leave it out" : word_hint(one.key, keys));
            continue;
        }
        if (one.key == "control" || one.key == "control-number") {
            if (control) diagnostics.error(one.key_mark, "the envelope has control and control-number", "one of them");
            control = &one;
        }
        if (!check_pattern(one.text, one.mark, format.shape(), diagnostics)) continue;
        if (one.text.find('{') != std::string::npos) continue;  // it is known with the document
        if (auto fault = format.envelope_fault(one.key, one.text); !fault.empty())
            diagnostics.error(one.mark, "'" + one.text + "': " + fault);
    }
    return diagnostics.errors() == before;
}

}  // namespace

std::unique_ptr<LegacySide> open_file(const Mapping& mapping, Diagnostics& diagnostics) {
    const auto& legacy = mapping.legacy;
    bool edi = !legacy.edi.empty();
    if (edi && legacy.guide.empty()) {
        diagnostics.error(legacy.edi_mark, "'edi' needs the partner's guide:", "guide: legacy/940.guide.yaml");
        return nullptr;
    }
    auto path = beside(mapping, edi ? legacy.guide : legacy.layout);
    FileDrop drop;
    drop.format = edi ? open_edi(mapping, path, diagnostics) : open_layout(mapping, path, diagnostics);
    if (!drop.format) return nullptr;
    drop.writes = mapping.direction != Direction::to_contract;
    drop.reads = mapping.direction != Direction::to_legacy;
    if (drop.writes) {
        if (!check_file_name(mapping, drop.format->shape(), diagnostics)) return nullptr;
        if (!check_envelope(mapping, *drop.format, diagnostics)) return nullptr;
    } else if (!legacy.file.empty() || !legacy.envelope.empty()) {
        diagnostics.error(legacy.file.empty() ? legacy.envelope[0].key_mark : legacy.file_mark,
                          "this mapping reads its files: 'file' and 'envelope' are of what is written",
                          "'<->' in map: for both");
        return nullptr;
    }
    drop.file_name = legacy.file;
    for (const auto& one : legacy.envelope) drop.envelope[one.key] = one.text;
    auto side = std::make_unique<LegacySide>();
    const LegacyNode* shape = &drop.format->shape();
    side->request = drop.writes ? shape : nullptr;
    side->reply = drop.reads ? shape : nullptr;
    side->writes = drop.writes;
    side->call = std::move(drop);
    side->files = {path};
    return side;
}

}  // namespace headgate::mappings
