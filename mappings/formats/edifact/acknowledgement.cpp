#include "mappings/formats/edifact/acknowledgement.hpp"

#include <algorithm>

#include "contracts/document/utf8.hpp"
#include "mappings/formats/edi/message_writer.hpp"
#include "mappings/formats/edi/value_check.hpp"
#include "mappings/formats/edifact/error_codes.hpp"

namespace headgate::edifact {
namespace {

using edi::Finding;
using edi::GroupReceipt;
using edi::Level;
using edi::MessageReceipt;

class Writer {
  public:
    Writer(const edi::InterchangeReceipt& received, const Acknowledgement& with) : received_(received), with_(with) {
        const auto& separators = received.separators;
        if (separators.segment != '\n' && separators.segment != '\r') suffix_ = "\n";
        auto level = edi::Repertoire::find(edi::Dialect::edifact, received.syntax);
        repertoire_ = level ? *level : *edi::Repertoire::find(edi::Dialect::edifact, "UNOA");
        fourth_ = received.syntax_version == "4";
    }

    std::string write() {
        const auto& s = received_.separators;
        auto or_blank = [](char c) { return c ? c : ' '; };
        out_ += {'U', 'N', 'A', s.component, s.element, '.', or_blank(s.release), or_blank(s.repetition), s.segment};
        out_ += suffix_;
        std::string date = fourth_ ? with_.date : with_.date.substr(2);
        segment({"UNB", composite({repertoire_.name(), fourth_ ? "4" : "3"}), party(received_.receiver),
                 party(received_.sender), composite({date, with_.time}), data(with_.reference), "", "", "", "", "",
                 received_.test ? "1" : ""});
        segments_ = 0;
        segment({"UNH", "1", fourth_ ? composite({"CONTRL", "4", "1", "UN"}) : composite({"CONTRL", "D", "3", "UN"})});
        level("UCI", {data(received_.control), party(received_.sender), party(received_.receiver)}, received_.findings);
        if (received_.accepted())
            for (const GroupReceipt& group : received_.groups) group_answer(group);
        segment({"UNT", std::to_string(segments_ + 1), "1"});
        segment({"UNZ", "1", data(with_.reference)});
        return out_;
    }

  private:
    void segment(std::initializer_list<std::string_view> parts) {
        edi::append_segment(out_, received_.separators, suffix_, parts);
        ++segments_;
    }
    std::string data(const std::string& text) const {
        std::string bytes, bad;
        repertoire_.encode(text, bytes, bad);
        return edi::released(bytes, received_.separators);
    }
    std::string party(const edi::Party& party) const { return composite({data(party.id), data(party.qualifier)}); }
    std::string composite(std::initializer_list<std::string_view> parts) const {
        return edi::composite_of(received_.separators, parts);
    }
    // S011: element and component, counted with the segment's tag as the first element.
    std::string element_place(const Finding& finding) const {
        const edi::Place& place = finding.place;
        if (place.element == 0) return {};
        std::string component = place.component > 0 ? std::to_string(place.component) : std::string();
        std::string repetition = place.repetition > 0 ? std::to_string(place.repetition + 1) : std::string();
        return composite({std::to_string(place.element + 1), component, fourth_ ? repetition : ""});
    }

    // UCI, UCF, UCM: what it is about, accepted (7) or rejected (4), and the first thing that is wrong with it itself.
    void level(std::string_view tag, std::initializer_list<std::string> about, const std::vector<Finding>& findings) {
        bool rejected = edi::refuses(findings);
        auto told = [&](const Finding& f) {
            return f.level != Level::segment && f.level != Level::element && f.tolerated != rejected;
        };
        auto found = std::find_if(findings.begin(), findings.end(), told);
        std::string out(tag);
        for (const std::string& part : about) out += received_.separators.element + part;
        out += received_.separators.element;
        out += rejected ? "4" : "7";
        bool itself = found != findings.end();
        std::string id = itself ? found->place.id : "";
        if (itself && (found->fault == edi::Fault::trailer_missing || found->fault == edi::Fault::cut_off))
            id = found->level == Level::message ? "UNT" : found->level == Level::group ? "UNE" : "UNZ";
        bool service = id.size() == 3 && id.starts_with("UN");
        segment({out, itself ? syntax_error(*found) : "", service ? id : "",
                 service && id == found->place.id ? element_place(*found) : ""});
    }

    void group_answer(const GroupReceipt& group) {
        bool others = std::any_of(group.messages.begin(), group.messages.end(),
                                  [](const MessageReceipt& m) { return m.type != "CONTRL"; });
        if (group.stated && (others || group.messages.empty()))
            level("UCF", {data(group.control), data(group.sender), data(group.receiver)}, group.findings);
        if (!group.accepted()) return;
        for (const MessageReceipt& message : group.messages)
            if (message.type != "CONTRL") message_answer(message);
    }

    void message_answer(const MessageReceipt& message) {
        std::string version = message.version.substr(0, 1), release = message.version.substr(version.size());
        level("UCM",
              {data(message.control), composite({data(message.type), data(version), data(release), data(message.agency),
                                                 data(message.association)})},
              message.findings);
        const Finding* last = nullptr;
        for (const Finding& finding : message.findings) {
            if (finding.level != Level::segment && finding.level != Level::element) continue;
            bool of_element = finding.level == Level::element;
            if (!last || !of_element || last->level != Level::element || last->place.segment != finding.place.segment)
                segment_answer(finding, of_element);
            last = &finding;
            if (of_element) segment({"UCD", syntax_error(finding), element_place(finding)});
        }
    }

    // A segment that is missing is told at the one before.
    void segment_answer(const Finding& finding, bool of_element) {
        std::uint32_t position = finding.place.in_message;
        if (finding.fault == edi::Fault::segment_missing && position > 1) --position;
        segment({"UCS", std::to_string(position), of_element ? std::string_view() : syntax_error(finding)});
    }

    const edi::InterchangeReceipt& received_;
    const Acknowledgement& with_;
    edi::Repertoire repertoire_;
    bool fourth_ = false;
    std::string suffix_, out_;
    std::uint64_t segments_ = 0;
};

bool nothing_but_acknowledgements(const edi::InterchangeReceipt& received) {
    bool any = false;
    for (const GroupReceipt& group : received.groups)
        for (const MessageReceipt& message : group.messages) {
            any = true;
            if (message.type != "CONTRL") return false;
        }
    return any;
}

}  // namespace

Result<std::string> acknowledge(const edi::InterchangeReceipt& received, const Acknowledgement& with) {
    auto fault = [](ErrorKind kind, const char* detail) {
        return Error{kind, "an acknowledgement can't be written", detail};
    };
    if (nothing_but_acknowledgements(received)) return std::string();
    if (received.sender.id.empty() || received.receiver.id.empty() || received.control.empty())
        return fault(ErrorKind::invalid_message, "UNB 0004, 0010 or 0020 does not say whom to answer, or what");
    if (with.date.size() != 8 || !edi::is_date(with.date))
        return fault(ErrorKind::configuration, "UNB 0017: not yyyyMMdd");
    if (with.time.size() != 4 || !edi::is_time(with.time)) return fault(ErrorKind::configuration, "UNB 0019: not HHmm");
    if (with.reference.empty() || count_code_points(with.reference) > 14)
        return fault(ErrorKind::configuration, "UNB 0020: the reference must have 1 to 14 characters");
    return Writer(received, with).write();
}

}  // namespace headgate::edifact
