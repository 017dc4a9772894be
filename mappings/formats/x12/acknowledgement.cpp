#include "mappings/formats/x12/acknowledgement.hpp"

#include <algorithm>
#include <vector>

#include "mappings/formats/edi/message_writer.hpp"
#include "mappings/formats/edi/value_check.hpp"
#include "mappings/formats/x12/error_codes.hpp"

namespace headgate::x12 {
namespace {

using edi::Finding;
using edi::GroupReceipt;
using edi::Level;
using edi::MessageReceipt;

constexpr std::size_t most_codes = 5;  // AK502 to AK506, AK905 to AK909

std::string digits(std::uint64_t number, std::size_t width) {
    std::string text = std::to_string(number);
    return std::string(width - std::min(width, text.size()), '0') + text;
}
std::string padded(std::string_view text, std::size_t width) {
    std::string out(text.substr(0, width));
    out.resize(width, ' ');
    return out;
}
std::string bare_id(std::string_view id) { return std::string(id.substr(0, std::min(id.find('['), std::size_t{3}))); }

// Different codes, in the order of what was found.
std::vector<std::string> codes_of(const std::vector<Finding>& findings, std::string_view (*code)(const Finding&)) {
    std::vector<std::string> codes;
    for (const Finding& finding : findings) {
        std::string one(code(finding));
        if (!one.empty() && codes.size() < most_codes && std::find(codes.begin(), codes.end(), one) == codes.end())
            codes.push_back(std::move(one));
    }
    codes.resize(most_codes);
    return codes;
}

class Writer {
  public:
    Writer(const edi::InterchangeReceipt& received, const Acknowledgement& with) : received_(received), with_(with) {
        const auto& separators = received.separators;
        if (separators.segment != '\n' && separators.segment != '\r') suffix_ = "\n";
    }

    std::string write() {
        interchange_header();
        bool answers = interchange_answer();
        for (const GroupReceipt& group : received_.groups) {
            if (group.type == "FA") continue;
            group_answer(group);
            answers = true;
        }
        end_group();
        segment({"IEA", std::to_string(groups_), digits(with_.control_number, 9)});
        return answers ? out_ : std::string();
    }

  private:
    void segment(std::initializer_list<std::string_view> parts) {
        edi::append_segment(out_, received_.separators, suffix_, parts);
        ++segments_;
    }

    void interchange_header() {
        const auto& separators = received_.separators;
        std::string version = edi::all_digits(received_.syntax) ? received_.syntax : "00401";
        segment({"ISA", "00", padded("", 10), "00", padded("", 10), padded(received_.receiver.qualifier, 2),
                 padded(received_.receiver.id, 15), padded(received_.sender.qualifier, 2),
                 padded(received_.sender.id, 15), std::string_view(with_.date).substr(2), with_.time,
                 separators.repetition ? std::string(1, separators.repetition) : "U", version,
                 digits(with_.control_number, 9), "0", received_.test ? "T" : "P",
                 std::string(1, separators.component)});
    }

    bool interchange_answer() {
        if (received_.accepted() && !received_.acknowledgement_wanted) return false;
        std::string_view outcome = !received_.accepted() ? "R" : received_.findings.empty() ? "A" : "E", code = "000";
        for (const Finding& finding : received_.findings)
            if (finding.tolerated == received_.accepted()) {
                code = interchange_code(finding);
                break;
            }
        std::string control = edi::all_digits(received_.control) ? received_.control : "000000000";
        segment({"TA1", control, received_.date, received_.time, outcome, code});
        return true;
    }

    // Answers to groups of one version and address stand in one group.
    void begin_group(const GroupReceipt& group) {
        std::string version = group.version.substr(0, 6);
        if (version.size() < 6 || !edi::all_digits(version)) version = "004010";
        if (groups_ > 0 && version == version_ && group.receiver == sender_ && group.sender == receiver_) return;
        end_group();
        version_ = version;
        sender_ = group.receiver;
        receiver_ = group.sender;
        sets_ = 0;
        segment({"GS", "FA", sender_, receiver_, with_.date, with_.time, control_of_group(), "X", version_});
        ++groups_;
    }
    std::string control_of_group() const { return std::to_string(with_.control_number + groups_); }
    void end_group() {
        if (groups_ > 0) segment({"GE", std::to_string(sets_), std::to_string(with_.control_number + groups_ - 1)});
    }

