#include "mappings/formats/x12/writer.hpp"

#include <algorithm>

#include "mappings/formats/x12/charset.hpp"

namespace headgate {
namespace {

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

bool is_date(std::string_view text) {
    if ((text.size() != 8 && text.size() != 6) || !all_digits(text)) return false;
    std::string_view month = text.substr(text.size() - 4, 2), day = text.substr(text.size() - 2);
    return month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

// Digits with an optional sign and, for R, one decimal point; `digits` counts what X12 counts as length.
bool is_number(std::string_view text, bool point_allowed, std::size_t& digits) {
    if (text.starts_with('-')) text.remove_prefix(1);
    auto point = text.find('.');
    if (point != std::string_view::npos) {
        if (!point_allowed || point + 1 == text.size() || !all_digits(text.substr(point + 1))) return false;
        digits = text.size() - 1;
        return point == 0 || all_digits(text.substr(0, point));
    }
    digits = text.size();
    return all_digits(text);
}

class Writer {
  public:
    Writer(const X12Guide& guide, std::string& out) : guide_(guide), out_(out) {}

    bool failed() const { return !fault_.empty(); }
    Error error() const {
        return Error{ErrorKind::invalid_message, "the order can't be told to this system as it is", fault_};
    }

    void fail(const std::string& place, const std::string& why) {
        if (fault_.empty()) fault_ = place + ": " + why;
    }

    // A segment of the envelope; the values are checked by the caller.
    void plain(std::initializer_list<std::string_view> parts) {
        bool first = true;
        for (std::string_view part : parts) {
            if (!first) out_ += guide_.element_separator;
            out_ += part;
            first = false;
        }
        end_segment();
    }

    void segments(const std::vector<X12Segment>& list, const Value& document, const std::string& place) {
        for (const Member& member : document.members())
            if (!known(list, member.key) && !member.value.is_null())
                fail(place + std::string(member.key), "not in the guide");
        for (const X12Segment& segment : list) inner(segment, document.find(segment.name), place);
    }

    int count() const { return count_; }

  private:
    static bool known(const std::vector<X12Segment>& list, std::string_view name) {
        return std::any_of(list.begin(), list.end(), [&](const X12Segment& s) { return s.name == name; });
    }

    void inner(const X12Segment& segment, const Value* value, const std::string& place) {
        if (failed()) return;
        std::string here = place + segment.name;
        if (value && value->is_null()) value = nullptr;
        if (!value) {
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

    void repetition(const X12Segment& segment, const Value& value, const std::string& here) {
        if (failed()) return;
        if (!value.is_object()) return fail(here, "an object of elements is expected");
        for (const Member& member : value.members()) {
            bool element = std::any_of(segment.elements.begin(), segment.elements.end(),
                                       [&](const X12Element& e) { return e.position == member.key; });
            if (!element && !known(segment.loop, member.key) && !member.value.is_null())
                return fail(here + "/" + std::string(member.key), "not in the guide");
        }
        elements(segment, value, here);
        for (const X12Segment& follows : segment.loop)
            if (!failed()) inner(follows, value.find(follows.name), here + "/");
    }

    void elements(const X12Segment& segment, const Value& value, const std::string& here) {
        bool any_given = segment.required || std::any_of(segment.elements.begin(), segment.elements.end(),
                                                         [&](const X12Element& e) { return has(value, e.position); });
        if (!any_given) return;
        out_ += segment.id;
        std::size_t end = out_.size();  // trailing separators of absent elements are not written
        int at = 0;
        for (const X12Element& element : segment.elements) {
            if (failed()) return;
            int position = (element.position[0] - '0') * 10 + element.position[1] - '0';
            for (; at < position; ++at) out_ += guide_.element_separator;
            if (this->element(element, value, here)) end = out_.size();
        }
        out_.resize(end);
        end_segment();
    }

    static bool has(const Value& segment, std::string_view position) { return !text_at(segment, position).empty(); }

    // True when something was written.
    bool element(const X12Element& element, const Value& segment, const std::string& here) {
        std::string_view text = text_at(segment, element.position);
        const Value* given = segment.find(element.position);
        std::string place = here + "/" + element.position + (element.name.empty() ? "" : " (" + element.name + ")");
        if (given && (given->is_object() || given->is_array())) return fail(place, "a scalar is expected"), false;
        bool wanted = element.with.empty() ? element.required : has(segment, element.with);
        if (text.empty() && wanted && element.codes.size() == 1) text = element.codes.front();
        // X12 suppresses trailing blanks of AN: they carry no meaning there.
        while (element.type == X12Type::an && text.ends_with(' ')) text.remove_suffix(1);
        if (text.empty()) {
            if (wanted) fail(place, "this element is required");
            return false;
        }
        if (!element.with.empty() && !wanted) return fail(place, "given without element " + element.with), false;
        std::size_t from = out_.size();
        std::string bad;
        if (!x12::encode(guide_.charset, text, out_, bad))
            return fail(place, "the character '" + bad + "' can't be written"), false;
        check(element, std::string_view(out_).substr(from), place);
        return true;
    }

    void check(const X12Element& element, std::string_view written, const std::string& place) {
        for (char c : written)
            if (c == guide_.element_separator || c == guide_.component_separator || c == guide_.segment_terminator)
                return fail(place, std::string("the delimiter '") + c + "' can't stand in data");
        std::size_t length = written.size();
        if (element.type == X12Type::n && !is_number(written, false, length)) return fail(place, "not a whole number");
        if (element.type == X12Type::r && !is_number(written, true, length)) return fail(place, "not a decimal number");
        if (element.type == X12Type::dt && !is_date(written)) return fail(place, "not a date");
        if (element.type == X12Type::tm && !all_digits(written)) return fail(place, "not a time");
        if (static_cast<int>(length) > element.max_length)
            return fail(place, std::to_string(length) + " characters, at most " + std::to_string(element.max_length));
        if (static_cast<int>(length) < element.min_length)
            return fail(place, std::to_string(length) + " characters, at least " + std::to_string(element.min_length));
        if (!element.codes.empty() &&
            std::find(element.codes.begin(), element.codes.end(), written) == element.codes.end())
            fail(place, "'" + std::string(written) + "' is not one of its codes");
    }

    void end_segment() {
        out_ += guide_.segment_terminator;
        out_ += guide_.segment_suffix;
        ++count_;
    }

    const X12Guide& guide_;
    std::string& out_;
    std::string fault_;
    int count_ = 0;
};

// ISA elements have fixed widths: padded with blanks.
std::string padded(std::string_view text, std::size_t width) {
    std::string out(text);
    out.resize(std::max(width, text.size()), ' ');
    return out;
}

std::string nine_digits(std::uint32_t number) {
    std::string digits = std::to_string(number);
    return std::string(9 - std::min<std::size_t>(9, digits.size()), '0') + digits;
}

std::string envelope_fault(const X12Guide& guide, const X12Envelope& envelope) {
    auto good_id = [&](const std::string& id, std::size_t least, std::size_t most) {
        return id.size() >= least && id.size() <= most && std::all_of(id.begin(), id.end(), [&](char c) {
                   return x12::in_charset(guide.charset, static_cast<unsigned char>(c)) &&
                          c != guide.element_separator && c != guide.component_separator &&
                          c != guide.segment_terminator;
               });
    };
    if (!good_id(envelope.sender, 2, 15))
        return "ISA06: the sender '" + envelope.sender + "' must have 2 to 15 characters";
    if (!good_id(envelope.receiver, 2, 15))
        return "ISA08: the receiver '" + envelope.receiver + "' must have 2 to 15 characters";
    if (!good_id(envelope.sender_qualifier, 2, 2)) return "ISA05: the sender's qualifier must have 2 characters";
    if (!good_id(envelope.receiver_qualifier, 2, 2)) return "ISA07: the receiver's qualifier must have 2 characters";
    if (envelope.date.size() != 8 || !is_date(envelope.date))
        return "GS04: the date '" + envelope.date + "' is not yyyyMMdd";
    if (envelope.time.size() != 4 || !all_digits(envelope.time))
        return "GS05: the time '" + envelope.time + "' is not HHmm";
    if (envelope.control_number < 1 || envelope.control_number > 999'999'999)
        return "ISA13: no nine-digit control number";
    return {};
}

}  // namespace

Result<std::string> write_x12(const X12Guide& guide, const Value& document, const X12Envelope& envelope) {
    if (std::string fault = envelope_fault(guide, envelope); !fault.empty())
        return Error{ErrorKind::configuration, "the envelope of a file is wrong", fault};
    if (!document.is_object())
        return Error{ErrorKind::internal, "no document to write", "an object of segments is expected"};
    std::string out;
    out.reserve(2048);
    Writer writer(guide, out);
    std::string control = nine_digits(envelope.control_number), group = std::to_string(envelope.control_number);
    std::string version = "00" + guide.version;                      // GS08: 004010
    std::string repetition(1, guide.version >= "4020" ? '^' : 'U');  // ISA11 changed its meaning in 4020
    std::string component(1, guide.component_separator);
    writer.plain({"ISA", "00", padded("", 10), "00", padded("", 10), envelope.sender_qualifier,
                  padded(envelope.sender, 15), envelope.receiver_qualifier, padded(envelope.receiver, 15),
                  std::string_view(envelope.date).substr(2), envelope.time, repetition,
                  std::string_view(version).substr(0, 5), control, "0", envelope.test ? "T" : "P", component});
    writer.plain({"GS", guide.functional_group, envelope.sender, envelope.receiver, envelope.date, envelope.time, group,
                  "X", version});
    int before = writer.count();
    writer.plain({"ST", guide.transaction_set, "0001"});
    writer.segments(guide.segments, document, "");
    if (writer.failed()) return writer.error();
    writer.plain({"SE", std::to_string(writer.count() - before + 1), "0001"});
    writer.plain({"GE", "1", group});
    writer.plain({"IEA", "1", control});
    return out;
}

std::uint32_t control_number_of(std::string_view text) {
    std::uint64_t hash = 14695981039346656037u;  // FNV-1a
    for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
    hash ^= hash >> 32;
    return static_cast<std::uint32_t>(hash % 999'999'999u) + 1;
}

std::string_view text_at(const Value& document, std::string_view path) {
    const Value* at = &document;
    while (!path.empty()) {
        auto slash = path.find('/');
        at = at->find(path.substr(0, slash));
        if (!at) return {};
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return at->is_string() || at->is_number() ? at->text() : std::string_view();
}

Result<std::string> expand_pattern(std::string_view pattern, const Value& document) {
    std::string out;
    while (!pattern.empty()) {
        auto open = pattern.find('{');
        out += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        auto close = pattern.find('}', open);
        if (close == std::string_view::npos)
            return Error{ErrorKind::configuration, "a file name's pattern is wrong", "'}' is missing in the pattern"};
        std::string_view path = pattern.substr(open + 1, close - open - 1);
        std::string_view text = text_at(document, path);
        if (text.empty())
            return Error{ErrorKind::invalid_message, "the order can't be told to this system as it is",
                         std::string(path) + ": no value, but the pattern needs it"};
        out += text;
        pattern.remove_prefix(close + 1);
    }
    return out;
}

}  // namespace headgate
