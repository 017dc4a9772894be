#include "mappings/formats/x12/guide.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

#include "contracts/document/fields.hpp"
#include "contracts/document/source.hpp"

namespace headgate {
namespace {

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}
bool is_position(std::string_view text) { return text.size() == 2 && all_digits(text) && text != "00"; }

int number(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

// 'AN', 'N2', ...; nothing when it is no type.
std::optional<std::pair<X12Type, int>> parse_type(std::string_view text) {
    if (text == "AN") return std::pair{X12Type::an, 0};
    if (text == "ID") return std::pair{X12Type::id, 0};
    if (text == "R") return std::pair{X12Type::r, 0};
    if (text == "DT") return std::pair{X12Type::dt, 0};
    if (text == "TM") return std::pair{X12Type::tm, 0};
    if (text.size() == 2 && text[0] == 'N' && all_digits(text.substr(1))) return std::pair{X12Type::n, text[1] - '0'};
    return std::nullopt;
}

class GuideReader {
  public:
    GuideReader(const SourceFile& file, Diagnostics& diagnostics) : file_(file), diagnostics_(diagnostics) {}

    void read(X12Guide& out) {
        Fields fields(file_, file_.root(), "guide", diagnostics_);
        std::string id = fields.required_text("guide");  // x12/4010/940
        if (id.size() < 12 || !id.starts_with("x12/") || id[8] != '/' ||
            !all_digits(std::string_view(id).substr(4, 4)) || !all_digits(std::string_view(id).substr(9))) {
            if (!id.empty())
                fields.fault("guide", "must be x12/VERSION/SET, not '" + id + "'", "for example x12/4010/940");
        } else {
            out.version = id.substr(4, 4);
            out.transaction_set = id.substr(9);
        }
        out.functional_group = fields.required_text("functional-group");
        out.charset = static_cast<X12Charset>(fields.word("charset", {"basic", "extended", "ascii-transliterated"}, 0));
        if (const SourceNode* separators = fields.node("separators")) read_separators(*separators, out);
        if (const SourceNode* segments = fields.node("segments"))
            read_segments(*segments, out.segments, 0);
        else
            fields.fault("segments", "is missing");
        fields.finish();
    }

  private:
    void read_separators(const SourceNode& node, X12Guide& out) {
        Fields fields(file_, node, "separators", diagnostics_);
        auto one = [&](std::string_view key, char& into) {
            std::string text = fields.text(key, std::string_view(&into, 1));
            if (text.size() != 1 || std::isalnum(static_cast<unsigned char>(text[0])) || text[0] == ' ')
                fields.fault(key, "must be one character, neither letter, digit nor blank");
            else
                into = text[0];
        };
        one("element", out.element_separator);
        one("component", out.component_separator);
        one("segment", out.segment_terminator);
        out.segment_suffix = fields.text("suffix", out.segment_suffix);
        if (out.segment_suffix.find_first_not_of("\r\n") != std::string::npos)
            fields.fault("suffix", "may hold line ends alone");
        if (out.element_separator == out.component_separator || out.element_separator == out.segment_terminator ||
            out.component_separator == out.segment_terminator)
            diagnostics_.error(file_.mark(node), "two separators are the same character");
        fields.finish();
    }

    void read_segments(const SourceNode& node, std::vector<X12Segment>& out, int depth) {
        if (!node.is_sequence() || node.items.empty() || depth > 8)
            return diagnostics_.error(file_.mark(node), "a list of segments is expected here");
        for (const SourceNode& item : node.items) {
            if (!item.is_mapping()) {
                diagnostics_.error(file_.mark(item), "a segment is expected here", "- segment: W05");
                continue;
            }
            X12Segment segment;
            read_segment(item, segment, depth);
            auto same = [&](const X12Segment& other) { return other.name == segment.name; };
            if (std::any_of(out.begin(), out.end(), same))
                diagnostics_.error(file_.mark(item), "the segment '" + segment.name + "' is listed twice",
                                   "tell them apart by a qualifier: N1[01=ST]");
            out.push_back(std::move(segment));
        }
    }

    void read_segment(const SourceNode& node, X12Segment& out, int depth) {
        Fields fields(file_, node, "segment", diagnostics_);
        out.name = fields.required_text("segment");
        out.id = out.name;
        if (auto bracket = out.name.find('['); bracket != std::string::npos) {  // N1[01=ST]
            out.id = out.name.substr(0, bracket);
            std::string_view inner = std::string_view(out.name).substr(bracket + 1);
            if (inner.size() < 5 || !inner.ends_with(']') || inner[2] != '=' || !is_position(inner.substr(0, 2))) {
                fields.fault("segment", "must be an id or a qualified one, not '" + out.name + "'",
                             "for example N1[01=ST]");
            } else {
                out.qualifier_position = inner.substr(0, 2);
                out.qualifier = inner.substr(3, inner.size() - 4);
            }
        }
        if (out.id.size() < 2 || out.id.size() > 3)
            fields.fault("segment", "must have an id of 2 or 3 characters, not '" + out.id + "'");
        out.required = fields.flag("required", false);
        out.at_most = static_cast<int>(fields.integer("at_most", 1, 1, 1'000'000));
        if (const SourceNode* elements = fields.node("elements"))
            read_elements(*elements, out);
        else
            fields.fault("elements", "is missing");
        if (const SourceNode* loop = fields.node("loop")) {
            out.is_loop = true;
            read_segments(*loop, out.loop, depth + 1);
        } else if (out.at_most > 1) {
            out.is_loop = true;  // a segment that repeats is a loop of itself alone
        }
        fields.finish();
        if (!out.qualifier.empty()) {
            auto at = [&](const X12Element& element) { return element.position == out.qualifier_position; };
            auto found = std::find_if(out.elements.begin(), out.elements.end(), at);
            if (found == out.elements.end() || found->codes != std::vector{out.qualifier})
                diagnostics_.error(file_.mark(node), "'" + out.name + "' needs its element " + out.qualifier_position +
                                                         " with codes: [" + out.qualifier + "]");
        }
    }

    void read_elements(const SourceNode& node, X12Segment& segment) {
        if (!node.is_sequence()) return diagnostics_.error(file_.mark(node), "a list of elements is expected here");
        for (const SourceNode& item : node.items) {
            if (!item.is_mapping()) {
                diagnostics_.error(file_.mark(item), "an element is expected here",
                                   "- { at: \"01\", type: AN, length: 1..22 }");
                continue;
            }
            X12Element element;
            read_element(item, element);
            if (!segment.elements.empty() && segment.elements.back().position >= element.position)
                diagnostics_.error(file_.mark(item),
                                   "element " + element.position + " is out of order or listed twice");
            segment.elements.push_back(std::move(element));
        }
        for (const X12Element& element : segment.elements) {
            auto at = [&](const X12Element& other) { return other.position == element.with; };
            if (!element.with.empty() && std::none_of(segment.elements.begin(), segment.elements.end(), at))
                diagnostics_.error(file_.mark(node), "element " + element.position + " goes with " + element.with +
                                                         ", which " + segment.name + " does not list");
        }
    }

    void read_element(const SourceNode& node, X12Element& out) {
        Fields fields(file_, node, "element", diagnostics_);
        out.position = fields.required_text("at");
        if (!is_position(out.position))
            fields.fault("at", "must be two digits, not '" + out.position + "'", "in quotes: \"01\"");
        out.name = fields.text("name");
        std::string type = fields.required_text("type");
        if (auto parsed = parse_type(type))
            std::tie(out.type, out.implied_decimals) = *parsed;
        else
            fields.fault("type", "must be an X12 type, not '" + type + "'", "AN, ID, N0 to N9, R, DT or TM");
        read_length(fields, out);
        out.required = fields.flag("required", false);
        out.codes = fields.texts("codes");
        out.with = fields.text("with");
        for (const std::string& code : out.codes)
            if (static_cast<int>(code.size()) > out.max_length || static_cast<int>(code.size()) < out.min_length)
                fields.fault("codes", "holds '" + code + "', which does not have the element's length");
        fields.finish();
    }

    void read_length(Fields& fields, X12Element& out) {
        std::string text = fields.required_text("length");
        std::string_view least = text, most = text;
        if (auto dots = text.find(".."); dots != std::string::npos) {
            least = std::string_view(text).substr(0, dots);
            most = std::string_view(text).substr(dots + 2);
        }
        if (all_digits(least) && all_digits(most) && most.size() < 5 && number(least) <= number(most) &&
            number(most) > 0) {
            out.min_length = number(least);
            out.max_length = number(most);
        } else if (!text.empty()) {
            fields.fault("length", "must be a length, not '" + text + "'", "2, or 1..22");
        }
    }

    const SourceFile& file_;
    Diagnostics& diagnostics_;
};

LegacyNode shape_of(const X12Element& element) {
    LegacyNode node;
    node.name = element.position;
    switch (element.type) {
        case X12Type::an:
        case X12Type::id:
        case X12Type::tm: node.type = LegacyType::text; break;
        case X12Type::n: node.type = LegacyType::integer; break;
        case X12Type::r: node.type = LegacyType::decimal; break;
        case X12Type::dt: node.type = LegacyType::date; break;
    }
    node.length = element.max_length;
    node.codes = element.codes;
    node.optional = !element.required || element.codes.size() == 1;  // the writer fills constants in
    return node;
}

LegacyNode shape_of(const X12Segment& segment) {
    LegacyNode node;
    node.name = segment.name;
    node.optional = !segment.required;
    node.repeated = segment.is_loop;
    for (const X12Element& element : segment.elements) node.children.push_back(shape_of(element));
    for (const X12Segment& inner : segment.loop) node.children.push_back(shape_of(inner));
    return node;
}

}  // namespace

std::shared_ptr<const X12Guide> load_guide(const std::string& path, Diagnostics& diagnostics) {
    Diagnostics own;
    auto file = read_source(path, own);
    auto guide = std::make_shared<X12Guide>();
    guide->path = path;
    if (file && file->root().is_mapping())
        GuideReader(*file, own).read(*guide);
    else if (file)
        own.error({path, 1, 1}, "a guide is a mapping", "guide: x12/4010/940");
    for (const Diagnostic& fault : own.all())
        fault.error ? diagnostics.error(fault.mark, fault.message, fault.hint)
                    : diagnostics.warning(fault.mark, fault.message, fault.hint);
    if (own.has_errors()) return nullptr;
    guide->shape.name = guide->transaction_set;
    for (const X12Segment& segment : guide->segments) guide->shape.children.push_back(shape_of(segment));
    return guide;
}

}  // namespace headgate
