// The `legacy:` block of a SOAP call: one operation of a WSDL beside the mapping.
#include "mappings/formats/soap/wsdl.hpp"
#include "mappings/plan/legacy/sides.hpp"

namespace headgate::mappings {
namespace {

bool has_types(const LegacyNode& node) {
    if (node.types) return true;
    for (const auto& child : node.children)
        if (has_types(child)) return true;
    return false;
}

}  // namespace

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
    std::optional<SoapVersion> version;
    if (mapping.legacy.soap == "1.1") version = SoapVersion::v11;
    if (mapping.legacy.soap == "1.2") version = SoapVersion::v12;
    if (!mapping.legacy.soap.empty() && !version) {
        diagnostics.error(mapping.legacy.soap_mark, "unknown version of SOAP '" + mapping.legacy.soap + "'",
                          "\"1.1\" or \"1.2\"");
        return nullptr;
    }
    const auto* operation = wsdl->find(mapping.call, version);
    if (const auto* other = operation ? nullptr : wsdl->find(mapping.call)) {
        diagnostics.error(mapping.legacy.soap_mark,
                          "'" + mapping.call + "' has no binding of SOAP " + mapping.legacy.soap,
                          std::string("the WSDL binds it to SOAP ") + name(other->version));
        return nullptr;
    }
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
    call.version = operation->version;
    call.charset = mapping.legacy.charset;
    call.request = operation->request;
    call.response = operation->response;
    call.one_way = operation->one_way;
    call.types = has_types(call.response);
    auto side = std::make_unique<LegacySide>();
    side->call = std::move(call);
    const auto& kept = std::get<SoapCall>(side->call);
    // An empty message has nothing that a rule could write or read; what its header holds it could.
    if (!kept.request.name.empty() || !kept.request.children.empty()) side->request = &kept.request;
    if (!kept.response.name.empty() || !kept.response.children.empty()) side->reply = &kept.response;
    side->files = wsdl->files;
    return side;
}

}  // namespace headgate::mappings
