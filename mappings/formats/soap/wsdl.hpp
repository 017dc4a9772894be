// WSDL 1.1 with XSD types, read at load: what each operation of a SOAP system takes and answers, as LegacyNode trees.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate {

// One operation of the portType that a SOAP 1.1 document/literal binding serves. The roots `request` and `response`
// carry the element's own name; their children are attributes (`@nr`) first, then child elements in schema order.
struct SoapOperation {
    std::string name;              // priceQuery
    std::string soap_action;       // urn:handelshaus:shop:v3#priceQuery
    std::string request_element;   // local name of the body's root: preisAnfrage
    std::string response_element;  // preisAntwort
    std::string target_namespace;  // of both roots
    bool qualified = true;         // elementFormDefault of the request's schema
    LegacyNode request, response;
    // The detail elements of the declared faults: `fehler` with its children. A fault's detail document is the content
    // of <detail>: {"fehler": {"code": ...}}.
    std::vector<LegacyNode> faults;
    SourceMark mark;  // of the portType's operation
};

// Immutable once loaded.
struct Wsdl {
    std::string path;
    std::string service;   // the name in <definitions> or of the first service
    std::string endpoint;  // soap:address of the port; empty when there is none
    std::vector<SoapOperation> operations;

    const SoapOperation* find(std::string_view operation) const;  // nullptr when absent
    std::vector<std::string_view> operation_names() const;
};

// nullptr, with diagnostics, when the file can't be used at all. An operation that uses something unsupported (rpc
// style, encoded use, xsd:any, recursive types...) has an error with its line, and is left out. Imports of local files
// beside the WSDL are followed; nothing is ever fetched, no DOCTYPE is read.
std::shared_ptr<const Wsdl> load_wsdl(const std::string& path, Diagnostics& diagnostics);

}  // namespace headgate
