#include "mappings/formats/xml/xml_charset.hpp"

#include "mappings/formats/xml/scan.hpp"

namespace headgate::xml {

XmlCharset find_xml_charset(std::string_view name) {
    if (const Charset* narrow = Charset::find(name)) return {narrow, nullptr};
    return {nullptr, WideCharset::find(name)};
}

XmlEncoding xml_encoding(std::string_view bytes, std::string_view content_type, std::string& fault) {
    if (bytes.starts_with("\xEF\xBB\xBF")) return {{Charset::find("UTF-8"), nullptr}, 3};
    if (bytes.starts_with("\xFF\xFE")) return {{nullptr, WideCharset::find("UTF-16LE")}, 2};
    if (bytes.starts_with("\xFE\xFF")) return {{nullptr, WideCharset::find("UTF-16BE")}, 2};
    bool declared = content_type.empty();
    std::string_view name = declared ? declared_encoding(bytes) : content_type;
    if (name.empty()) name = "UTF-8";
    XmlCharset set = find_xml_charset(name);
    if (!set) {
        fault = "the charset '" + std::string(name.substr(0, 40)) + "' is not supported";
    } else if (declared && set.wide && set.wide->name().starts_with("UTF-16")) {
        // A declaration that could be read as ASCII is none of UTF-16.
        fault = "declares '" + std::string(name.substr(0, 40)) + "', and its bytes are none";
    } else if (set.wide && set.wide->name() == "UTF-16" && bytes.size() > 1 && bytes[1] == '\0') {
        set.wide = WideCharset::find("UTF-16LE");  // without its mark, which some leave out
    }
    return {fault.empty() ? set : XmlCharset{}, 0};
}

}  // namespace headgate::xml
