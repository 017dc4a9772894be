// Which characters the bytes of an XML document are: by its byte order mark, the Content-Type, its declaration (RFC
// 7303, section 3), in that order.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "mappings/formats/charset/charset.hpp"
#include "mappings/formats/charset/wide_charset.hpp"

namespace headgate::xml {

// One of both, or none: not known.
struct XmlCharset {
    const Charset* narrow = nullptr;  // contains ASCII as it is
    const WideCharset* wide = nullptr;
    explicit operator bool() const { return narrow || wide; }
};
XmlCharset find_xml_charset(std::string_view name);

struct XmlEncoding {
    XmlCharset charset;
    std::size_t mark = 0;  // bytes of the byte order mark
};
// `content_type`: its charset, empty when it says none. Nothing of it, `fault` says why: a set that is not known, or a
// declaration that its own bytes belie.
XmlEncoding xml_encoding(std::string_view bytes, std::string_view content_type, std::string& fault);

}  // namespace headgate::xml
