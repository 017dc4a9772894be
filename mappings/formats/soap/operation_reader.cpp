#include "mappings/formats/soap/operation_reader.hpp"

#include <algorithm>
#include <sstream>

namespace headgate::soap {

std::nullopt_t OperationReader::refuse(const Definitions::Named& at, std::string message, std::string hint) {
    all_.diagnostics.error(at.file->mark(at.node), std::move(message), std::move(hint));
    return std::nullopt;
}

std::optional<OperationReader::Message> OperationReader::message(const xmlNode* names_it,
                                                                 const std::shared_ptr<const XmlFile>& file) {
    std::string text = attribute(names_it, "message");
    Message out;
    out.name = resolve_qname(names_it, text);
    auto found = all_.messages.find(out.name);
    if (found == all_.messages.end()) return refuse({file, names_it}, "the message '" + text + "' is not defined");
    out.at = found->second;
    for (xmlNode* child = first_element(out.at.node); child; child = next_element(child))
        if (is_element(child, wsdl_ns, "part")) out.parts.push_back({out.at.file, child, attribute(child, "name")});
    return out;
}

// Of the message's parts those that stand in the body: what soap:body names, else all that no soap:header takes.
bool OperationReader::leave_parts(const xmlNode* bound_side, const xmlNode* body, Message& message) {
    if (body && has_attribute(body, "parts")) {
        std::istringstream words(attribute(body, "parts"));
        std::vector<Part> wanted;
        for (std::string word; words >> word;) {
            auto found = std::find_if(message.parts.begin(), message.parts.end(),
                                      [&](const Part& part) { return part.name == word; });
            if (found == message.parts.end()) {
                refuse({bound_.file, body}, "the message has no part '" + word + "'");
                return false;
            }
            wanted.push_back(*found);
        }
        message.parts = std::move(wanted);
        return true;
    }
    for (xmlNode* child = bound_side ? first_element(bound_side) : nullptr; child; child = next_element(child)) {
        if (!is_element(child, soap_ns(), "header") ||
            resolve_qname(child, attribute(child, "message")) != message.name)
            continue;
        std::string taken = attribute(child, "part");
        std::erase_if(message.parts, [&](const Part& part) { return part.name == taken; });
    }
    return true;
}

std::optional<LegacyNode> OperationReader::document_root(const Message& message, bool request) {
    if (message.parts.empty()) return LegacyNode{};
    if (message.parts.size() > 1)
        return refuse(message.at, "a message with several parts in its body is not supported");
    const Part& part = message.parts.front();
    if (!has_attribute(part.node, "element"))
        return refuse({part.file, part.node}, "the part '" + part.name + "' names a type, not an element",
                      "document style takes elements; rpc style takes types");
    return all_.schemas.element(resolve_qname(part.node, attribute(part.node, "element")), part.file->mark(part.node),
                                request);
}

// WS-I Basic Profile 1.1, section 4.7: the operation's name in the body's namespace, the parts in none.
std::optional<LegacyNode> OperationReader::rpc_root(const Message& message, const xmlNode* body, bool request) {
    LegacyNode root;
    root.name = attribute(operation_.node, "name") + (request ? "" : "Response");
    root.ns = body ? attribute(body, "namespace") : "";
    for (const Part& part : message.parts) {
        if (!has_attribute(part.node, "type"))
            return refuse({part.file, part.node}, "the part '" + part.name + "' names an element, not a type",
                          "rpc style takes types; document style takes elements");
        auto child = all_.schemas.part(part.name, part.file, part.node, request);
        if (!child) return std::nullopt;
        root.children.push_back(std::move(*child));
    }
    return root;
}

bool OperationReader::add_header(const xmlNode* header, bool request, LegacyNode& entries) {
    Definitions::Named at{bound_.file, header};
    auto told = [&](std::string why) {
        if (request)
            refuse(at, std::move(why), "a header's part names an element, of literal use");
        else
            all_.diagnostics.warning(bound_.file->mark(header), why + ": this header is not read");
        return !request;
    };
    if (attribute(header, "use") == "encoded") return told("a header of use=\"encoded\" is not supported");
    auto of = message(header, bound_.file);
    if (!of) return false;
    std::string wanted = attribute(header, "part");
    auto part = std::find_if(of->parts.begin(), of->parts.end(), [&](const Part& each) { return each.name == wanted; });
    if (part == of->parts.end()) return told("the message has no part '" + wanted + "'");
    if (!has_attribute(part->node, "element")) return told("the part '" + wanted + "' names a type, not an element");
    auto entry = all_.schemas.element(resolve_qname(part->node, attribute(part->node, "element")),
                                      part->file->mark(part->node), request);
    if (!entry) return false;
    if (entries.child(entry->name)) return told("two headers are called '" + entry->name + "'");
    std::string required = attribute(header, "required", wsdl_ns);
    entry->optional = required != "true" && required != "1";
    entries.optional = entries.optional && entry->optional;
    entries.children.push_back(std::move(*entry));
    return true;
}

bool OperationReader::add_headers(const xmlNode* bound_side, bool request, LegacyNode& root) {
    LegacyNode entries;
    entries.name = "#header";
    entries.optional = true;
    for (xmlNode* child = bound_side ? first_element(bound_side) : nullptr; child; child = next_element(child))
        if (is_element(child, soap_ns(), "header") && !add_header(child, request, entries)) return false;
    if (entries.children.empty()) return true;
    if (root.type != LegacyType::group) {
        refuse({bound_.file, bound_side}, "headers beside a body of text alone are not supported");
        return false;
    }
    root.children.insert(root.children.begin(), std::move(entries));
    return true;
}

std::optional<LegacyNode> OperationReader::root(const char* direction, bool request, bool rpc) {
    const xmlNode* side = first_child(operation_.node, wsdl_ns, direction);
    const xmlNode* bound_side = first_child(bound_.node, wsdl_ns, direction);
    if (!side) {
        if (!request) return LegacyNode{};
        return refuse(operation_, "no input: operations that the system calls are not supported");
    }
    const xmlNode* body = bound_side ? first_child(bound_side, soap_ns(), "body") : nullptr;
    if (body && attribute(body, "use") == "encoded")
        return refuse({bound_.file, body}, "use=\"encoded\" is not supported", "use literal");
    auto of = message(side, operation_.file);
    if (!of || !leave_parts(bound_side, body, *of)) return std::nullopt;
    auto out = rpc ? rpc_root(*of, body, request) : document_root(*of, request);
    if (!out || !add_headers(bound_side, request, *out)) return std::nullopt;
    out->optional = out->repeated = false;
    return out;
}

// What can't be read of them is not told in their detail, and the operation stands.
void OperationReader::read_faults(SoapOperation& out) {
    for (xmlNode* fault = first_element(operation_.node); fault; fault = next_element(fault)) {
        if (!is_element(fault, wsdl_ns, "fault")) continue;
        Diagnostics own;
        auto warn = [&](std::string why) {
            all_.diagnostics.warning(operation_.file->mark(fault), "this fault's detail is not known: " + why);
        };
        auto found = all_.messages.find(resolve_qname(fault, attribute(fault, "message")));
        const xmlNode* part = found == all_.messages.end() ? nullptr : first_child(found->second.node, wsdl_ns, "part");
        if (!part || !has_attribute(part, "element")) {
            warn("its message names no element");
            continue;
        }
        auto detail = all_.schemas.element(resolve_qname(part, attribute(part, "element")),
                                           found->second.file->mark(part), false, &own);
        if (detail)
            out.faults.push_back(std::move(*detail));
        else
            warn(own.all().empty() ? "it can't be read" : own.all().front().message);
    }
}

std::optional<SoapOperation> OperationReader::read(std::string style) {
    SoapOperation out;
    out.name = attribute(operation_.node, "name");
    out.version = version_;
    out.mark = operation_.file->mark(operation_.node);
    const xmlNode* soap = first_child(bound_.node, soap_ns(), "operation");
    if (soap && has_attribute(soap, "style")) style = attribute(soap, "style");
    if (soap) out.soap_action = attribute(soap, "soapAction");
    if (!style.empty() && style != "document" && style != "rpc")
        return refuse(bound_, "unknown style '" + style + "'", "document or rpc");
    auto request = root("input", true, style == "rpc");
    auto response = root("output", false, style == "rpc");
    if (!request || !response) return std::nullopt;
    out.one_way = !first_child(operation_.node, wsdl_ns, "output");
    if (out.one_way) response->name.clear();
    out.request = std::move(*request);
    out.response = std::move(*response);
    read_faults(out);
    return out;
}

}  // namespace headgate::soap
