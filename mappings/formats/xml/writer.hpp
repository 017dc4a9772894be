// Writes documents as XML text by appending: escaped, in the document's own order, attributes first, in the namespaces
// that a legacy schema says.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/document/value.hpp"
#include "mappings/formats/legacy_schema.hpp"

namespace headgate::xml {

// Appends the element that `shape` describes as UTF-8. The shapes are those of XmlReader: `@nr`, `#text`, arrays repeat
// their element, null is xsi:nil; what the shape does not know is in its parent's namespace. An element whose children
// are in no namespace is written with a prefix, any other with xmlns. Where the shape has types, xsi:type is written as
// `@xsi:type` says, or as the members tell: the least type that has all of them.
// Fails with invalid_message, its detail naming the place: a character that XML 1.0 can't carry, a type that can't be
// told.
Result<void> write_element(std::string& out, const LegacyNode& shape, const Value& value);

// False when the text holds a character that XML 1.0 can't carry (a control character, U+FFFE, U+FFFF).
bool append_text(std::string& out, std::string_view utf8);
bool append_attribute_text(std::string& out, std::string_view utf8);

// The UTF-8 text, declaration first, as bytes of `charset`, any that find_xml_charset knows; characters that it hasn't
// become numeric character references (&#8364;), so nothing is lost. Fails with configuration for one that isn't known.
Result<std::string> encode_document(std::string_view utf8, std::string_view charset);

}  // namespace headgate::xml
