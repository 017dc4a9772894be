#include "mappings/formats/files/edi_format.hpp"

#include <algorithm>
#include <charconv>

#include "mappings/formats/edi/value_check.hpp"
#include "mappings/formats/edifact/acknowledgement.hpp"
#include "mappings/formats/edifact/reader.hpp"
#include "mappings/formats/edifact/writer.hpp"
#include "mappings/formats/files/document_paths.hpp"
#include "mappings/formats/x12/acknowledgement.hpp"
#include "mappings/formats/x12/reader.hpp"
#include "mappings/formats/x12/writer.hpp"

namespace headgate {
namespace {

Error unfit(std::string why) {
    return Error{ErrorKind::invalid_message, "the message can't be told to this system as it is", std::move(why)};
}

// What has no place before the end of what it stands in is told where it stands all the same.
std::vector<FileReading::Fault> faults_of(const edi::Receipt& receipt) {
    std::vector<std::pair<std::uint64_t, FileReading::Fault>> all;
    receipt.each_finding([&](const edi::Finding& finding) {
        all.emplace_back(finding.place.offset, FileReading::Fault{finding.text(), finding.tolerated});
    });
    std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<FileReading::Fault> out;
    for (auto& [offset, fault] : all) out.push_back(std::move(fault));
    return out;
}

// What both standards have in common.
class EdiFormat : public FileFormat {
  public:
    EdiFormat(std::shared_ptr<const edi::Guide> guide, const edi::Tolerances& tolerances)
        : guide_(std::move(guide)), tolerances_(tolerances) {}

    const std::string& charset() const override { return charset_; }
    const LegacyNode& shape() const override { return guide_->shape; }
    std::vector<std::string_view> envelope_needs() const override { return {"sender", "receiver"}; }
    std::string envelope_fault(std::string_view key, std::string_view text) const override {
        if (key == "usage" && text != "T" && text != "P") return "usage is T (test) or P (production)";
        if (key == "date" && (text.size() < 8 || !edi::is_date(text.substr(0, 8)))) return "a date is yyyyMMdd";
        if (key == "time" && (text.size() != 4 || !edi::is_time(text))) return "a time is HHmm";
        return {};
    }
    std::string sequence(const FileEnvelope& envelope) const override {
        if (envelope.texts.contains("control-number")) return {};
        auto party = [&](const std::string& who) {
            return std::string(envelope.text(who + "-qualifier", default_qualifier())) + ":" +
                   std::string(envelope.text(who));
        };
        return std::string(name()) + " " + party("sender") + " " + party("receiver");
    }
    FileReading read(std::string_view bytes) const override {
        edi::ReadOptions options;
        options.guides = {guide_};
        options.tolerances = tolerances_;
        edi::Received received = receive(bytes, std::move(options));
        FileReading out;
        out.faults = faults_of(received.receipt);
        for (const auto& entry : received.receipt.drift.entries())
            out.drift.add({std::string(edi::name(entry.kind)), entry.name, entry.first.text(), entry.count});
        for (auto& message : received.messages) {
            const auto& interchange = received.receipt.interchanges[message.interchange];
            out.documents.push_back(
                {message.document, interchange.groups[message.group].messages[message.message].place.text()});
            out.arenas.push_back(std::move(message.arena));
        }
        out.receipt = std::make_shared<const edi::Receipt>(std::move(received.receipt));
        return out;
    }

    Result<std::vector<std::string>> acknowledge(const FileReading& reading, std::string_view date,
                                                 std::string_view time, std::uint32_t number) const override {
        std::vector<std::string> out;
        for (const auto& interchange : reading.receipt->interchanges) {
            auto written = answer(interchange, std::string(date), std::string(time), number);
            if (!written) return written.error();
            if (written->empty()) continue;
            out.push_back(std::move(*written));
            ++number;
        }
        return out;
    }

  protected:
    // The acknowledgement of one interchange; empty: none is owed.
    virtual Result<std::string> answer(const edi::InterchangeReceipt& interchange, std::string date, std::string time,
                                       std::uint32_t number) const = 0;
    virtual std::string_view default_qualifier() const = 0;
    virtual edi::Received receive(std::string_view bytes, edi::ReadOptions options) const = 0;
    const edi::Guide& guide() const { return *guide_; }

    // `usage`, `date` and `time`, which both standards' envelopes have.
    template <class Envelope>
    Result<void> common(const FileEnvelope& from, Envelope& to) const {
        for (const char* key : {"usage", "date", "time"})
            if (auto given = from.texts.find(key); given != from.texts.end())
                if (auto fault = envelope_fault(key, given->second); !fault.empty())
                    return unfit("envelope, " + std::string(key) + " '" + given->second + "': " + fault);
        to.sender = from.text("sender");
        to.sender_qualifier = from.text("sender-qualifier", default_qualifier());
        to.receiver = from.text("receiver");
        to.receiver_qualifier = from.text("receiver-qualifier", default_qualifier());
        to.test = from.text("usage") == "T";
        to.date = from.text("date").substr(0, 8);
        to.time = from.text("time", "0000");
        return Done{};
    }

