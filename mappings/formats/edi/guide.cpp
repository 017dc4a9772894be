#include "mappings/formats/edi/guide.hpp"

#include "contracts/document/source.hpp"
#include "mappings/formats/edi/guide_reader.hpp"

namespace headgate::edi {
namespace {

LegacyType type_of(ElementType type) {
    switch (type) {
        case ElementType::n: return LegacyType::integer;
        case ElementType::r: return LegacyType::decimal;
        case ElementType::dt: return LegacyType::date;
        case ElementType::an:
        case ElementType::id:
        case ElementType::tm:
        case ElementType::a: break;
    }
    return LegacyType::text;
}

LegacyNode shape_of(const Element& element) {
    LegacyNode node;
    node.name = element.position;
    node.about = element.name;
    node.repeated = element.at_most > 1;
    node.optional = !element.required;
    if (element.composite()) {
        for (const Element& component : element.components) node.children.push_back(shape_of(component));
        return node;
    }
    node.type = type_of(element.type);
    node.length = element.max_length;
    node.codes = element.codes;
    node.by_format = element.codes.size() == 1;  // the writer fills constants in
    node.optional = !element.required || node.by_format;
    return node;
}

LegacyNode shape_of(const Segment& segment) {
    LegacyNode node;
    node.name = segment.name;
    node.optional = !segment.required;
    node.repeated = segment.repeats();
    for (const Element& element : segment.elements) node.children.push_back(shape_of(element));
    if (segment.hierarchical())  // the writer numbers them
        for (LegacyNode& element : node.children) element.optional = true;
    for (const Segment& inner : segment.loop) node.children.push_back(shape_of(inner));
    return node;
}

std::shared_ptr<const Guide> read_guide(const std::string& path, std::shared_ptr<const SourceFile> file,
                                        Diagnostics& own, std::string_view as, Diagnostics& diagnostics) {
    auto guide = std::make_shared<Guide>();
    guide->path = path;
    if (file && file->root().is_mapping())
        GuideReader(*file, own, as).read(*guide);
    else if (file)
        own.error({path, 1, 1}, "a guide is a mapping", "guide: x12/4010/940");
    diagnostics.add(own);
    if (own.has_errors()) return nullptr;
    guide->shape.name = guide->message;
    for (const Segment& segment : guide->segments) guide->shape.children.push_back(shape_of(segment));
    return guide;
}

}  // namespace

std::string Guide::id() const { return (dialect == Dialect::x12 ? "x12/" : "edifact/") + version + "/" + message; }

std::shared_ptr<const Guide> load_guide(const std::string& path, Diagnostics& diagnostics, std::string_view as) {
    Diagnostics own;
    auto file = read_source(path, own);
    return read_guide(path, file, own, as, diagnostics);
}

std::shared_ptr<const Guide> parse_guide(std::string path, std::string_view text, Diagnostics& diagnostics,
                                         std::string_view as) {
    Diagnostics own;
    auto file = parse_source(path, text, own);
    return read_guide(path, file, own, as, diagnostics);
}

}  // namespace headgate::edi
