// One operation of a binding: its messages resolved to the roots of the body and the entries of the header.
#pragma once

#include <optional>

#include "mappings/formats/soap/definitions.hpp"
#include "mappings/formats/soap/wsdl.hpp"

namespace headgate::soap {

class OperationReader {
  public:
    // `operation` of a portType in `file`; `binding` is the file of `bound`, the same operation of a binding.
    OperationReader(Definitions& all, SoapVersion version, const Definitions::Named& operation,
                    const Definitions::Named& bound)
        : all_(all), version_(version), operation_(operation), bound_(bound) {}

    // Nothing, with diagnostics, when something is not supported. `style`: what the binding says, may be empty.
    std::optional<SoapOperation> read(std::string style);

  private:
    struct Part {
        std::shared_ptr<const XmlFile> file;
        const xmlNode* node = nullptr;
        std::string name;
    };
    struct Message {
        QName name;
        Definitions::Named at;
        std::vector<Part> parts;
    };

    std::nullopt_t refuse(const Definitions::Named& at, std::string message, std::string hint = {});
    std::string_view soap_ns() const { return version_ == SoapVersion::v12 ? wsdl_soap12_ns : wsdl_soap_ns; }
    std::optional<Message> message(const xmlNode* names_it, const std::shared_ptr<const XmlFile>& file);
    std::optional<LegacyNode> root(const char* direction, bool request, bool rpc);
    std::optional<LegacyNode> document_root(const Message& message, bool request);
    std::optional<LegacyNode> rpc_root(const Message& message, const xmlNode* body, bool request);
    bool leave_parts(const xmlNode* bound_side, const xmlNode* body, Message& message);
    bool add_headers(const xmlNode* bound_side, bool request, LegacyNode& root);
    bool add_header(const xmlNode* header, bool request, LegacyNode& entries);
    void read_faults(SoapOperation& out);

    Definitions& all_;
    SoapVersion version_;
    Definitions::Named operation_, bound_;
};

}  // namespace headgate::soap
