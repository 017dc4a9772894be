#include "mappings/formats/edi/interchange_reader.hpp"

#include <algorithm>
#include <charconv>

#include "mappings/formats/edi/value_check.hpp"

namespace headgate::edi {
namespace {

// Of the whole input; beyond it one finding is kept of each message.
constexpr std::uint32_t most_findings = 10'000;

}  // namespace

InterchangeReader::InterchangeReader(Dialect dialect, ReadOptions options)
    : options_(std::move(options)),
      tokenizer_(options_.limits, options_.tolerances,
                 [this](std::string_view bytes, Separators& separators) { return head(bytes, separators); }) {
    receipt_.dialect = dialect;
}

Result<void> InterchangeReader::feed(std::string_view bytes) {
    while (!failed_) {
        Tokenizer::Step step = tokenizer_.next(bytes, raw_);
        if (step == Tokenizer::Step::more) return {};
        if (step == Tokenizer::Step::fault)
            stop(tokenizer_.fault().fault, tokenizer_.fault().place, tokenizer_.fault().why);
        else
            take();
    }
    return *failed_;
}

Receipt InterchangeReader::finish() {
    if (!failed_) {
        Tokenizer::Step step = tokenizer_.finish(raw_);
        if (step == Tokenizer::Step::segment)
            take();
        else if (step == Tokenizer::Step::fault)
            stop(tokenizer_.fault().fault, tokenizer_.fault().place, tokenizer_.fault().why);
    }
    if (!failed_ && open_ != Open::nothing)
        stop(Fault::cut_off, tokenizer_.here(), "the file ends before " + std::string(tags().interchange_end));
    if (!failed_ && receipt_.interchanges.empty()) stop(Fault::cut_off, tokenizer_.here(), "there is nothing in it");
    return std::move(receipt_);
}

void InterchangeReader::report(std::vector<Finding>& to, Level level, Fault fault, Place place, std::string why,
                               bool tolerated) {
    Finding finding;
    finding.level = level;
    finding.fault = fault;
    finding.place = std::move(place);
    finding.why = std::move(why);
    finding.tolerated = tolerated;
    to.push_back(std::move(finding));
}

std::string InterchangeReader::field(const RawSegment& raw, std::vector<Finding>& to, Level level, int element,
                                     int component) {
    std::string scratch, out;
    std::string_view bytes = unreleased(raw.component(element, component), separators(), scratch);
    if (header_repertoire().decode(bytes, out) == std::string_view::npos) return out;
    report(to, level, Fault::bad_header, raw.place(element, component > 1 ? component : 0),
           "'" + printable(bytes) + "' is not in " + header_repertoire().name());
    return {};
}

void InterchangeReader::stop(Fault fault, Place place, std::string why) {
    auto& to = open_ == Open::nothing ? receipt_.findings : interchange().findings;
    report(to, Level::interchange, fault, place, std::move(why));
    failed_ = refusal(to.back());
    auto missing = [&](std::vector<Finding>& findings, Level level, std::string_view tag) {
        report(findings, level, Fault::trailer_missing, place, std::string(tag) + " is missing");
    };
    if (open_ == Open::message) missing(message().findings, Level::message, tags().message_end);
    if ((open_ == Open::message || open_ == Open::group) && group().stated)
        missing(group().findings, Level::group, tags().group_end);
    reading_.reset();
}

void InterchangeReader::unexpected(std::string_view wanted) {
    return stop(Fault::structure, raw_.place(),
                std::string(wanted) + " is expected here, not '" + printable(raw_.id, 8) + "'");
}

void InterchangeReader::note_tolerated() {
    if (receipt_.interchanges.empty()) return;
    auto& findings = interchange().findings;
    for (const std::string& what : tokenizer_.take_tolerated())
        if (std::none_of(findings.begin(), findings.end(), [&](const Finding& f) { return f.why == what; }))
            report(findings, Level::interchange, Fault::bad_bytes, raw_.place(), what, true);
}

// The state machine of envelopes. A header where a trailer is missing closes what is open, so that one broken message
// does not hide the others; whatever else is out of place ends the reading.
void InterchangeReader::take() {
    const Tags& tag = tags();
    if (open_ == Open::nothing) {
        if (raw_.id != tag.interchange) return unexpected(tag.interchange);
        return open_interchange();
    }
    note_tolerated();
    bool of_message = raw_.id == tag.message, of_group = raw_.id == tag.group, ends_group = raw_.id == tag.group_end;
    bool ends_interchange = raw_.id == tag.interchange_end;
    if (open_ == Open::message) {
        if (raw_.id == tag.message_end) {
            read_segment();
            if (!failed_) close_message(true);
            return;
        }
        if (!of_message && !of_group && !ends_group && !ends_interchange && raw_.id != tag.interchange)
            return read_segment();
        close_message(false);
    }
    if (raw_.id == tag.interchange)
        return stop(Fault::structure, raw_.place(),
                    "another interchange begins before " + std::string(tag.interchange_end));
    bool implied = open_ == Open::group && !group().stated;
    if (open_ == Open::group) {
        if (of_message) return open_message();
        if (ends_group && !implied) {
            close_group(true);
            return;
        }
        if ((of_group || ends_group) && implied)
            return stop(Fault::structure, raw_.place(), "a group beside messages that stand in none");
        if (!of_group && !ends_interchange) return unexpected(tag.message);
        close_group(implied);
    }
    if (of_group) return open_group(true);
    if (ends_interchange) {
        close_interchange();
        return;
    }
    if (of_message && receipt_.dialect == Dialect::edifact) {
        if (!interchange().groups.empty())
            return stop(Fault::structure, raw_.place(), "a message outside of groups beside messages in groups");
        open_group(false);
        return open_message();
    }
    if (raw_.id == "TA1" && receipt_.dialect == Dialect::x12) {  // an acknowledgement of an interchange of ours
        receipt_.drift.add(DriftKind::segment, "TA1", raw_.place());
        return;
    }
    return unexpected(receipt_.dialect == Dialect::x12 ? tag.group : tag.message);
}

void InterchangeReader::open_interchange() {
    if (++units_ > options_.limits.messages) return stop(Fault::too_large, raw_.place(), "too many interchanges");
    receipt_.interchanges.emplace_back();
    open_ = Open::interchange;
    interchange().place = raw_.place();
    interchange().separators = separators();
    group_controls_.clear();
    message_controls_.clear();
    note_tolerated();
    begin_interchange(raw_, interchange());
}

void InterchangeReader::open_group(bool stated) {
    if (stated && ++units_ > options_.limits.messages) return stop(Fault::too_large, raw_.place(), "too many groups");
    interchange().groups.emplace_back();
    group().stated = stated;
    group().place = raw_.place();
    open_ = Open::group;
    message_controls_.clear();
    if (!stated) return;
    begin_group(raw_, group());
    if (!group_controls_.insert(group().control).second)
        report(group().findings, Level::group, Fault::control_taken, raw_.place(),
               "a group before it has the control number '" + printable(group().control) + "' too",
               tolerances().control_number);
}

void InterchangeReader::open_message() {
    if (++units_ > options_.limits.messages)
        return stop(Fault::too_large, raw_.place(),
                    "more than " + std::to_string(options_.limits.messages) + " messages");
    group().messages.emplace_back();
    open_ = Open::message;
    raw_.in_message = 1;
    message().place = raw_.place();
    message().segments = 1;
    begin_message(raw_, message());
    if (!message_controls_.insert(message().control).second)
        report(message().findings, Level::message, Fault::control_taken, raw_.place(),
               "a message before it has the control number '" + printable(message().control) + "' too",
               tolerances().control_number);
    reading_ = std::make_unique<Reading>();
    choose_guide();
    if (!reading_->guide) return;
    const Guide& guide = *reading_->guide;
    reading_->arena = std::make_unique<Arena>();
    reading_->context.emplace(ReadContext{guide, repertoire(guide), fallback(), separators(), decimal_marks(),
                                          *reading_->arena, receipt_.drift, message().findings,
                                          findings_ < most_findings ? options_.limits.findings : 1});
    reading_->reader.emplace(*reading_->context);
}

void InterchangeReader::choose_guide() {
    MessageReceipt& receipt = message();
    std::string other;
    for (const auto& guide : options_.guides) {
        if (guide->dialect != receipt_.dialect || guide->message != receipt.type) continue;
        if (guide->version == receipt.version) {
            reading_->guide = guide;
            break;
        }
        other = guide->version;
    }
    if (!reading_->guide) {
        bool known = !other.empty();
        report(receipt.findings, Level::message, known ? Fault::unsupported_version : Fault::unsupported, raw_.place(),
               known ? "the guide for " + receipt.type + " is for version " + other + ", not '" +
                           printable(receipt.version) + "'"
                     : "there is no guide for the message '" + printable(receipt.type) + "'");
        return;
    }
    const Guide& guide = *reading_->guide;
    if (group().stated && group().type != guide.functional_group)
        report(receipt.findings, Level::message, Fault::other_group, raw_.place(),
               "a message '" + receipt.type + "' stands in groups of '" + guide.functional_group + "', not of '" +
                   printable(group().type) + "'");
    if (!guide.association.empty() && guide.association != receipt.association)
        report(receipt.findings, Level::message, Fault::unsupported_version, raw_.place(),
               "the guide is for '" + guide.association + "', not for '" + printable(receipt.association) + "'");
}

// One of the open message, its trailer included.
void InterchangeReader::read_segment() {
    raw_.in_message = ++message().segments;
    reading_->bytes += raw_.text.size();
    if (message().segments > options_.limits.message_segments || reading_->bytes > options_.limits.message_bytes)
        return stop(Fault::too_large, raw_.place(),
                    "a message of more than " + std::to_string(options_.limits.message_segments) + " segments or " +
                        std::to_string(options_.limits.message_bytes) + " bytes");
    if (reading_->reader && raw_.id != tags().message_end) reading_->reader->segment(raw_);
}

void InterchangeReader::close_message(bool trailer) {
    MessageReceipt& receipt = message();
    Value document;
    if (reading_->reader) document = reading_->reader->finish(raw_);
    if (trailer)
        check_trailer(receipt.findings, Level::message, receipt.control,
                      {"segments", receipt.segments, tolerances().message_count});
    else
        report(receipt.findings, Level::message, Fault::trailer_missing, raw_.place(),
               std::string(tags().message_end) + " is missing before this segment");
    findings_ += static_cast<std::uint32_t>(receipt.findings.size());
    if (reading_->guide && receipt.accepted() && options_.on_message) {
        Message whole{receipt_.interchanges.size() - 1, interchange().groups.size() - 1,
                      group().messages.size() - 1,      reading_->guide,
                      std::move(reading_->arena),       document};
        options_.on_message(std::move(whole));
    }
    reading_.reset();
    open_ = Open::group;
}

void InterchangeReader::close_group(bool trailer) {
    GroupReceipt& receipt = group();
    open_ = Open::interchange;
    if (!receipt.stated) return;
    if (!trailer)
        return report(receipt.findings, Level::group, Fault::trailer_missing, raw_.place(),
                      std::string(tags().group_end) + " is missing before this segment");
    receipt.declared = raw_.element(1);
    check_trailer(receipt.findings, Level::group, receipt.control,
                  {"messages", receipt.messages.size(), tolerances().group_count});
}

void InterchangeReader::close_interchange() {
    InterchangeReceipt& receipt = interchange();
    bool in_groups = receipt.groups.empty() || receipt.groups.front().stated;
    std::uint64_t found = in_groups ? receipt.groups.size() : receipt.groups.front().messages.size();
    check_trailer(receipt.findings, Level::interchange, receipt.control,
                  {in_groups ? "groups" : "messages", found, tolerances().interchange_count});
    open_ = Open::nothing;
    tokenizer_.expect_head();
}

void InterchangeReader::check_trailer(std::vector<Finding>& to, Level level, std::string_view control, Count count) {
    std::string_view said = raw_.element(1);
    std::uint64_t number = 0;
    bool digits = all_digits(said) && said.size() < 16;
    if (digits) std::from_chars(said.data(), said.data() + said.size(), number);
    if (!digits || number != count.found)
        report(to, level, Fault::count_mismatch, raw_.place(1),
               "says '" + printable(said) + "' " + std::string(count.what) + ", and there are " +
                   std::to_string(count.found),
               count.tolerated);
    std::string closing = field(raw_, to, level, 2);
    if (closing != control)
        report(
            to, level, Fault::control_mismatch, raw_.place(2),
            "the control number '" + printable(closing) + "' is not that of the header, '" + printable(control) + "'",
            tolerances().control_number);
}

bool tolerate(Dialect dialect, std::string_view word, Tolerances& out) {
    bool x12 = dialect == Dialect::x12;
    if (word == "bom") return out.bom = true;
    if (word == "crlf") return out.crlf = true;
    if (word == "last-terminator") return out.last_terminator = true;
    if (word == "control-number") return out.control_number = true;
    if (word == (x12 ? "se-count" : "unt-count")) return out.message_count = true;
    if (word == (x12 ? "ge-count" : "une-count")) return out.group_count = true;
    if (word == (x12 ? "iea-count" : "unz-count")) return out.interchange_count = true;
    if (word == "charset" && !x12) return out.charset = true;
    return false;
}

std::vector<std::string_view> tolerance_words(Dialect dialect) {
    std::vector<std::string_view> words{"bom", "crlf", "last-terminator", "control-number"};
    if (dialect == Dialect::x12)
        words.insert(words.end(), {"se-count", "ge-count", "iea-count"});
    else
        words.insert(words.end(), {"unt-count", "une-count", "unz-count", "charset"});
    return words;
}

}  // namespace headgate::edi
