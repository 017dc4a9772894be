#include "mappings/formats/edifact/writer.hpp"

#include <algorithm>

#include "contracts/document/utf8.hpp"
#include "mappings/formats/edi/message_writer.hpp"
#include "mappings/formats/edi/value_check.hpp"

namespace headgate::edifact {
namespace {

bool standard(const edi::Separators& s) {
    return s.element == '+' && s.component == ':' && s.segment == '\'' && s.release == '?' &&
           (!s.repetition || s.repetition == '*') && s.decimal == '.';
}

bool same(const edi::Separators& a, const edi::Separators& b) {
    return a.element == b.element && a.component == b.component && a.segment == b.segment && a.release == b.release &&
           a.decimal == b.decimal;
}

std::string envelope_fault(const edi::Guide& guide, const edi::Separators& separators, const Envelope& envelope) {
    std::string bytes, bad;
    auto good = [&](const std::string& text, std::size_t least, std::size_t most) {
        std::size_t length = count_code_points(text);
        return length >= least && length <= most && guide.repertoire.encode(text, bytes, bad);
    };
    if (!good(envelope.sender, 1, 35)) return "UNB 0004: the sender '" + envelope.sender + "' can't be written";
    if (!good(envelope.receiver, 1, 35)) return "UNB 0010: the recipient '" + envelope.receiver + "' can't be written";
    if (!good(envelope.sender_qualifier, 0, 4) || !good(envelope.receiver_qualifier, 0, 4))
        return "UNB 0007: a qualifier must have at most 4 characters";
    if (envelope.date.size() != 8 || !edi::is_date(envelope.date))
        return "UNB 0017: the date '" + envelope.date + "' is not yyyyMMdd";
    if (envelope.time.size() != 4 || !edi::is_time(envelope.time))
        return "UNB 0019: the time '" + envelope.time + "' is not HHmm";
    if (!good(envelope.reference, 1, 14))
        return "UNB 0020: the reference '" + envelope.reference + "' must have 1 to 14 characters";
    if (!good(envelope.application, 0, 14)) return "UNB 0026: the application must have at most 14 characters";
    if (envelope.syntax_version != 3 && envelope.syntax_version != 4) return "UNB 0002: the version must be 3 or 4";
    if (!envelope.service_string && !standard(separators)) return "UNA: other separators than the standard's need it";
    return {};
}

}  // namespace

std::string Writer::data(const std::string& text) const {
    std::string bytes, bad;
    repertoire_.encode(text, bytes, bad);
    return edi::released(bytes, separators_);
}

std::string Writer::composite(std::initializer_list<std::string_view> parts) const {
    return edi::composite_of(separators_, parts);
}

void Writer::segment(std::initializer_list<std::string_view> parts) {
    edi::append_segment(out_, separators_, suffix_, parts);
}

std::string Writer::date() const { return envelope_.syntax_version == 4 ? envelope_.date : envelope_.date.substr(2); }

Result<void> Writer::begin(const edi::Guide& guide) {
    edi::Separators separators = guide.separators;
    if (envelope_.syntax_version < 4)
        separators.repetition = 0;
    else if (!separators.repetition)
        separators.repetition = '*';
    if (std::string fault = envelope_fault(guide, separators, envelope_); !fault.empty())
        return Error{ErrorKind::configuration, "the envelope of a file is wrong", fault};
    separators_ = separators;
    repertoire_ = guide.repertoire;
    suffix_ = guide.suffix;
    auto or_blank = [](char c) { return c ? c : ' '; };
    if (envelope_.service_string)
        out_ += {'U',
                 'N',
                 'A',
                 separators.component,
                 separators.element,
                 separators.decimal,
                 or_blank(separators.release),
                 or_blank(separators.repetition),
                 separators.segment};
    if (envelope_.service_string) out_ += suffix_;
    segment({"UNB", composite({repertoire_.name(), std::to_string(envelope_.syntax_version)}),
             composite({data(envelope_.sender), data(envelope_.sender_qualifier)}),
             composite({data(envelope_.receiver), data(envelope_.receiver_qualifier)}),
             composite({date(), envelope_.time}), data(envelope_.reference), "", data(envelope_.application), "", "",
             "", envelope_.test ? "1" : ""});
    return {};
}

void Writer::begin_group(const edi::Guide& guide) {
    group_ = guide.functional_group;
    version_ = guide.version;
    segment({"UNG", group_, composite({data(envelope_.sender), data(envelope_.sender_qualifier)}),
             composite({data(envelope_.receiver), data(envelope_.receiver_qualifier)}),
             composite({date(), envelope_.time}), std::to_string(envelope_.group_reference + groups_), guide.agency,
             composite({version_.substr(0, 1), version_.substr(1), guide.association})});
    ++groups_;
    in_group_ = 0;
}

void Writer::end_group() {
    if (groups_ > 0)
        segment({"UNE", std::to_string(in_group_), std::to_string(envelope_.group_reference + groups_ - 1)});
}

Result<void> Writer::add(const edi::Guide& guide, const Value& document) {
    if (out_.empty())
        if (auto begun = begin(guide); !begun) return begun;
    if (!same(guide.separators, separators_) || guide.repertoire.name() != repertoire_.name() ||
        guide.suffix != suffix_)
        return Error{ErrorKind::configuration, "the envelope of a file is wrong",
                     "the guide of " + guide.message + " has another charset or other separators than the one before"};
    std::string message, reference = std::to_string(messages_ + 1);
    edi::append_segment(message, separators_, suffix_,
                        {"UNH", reference,
                         composite({guide.message, guide.version.substr(0, 1), guide.version.substr(1), guide.agency,
                                    guide.association})});
    edi::MessageWriter writer(guide, separators_, message);
    if (auto written = writer.write(document); !written) return written;
    edi::append_segment(message, separators_, suffix_, {"UNT", std::to_string(writer.count() + 2), reference});
    if (envelope_.groups && (groups_ == 0 || group_ != guide.functional_group || version_ != guide.version)) {
        end_group();
        begin_group(guide);
    }
    ++messages_;
    ++in_group_;
    out_ += message;
    return {};
}

Result<std::string> Writer::finish() {
    if (messages_ == 0) return Error{ErrorKind::internal, "no document to write", "an interchange of no messages"};
    end_group();
    segment({"UNZ", std::to_string(envelope_.groups ? groups_ : messages_), data(envelope_.reference)});
    return std::move(out_);
}

Result<std::string> write_edifact(const edi::Guide& guide, const Value& document, const Envelope& envelope) {
    Writer writer(envelope);
    if (auto added = writer.add(guide, document); !added) return added.error();
    return writer.finish();
}

}  // namespace headgate::edifact
