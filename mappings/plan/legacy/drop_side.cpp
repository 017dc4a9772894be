// The `legacy:` block of a file that is dropped: the partner's guide, and a name made of parts of the document.
#include "mappings/formats/edi/guide.hpp"
#include "mappings/plan/legacy/sides.hpp"

namespace headgate::mappings {

namespace {

// `pick-{W05/02}.940`: each path must be one of the guide's.
bool check_file_name(const Mapping& mapping, const LegacyNode& shape, Diagnostics& diagnostics) {
    const auto& name = mapping.legacy.file;
    for (auto open = name.find('{'); open != std::string::npos; open = name.find('{', open + 1)) {
        auto close = name.find('}', open);
        auto mark = mapping.legacy.file_mark;
        mark.column += static_cast<int>(open);
        if (close == std::string::npos) return diagnostics.error(mark, "expected '}'"), false;
        const LegacyNode* node = &shape;
        std::string path = name.substr(open + 1, close - open - 1), rest = path;
        while (node && !rest.empty()) {
            auto slash = rest.find('/');
            node = node->child(rest.substr(0, slash));
            rest = slash == std::string::npos ? "" : rest.substr(slash + 1);
        }
        if (!node || path.empty()) return diagnostics.error(mark, "the guide has no '" + path + "'"), false;
    }
    std::string written;  // without what comes from the document, which the writer keeps to safe characters
    bool inside = false;
    for (char c : name) {
        inside = c == '{' || (inside && c != '}');
        if (!inside) written += c;
    }
    if (name.empty() || written.find('/') != std::string::npos)
        return diagnostics.error(name.empty() ? mapping.legacy.mark : mapping.legacy.file_mark,
                                 "a drop needs file: a name without folders", "file: \"pick-{W05/02}.940\""),
               false;
    return true;
}

}  // namespace

std::unique_ptr<LegacySide> open_drop(const Mapping& mapping, Diagnostics& diagnostics) {
    if (mapping.legacy.guide.empty()) {
        diagnostics.error(mapping.legacy.edi_mark, "'edi' needs the partner's guide:", "guide: legacy/940.guide.yaml");
        return nullptr;
    }
    auto path = beside(mapping, mapping.legacy.guide);
    Diagnostics own;
    auto guide = edi::load_guide(path, own, mapping.legacy.edi);
    if (!guide) {
        diagnostics.error(mapping.legacy.guide_mark, "the guide '" + mapping.legacy.guide + "' can't be used");
        for (const auto& d : own.all()) diagnostics.error(d.mark, d.message, d.hint);
        return nullptr;
    }
    auto named = guide->id();
    if (mapping.legacy.edi != named) {
        diagnostics.error(mapping.legacy.edi_mark, "'" + mapping.legacy.edi + "' is not what the guide is for", named);
        return nullptr;
    }
    if (!check_file_name(mapping, guide->shape, diagnostics)) return nullptr;
    FileDrop drop;
    drop.format = named.substr(0, named.find('/'));
    drop.file_name = mapping.legacy.file;
    drop.version = guide->version;
    drop.transaction_set = guide->message;
    for (const auto& [name, text] : mapping.legacy.envelope) drop.envelope[name] = text;
    drop.guide = guide;
    auto side = std::make_unique<LegacySide>();
    side->call = std::move(drop);
    side->request = &std::get<FileDrop>(side->call).guide->shape;
    side->files = {path};
    return side;
}

}  // namespace headgate::mappings
