// Reads interchanges from bytes that come in pieces: checks envelopes, hands each message over as a document, keeps the
// account. What X12 and EDIFACT have in common; x12::Reader and edifact::Reader know their headers.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "mappings/formats/edi/message_reader.hpp"
#include "mappings/formats/edi/receipt.hpp"
#include "mappings/formats/edi/tokenizer.hpp"

namespace headgate::edi {

struct ReadOptions {
    std::vector<std::shared_ptr<const Guide>> guides;  // one for each message and version that is taken
    Tolerances tolerances;
    Limits limits;
    // Called once a message that is in order; empty: envelopes and guides are checked, nothing is kept.
    std::function<void(Message)> on_message;
};

// `se-count`, `unt-count`, ... as mappings call what is let pass. False when the dialect has no such word.
bool tolerate(Dialect dialect, std::string_view word, Tolerances& out);
std::vector<std::string_view> tolerance_words(Dialect dialect);

// Used once, from one thread. After an error nothing more is read: the envelope can't be followed.
class InterchangeReader {
  public:
    virtual ~InterchangeReader() = default;
    InterchangeReader(const InterchangeReader&) = delete;
    InterchangeReader& operator=(const InterchangeReader&) = delete;

    // Fails where the envelope breaks (bad_answer, too_large); what is wrong within a message is in the receipt alone.
    Result<void> feed(std::string_view bytes);
    // After the last byte. The receipt also has what feed failed with.
    Receipt finish();

  protected:
    InterchangeReader(Dialect dialect, ReadOptions options);

    struct Tags {
        std::string_view interchange, interchange_end, group, group_end, message, message_end;
    };
    virtual const Tags& tags() const = 0;
    virtual Head head(std::string_view bytes, Separators& separators) = 0;
    // Each fills its receipt from the header and reports what is wrong with it.
    virtual void begin_interchange(const RawSegment& raw, InterchangeReceipt& out) = 0;
    virtual void begin_group(const RawSegment& raw, GroupReceipt& out) = 0;
    virtual void begin_message(const RawSegment& raw, MessageReceipt& out) = 0;
    virtual const Repertoire& repertoire(const Guide& guide) const = 0;
    virtual const Repertoire& header_repertoire() const = 0;
    virtual const Repertoire* fallback() const { return nullptr; }
    virtual std::string_view decimal_marks() const { return "."; }

    void report(std::vector<Finding>& to, Level level, Fault fault, Place place, std::string why,
                bool tolerated = false);
    // A value of an envelope's segment in UTF-8; reports one that is none, and is empty then.
    std::string field(const RawSegment& raw, std::vector<Finding>& to, Level level, int element, int component = 1);
    InterchangeReceipt& interchange() { return receipt_.interchanges.back(); }
    GroupReceipt& group() { return interchange().groups.back(); }
    MessageReceipt& message() { return group().messages.back(); }
    Separators& separators() { return tokenizer_.separators(); }
    const Tolerances& tolerances() const { return options_.tolerances; }

  private:
    enum class Open : std::uint8_t { nothing, interchange, group, message };
    // The open message; nothing is read of one without a guide.
    struct Reading {
        std::shared_ptr<const Guide> guide;
        std::unique_ptr<Arena> arena;
        std::optional<ReadContext> context;
        std::optional<MessageReader> reader;
        std::size_t bytes = 0;
    };
    struct Count {
        std::string_view what;
        std::uint64_t found;
        bool tolerated;
    };

    void stop(Fault fault, Place place, std::string why);
    void take();
    void unexpected(std::string_view wanted);
    void open_interchange();
    void open_group(bool stated);
    void open_message();
    void read_segment();
    void close_message(bool trailer);
    void close_group(bool trailer);
    void close_interchange();
    void check_trailer(std::vector<Finding>& to, Level level, std::string_view control, Count count);
    void choose_guide();
    void note_tolerated();

    ReadOptions options_;
    Receipt receipt_;
    Tokenizer tokenizer_;
    RawSegment raw_;
    Open open_ = Open::nothing;
    std::unique_ptr<Reading> reading_;
    std::set<std::string> group_controls_, message_controls_;
    std::uint32_t units_ = 0;     // interchanges, groups and messages so far
    std::uint32_t findings_ = 0;  // of messages that are closed
    std::optional<Error> failed_;
};

// All of a small file at once: the messages that stand, and the account.
struct Received {
    Receipt receipt;
    std::vector<Message> messages;
};
template <class Reader>
Received receive(std::string_view bytes, ReadOptions options) {
    Received received;
    options.on_message = [&](Message message) { received.messages.push_back(std::move(message)); };
    Reader reader(std::move(options));
    (void)reader.feed(bytes);  // what it fails with is in the receipt
    received.receipt = reader.finish();
    std::erase_if(received.messages, [&](const Message& message) { return !stands(received.receipt, message); });
    return received;
}

}  // namespace headgate::edi
