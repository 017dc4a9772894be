// What a WSDL and its imports define, before any of it is resolved.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "mappings/formats/soap/xml_file.hpp"
#include "mappings/formats/soap/xsd.hpp"

namespace headgate::soap {

struct Definitions {
    struct Named {
        std::shared_ptr<const XmlFile> file;
        const xmlNode* node = nullptr;
    };
    using NamedNodes = std::map<QName, Named>;

    Definitions(XmlFiles& from, Diagnostics& d) : diagnostics(d), files(from), schemas(from, read, d) {}
    // The document itself, and all that it imports.
    void collect(const std::shared_ptr<const XmlFile>& file, const xmlNode* definitions);

    Diagnostics& diagnostics;
    XmlFiles& files;
    std::set<std::string> read;  // paths, so that circular imports end
    XsdSchemas schemas;
    NamedNodes messages, port_types, bindings;
    std::vector<Named> ports;
    std::string service;

  private:
    void import(const std::shared_ptr<const XmlFile>& file, const xmlNode* node);
};

}  // namespace headgate::soap