    void group_answer(const GroupReceipt& group) {
        begin_group(group);
        bool later = version_ >= "005010", refused = !group.accepted() || !received_.accepted();
        std::string control = digits(++sets_, 4);
        segments_ = 0;
        segment({"ST", "997", control});
        std::string number = edi::all_digits(group.control) ? group.control : "0";
        segment({"AK1", group.type, number, later ? std::string_view(group.version) : std::string_view()});
        std::uint64_t accepted = 0;
        bool with_errors = !group.findings.empty();
        for (const MessageReceipt& message : group.messages) {
            set_answer(message, later);
            accepted += message.accepted();
            with_errors = with_errors || !message.findings.empty();
        }
        std::uint64_t received = group.messages.size();
        std::string_view outcome = refused || (received > 0 && accepted == 0) ? "R"
                                   : accepted < received                      ? "P"
                                   : with_errors                              ? "E"
                                                                              : "A";
        bool declared = edi::all_digits(group.declared) && group.declared.size() <= 6;
        auto codes = codes_of(group.findings, group_code);
        segment({"AK9", outcome, declared ? group.declared : std::to_string(received), std::to_string(received),
                 std::to_string(refused ? 0 : accepted), codes[0], codes[1], codes[2], codes[3], codes[4]});
        segment({"SE", std::to_string(segments_ + 1), control});
    }

    void set_answer(const MessageReceipt& message, bool later) {
        segment({"AK2", message.type, message.control});
        segment_answers(message, later);
        std::string_view outcome = !message.accepted() ? "R" : message.findings.empty() ? "A" : "E";
        auto codes = codes_of(message.findings, set_code);
        segment({"AK5", outcome, codes[0], codes[1], codes[2], codes[3], codes[4]});
    }

    // AK3 of each segment in error, with AK4 of its elements.
    void segment_answers(const MessageReceipt& message, bool later) {
        const Finding* last = nullptr;
        for (const Finding& finding : message.findings) {
            if (finding.level != Level::segment && finding.level != Level::element) continue;
            bool missing = finding.fault == edi::Fault::segment_missing;
            bool same = last && last->level == Level::element && finding.level == Level::element &&
                        last->place.segment == finding.place.segment;
            if (!same)
                segment({"AK3", bare_id(missing ? finding.subject : finding.place.id),
                         std::to_string(finding.place.in_message), "", segment_code(finding)});
            last = &finding;
            if (finding.level == Level::element) element_answer(finding, later);
        }
    }

    void element_answer(const Finding& finding, bool later) {
        std::string position = std::to_string(finding.place.element);
        bool repeated = later && finding.place.repetition > 0;
        if (finding.place.component > 0 || repeated) position += received_.separators.component;
        if (finding.place.component > 0) position += std::to_string(finding.place.component);
        if (repeated) position += received_.separators.component + std::to_string(finding.place.repetition + 1);
        segment({"AK4", position, "", element_code(finding, later), copy_of(finding.value)});
    }

    // The bad value without what would end it here, or can't stand in X12.
    std::string copy_of(std::string_view value) const {
        const auto& s = received_.separators;
        std::string out, bad;
        for (std::size_t i = 0; i < value.size(); ++i)
            if (value[i] != s.element && value[i] != s.component && value[i] != s.segment && value[i] != s.repetition)
                repertoire_.encode(value.substr(i, 1), out, bad);
        return out;
    }

    const edi::InterchangeReceipt& received_;
    const Acknowledgement& with_;
    const edi::Repertoire repertoire_ = *edi::Repertoire::find(edi::Dialect::x12, "extended");
    std::string suffix_, out_;
    std::string version_, sender_, receiver_;
    std::uint64_t groups_ = 0, sets_ = 0, segments_ = 0;
};

}  // namespace

Result<std::string> acknowledge(const edi::InterchangeReceipt& received, const Acknowledgement& with) {
    auto fault = [](ErrorKind kind, const char* detail) {
        return Error{kind, "an acknowledgement can't be written", detail};
    };
    if (received.sender.id.empty() || received.receiver.id.empty())
        return fault(ErrorKind::invalid_message, "ISA06 or ISA08 does not say whom to answer");
    if (with.date.size() != 8 || !edi::is_date(with.date)) return fault(ErrorKind::configuration, "GS04: not yyyyMMdd");
    if (with.time.size() != 4 || !edi::is_time(with.time)) return fault(ErrorKind::configuration, "GS05: not HHmm");
    if (with.control_number < 1 || with.control_number > 999'999'999)
        return fault(ErrorKind::configuration, "ISA13: no nine-digit control number");
    return Writer(received, with).write();
}

}  // namespace headgate::x12
