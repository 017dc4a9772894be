#include "mappings/formats/x12/writer.hpp"

#include <algorithm>

#include "mappings/formats/edi/message_writer.hpp"
#include "mappings/formats/edi/value_check.hpp"

namespace headgate {
namespace {

// ISA elements have fixed widths: padded with blanks.
std::string padded(std::string_view text, std::size_t width) {
    std::string out(text);
    out.resize(std::max(width, text.size()), ' ');
    return out;
}

std::string digits(std::uint64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return std::string(width - std::min(width, text.size()), '0') + text;
}

// Which repertoire a header's ids must be of: the guide's, where that is one of X12's own.
bool good_id(const edi::Guide& guide, const edi::Separators& separators, const std::string& id, std::size_t least,
             std::size_t most) {
    std::string bytes, bad;
    auto clear = [&](char c) {
        return c != separators.element && c != separators.component && c != separators.segment &&
               (!separators.repetition || c != separators.repetition);
    };
    return id.size() >= least && id.size() <= most && guide.repertoire.encode(id, bytes, bad) && bytes == id &&
           std::all_of(id.begin(), id.end(), clear);
}

std::string envelope_fault(const edi::Guide& guide, const edi::Separators& separators, const X12Envelope& envelope) {
    auto good = [&](const std::string& id, std::size_t least, std::size_t most) {
        return good_id(guide, separators, id, least, most);
    };
    if (!good(envelope.sender, 2, 15))
        return "ISA06: the sender '" + envelope.sender + "' must have 2 to 15 characters";
    if (!good(envelope.receiver, 2, 15))
        return "ISA08: the receiver '" + envelope.receiver + "' must have 2 to 15 characters";
    if (!good(envelope.sender_qualifier, 2, 2)) return "ISA05: the sender's qualifier must have 2 characters";
    if (!good(envelope.receiver_qualifier, 2, 2)) return "ISA07: the receiver's qualifier must have 2 characters";
    if (envelope.date.size() != 8 || !edi::is_date(envelope.date))
        return "GS04: the date '" + envelope.date + "' is not yyyyMMdd";
    if (envelope.time.size() != 4 || !edi::all_digits(envelope.time))
        return "GS05: the time '" + envelope.time + "' is not HHmm";
    if (envelope.control_number < 1 || envelope.control_number > 999'999'999)
        return "ISA13: no nine-digit control number";
    if (envelope.group_control_number > 999'999'999) return "GS06: no control number of at most nine digits";
    return {};
}

}  // namespace

void X12Writer::segment(std::initializer_list<std::string_view> parts) {
    edi::append_segment(out_, separators_, suffix_, parts);
}

Result<void> X12Writer::begin(const edi::Guide& guide) {
    edi::Separators separators = guide.separators;
    bool repeats = guide.version >= "4020";  // ISA11 changed its meaning then
    if (!repeats)
        separators.repetition = 0;
    else if (!separators.repetition)
        separators.repetition = '^';
    if (std::string fault = envelope_fault(guide, separators, envelope_); !fault.empty())
        return Error{ErrorKind::configuration, "the envelope of a file is wrong", fault};
    separators_ = separators;
    suffix_ = guide.suffix;
    if (envelope_.group_control_number == 0) envelope_.group_control_number = envelope_.control_number;
    segment(
        {"ISA", "00", padded("", 10), "00", padded("", 10), envelope_.sender_qualifier, padded(envelope_.sender, 15),
         envelope_.receiver_qualifier, padded(envelope_.receiver, 15), std::string_view(envelope_.date).substr(2),
         envelope_.time, repeats ? std::string(1, separators.repetition) : "U", "00" + guide.version.substr(0, 3),
         digits(envelope_.control_number, 9), "0", envelope_.test ? "T" : "P", std::string(1, separators.component)});
    return {};
}

void X12Writer::begin_group(const edi::Guide& guide) {
    group_ = guide.functional_group;
    version_ = guide.version;
    segment({"GS", group_, envelope_.sender, envelope_.receiver, envelope_.date, envelope_.time,
             std::to_string(envelope_.group_control_number + groups_), "X", "00" + version_});
    ++groups_;
    sets_ = 0;
}

void X12Writer::end_group() {
    if (groups_ > 0)
        segment({"GE", std::to_string(sets_), std::to_string(envelope_.group_control_number + groups_ - 1)});
}

Result<void> X12Writer::add(const edi::Guide& guide, const Value& document) {
    if (out_.empty())
        if (auto begun = begin(guide); !begun) return begun;
    if (guide.separators.element != separators_.element || guide.separators.component != separators_.component ||
        guide.separators.segment != separators_.segment || guide.suffix != suffix_)
        return Error{ErrorKind::configuration, "the envelope of a file is wrong",
                     "the guide of " + guide.message + " has other separators than the one before"};
    std::string set;
    std::string number =
        digits(groups_ > 0 && group_ == guide.functional_group && version_ == guide.version ? sets_ + 1 : 1, 4);
    edi::append_segment(set, separators_, suffix_, {"ST", guide.message, number});
    edi::MessageWriter writer(guide, separators_, set);
    if (auto written = writer.write(document); !written) return written;
    edi::append_segment(set, separators_, suffix_, {"SE", std::to_string(writer.count() + 2), number});
    if (groups_ == 0 || group_ != guide.functional_group || version_ != guide.version) {
        end_group();
        begin_group(guide);
    }
    ++sets_;
    out_ += set;
    return {};
}

Result<std::string> X12Writer::finish() {
    if (groups_ == 0) return Error{ErrorKind::internal, "no document to write", "an interchange of no sets"};
    end_group();
    segment({"IEA", std::to_string(groups_), digits(envelope_.control_number, 9)});
    return std::move(out_);
}

Result<std::string> write_x12(const edi::Guide& guide, const Value& document, const X12Envelope& envelope) {
    X12Writer writer(envelope);
    if (auto added = writer.add(guide, document); !added) return added.error();
    return writer.finish();
}

}  // namespace headgate
