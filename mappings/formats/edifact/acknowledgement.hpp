// Writes what EDIFACT answers to an interchange: CONTRL.
#pragma once

#include <string>

#include "base/result.hpp"
#include "mappings/formats/edi/receipt.hpp"

namespace headgate::edifact {

struct Acknowledgement {
    std::string date;           // yyyyMMdd
    std::string time = "0000";  // HHmm
    std::string reference;      // UNB 0020; see Envelope on counters
};

// One interchange with one CONTRL (D:3, or 4:1 for syntax version 4), in the received one's characters and separators,
// sender and recipient exchanged: the interchange, its groups and messages are acknowledged (7) or rejected with all
// that is in them (4), each segment and element in error with its place. CONTRL messages are not acknowledged: empty,
// when there is nothing else. Fails with invalid_message when the header does not say whom to answer.
Result<std::string> acknowledge(const edi::InterchangeReceipt& received, const Acknowledgement& with);

}  // namespace headgate::edifact
