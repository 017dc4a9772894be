#include "mappings/formats/edi/message_writer.hpp"

#include <algorithm>
#include <charconv>

#include "mappings/formats/charset/iso2022.hpp"
#include "mappings/formats/edi/value_check.hpp"

namespace headgate::edi {
namespace {

bool known(const std::vector<Segment>& list, std::string_view name) {
    return std::any_of(list.begin(), list.end(), [&](const Segment& s) { return s.name == name; });
}
bool known(const std::vector<Element>& list, std::string_view position) {
    return std::any_of(list.begin(), list.end(), [&](const Element& e) { return e.position == position; });
}

std::string_view scalar_text(const Value* value) {
    return value && (value->is_string() || value->is_number()) ? value->text() : std::string_view();
}

// Whether there is anything in it.
bool given(const Value* value) {
    if (!value) return false;
    if (value->is_array()) return std::any_of(value->begin(), value->end(), [](const Value& v) { return given(&v); });
    if (value->is_object())
        return std::any_of(value->members_begin(), value->members_end(),
                           [](const Member& m) { return given(&m.value); });
    return !scalar_text(value).empty();
}

bool separates(const Separators& s, char c) {
    return c == s.element || c == s.component || c == s.segment || (s.repetition && c == s.repetition) ||
           (s.release && c == s.release);
}

}  // namespace

void append_segment(std::string& out, const Separators& separators, std::string_view suffix,
                    std::initializer_list<std::string_view> parts) {
    auto last = std::find_if(std::rbegin(parts), std::rend(parts), [](std::string_view p) { return !p.empty(); });
    for (const std::string_view* part = parts.begin(); part != last.base(); ++part) {
        if (part != parts.begin()) out += separators.element;
        out += *part;
    }
    out += separators.segment;
    out += suffix;
}

std::string composite_of(const Separators& separators, std::initializer_list<std::string_view> parts) {
    std::string out;
    std::size_t end = 0;
    for (const std::string_view* part = parts.begin(); part != parts.end(); ++part) {
        if (part != parts.begin()) out += separators.component;
        out += *part;
        if (!part->empty()) end = out.size();
    }
    out.resize(end);
    return out;
}

std::string released(std::string_view text, const Separators& separators) {
    std::string out;
    Iso2022State escapes;
    for (char c : text) {
        bool plain = !separators.escapes || escapes.plain(c);
        if (plain && separators.release && separates(separators, c)) out += separators.release;
        out += c;
    }
    return out;
}

Result<void> MessageWriter::write(const Value& document) {
    if (!document.is_object())
        return Error{ErrorKind::internal, "no document to write", "an object of segments is expected"};
    segments(guide_.segments, document, "");
    if (failed()) return Error{ErrorKind::invalid_message, "the order can't be told to this system as it is", fault_};
    return {};
}

void MessageWriter::fail(const std::string& place, const std::string& why) {
    if (fault_.empty()) fault_ = place + ": " + why;
}

void MessageWriter::segments(const std::vector<Segment>& list, const Value& document, const std::string& place) {
    for (const Member& member : document.members())
        if (!known(list, member.key) && !member.value.is_null())
            fail(place + std::string(member.key), "not in the guide");
    for (const Segment& segment : list) inner(segment, document.find(segment.name), place);
}

void MessageWriter::inner(const Segment& segment, const Value* value, const std::string& place) {
    if (failed()) return;
    std::string here = place + segment.name;
    if (value && value->is_null()) value = nullptr;
    if (!value) {
        if (segment.required && segment.constant()) return repetition(segment, Value::object(nullptr, 0), here);
        if (segment.required) fail(here, "this segment is required");
        return;
    }
    if (!value->is_array()) return repetition(segment, *value, here);
    if (value->size() == 0 && segment.required) fail(here, "at least one is required");
    if (static_cast<int>(value->size()) > segment.at_most)
        fail(here, std::to_string(value->size()) + " repetitions, at most " + std::to_string(segment.at_most));
    int number = 0;
    for (const Value& item : *value) repetition(segment, item, here + "[" + std::to_string(++number) + "]");
}

void MessageWriter::repetition(const Segment& segment, const Value& value, const std::string& here) {
    if (failed()) return;
    if (!value.is_object()) return fail(here, "an object of elements is expected");
    for (const Member& member : value.members())
        if (!known(segment.elements, member.key) && !known(segment.loop, member.key) && !member.value.is_null())
            return fail(here + "/" + std::string(member.key), "not in the guide");
    Numbers numbers = number(segment, value);
    elements(segment, value, here, numbers);
    if (segment.loop.empty()) return;
    if (segment.hierarchical()) parents_.push_back(numbers.own);
    for (const Segment& follows : segment.loop)
        if (!failed()) inner(follows, value.find(follows.name), here + "/");
    if (segment.hierarchical()) parents_.pop_back();
}

// HL01 counts, HL02 is the parent's HL01, HL04 says whether there are children.
MessageWriter::Numbers MessageWriter::number(const Segment& segment, const Value& value) {
    Numbers numbers;
    if (!segment.hierarchical()) return numbers;
    ++hierarchy_;
    std::string_view own = scalar_text(value.find("01"));
    if (all_digits(own) && own.size() < 9) std::from_chars(own.data(), own.data() + own.size(), hierarchy_);
    numbers.own = own.empty() ? std::to_string(hierarchy_) : std::string(own);
    if (!parents_.empty()) numbers.parent = parents_.back();
    bool children = std::any_of(segment.loop.begin(), segment.loop.end(),
                                [&](const Segment& s) { return s.hierarchical() && given(value.find(s.name)); });
    numbers.has_children = children ? "1" : "0";
    return numbers;
}

void MessageWriter::elements(const Segment& segment, const Value& value, const std::string& here,
                             const Numbers& numbers) {
    auto has = [&](const Element& e) { return given(value.find(e.position)); };
    // A loop without its first segment would be another loop's.
    bool wanted = segment.required || std::any_of(segment.elements.begin(), segment.elements.end(), has) ||
                  std::any_of(segment.loop.begin(), segment.loop.end(),
                              [&](const Segment& s) { return given(value.find(s.name)); });
    if (!wanted) return;
    out_ += segment.id;
    std::size_t end = out_.size();  // trailing separators of absent elements are not written
    int at = 0;
    for (const Element& element : segment.elements) {
        if (failed()) return;
        for (; at < element.number; ++at) out_ += separators_.element;
        std::string_view fallback;
        if (segment.hierarchical())
            fallback = element.number == 1   ? numbers.own
                       : element.number == 2 ? numbers.parent
                       : element.number == 4 ? numbers.has_children
                                             : std::string_view();
        if (this->element(element, value, fallback, here)) end = out_.size();
    }
    out_.resize(end);
    out_ += separators_.segment;
    out_ += guide_.suffix;
    ++count_;
}

// True when something was written.
bool MessageWriter::element(const Element& element, const Value& segment, std::string_view fallback,
                            const std::string& here) {
    const Value* value = segment.find(element.position);
    std::string place = here + "/" + element.position;
    bool with = !element.with.empty(), wanted = with ? given(segment.find(element.with)) : element.required;
    if (with && !wanted && given(value))
        return fail(place + (element.name.empty() ? "" : " (" + element.name + ")"),
                    "given without element " + element.with),
               false;
    if (!value || !value->is_array()) return one(element, value, wanted, fallback, place);
    if (element.at_most == 1)
        return fail(place + (element.name.empty() ? "" : " (" + element.name + ")"),
                    element.composite() ? "an object of components is expected" : "a scalar is expected"),
               false;
    if (static_cast<int>(value->size()) > element.at_most)
        return fail(place, std::to_string(value->size()) + " repetitions, at most " + std::to_string(element.at_most)),
               false;
    if (value->size() > 1 && !separators_.repetition)
        return fail(place, "repetitions, and this version has no separator for them"), false;
    bool any = false;
    std::size_t end = out_.size();
    for (std::uint32_t i = 0; i < value->size() && !failed(); ++i) {
        if (i > 0) out_ += separators_.repetition;
        if (!one(element, &(*value)[i], wanted, fallback, place + "[" + std::to_string(i + 1) + "]")) continue;
        any = true;
        end = out_.size();
    }
    out_.resize(end);
    return any;
}

bool MessageWriter::one(const Element& element, const Value* value, bool wanted, std::string_view fallback,
                        const std::string& place) {
    std::string named = element.name.empty() ? place : place + " (" + element.name + ")";
    return element.composite() ? composite(element, value, wanted, place)
                               : scalar(element, value, wanted, fallback, named);
}

bool MessageWriter::composite(const Element& element, const Value* value, bool wanted, const std::string& place) {
    if (value && !value->is_null() && !value->is_object())
        return fail(place, "an object of components is expected"), false;
    if (!wanted && !given(value)) return false;
    Value components = value && value->is_object() ? *value : Value::object(nullptr, 0);
    for (const Member& member : components.members())
        if (!known(element.components, member.key) && !member.value.is_null())
            return fail(place + "/" + std::string(member.key), "not in the guide"), false;
    std::size_t end = out_.size();
    bool any = false;
    int at = 1;
    for (const Element& component : element.components) {
        if (failed()) return false;
        for (; at < component.number; ++at) out_ += separators_.component;
        if (!this->element(component, components, {}, place)) continue;
        any = true;
        end = out_.size();
    }
    out_.resize(end);
    return any;
}

bool MessageWriter::scalar(const Element& element, const Value* value, bool wanted, std::string_view fallback,
                           const std::string& place) {
    if (value && (value->is_object() || value->is_array())) return fail(place, "a scalar is expected"), false;
    std::string_view text = scalar_text(value);
    if (text.empty()) text = fallback;
    if (text.empty() && wanted && element.codes.size() == 1) text = element.codes.front();
    // Blanks at the end of AN carry no meaning, and would not come back: refused, not mangled.
    if (element.type == ElementType::an && text.ends_with(' '))
        return fail(place, "a text that ends with a blank, which the standard leaves out"), false;
    if (text.empty()) {
        if (wanted) fail(place, "this element is required");
        return false;
    }
    data(element, text, place);
    return !failed();
}

void MessageWriter::data(const Element& element, std::string_view text, const std::string& place) {
    std::string bytes, bad;
    if (!guide_.repertoire.encode(text, bytes, bad)) return fail(place, "the character '" + bad + "' can't be written");
    if (!separators_.release)
        for (char c : bytes)
            if (separates(separators_, c))
                return fail(place, std::string("the delimiter '") + c + "' can't stand in data");
    if (auto wrong = misfit(guide_.dialect, element, guide_.repertoire.respells() ? bytes : text))
        return fail(place, wrong->why);
    if (element.type == ElementType::r && separators_.decimal != '.')
        std::replace(bytes.begin(), bytes.end(), '.', separators_.decimal);
    out_ += separators_.release ? released(bytes, separators_) : bytes;
}

}  // namespace headgate::edi
