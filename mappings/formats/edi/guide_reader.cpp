#include "mappings/formats/edi/guide_reader.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace headgate::edi {
namespace {

constexpr int deepest_loop = 8;
constexpr std::array<std::string_view, 13> envelope{"ISA", "IEA", "GS",  "GE",  "ST",  "SE", "UNA",
                                                    "UNB", "UNZ", "UNG", "UNE", "UNH", "UNT"};

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}
bool upper_or_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}
bool is_position(std::string_view text) { return text.size() == 2 && all_digits(text) && text != "00"; }

int number(std::string_view digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

// 'AN', 'N2', ...; nothing when it is no type of the dialect.
std::optional<std::pair<ElementType, int>> parse_type(Dialect dialect, std::string_view text) {
    if (dialect == Dialect::edifact) {
        if (text == "a") return std::pair{ElementType::a, 0};
        if (text == "an") return std::pair{ElementType::an, 0};
        if (text == "n") return std::pair{ElementType::r, 0};
        return std::nullopt;
    }
    if (text == "AN") return std::pair{ElementType::an, 0};
    if (text == "ID") return std::pair{ElementType::id, 0};
    if (text == "R") return std::pair{ElementType::r, 0};
    if (text == "DT") return std::pair{ElementType::dt, 0};
    if (text == "TM") return std::pair{ElementType::tm, 0};
    if (text.size() == 2 && text[0] == 'N' && all_digits(text.substr(1)))
        return std::pair{ElementType::n, text[1] - '0'};
    return std::nullopt;
}

struct Id {
    Dialect dialect;
    std::string version, message;
};

std::optional<Id> parse_id(std::string_view text) {
    auto first = text.find('/'), second = text.find('/', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    Id id{Dialect::x12, std::string(text.substr(first + 1, second - first - 1)), std::string(text.substr(second + 1))};
    if (text.starts_with("x12/"))
        return id.version.size() == 4 && all_digits(id.version) && id.message.size() == 3 && upper_or_digits(id.message)
                   ? std::optional(id)
                   : std::nullopt;
    id.dialect = Dialect::edifact;
    bool good = text.starts_with("edifact/") && id.version.size() >= 2 && id.version.size() <= 4 &&
                upper_or_digits(id.version) && id.message.size() == 6 && upper_or_digits(id.message);
    return good ? std::optional(id) : std::nullopt;
}

}  // namespace

void GuideReader::read(Guide& out) {
    Fields fields(file_, file_.root(), "guide", diagnostics_);
    read_id(fields, out);
    bool x12 = dialect_ == Dialect::x12;
    out.functional_group =
        x12 ? fields.required_text("functional-group") : fields.text("functional-group", out.message);
    if (!x12) {
        out.agency = fields.text("agency", out.agency);
        out.association = fields.text("association");
        out.separators = {'+', ':', '\'', 0, '?', '.', false};
    }
    out.suffix = x12 ? "\n" : "";
    std::string charset = fields.text("charset", x12 ? "basic" : "UNOA");
    if (auto repertoire = Repertoire::find(dialect_, charset))
        out.repertoire = *repertoire;
    else
        fields.fault("charset", "'" + charset + "' is no character set that is known",
                     x12 ? "basic, extended, ascii-transliterated, or a name such as ISO-8859-1" : "UNOA to UNOY");
    out.separators.escapes = out.repertoire.escapes();
    out.unknown_is_drift = fields.word("unknown", {"refuse", "drift"}, 0) == 1;
    if (const SourceNode* separators = fields.node("separators")) read_separators(*separators, out);
    if (const SourceNode* segments = fields.node("segments"))
        read_segments(*segments, out.segments, 0);
    else
        fields.fault("segments", "is missing");
    fields.finish();
}

// x12/4010/940, or a list of them with versions that differ alone.
void GuideReader::read_id(Fields& fields, Guide& out) {
    std::vector<std::string> texts = fields.texts("guide");
    if (texts.empty()) {
        fields.required_text("guide");
        return;
    }
    std::optional<Id> taken;
    if (texts.front().starts_with("edifact")) dialect_ = Dialect::edifact;  // so that a wrong id is the only fault
    for (const std::string& text : texts) {
        std::optional<Id> id = parse_id(text);
        if (!id)
            return fields.fault("guide", "must be x12/VERSION/SET or edifact/VERSION/MESSAGE, not '" + text + "'",
                                "for example x12/4010/940");
        if (taken && (taken->dialect != id->dialect || taken->message != id->message))
            return fields.fault("guide", "one guide is for one message; only versions may differ");
        versions_.push_back(id->version);
        if (!taken || text == as_) taken = id;
    }
    out.dialect = dialect_ = taken->dialect;
    out.version = version_ = taken->version;
    out.message = taken->message;
}

void GuideReader::read_separators(const SourceNode& node, Guide& out) {
    Fields fields(file_, node, "separators", diagnostics_);
    std::string used;
    auto one = [&](std::string_view key, char& into, bool data = false) {
        std::string text = fields.text(key, into ? std::string_view(&into, 1) : std::string_view());
        if (text.empty() && !into) return;
        if (text.size() != 1 || std::isalnum(static_cast<unsigned char>(text[0])) || text[0] == ' ')
            return fields.fault(key, "must be one character, neither letter, digit nor blank");
        into = text[0];
        if (!data && used.find(into) != std::string::npos)
            diagnostics_.error(file_.mark(node), "two separators are the same character");
        used += into;
    };
    one("element", out.separators.element);
    one("component", out.separators.component);
    one("segment", out.separators.segment);
    one("repetition", out.separators.repetition);
    if (dialect_ == Dialect::edifact) {
        one("release", out.separators.release);
        one("decimal", out.separators.decimal, true);
    }
    out.suffix = fields.text("suffix", out.suffix);
    if (out.suffix.find_first_not_of("\r\n") != std::string::npos) fields.fault("suffix", "may hold line ends alone");
    fields.finish();
}

bool GuideReader::meant(const SourceNode& node) const {
    const SourceNode* only = node.is_mapping() ? node.find("only") : nullptr;
    return !only || only->text == version_;
}

void GuideReader::check_only(Fields& fields) {
    const SourceNode* only = fields.node("only");
    if (only && std::find(versions_.begin(), versions_.end(), only->text) == versions_.end())
        fields.fault("only", "'" + only->text + "' is no version of this guide");
}

void GuideReader::read_segments(const SourceNode& node, std::vector<Segment>& out, int depth) {
    if (!node.is_sequence() || node.items.empty() || depth > deepest_loop)
        return diagnostics_.error(file_.mark(node), "a list of segments is expected here");
    for (const SourceNode& item : node.items) {
        if (!item.is_mapping()) {
            diagnostics_.error(file_.mark(item), "a segment is expected here", "- segment: W05");
            continue;
        }
        Segment segment;
        read_segment(item, segment, depth);
        if (!meant(item)) continue;
        auto same = [&](const Segment& other) { return other.name == segment.name; };
        if (std::any_of(out.begin(), out.end(), same))
            diagnostics_.error(file_.mark(item), "the segment '" + segment.name + "' is listed twice",
                               "tell them apart by a qualifier: N1[01=ST]");
        out.push_back(std::move(segment));
    }
}

void GuideReader::read_segment(const SourceNode& node, Segment& out, int depth) {
    Fields fields(file_, node, "segment", diagnostics_);
    out.name = fields.required_text("segment");
    read_qualifier(fields, out);
    std::size_t least = dialect_ == Dialect::x12 ? 2 : 3;
    if (out.id.size() < least || out.id.size() > 3 || !upper_or_digits(out.id))
        fields.fault("segment", "must have an id of " + std::string(least == 2 ? "2 or 3" : "3") +
                                    " characters, not '" + out.id + "'");
    if (std::find(envelope.begin(), envelope.end(), out.id) != envelope.end())
        fields.fault("segment", "'" + out.id + "' belongs to the envelope, which the format itself reads and writes");
    check_only(fields);
    out.required = fields.flag("required", false);
    out.at_most = static_cast<int>(fields.integer("at_most", 1, 1, 1'000'000));
    if (const SourceNode* elements = fields.node("elements"))
        read_elements(*elements, out.name, false, out.elements);
    else
        fields.fault("elements", "is missing");
    if (const SourceNode* loop = fields.node("loop")) read_segments(*loop, out.loop, depth + 1);
    fields.finish();
    check_qualifier(node, out);
}

void GuideReader::read_qualifier(Fields& fields, Segment& out) {
    out.id = out.name;
    auto bracket = out.name.find('[');
    if (bracket == std::string::npos) return;
    out.id = out.name.substr(0, bracket);
    std::string_view inner = std::string_view(out.name).substr(bracket + 1);
    if (inner.size() < 5 || !inner.ends_with(']') || inner[2] != '=' || !is_position(inner.substr(0, 2)))
        return fields.fault("segment", "must be an id or a qualified one, not '" + out.name + "'",
                            "for example N1[01=ST]");
    out.qualifier_position = inner.substr(0, 2);
    out.qualifier = inner.substr(3, inner.size() - 4);
}

void GuideReader::check_qualifier(const SourceNode& node, const Segment& segment) {
    if (segment.qualifier.empty()) return;
    auto at = [&](const Element& element) { return element.position == segment.qualifier_position; };
    auto found = std::find_if(segment.elements.begin(), segment.elements.end(), at);
    const Element* qualifier = found == segment.elements.end() ? nullptr : &*found;
    if (qualifier && qualifier->composite()) qualifier = &qualifier->components.front();
    if (!qualifier || qualifier->codes != std::vector{segment.qualifier})
        diagnostics_.error(file_.mark(node), "'" + segment.name + "' needs its element " + segment.qualifier_position +
                                                 " with codes: [" + segment.qualifier + "]");
}

void GuideReader::read_elements(const SourceNode& node, std::string_view owner, bool components,
                                std::vector<Element>& out) {
    if (!node.is_sequence()) return diagnostics_.error(file_.mark(node), "a list of elements is expected here");
    for (const SourceNode& item : node.items) {
        if (!item.is_mapping()) {
            diagnostics_.error(file_.mark(item), "an element is expected here",
                               "- { at: \"01\", type: AN, length: 1..22 }");
            continue;
        }
        Element element;
        read_element(item, components, element);
        if (!meant(item)) continue;
        if (!out.empty() && out.back().position >= element.position)
            diagnostics_.error(file_.mark(item), "element " + element.position + " is out of order or listed twice");
        out.push_back(std::move(element));
    }
    for (const Element& element : out) {
        auto at = [&](const Element& other) { return other.position == element.with; };
        if (!element.with.empty() && std::none_of(out.begin(), out.end(), at))
            diagnostics_.error(file_.mark(node), "element " + element.position + " goes with " + element.with +
                                                     ", which " + std::string(owner) + " does not list");
    }
}

void GuideReader::read_element(const SourceNode& node, bool component, Element& out) {
    Fields fields(file_, node, component ? "component" : "element", diagnostics_);
    out.position = fields.required_text("at");
    if (!is_position(out.position))
        fields.fault("at", "must be two digits, not '" + out.position + "'", "in quotes: \"01\"");
    out.number = number(out.position);
    out.name = fields.text("name");
    const SourceNode* components = component ? nullptr : fields.node("components");
    if (components) {
        read_elements(*components, out.position, true, out.components);
        if (out.components.empty()) fields.fault("components", "is empty");
    } else {
        read_type(fields, out);
        read_length(fields, out);
        out.codes = fields.texts("codes");
    }
    out.required = fields.flag("required", false);
    if (!component) out.at_most = static_cast<int>(fields.integer("at_most", 1, 1, 9999));
    out.with = fields.text("with");
    check_only(fields);
    for (const std::string& code : out.codes)
        if (static_cast<int>(code.size()) > out.max_length || static_cast<int>(code.size()) < out.min_length)
            fields.fault("codes", "holds '" + code + "', which does not have the element's length");
    fields.finish();
}

void GuideReader::read_type(Fields& fields, Element& out) {
    std::string type = fields.required_text("type");
    if (auto parsed = parse_type(dialect_, type))
        std::tie(out.type, out.implied_decimals) = *parsed;
    else if (dialect_ == Dialect::x12)
        fields.fault("type", "must be an X12 type, not '" + type + "'", "AN, ID, N0 to N9, R, DT or TM");
    else
        fields.fault("type", "must be an EDIFACT type, not '" + type + "'", "a, an or n");
}

void GuideReader::read_length(Fields& fields, Element& out) {
    std::string text = fields.required_text("length");
    std::string_view least = text, most = text;
    if (auto dots = text.find(".."); dots != std::string::npos) {
        least = std::string_view(text).substr(0, dots);
        most = std::string_view(text).substr(dots + 2);
    }
    if (all_digits(least) && all_digits(most) && most.size() < 5 && number(least) <= number(most) && number(most) > 0) {
        out.min_length = number(least);
        out.max_length = number(most);
    } else if (!text.empty()) {
        fields.fault("length", "must be a length, not '" + text + "'", "2, or 1..22");
    }
}

}  // namespace headgate::edi
