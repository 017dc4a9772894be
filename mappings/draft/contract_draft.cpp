#include "mappings/draft/contract_draft.hpp"

#include <cctype>

#include "base/ascii.hpp"
#include "mappings/draft/contract_document.hpp"

namespace headgate::mappings {

std::string contract_name_of(std::string_view service) {
    std::string out;
    for (std::string_view tail : {"WebService", "Service", "service", "Port", "Soap", "SOAP"})
        if (service.size() > tail.size() && service.ends_with(tail)) service.remove_suffix(tail.size());
    for (std::size_t i = 0; i < service.size(); ++i) {
        auto c = static_cast<unsigned char>(service[i]);
        bool word = std::isupper(c) && i > 0 && std::islower(static_cast<unsigned char>(service[i - 1]));
        if (c > 127 || !std::isalnum(c) || word)
            if (!out.empty() && out.back() != '-') out += '-';
        if (c <= 127 && std::isalnum(c)) out += to_lower(service[i]);
    }
    while (out.ends_with('-')) out.pop_back();
    return (out.empty() ? "legacy" : out) + ".v1";
}

std::string draft_contract(const Wsdl& wsdl, const std::vector<const SoapOperation*>& operations,
                           const std::string& name) {
    ContractDocument out(name, wsdl.service);
    for (const auto* operation : operations) {
        SourceNode call = object_node({{"summary", text_node(operation->name + " of " + wsdl.service)}});
        if (!operation->request.name.empty())
            member(call, "requestBody",
                   object_node({{"required", word_node("true")},
                                {"content", out.json(operation->request, operation->request.name)}}));
        SourceNode answer = object_node({{"description", text_node("The answer of " + operation->name + ".")}});
        if (!operation->response.name.empty())
            member(answer, "content", out.json(operation->response, operation->response.name));
        out.operation("post", contract_member_of(operation->name), std::move(call), std::move(answer));
    }
    return out.text(wsdl.path,
                    "# say what each field means, and add `x-safe: true` to the operations that only read.\n");
}

}  // namespace headgate::mappings
