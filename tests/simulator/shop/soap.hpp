// SOAP 1.1 envelopes of the shop: reading what a caller sent, writing answers and faults in ISO-8859-15.
#pragma once

#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "tests/simulator/http/server.hpp"

namespace simulator {

struct SoapRequest {
    std::unique_ptr<pugi::xml_document> document;  // owns `body`
    pugi::xml_node body;                           // the one child of soap:Body
    std::string operation;                         // priceQuery, from SOAPAction
};

struct ShopFault {
    std::string code;  // E4711
    std::string text;
    std::string artnr = {};
    bool client = false;  // soap:Client instead of soap:Server
};

// False, with `fault`, for anything that is no SOAP 1.1 request in a charset the shop reads.
bool read_soap(const HttpRequest& http, std::string_view service_namespace, SoapRequest& request, ShopFault& fault);

// `content` is UTF-8 XML that declares the service's namespace itself.
HttpAnswer soap_answer(std::string_view content);
HttpAnswer soap_fault(std::string_view service_namespace, const ShopFault& fault);
std::string escaped(std::string_view text);

}  // namespace simulator
