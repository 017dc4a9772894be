// Writes what X12 answers to an interchange: a functional acknowledgement (997) of each group, and TA1 of the
// interchange itself where it is refused or ISA14 asks for one.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "mappings/formats/edi/receipt.hpp"

namespace headgate::x12 {

struct Acknowledgement {
    std::string date;                  // yyyyMMdd
    std::string time = "0000";         // HHmm
    std::uint32_t control_number = 1;  // ISA13; groups count up from it. See X12Envelope on counters.
};

// One interchange in the received one's separators and versions, sender and receiver exchanged. Sets are accepted (A),
// accepted with what was tolerated (E) or rejected (R) with each segment and element in error; a group that lies, or
// stands in an interchange that does, is rejected whole. Groups of acknowledgements (FA) are not acknowledged: empty,
// when there is nothing to answer. Fails with invalid_message when the header does not say whom to answer.
Result<std::string> acknowledge(const edi::InterchangeReceipt& received, const Acknowledgement& with);

}  // namespace headgate::x12
