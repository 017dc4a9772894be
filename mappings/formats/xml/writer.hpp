// Writes documents as XML text by appending: escaped, in the document's own order, attributes first.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "contracts/document/value.hpp"

namespace headgate::xml {

// Appends `<name>...</name>` as UTF-8; `name` may carry a prefix, `extra` is put into the start tag as it is
// (` xmlns="..."`). The shapes are those of XmlReader: `@nr`, `#text`, arrays repeat their element, null is xsi:nil.
// Fails with invalid_message, its detail naming the place, for a character that XML 1.0 can't carry.
Result<void> write_element(std::string& out, std::string_view name, std::string_view extra, const Value& value);

// False when the text holds a character that XML 1.0 can't carry (a control character, U+FFFE, U+FFFF).
bool append_text(std::string& out, std::string_view utf8);
bool append_attribute_text(std::string& out, std::string_view utf8);

// The UTF-8 text, declaration first, as bytes of `charset`; characters that it hasn't become numeric character
// references
// (&#8364;), so nothing is lost. Fails with configuration for a charset that isn't known.
Result<std::string> encode_document(std::string_view utf8, std::string_view charset);

}  // namespace headgate::xml