  private:
    std::shared_ptr<const edi::Guide> guide_;
    edi::Tolerances tolerances_;
    std::string charset_ = "UTF-8";
};

// The first date that the document holds, in the guide's order: an interchange is dated by its own message and not by
// the clock, so that a file written again has the same bytes.
std::string_view first_date(const edi::Guide& guide, const Value& document) {
    for (const edi::Segment& segment : guide.segments)
        for (const edi::Element& element : segment.elements)
            if (element.type == edi::ElementType::dt && element.max_length == 8)
                if (auto date = text_at(document, segment.name + "/" + element.position); !date.empty()) return date;
    return {};
}

class X12Format : public EdiFormat {
  public:
    using EdiFormat::EdiFormat;
    std::string_view name() const override { return "x12"; }
    std::vector<std::string_view> envelope_keys() const override {
        return {"sender", "sender-qualifier", "receiver",      "receiver-qualifier", "usage", "date",
                "time",   "control",          "control-number"};
    }
    std::string envelope_fault(std::string_view key, std::string_view text) const override {
        if (key == "control-number" && (text.empty() || text.size() > 9 || !edi::all_digits(text)))
            return "a control number is a number of at most nine digits";
        return EdiFormat::envelope_fault(key, text);
    }
    Result<std::string> write(const Value& document, const FileEnvelope& given) const override {
        X12Envelope envelope;
        if (auto done = common(given, envelope); !done) return done.error();
        if (envelope.date.empty()) envelope.date = first_date(guide(), document);
        envelope.control_number = given.number;
        if (auto number = given.texts.find("control-number"); number != given.texts.end()) {
            if (auto fault = envelope_fault("control-number", number->second); !fault.empty())
                return unfit("envelope, control-number '" + number->second + "': " + fault);
            std::from_chars(number->second.data(), number->second.data() + number->second.size(),
                            envelope.control_number);
        }
        return write_x12(guide(), document, envelope);
    }

  private:
    Result<std::string> answer(const edi::InterchangeReceipt& interchange, std::string date, std::string time,
                               std::uint32_t number) const override {
        return x12::acknowledge(interchange, {std::move(date), std::move(time), number});
    }
    std::string_view default_qualifier() const override { return "ZZ"; }
    edi::Received receive(std::string_view bytes, edi::ReadOptions options) const override {
        return x12::read_x12(bytes, std::move(options));
    }
};

class EdifactFormat : public EdiFormat {
  public:
    using EdiFormat::EdiFormat;
    std::string_view name() const override { return "edifact"; }
    std::vector<std::string_view> envelope_keys() const override {
        return {"sender", "sender-qualifier", "receiver",       "receiver-qualifier", "usage",         "date",
                "time",   "control",          "control-number", "application",        "syntax-version"};
    }
    std::string envelope_fault(std::string_view key, std::string_view text) const override {
        if (key == "control-number" && (text.empty() || text.size() > 14)) return "a reference has 1 to 14 characters";
        if (key == "syntax-version" && text != "3" && text != "4") return "the syntax's version is 3 or 4";
        return EdiFormat::envelope_fault(key, text);
    }
    Result<std::string> write(const Value& document, const FileEnvelope& given) const override {
        edifact::Envelope envelope;
        if (auto done = common(given, envelope); !done) return done.error();
        // The message's own date: DTM with 137, in the format 102 or 203.
        if (envelope.date.empty()) envelope.date = text_at(document, "DTM[01=137]/01/02").substr(0, 8);
        envelope.reference = given.text("control-number", std::to_string(given.number));
        envelope.application = given.text("application");
        envelope.syntax_version = given.text("syntax-version", "3") == "4" ? 4 : 3;
        return edifact::write_edifact(guide(), document, envelope);
    }

  private:
    Result<std::string> answer(const edi::InterchangeReceipt& interchange, std::string date, std::string time,
                               std::uint32_t number) const override {
        return edifact::acknowledge(interchange, {std::move(date), std::move(time), std::to_string(number)});
    }
    std::string_view default_qualifier() const override { return ""; }
    edi::Received receive(std::string_view bytes, edi::ReadOptions options) const override {
        return edifact::read_edifact(bytes, std::move(options));
    }
};

}  // namespace

std::shared_ptr<const FileFormat> edi_format(std::shared_ptr<const edi::Guide> guide,
                                             const edi::Tolerances& tolerances) {
    if (guide->dialect == edi::Dialect::x12) return std::make_shared<X12Format>(std::move(guide), tolerances);
    return std::make_shared<EdifactFormat>(std::move(guide), tolerances);
}

}  // namespace headgate
