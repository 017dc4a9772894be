#include "base/http_fields.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"

namespace headgate {
namespace {

constexpr auto token_characters = [] {
    std::array<bool, 256> out{};
    for (char c : std::string_view("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#$%&'*+-.^_`|~"))
        out[static_cast<unsigned char>(c)] = true;
    return out;
}();

}  // namespace

bool is_token(std::string_view text) {
    for (char c : text)
        if (!token_characters[static_cast<unsigned char>(c)]) return false;
    return !text.empty();
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

bool is_connections_own(std::string_view field_name) {
    constexpr std::string_view own[] = {"connection", "content-length",  "transfer-encoding",
                                        "keep-alive", "upgrade",         "trailer",
                                        "te",         "proxy-connection"};
    return std::any_of(std::begin(own), std::end(own),
                       [&](std::string_view name) { return equals_ignoring_case(name, field_name); });
}

}  // namespace headgate
