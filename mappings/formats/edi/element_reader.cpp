#include "mappings/formats/edi/element_reader.hpp"

#include <algorithm>

#include "mappings/formats/edi/value_check.hpp"

namespace headgate::edi {

std::span<const Member> ElementReader::read(const Segment& segment, const RawSegment& raw) {
    segment_ = &segment;
    raw_ = &raw;
    members_.clear();
    Parts rest(raw.parts);
    auto take_until = [&](int number) {  // the parts of elements before `number`
        auto end = std::find_if(rest.begin(), rest.end(), [&](const Part& part) { return part.element >= number; });
        Parts taken(rest.begin(), end);
        rest = rest.subspan(taken.size());
        return taken;
    };
    for (const Element& element : segment.elements) {
        unknown(take_until(element.number));
        this->element(element, take_until(element.number + 1));
    }
    unknown(rest);
    companions(segment.elements, members_, nullptr);
    return stored(members_);
}

// Elements that the guide does not list.
void ElementReader::unknown(Parts parts) {
    int told = 0;
    for (const Part& part : parts) {
        if (part.element == told) continue;
        told = part.element;
        Place place = raw_->place(part);
        std::string position = (told < 10 ? "0" : "") + std::to_string(told);
        if (context_.guide.unknown_is_drift)
            context_.drift.add(DriftKind::element, context_.guide.message + " " + segment_->name + "/" + position,
                               place);
        else
            fault(Fault::too_many_elements, place, {}, "the guide does not know this element", part.text);
    }
}

void ElementReader::element(const Element& element, Parts parts) {
    if (parts.empty()) {
        if (element.required)
            fault(Fault::element_missing, raw_->place(element.number), element, "this element is required");
        return;
    }
    std::vector<Value> values;
    while (!parts.empty()) {
        int number = parts.front().repetition;
        auto end = std::find_if(parts.begin(), parts.end(), [&](const Part& p) { return p.repetition != number; });
        Parts one(parts.begin(), end);
        parts = parts.subspan(one.size());
        if (static_cast<int>(values.size()) == element.at_most) {
            fault(Fault::too_many_repetitions, raw_->place(one.front()), element,
                  "more than " + std::to_string(element.at_most) + " repetitions");
            break;
        }
        if (Value read = repetition(element, one); !read.is_null()) values.push_back(read);
    }
    if (values.empty()) return;
    members_.push_back({element.position, element.at_most > 1 ? stored(values) : values.front()});
}

Value ElementReader::repetition(const Element& element, Parts parts) {
    if (element.composite()) return composite(element, parts);
    if (parts.front().component == 1 && parts.size() == 1) return value(element, parts.front(), false);
    fault(Fault::too_many_components, raw_->place(parts.back()), element,
          "a single value is expected, not a composite");
    return Value::null();
}

Value ElementReader::composite(const Element& element, Parts parts) {
    components_.clear();
    for (const Element& component : element.components) {
        auto found = std::find_if(parts.begin(), parts.end(),
                                  [&](const Part& part) { return part.component == component.number; });
        if (found != parts.end()) {
            if (Value v = value(component, *found, true); !v.is_null()) components_.push_back({component.position, v});
        } else if (component.required) {
            Place place = raw_->place(parts.front());
            place.component = component.number;
            fault(Fault::element_missing, place, component, "this component is required");
        }
    }
    for (const Part& part : parts) {
        auto same = [&](const Element& component) { return component.number == part.component; };
        if (std::any_of(element.components.begin(), element.components.end(), same)) continue;
        Place place = raw_->place(part);
        place.component = part.component;
        if (context_.guide.unknown_is_drift)
            context_.drift.add(DriftKind::element,
                               context_.guide.message + " " + segment_->name + "/" + element.position + "/" +
                                   (part.component < 10 ? "0" : "") + std::to_string(part.component),
                               place);
        else
            fault(Fault::too_many_components, place, {}, "the guide does not know this component", part.text);
    }
    companions(element.components, components_, &element);
    if (components_.empty()) return Value::null();
    std::span<const Member> members = stored(components_);
    return Value::object(members.data(), static_cast<std::uint32_t>(members.size()));
}

Value ElementReader::value(const Element& element, const Part& part, bool component) {
    Place place = raw_->place(part);
    if (component) place.component = part.component;
    std::string_view bytes = unreleased(part.text, context_.separators, scratch_);
    decoded_.clear();
    std::size_t bad = context_.repertoire.decode(bytes, decoded_);
    if (bad != std::string_view::npos) {
        Place at = place;
        at.offset += released_offset(part.text, bad, context_.separators);
        std::string why =
            context_.repertoire.escapes()  // a text is one of its sets as a whole, or none
                ? "no text of " + context_.repertoire.name() + ", in ASCII at both ends"
                : "the byte '" + printable(bytes.substr(bad, 1)) + "' is not in " + context_.repertoire.name();
        decoded_.clear();
        bool saved = context_.fallback && context_.fallback->decode(bytes, decoded_) == std::string_view::npos;
        fault(Fault::bad_character, std::move(at), element, std::move(why), bytes, saved);
        if (!saved) return Value::null();
    }
    std::string_view text = decoded_;
    // Blanks at the end carry no meaning: the standards suppress them.
    while (element.type == ElementType::an && text.ends_with(' ')) text.remove_suffix(1);
    if (text.empty()) {
        if (element.required) fault(Fault::element_missing, place, element, "blanks, where a text is required");
        return Value::null();
    }
    text = number(element, text);
    if (auto wrong = misfit(context_.guide.dialect, element, text)) {
        if (wrong->fault != Fault::bad_code) {
            fault(wrong->fault, place, element, wrong->why + ": '" + printable(text) + "'", text);
        } else if (context_.guide.unknown_is_drift) {
            std::string path = segment_->name + "/" + (part.element < 10 ? "0" : "") + std::to_string(part.element);
            if (component) path += "/" + element.position;
            context_.drift.add(DriftKind::code, context_.guide.message + " " + path + "=" + printable(text), place);
        } else {
            fault(wrong->fault, place, element, std::move(wrong->why), text);
        }
    }
    return Value::string(context_.arena.copy(text));
}

// With `.` as the decimal mark; a mark that is not allowed here becomes `,`, which the type's check refuses.
std::string_view ElementReader::number(const Element& element, std::string_view text) {
    if (element.type != ElementType::r || context_.decimal_marks == ".") return text;
    scratch_ = text;
    for (char& c : scratch_)
        if (c == '.' || c == ',') c = context_.decimal_marks.find(c) != std::string_view::npos ? '.' : ',';
    return scratch_;
}

void ElementReader::companions(const std::vector<Element>& elements, std::span<const Member> given,
                               const Element* composite) {
    auto has = [&](std::string_view position) {
        return std::any_of(given.begin(), given.end(), [&](const Member& m) { return m.key == position; });
    };
    for (const Element& element : elements) {
        if (element.with.empty() || has(element.position) == has(element.with)) continue;
        Place place = composite ? raw_->place(composite->number) : raw_->place(element.number);
        if (composite) place.component = element.number;
        fault(Fault::companion_missing, place, element,
              has(element.position) ? "given without element " + element.with
                                    : "element " + element.with + " is given without it");
    }
}

void ElementReader::fault(Fault fault, Place place, const Element& element, std::string why, std::string_view bad,
                          bool tolerated) {
    Finding finding;
    finding.level = Level::element;
    finding.fault = fault;
    finding.place = std::move(place);
    finding.place.id = segment_->name;
    finding.subject = element.name;
    finding.why = std::move(why);
    finding.value = printable(bad);
    finding.tolerated = tolerated;
    context_.add(std::move(finding));
}

std::string_view ElementReader::text(const Part& part) {
    std::string_view bytes = unreleased(part.text, context_.separators, scratch_);
    decoded_.clear();
    if (context_.repertoire.decode(bytes, decoded_) != std::string_view::npos) return {};
    return decoded_;
}

Value ElementReader::stored(const std::vector<Value>& values) {
    Value* to = context_.arena.allocate<Value>(values.size());
    std::copy(values.begin(), values.end(), to);
    return Value::array(to, static_cast<std::uint32_t>(values.size()));
}

std::span<const Member> ElementReader::stored(const std::vector<Member>& members) {
    if (members.empty()) return {};
    Member* to = context_.arena.allocate<Member>(members.size());
    std::copy(members.begin(), members.end(), to);
    return {to, members.size()};
}

}  // namespace headgate::edi
