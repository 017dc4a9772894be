// WSDL 1.1 with XSD types, read at load: what each operation of a SOAP system takes and answers, as LegacyNode trees.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "mappings/formats/legacy_schema.hpp"
#include "mappings/formats/soap/version.hpp"

namespace headgate {

// One operation of a portType, as a literal binding of one version serves it: document style, or rpc, whose root is
// named by the operation and has the message's parts as its children. The roots `request` and `response` carry the
// element's own name and namespace; their children are the entries of the envelope's header (`#header`, a group) first,
// then attributes (`@nr`), then child elements in schema order.
struct SoapOperation {
    std::string name;  // priceQuery
    SoapVersion version = SoapVersion::v11;
    std::string soap_action;  // urn:handelshaus:shop:v3#priceQuery
    LegacyNode request;       // without a name: an empty body
    LegacyNode response;      // without a name: nothing is answered, or an empty body
    bool one_way = false;     // there is no output
    // The detail elements of the declared faults: `fehler` with its children. A fault's detail document is the content
    // of <detail>: {"fehler": {"code": ...}}.
    std::vector<LegacyNode> faults;
    SourceMark mark;  // of the portType's operation
};

// Immutable once loaded.
struct Wsdl {
    std::string path;
    std::string service;   // the name in <definitions> or of the first service
    std::string endpoint;  // address of the port, of SOAP 1.1 where there are both; empty when there is none
    std::vector<SoapOperation> operations;
    std::vector<std::string> files;  // itself and what it imports

    // nullptr when absent; without a version that of 1.1 where there are both.
    const SoapOperation* find(std::string_view operation, std::optional<SoapVersion> version = std::nullopt) const;
    std::vector<std::string_view> operation_names() const;  // each once
};

// nullptr, with diagnostics, when the file can't be used at all. An operation that uses something unsupported (encoded
// use, a required xsd:any, recursive types...) has an error with its line, and is left out. Imports of local files
// beside the WSDL are followed; nothing is ever fetched, no DOCTYPE is read.
std::shared_ptr<const Wsdl> load_wsdl(const std::string& path, Diagnostics& diagnostics);

// The same of documents that a system told, by URL; `url` is the WSDL's own.
std::shared_ptr<const Wsdl> read_wsdl(const std::string& url, const std::map<std::string, std::string>& documents,
                                      Diagnostics& diagnostics);
// The URLs of the WSDLs and schemas that such a document imports, of its own origin.
std::vector<std::string> wsdl_imports(const std::string& url, const std::string& text);

// Whether two trees describe the same messages.
bool same_shape(const LegacyNode& a, const LegacyNode& b);

}  // namespace headgate
