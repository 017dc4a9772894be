#include "mappings/formats/soap/xml_file.hpp"

#include <libxml/parser.h>

#include <filesystem>

#include "base/file.hpp"

namespace headgate::soap {
namespace {

constexpr std::size_t file_bytes_at_most = 16 << 20;

const char* chars(const xmlChar* text) { return reinterpret_cast<const char*>(text); }

}  // namespace

std::shared_ptr<const XmlFile> parse_xml_file(const std::string& path, const std::string& text,
                                              Diagnostics& diagnostics) {
    // Before libxml2 sees it: a DOCTYPE could define entities that attribute values expand.
    if (text.find("<!DOCTYPE") != std::string::npos || text.find("<!ENTITY") != std::string::npos) {
        diagnostics.error({path}, "a DOCTYPE is not allowed");
        return nullptr;
    }
    xmlParserCtxt* context = xmlNewParserCtxt();
    auto file = std::make_shared<XmlFile>();
    file->path = path;
    file->doc.reset(xmlCtxtReadMemory(context, text.data(), static_cast<int>(text.size()), nullptr, nullptr,
                                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES));
    bool good = file->doc && file->root() && !file->doc->intSubset && !file->doc->extSubset;
    if (!good) {
        const xmlError* error = xmlCtxtGetLastError(context);
        std::string why = error && error->message ? error->message : "no root element, or a DOCTYPE";
        while (!why.empty() && why.back() == '\n') why.pop_back();
        diagnostics.error({path, error ? error->line : 0, error ? error->int2 : 0}, "not well-formed XML: " + why);
    }
    xmlFreeParserCtxt(context);
    return good ? file : nullptr;
}

std::string LocalXmlFiles::resolve(const std::string& from, const std::string& location) const {
    if (location.empty() || location.find("://") != std::string::npos || location.starts_with('/')) return {};
    return (std::filesystem::path(from).parent_path() / location).lexically_normal().string();
}

std::shared_ptr<const XmlFile> LocalXmlFiles::read(const std::string& path, Diagnostics& diagnostics) {
    auto text = read_file(path, file_bytes_at_most);
    if (text) return parse_xml_file(path, *text, diagnostics);
    diagnostics.error({path}, text.error().message, "does it exist, beside what names it?");
    return nullptr;
}

std::string FetchedXmlFiles::resolve(const std::string& from, const std::string& location) const {
    return url_within(from, location);
}

std::shared_ptr<const XmlFile> FetchedXmlFiles::read(const std::string& path, Diagnostics& diagnostics) {
    auto text = texts_.find(path);
    if (text != texts_.end()) return parse_xml_file(path, text->second, diagnostics);
    diagnostics.error({path}, "was not fetched");
    return nullptr;
}

std::string url_within(const std::string& from, const std::string& location) {
    auto scheme = from.find("://");
    if (location.empty() || scheme == std::string::npos) return {};
    auto path_begin = from.find('/', scheme + 3);
    std::string origin = from.substr(0, path_begin);
    if (location.find("://") != std::string::npos)
        return location.starts_with(origin + "/") || location == origin ? location : std::string();
    if (location.starts_with("//")) return {};
    if (location.starts_with('/')) return origin + location;
    std::string path = path_begin == std::string::npos ? "/" : from.substr(path_begin);
    path = path.substr(0, path.find('?'));
    if (location.starts_with('?')) return origin + path + location;
    std::string target = path.substr(0, path.rfind('/') + 1) + location, query;
    if (auto mark = target.find('?'); mark != std::string::npos) {
        query = target.substr(mark);
        target.resize(mark);
    }
    return origin + std::filesystem::path(target).lexically_normal().string() + query;
}

std::string_view local_name(const xmlNode* node) { return chars(node->name); }

std::string_view namespace_of(const xmlNode* node) {
    return node->ns && node->ns->href ? std::string_view(chars(node->ns->href)) : std::string_view();
}

bool is_element(const xmlNode* node, std::string_view ns, std::string_view name) {
    return node && node->type == XML_ELEMENT_NODE && local_name(node) == name && namespace_of(node) == ns;
}

std::string attribute(const xmlNode* node, const char* name) {
    xmlChar* text = xmlGetNoNsProp(node, reinterpret_cast<const xmlChar*>(name));
    if (!text) return {};
    std::string out = chars(text);
    xmlFree(text);
    return out;
}

std::string attribute(const xmlNode* node, const char* name, std::string_view ns) {
    std::string space(ns);
    xmlChar* text =
        xmlGetNsProp(node, reinterpret_cast<const xmlChar*>(name), reinterpret_cast<const xmlChar*>(space.c_str()));
    if (!text) return {};
    std::string out = chars(text);
    xmlFree(text);
    return out;
}

bool has_attribute(const xmlNode* node, const char* name) {
    return xmlHasNsProp(node, reinterpret_cast<const xmlChar*>(name), nullptr) != nullptr;
}

xmlNode* first_element(const xmlNode* node) {
    for (xmlNode* child = node->children; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE) return child;
    return nullptr;
}

xmlNode* next_element(const xmlNode* node) {
    for (xmlNode* next = node->next; next; next = next->next)
        if (next->type == XML_ELEMENT_NODE) return next;
    return nullptr;
}

xmlNode* first_child(const xmlNode* node, std::string_view ns, std::string_view name) {
    for (xmlNode* child = first_element(node); child; child = next_element(child))
        if (is_element(child, ns, name)) return child;
    return nullptr;
}

QName resolve_qname(const xmlNode* node, const std::string& text) {
    auto colon = text.find(':');
    std::string prefix = colon == std::string::npos ? "" : text.substr(0, colon);
    auto* mutable_node = const_cast<xmlNode*>(node);  // xmlSearchNs only reads
    xmlNs* ns = xmlSearchNs(node->doc, mutable_node,
                            prefix.empty() ? nullptr : reinterpret_cast<const xmlChar*>(prefix.c_str()));
    return {ns && ns->href ? chars(ns->href) : "", colon == std::string::npos ? text : text.substr(colon + 1)};
}

}  // namespace headgate::soap
