// Writes EDIFACT interchanges from documents by partners' guides.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/edi/guide.hpp"

namespace headgate::edifact {

// UNB. Nothing here comes from the clock: the same documents give the same bytes.
//
// References are the caller's, and should never come twice for one pair of sender and recipient: that takes a durable
// counter, as X12Envelope says. A reference may also be the message's own key, where it has at most 14 characters.
struct Envelope {
    std::string sender, sender_qualifier;  // 14: a GLN
    std::string receiver, receiver_qualifier;
    std::string date;                   // yyyyMMdd
    std::string time = "0000";          // HHmm
    std::string reference;              // UNB 0020, at most 14 characters
    std::string application;            // UNB 0026; may be empty
    int syntax_version = 3;             // 3, or 4: yyyyMMdd, repetitions
    bool test = false;                  // UNB 0035
    bool service_string = true;         // UNA; without it the guide's separators must be the standard's
    bool groups = false;                // UNG around the messages of one type and version
    std::uint32_t group_reference = 1;  // of the first, counting up
};

// One interchange, in the characters that the first guide's `charset` names; the others must name the same, and the
// same separators. Messages are numbered from 1.
class Writer {
  public:
    explicit Writer(Envelope envelope) : envelope_(std::move(envelope)) {}

    // Fails with invalid_message, `detail` as MessageWriter has it; or configuration, when the envelope is wrong. After
    // a failure the document is left out and the others stand.
    Result<void> add(const edi::Guide& guide, const Value& document);
    // The whole file; the writer is done then. Fails when nothing was added.
    Result<std::string> finish();

  private:
    Result<void> begin(const edi::Guide& guide);
    void begin_group(const edi::Guide& guide);
    void end_group();
    std::string data(const std::string& text) const;
    std::string composite(std::initializer_list<std::string_view> parts) const;
    void segment(std::initializer_list<std::string_view> parts);
    std::string date() const;

    Envelope envelope_;
    edi::Separators separators_;
    edi::Repertoire repertoire_;
    std::string suffix_, out_;
    std::string group_, version_;  // of the open group
    std::uint32_t groups_ = 0, messages_ = 0, in_group_ = 0;
};

// One document, as a whole file.
Result<std::string> write_edifact(const edi::Guide& guide, const Value& document, const Envelope& envelope);

}  // namespace headgate::edifact
