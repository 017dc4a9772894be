// SOAP 1.1 envelopes and faults (W3C note of 8 May 2000); 1.2 is understood when read.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/document/arena.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/xml/scan.hpp"

namespace headgate {

inline constexpr std::string_view soap11_ns = "http://schemas.xmlsoap.org/soap/envelope/";
inline constexpr std::string_view soap12_ns = "http://www.w3.org/2003/05/soap-envelope";

// The body's root of one message.
struct SoapRoot {
    std::string_view element;           // local name
    std::string_view target_namespace;  // empty: none
    bool qualified = true;              // are the elements below the root in the namespace, too?
};

// The whole request in `charset`. Fails with invalid_message (a character that XML can't carry) or configuration.
Result<std::string> write_soap(const SoapRoot& root, const Value& content, std::string_view charset);

struct SoapAnswer {
    bool fault = false;
    Value content;     // of the expected root; null for a fault
    std::string code;  // of a fault, as mappings name it: 'soap:Server/E4711', or 'soap:Server' without a detail code
    std::string text;  // of a fault: for the log alone
    Value detail;      // content of the fault's <detail>: {"fehler": {"code": "E4711", ...}}; null when there is none
};

// Reads an answer whose root is `expected`, or a fault. `charset` is the Content-Type's. Fails with bad_answer;
// `detail` names the place.
Result<SoapAnswer> read_soap(std::string_view bytes, std::string_view charset, const SoapRoot& expected, Arena& arena,
                             const xml::XmlLimits& limits = {});

}  // namespace headgate
