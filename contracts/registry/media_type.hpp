// Media types (RFC 9110, section 8.3) of JSON: which a contract may declare, which one a request has, which one its
// caller wants.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contracts/registry/contract.hpp"

namespace headgate {

// application/json or any type with the suffix +json, without parameters and wildcards: what contracts may declare.
bool is_json_media_type(std::string_view declared);
// Whether a Content-Type is the declared media type; it may say charset=utf-8 and nothing else.
bool is_media_type(std::string_view content_type, std::string_view declared);
// How much an Accept header wants a media type, in thousandths (section 12.5.1): the most specific range decides. A
// header that is absent or empty wants everything.
int accepted(std::string_view accept, std::string_view declared);

// The content that a Content-Type names; nullptr when none is declared.
const Content* find_content(const std::vector<Content>& contents, std::string_view content_type);
// "application/json or application/merge-patch+json"
std::string media_types(const std::vector<Content>& contents);
// Among the contents whose schema the body fits, the one that the caller wants most, the first declared among equals;
// nullptr when the body fits none. `wanted` is false when the caller accepts none of those.
const Content* choose_content(const std::vector<Content>& contents, std::string_view accept, const Value& body,
                              bool& wanted);
// Whether a success of this operation can be told in a media type that the caller accepts.
bool acceptable(const Operation& operation, std::string_view accept);

}  // namespace headgate
