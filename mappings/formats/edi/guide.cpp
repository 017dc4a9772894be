#include "mappings/formats/edi/guide.hpp"

#include <algorithm>

#include "contracts/document/source.hpp"
#include "mappings/formats/edi/guide_reader.hpp"

namespace headgate::edi {
namespace {

// R and EDIFACT's n have the places that they have, as a number of another contract's version may.
constexpr int any_places = 36;

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

// The writer knows all of it.
bool all_by_format(const LegacyNode& node) {
    return !node.children.empty() && std::all_of(node.children.begin(), node.children.end(),
                                                 [](const LegacyNode& child) { return child.by_format; });
}

LegacyNode shape_of(const Element& element) {
    LegacyNode node;
    node.name = element.position;
    node.about = element.name;
    node.repeated = element.at_most > 1;
    node.with = element.with;
    node.optional = !element.required;
    if (element.composite()) {
        for (const Element& component : element.components) node.children.push_back(shape_of(component));
        node.by_format = all_by_format(node);
        node.optional = node.optional || node.by_format;
        return node;
    }
    node.type = type_of(element.type);
    node.length = element.max_length;
    if (element.type == ElementType::r) node.fraction = any_places;
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
    node.by_format = segment.constant();
    node.optional = node.optional || node.by_format;
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

bool Element::constant() const {
    if (!composite()) return codes.size() == 1;
    return std::all_of(components.begin(), components.end(), [](const Element& one) { return one.constant(); });
}

bool Segment::constant() const {
    return !repeats() && loop.empty() && !elements.empty() && !hierarchical() &&
           std::all_of(elements.begin(), elements.end(), [](const Element& one) { return one.constant(); });
}

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
