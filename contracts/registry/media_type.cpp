#include "contracts/registry/media_type.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/http_fields.hpp"

namespace headgate {
namespace {

// What stands before the separator; the text is left with what stands after it. Quotes are not seen: no range or
// parameter that matters here holds them.
std::string_view take(std::string_view& text, char separator) {
    auto at = text.find(separator);
    std::string_view part = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    return trim(part);
}

bool is_type_character(char c) {
    return (c >= '0' && c <= '9') || (to_lower(c) >= 'a' && to_lower(c) <= 'z') ||
           std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
}

// 0.5 -> 500; what is malformed counts as 1, as if it were absent.
int weight(std::string_view text) {
    if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return 1000;
    if (text.size() > 1 && text[1] != '.') return 1000;
    int out = (text[0] - '0') * 1000, scale = 100;
    for (char c : text.substr(std::min<std::size_t>(2, text.size()))) {
        if (c < '0' || c > '9') return 1000;
        out += (c - '0') * scale;
        scale /= 10;
    }
    return std::min(out, 1000);
}

}  // namespace

bool is_json_media_type(std::string_view declared) {
    auto slash = declared.find('/');
    if (slash == std::string_view::npos || slash == 0) return false;
    std::string_view subtype = declared.substr(slash + 1);
    for (char c : declared.substr(0, slash))
        if (!is_type_character(c)) return false;
    for (char c : subtype)
        if (!is_type_character(c)) return false;
    if (equals_ignoring_case(declared, "application/json")) return true;
    return subtype.size() > 5 && equals_ignoring_case(subtype.substr(subtype.size() - 5), "+json");
}

bool is_media_type(std::string_view content_type, std::string_view declared) {
    if (!equals_ignoring_case(take(content_type, ';'), declared)) return false;
    while (!content_type.empty()) {
        std::string_view parameter = take(content_type, ';');
        std::string_view name = take(parameter, '=');
        if (!equals_ignoring_case(name, "charset") ||
            !(equals_ignoring_case(parameter, "utf-8") || equals_ignoring_case(parameter, "\"utf-8\"")))
            return false;
    }
    return true;
}

int accepted(std::string_view accept, std::string_view declared) {
    if (trim(accept).empty()) return 1000;
    std::string_view type = declared.substr(0, declared.find('/'));
    int best_match = 0, out = 0;
    while (!accept.empty()) {
        std::string_view item = take(accept, ',');
        std::string_view range = take(item, ';');
        int match = equals_ignoring_case(range, declared) ? 3 : range == "*/*" ? 1 : 0;
        if (match == 0 && range.ends_with("/*") && equals_ignoring_case(range.substr(0, range.size() - 2), type))
            match = 2;
        if (match == 0 || match < best_match) continue;
        int quality = 1000;
        while (!item.empty()) {
            std::string_view parameter = take(item, ';');
            std::string_view name = take(parameter, '=');
            if (equals_ignoring_case(name, "q")) quality = weight(parameter);
        }
        out = match > best_match ? quality : std::max(out, quality);
        best_match = match;
    }
    return out;
}

const Content* find_content(const std::vector<Content>& contents, std::string_view content_type) {
    for (const Content& content : contents)
        if (is_media_type(content_type, content.media_type)) return &content;
    return nullptr;
}

std::string media_types(const std::vector<Content>& contents) {
    std::string out;
    for (std::size_t i = 0; i < contents.size(); ++i) {
        if (i > 0) out += i + 1 < contents.size() ? ", " : " or ";
        out += contents[i].media_type;
    }
    return out;
}

const Content* choose_content(const std::vector<Content>& contents, std::string_view accept, const Value& body,
                              bool& wanted) {
    const Content* chosen = nullptr;
    int best = -1;
    for (const Content& content : contents) {
        int quality = accepted(accept, content.media_type);
        if (quality <= best || !content.schema->validate(body)) continue;
        chosen = &content;
        best = quality;
    }
    wanted = best != 0;
    return chosen;
}

bool acceptable(const Operation& operation, std::string_view accept) {
    if (trim(accept).empty()) return true;
    bool any = false;
    for (const auto& [status, response] : operation.responses) {
        if (status != 2 && (status < 200 || status > 299)) continue;
        for (const Content& content : response.contents) {
            if (accepted(accept, content.media_type) > 0) return true;
            any = true;
        }
        if (response.contents.empty()) return true;
    }
    return !any;
}

}  // namespace headgate
