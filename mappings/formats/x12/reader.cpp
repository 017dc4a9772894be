#include "mappings/formats/x12/reader.hpp"

#include <algorithm>
#include <array>

#include "mappings/formats/edi/value_check.hpp"

namespace headgate::x12 {
namespace {

using edi::Fault;
using edi::Level;

constexpr std::size_t isa_bytes = 106;
constexpr std::array<std::size_t, 16> isa_widths{2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1};

bool can_separate(char c) {
    bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return !letter && c != ' ' && c != 0 && static_cast<unsigned char>(c) < 0x80;
}

std::string trimmed(std::string text) {
    text.erase(text.find_last_not_of(' ') + 1);
    return text;
}

}  // namespace

Reader::Reader(edi::ReadOptions options) : InterchangeReader(edi::Dialect::x12, std::move(options)) {
    header_ = *edi::Repertoire::find(edi::Dialect::x12, "extended");
}

const Reader::Tags& Reader::tags() const {
    static constexpr Tags x12{"ISA", "IEA", "GS", "GE", "ST", "SE"};
    return x12;
}

edi::Head Reader::head(std::string_view bytes, edi::Separators& separators) {
    edi::Head head;
    if (bytes.size() >= 3 && !bytes.starts_with("ISA")) {
        head.fault = "an interchange begins with ISA, not '" + edi::printable(bytes.substr(0, 3)) + "'";
        return head;
    }
    head.needs = bytes.size() < 3 ? 3 : isa_bytes;
    if (bytes.size() < isa_bytes) return head;
    separators.element = bytes[3];
    separators.component = bytes[104];
    separators.segment = bytes[105];
    // ISA11 was a standard's id before 4020: U.
    if (can_separate(bytes[82]) && bytes.substr(84, 5) >= "00402") separators.repetition = bytes[82];
    const std::string all{separators.element, separators.component, separators.segment};
    check_widths(bytes, all.substr(0, 1), head);
    if (head.fault.empty()) check_separators(separators, head);
    if (head.fault.empty()) check_widths(bytes, all, head);
    head.taken = isa_bytes;
    head.segment = true;
    return head;
}

void Reader::check_separators(const edi::Separators& separators, edi::Head& head) const {
    const std::string all{separators.element, separators.component, separators.segment, separators.repetition};
    constexpr std::array<std::size_t, 4> places{3, 104, 105, 82};
    for (std::size_t i = 0; i < all.size() && head.fault.empty(); ++i) {
        if (i == 3 && !separators.repetition) continue;
        head.fault_at = places[i];
        if (!can_separate(all[i]))
            head.fault = "'" + edi::printable(all.substr(i, 1)) + "' can't be a separator";
        else if (all.find(all[i]) < i)
            head.fault = "two separators are the same character";
    }
    if (head.fault.empty() && separators.segment == '\r' && !tolerances().crlf) {
        head.fault = "a carriage return can't be the segments' terminator";
        head.fault_at = 105;
    }
}

// ISA's elements are told apart by their widths alone, so a separator within one would pass unseen.
void Reader::check_widths(std::string_view bytes, std::string_view separators, edi::Head& head) {
    std::size_t at = 3;
    for (std::size_t i = 0; i < isa_widths.size() && head.fault.empty(); ++i) {
        std::string_view value = bytes.substr(at + 1, isa_widths[i]);
        std::size_t within = i == 15 ? std::string_view::npos : value.find_first_of(separators);
        if (bytes[at] != bytes[3] || within != std::string_view::npos) {
            head.fault_at = bytes[at] != bytes[3] ? at : at + 1 + within;
            head.fault = std::string("ISA") + (i < 9 ? "0" : "") + std::to_string(i + 1) + " has " +
                         std::to_string(isa_widths[i]) + " characters: a separator is not where it must be";
        }
        at += 1 + isa_widths[i];
    }
}

void Reader::begin_interchange(const edi::RawSegment& raw, edi::InterchangeReceipt& out) {
    auto text = [&](int element) { return field(raw, out.findings, Level::interchange, element); };
    auto wrong = [&](Fault fault, int element, const std::string& why) {
        report(out.findings, Level::interchange, fault, raw.place(element), why);
    };
    out.sender = {trimmed(text(6)), text(5)};
    out.receiver = {trimmed(text(8)), text(7)};
    out.date = text(9);
    out.time = text(10);
    out.syntax = out.syntax_version = text(12);
    out.control = text(13);
    out.acknowledgement_wanted = raw.element(14) == "1";
    out.test = raw.element(15) == "T";
    if (out.sender.id.empty()) wrong(Fault::bad_header, 6, "no sender");
    if (out.receiver.id.empty()) wrong(Fault::bad_header, 8, "no receiver");
    if (!edi::is_date(out.date)) wrong(Fault::bad_date, 9, "not a date");
    if (!edi::is_time(out.time)) wrong(Fault::bad_time, 10, "not a time");
    if (!edi::all_digits(out.syntax)) wrong(Fault::bad_header, 12, "not a version");
    if (!edi::all_digits(out.control)) wrong(Fault::bad_control, 13, "not a control number of nine digits");
    if (raw.element(15) != "P" && raw.element(15) != "T" && raw.element(15) != "I")
        wrong(Fault::bad_header, 15, "neither P nor T nor I");
}

void Reader::begin_group(const edi::RawSegment& raw, edi::GroupReceipt& out) {
    auto text = [&](int element) { return field(raw, out.findings, Level::group, element); };
    auto wrong = [&](Fault fault, int element, const std::string& why) {
        report(out.findings, Level::group, fault, raw.place(element), why);
    };
    out.type = text(1);
    out.sender = text(2);
    out.receiver = text(3);
    out.date = text(4);
    out.time = text(5);
    out.control = text(6);
    out.agency = text(7);
    out.version = text(8);
    if (out.type.size() != 2) wrong(Fault::bad_header, 1, "not a functional identifier of two characters");
    if (!edi::is_date(out.date)) wrong(Fault::bad_date, 4, "not a date");
    if (!edi::is_time(out.time)) wrong(Fault::bad_time, 5, "not a time");
    if (!edi::all_digits(out.control) || out.control.size() > 9)
        wrong(Fault::bad_control, 6, "not a control number of at most nine digits");
    if (out.version.size() < 6 || !edi::all_digits(std::string_view(out.version).substr(0, 6)))
        wrong(Fault::unsupported_version, 8, "'" + edi::printable(out.version) + "' is no version of X12");
}

void Reader::begin_message(const edi::RawSegment& raw, edi::MessageReceipt& out) {
    out.type = field(raw, out.findings, Level::message, 1);
    out.control = field(raw, out.findings, Level::message, 2);
    out.version = group().version;
    if (out.version.size() >= 6) out.version = out.version.substr(2, 4);  // 004010VICS
    if (out.control.size() < 4 || out.control.size() > 9)
        report(out.findings, Level::message, Fault::bad_control, raw.place(2),
               "not a control number of four to nine characters");
}

edi::Received read_x12(std::string_view bytes, edi::ReadOptions options) {
    return edi::receive<Reader>(bytes, std::move(options));
}

}  // namespace headgate::x12
