// Writes one X12 transaction set, in an interchange of its own, from a document by a partner's guide.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/x12/guide.hpp"

namespace headgate {

// ISA and GS. Nothing here comes from the clock: the same document gives the same bytes, so that a file may be dropped
// again.
struct X12Envelope {
    std::string sender_qualifier = "ZZ", sender;
    std::string receiver_qualifier = "ZZ", receiver;
    std::string date;                  // yyyyMMdd
    std::string time = "0000";         // HHmm
    bool test = false;                 // ISA15: T, else P
    std::uint32_t control_number = 1;  // 1 to 999,999,999
};

// The whole file. Elements in the guide's order, constants and qualifiers filled in; lengths, types, codes, charset and
// required segments checked. Fails with invalid_message; `detail` names segment, element and its name:
// 'N1[01=ST]/02 (name): 64 characters, at most 60'.
Result<std::string> write_x12(const X12Guide& guide, const Value& document, const X12Envelope& envelope);

// A control number that follows from a text (an order's id), evenly spread over all nine digits.
std::uint32_t control_number_of(std::string_view text);

// The value at a path of document names (`W05/02`, `N1[01=ST]/04`); empty when there is none, or it is no scalar.
std::string_view text_at(const Value& document, std::string_view path);
// `pick-{W05/02}.940` with each {path} replaced. Fails with invalid_message when a path has no value.
Result<std::string> expand_pattern(std::string_view pattern, const Value& document);

}  // namespace headgate
