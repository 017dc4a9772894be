#include "mappings/formats/edifact/reader.hpp"

#include <array>

#include "mappings/formats/edi/value_check.hpp"

namespace headgate::edifact {
namespace {

using edi::Fault;
using edi::Level;

constexpr std::size_t una_bytes = 9;

bool can_separate(char c) {
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return !letter && c != ' ' && c != 0 && static_cast<unsigned char>(c) < 0x80;
}

}  // namespace

Reader::Reader(edi::ReadOptions options)
    : InterchangeReader(edi::Dialect::edifact, std::move(options)),
      repertoire_(*edi::Repertoire::find(edi::Dialect::edifact, "UNOA")),
      wider_(*edi::Repertoire::find(edi::Dialect::edifact, "UNOC")) {}

const Reader::Tags& Reader::tags() const {
    static constexpr Tags edifact{"UNB", "UNZ", "UNG", "UNE", "UNH", "UNT"};
    return edifact;
}

const edi::Repertoire* Reader::fallback() const {
    bool restricted = repertoire_.name() == "UNOA" || repertoire_.name() == "UNOB";
    return tolerances().charset && restricted ? &wider_ : nullptr;
}

edi::Head Reader::head(std::string_view bytes, edi::Separators& separators) {
    edi::Head head;
    head.needs = 3;
    if (bytes.size() < 3) return head;
    una_ = bytes.starts_with("UNA");
    separators = {'+', ':', '\'', 0, '?', '.', false};
    if (una_) {
        head.needs = head.taken = una_bytes;
        if (bytes.size() >= una_bytes) service_string(bytes, separators, head);
    } else if (!bytes.starts_with("UNB")) {
        head.fault = "an interchange begins with UNA or UNB, not '" + edi::printable(bytes.substr(0, 3)) + "'";
    }
    return head;
}

// UNA:+.? ' : component, element, decimal mark, release, repetition (from version 4 on), terminator.
void Reader::service_string(std::string_view una, edi::Separators& separators, edi::Head& head) {
    auto or_none = [](char c) { return c == ' ' ? '\0' : c; };
    separators = {una[4], una[3], una[8], 0, or_none(una[6]), una[5], false};
    una_decimal_ = una[5];
    una_repetition_ = or_none(una[7]);
    constexpr std::array<std::size_t, 5> places{3, 4, 6, 7, 8};
    for (std::size_t at : places) {
        bool none = (at == 6 || at == 7) && una[at] == ' ';
        bool twice = false;
        for (std::size_t before : places) twice = twice || (before < at && una[before] == una[at]);
        head.fault_at = at;
        if (!none && !can_separate(una[at]))
            head.fault = "'" + edi::printable(una.substr(at, 1)) + "' can't be a service character";
        else if (!none && twice)
            head.fault = "two service characters are the same";
        if (!head.fault.empty()) return;
    }
    if (una_decimal_ != '.' && una_decimal_ != ',') {
        head.fault = "the decimal mark must be a point or a comma, not '" + edi::printable(una.substr(5, 1)) + "'";
        head.fault_at = 5;
    } else if (separators.segment == '\r' && !tolerances().crlf) {
        head.fault = "a carriage return can't be the segments' terminator";
    }
}

void Reader::begin_interchange(const edi::RawSegment& raw, edi::InterchangeReceipt& out) {
    auto text = [&](int element, int component = 1) {
        return field(raw, out.findings, Level::interchange, element, component);
    };
    auto wrong = [&](Fault fault, int element, int component, const std::string& why) {
        report(out.findings, Level::interchange, fault, raw.place(element, component), why);
    };
    syntax(raw, out);
    out.sender = {text(2), text(2, 2)};
    out.receiver = {text(3), text(3, 2)};
    out.date = text(4);
    out.time = text(4, 2);
    out.control = text(5);
    out.acknowledgement_wanted = raw.element(9) == "1";
    out.test = raw.element(11) == "1";
    out.separators = separators();
    if (out.sender.id.empty()) wrong(Fault::bad_header, 2, 0, "no sender");
    if (out.receiver.id.empty()) wrong(Fault::bad_header, 3, 0, "no recipient");
    if (!edi::is_date(out.date)) wrong(Fault::bad_date, 4, 1, "not a date");
    if (!edi::is_time(out.time)) wrong(Fault::bad_time, 4, 2, "not a time");
    if (out.control.empty() || out.control.size() > 14)
        wrong(Fault::bad_control, 5, 0, "not a reference of at most 14 characters");
}

// S001: which characters, and which version of the syntax.
void Reader::syntax(const edi::RawSegment& raw, edi::InterchangeReceipt& out) {
    auto wrong = [&](int component, const std::string& why) {
        report(out.findings, Level::interchange, Fault::unsupported, raw.place(1, component), why);
    };
    repertoire_ = *edi::Repertoire::find(edi::Dialect::edifact, "UNOA");
    out.syntax = field(raw, out.findings, Level::interchange, 1);
    out.syntax_version = field(raw, out.findings, Level::interchange, 1, 2);
    auto found = edi::Repertoire::find(edi::Dialect::edifact, out.syntax);
    if (found)
        repertoire_ = *found;
    else
        wrong(1, "'" + edi::printable(out.syntax) + "' is no character set that is known");
    if (out.syntax_version.size() != 1 || out.syntax_version < "1" || out.syntax_version > "4")
        wrong(2, "'" + edi::printable(out.syntax_version) + "' is no version of the syntax that is known");
    bool fourth = out.syntax_version == "4";
    separators().escapes = repertoire_.escapes();
    separators().repetition = !fourth ? '\0' : una_ ? una_repetition_ : '*';
    decimal_marks_ = una_ && !fourth ? std::string(1, una_decimal_) : ".,";
}

void Reader::begin_group(const edi::RawSegment& raw, edi::GroupReceipt& out) {
    auto text = [&](int element, int component = 1) {
        return field(raw, out.findings, Level::group, element, component);
    };
    out.type = text(1);
    out.sender = text(2);
    out.receiver = text(3);
    out.date = text(4);
    out.time = text(4, 2);
    out.control = text(5);
    out.agency = text(6);
    out.version = text(7) + text(7, 2);
    if (out.control.empty() || out.control.size() > 14)
        report(out.findings, Level::group, Fault::bad_control, raw.place(5),
               "not a reference of at most 14 characters");
}

void Reader::begin_message(const edi::RawSegment& raw, edi::MessageReceipt& out) {
    auto text = [&](int element, int component = 1) {
        return field(raw, out.findings, Level::message, element, component);
    };
    out.control = text(1);
    out.type = text(2);
    out.version = text(2, 2) + text(2, 3);  // D:96A
    out.agency = text(2, 4);
    out.association = text(2, 5);
    if (out.control.empty() || out.control.size() > 14)
        report(out.findings, Level::message, Fault::bad_control, raw.place(1),
               "not a reference of at most 14 characters");
}

edi::Received read_edifact(std::string_view bytes, edi::ReadOptions options) {
    return edi::receive<Reader>(bytes, std::move(options));
}

}  // namespace headgate::edifact
