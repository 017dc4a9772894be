// SOAP envelopes and faults, 1.1 (W3C note of 8 May 2000) and 1.2 (W3C recommendation of 27 April 2007).
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/document/arena.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/legacy_schema.hpp"
#include "mappings/formats/soap/version.hpp"
#include "mappings/formats/xml/scan.hpp"

namespace headgate {

inline constexpr std::string_view soap11_ns = "http://schemas.xmlsoap.org/soap/envelope/";
inline constexpr std::string_view soap12_ns = "http://www.w3.org/2003/05/soap-envelope";

// Content is that of the body's root; `#header` in it holds the entries of the envelope's header by their names, where
// the root's shape has a `#header`.

// The whole request in `charset`; a root without a name: an empty body. Fails with invalid_message (see write_element)
// or configuration.
Result<std::string> write_soap(SoapVersion version, const LegacyNode& root, const Value& content,
                               std::string_view charset);
// What the HTTP header fields of a request say (1.1: SOAPAction; 1.2: the media type's parameter).
std::string soap_content_type(SoapVersion version, std::string_view charset, std::string_view action);

struct SoapAnswer {
    bool fault = false;
    Value content;     // of the expected root; null for a fault
    std::string code;  // of a fault, as mappings name it: 'soap:Server/E4711', or 'soap:Server' without a detail code
    std::string text;  // of a fault: for the log alone
    Value detail;      // content of the fault's <detail>: {"fehler": {"code": "E4711", ...}}; null when there is none
};

// Reads an answer of either version whose root is `expected` (without a name: nothing that is read), or a fault, whose
// code is the `code` in its detail, else its innermost subcode. `charset` is the Content-Type's. Fails with bad_answer;
// `detail` names the place.
Result<SoapAnswer> read_soap(std::string_view bytes, std::string_view charset, const LegacyNode& expected, Arena& arena,
                             const xml::XmlLimits& limits = {});

}  // namespace headgate
