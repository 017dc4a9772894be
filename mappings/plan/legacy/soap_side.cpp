// The `legacy:` block of a SOAP call: one operation of a WSDL beside the mapping.
#include "mappings/formats/soap/wsdl.hpp"
#include "mappings/plan/legacy/sides.hpp"

namespace headgate::mappings {

std::unique_ptr<LegacySide> open_soap(const Mapping& mapping, Diagnostics& diagnostics) {
    auto path = beside(mapping, mapping.legacy.wsdl);
    Diagnostics own;
    auto wsdl = load_wsdl(path, own);
    if (!wsdl) {
        // The place in the mapping, then what the WSDL's reader said.
        diagnostics.error(mapping.legacy.wsdl_mark, "the WSDL '" + mapping.legacy.wsdl + "' can't be used");
        for (const auto& d : own.all()) diagnostics.error(d.mark, d.message, d.hint);
        return nullptr;
    }
    const auto* operation = wsdl->find(mapping.call);
    if (!operation) {
        auto near = nearest(mapping.call, wsdl->operation_names());
        diagnostics.error(mapping.system_mark, "the WSDL has no usable operation '" + mapping.call + "'",
                          near.empty() ? mapping.legacy.wsdl : "did you mean '" + near + "'?");
        for (const auto& d : own.all()) diagnostics.error(d.mark, d.message, d.hint);
        return nullptr;
    }
    SoapCall call;
    call.operation = operation->name;
    call.soap_action = operation->soap_action;
    call.request_element = operation->request_element;
    call.response_element = operation->response_element;
    call.target_namespace = operation->target_namespace;
    call.qualified = operation->qualified;
    call.charset = mapping.legacy.charset;
    call.request = operation->request;
    call.response = operation->response;
    auto side = std::make_unique<LegacySide>();
    side->call = std::move(call);
    side->request = &std::get<SoapCall>(side->call).request;
    side->reply = &std::get<SoapCall>(side->call).response;
    side->files = {path};
    return side;
}

}  // namespace headgate::mappings
