#include "mappings/formats/xml/scan.hpp"

namespace headgate::xml {
namespace {

struct Tag {
    std::size_t end = std::string_view::npos;  // of '>'
    std::uint32_t attributes = 0;
    bool empty = false;  // <a/>
};

// From behind '<' to the '>' that ends the tag; quoted values may hold any '>'.
Tag scan_tag(std::string_view text, std::size_t at) {
    Tag tag;
    while (at < text.size()) {
        char c = text[at];
        if (c == '>') {
            tag.end = at;
            tag.empty = text[at - 1] == '/';
            return tag;
        }
        if (c == '"' || c == '\'') {
            ++tag.attributes;
            at = text.find(c, at + 1);
            if (at == std::string_view::npos) return tag;
        }
        ++at;
    }
    return tag;
}

}  // namespace

ScanResult scan(std::string_view text, const XmlLimits& limits) {
    ScanResult result;
    auto fault = [&](std::string why, std::size_t at) {
        result.fault = std::move(why);
        result.offset = at;
        return result;
    };
    if (text.size() > limits.bytes) return fault("larger than " + std::to_string(limits.bytes) + " bytes", 0);
    std::uint32_t depth = 0;
    for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at)) {
        char next = at + 1 < text.size() ? text[at + 1] : '\0';
        if (next == '!' || next == '?') {
            std::string_view rest = text.substr(at);
            std::string_view closing = next == '?'                     ? "?>"
                                       : rest.starts_with("<!--")      ? "-->"
                                       : rest.starts_with("<![CDATA[") ? "]]>"
                                                                       : "";
            if (closing.empty()) return fault("a DOCTYPE is not allowed", at);
            std::size_t end = text.find(closing, at + (closing == "-->" ? 4 : 2));
            if (end == std::string_view::npos) return result;  // libxml2 says it better
            at = end + closing.size();
            continue;
        }
        bool end_tag = next == '/';
        Tag tag = scan_tag(text, at + 1);
        std::size_t end = tag.end == std::string_view::npos ? text.size() : tag.end;
        if (tag.attributes > limits.attributes)
            return fault("more than " + std::to_string(limits.attributes) + " attributes in one element", at);
        if (end - at > limits.attribute_bytes) return fault("a start tag of more than 64 KiB", at);
        if (end_tag) {
            if (depth > 0) --depth;
        } else {
            if (++result.elements > limits.elements)
                return fault("more than " + std::to_string(limits.elements) + " elements", at);
            if (depth + 1 > limits.depth) return fault("deeper than " + std::to_string(limits.depth) + " levels", at);
            if (!tag.empty) ++depth;
        }
        if (tag.end == std::string_view::npos) return result;
        at = end + 1;
    }
    return result;
}

std::string_view declared_encoding(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    if (!text.starts_with("<?xml")) return {};
    text = text.substr(0, text.find("?>"));
    auto at = text.find("encoding");
    if (at == std::string_view::npos || text.size() > 512) return {};
    text.remove_prefix(at + 8);
    while (!text.empty() && (text[0] == ' ' || text[0] == '=' || text[0] == '\t')) text.remove_prefix(1);
    if (text.empty() || (text[0] != '"' && text[0] != '\'')) return {};
    auto close = text.find(text[0], 1);
    return close == std::string_view::npos ? std::string_view() : text.substr(1, close - 1);
}

}  // namespace headgate::xml
