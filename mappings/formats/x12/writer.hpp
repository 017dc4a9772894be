// Writes X12 interchanges from documents by partners' guides.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/edi/guide.hpp"

namespace headgate {

// ISA and GS. Nothing here comes from the clock: the same document gives the same bytes, so that a file may be dropped
// again.
//
// Control numbers are the caller's. Partners expect them to count up and never to come twice, which takes a counter
// that is durable, one for each pair of sender and receiver, that gives a file which is written again its number again.
struct X12Envelope {
    std::string sender_qualifier = "ZZ", sender;
    std::string receiver_qualifier = "ZZ", receiver;
    std::string date;                        // yyyyMMdd
    std::string time = "0000";               // HHmm
    bool test = false;                       // ISA15: T, else P
    std::uint32_t control_number = 1;        // 1 to 999,999,999: ISA13
    std::uint32_t group_control_number = 0;  // GS06 of the first group, counting up; 0: as control_number
};

// One interchange. Documents of one functional group and version that follow one another are sets of one group; sets
// are numbered from 0001 in each group.
class X12Writer {
  public:
    explicit X12Writer(X12Envelope envelope) : envelope_(std::move(envelope)) {}

    // Fails with invalid_message, `detail` as MessageWriter has it; or configuration, when the envelope is wrong. After
    // a failure the document is left out and the others stand. All guides must have the same separators and suffix.
    Result<void> add(const edi::Guide& guide, const Value& document);
    // The whole file; the writer is done then. Fails when nothing was added.
    Result<std::string> finish();

  private:
    Result<void> begin(const edi::Guide& guide);
    void begin_group(const edi::Guide& guide);
    void end_group();
    void segment(std::initializer_list<std::string_view> parts);

    X12Envelope envelope_;
    edi::Separators separators_;
    std::string suffix_, out_;
    std::string group_, version_;  // of the open group
    std::uint32_t groups_ = 0, sets_ = 0;
};

// One document, as a whole file.
Result<std::string> write_x12(const edi::Guide& guide, const Value& document, const X12Envelope& envelope);

}  // namespace headgate
