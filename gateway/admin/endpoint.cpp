#include "gateway/admin/endpoint.hpp"

#include <nlohmann/json.hpp>

namespace headgate {
namespace {

std::string decoded(std::string_view text) {
    std::string out;
    auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
            out.push_back(static_cast<char>(digit(text[i + 1]) << 4 | digit(text[i + 2])));
            i += 2;
        } else {
            out.push_back(text[i] == '+' ? ' ' : text[i]);
        }
    }
    return out;
}

// Takes the part up to the separator off the front.
std::string_view cut(std::string_view& text, char separator) {
    auto at = text.find(separator);
    std::string_view part = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
    return part;
}

}  // namespace

std::string AdminRequest::parameter(std::string_view key) const {
    std::string_view rest = query;
    while (!rest.empty()) {
        std::string_view pair = cut(rest, '&');
        std::string_view name = cut(pair, '=');
        if (name == key) return decoded(pair);
    }
    return {};
}

std::string fault_of_why(std::string_view why) {
    if (why.find_first_not_of(' ') == std::string_view::npos) return "say why: it is kept with the change";
    if (why.size() > 500) return "must be at most 500 bytes";
    for (char c : why)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return "must not have control characters";
    return {};
}

Result<std::string> read_why(const std::string& body) {
    auto json = nlohmann::json::parse(body.empty() ? "{}" : body, nullptr, false);
    std::string why = json.is_object() && json.contains("why") && json["why"].is_string() ? json["why"] : "";
    if (auto fault = fault_of_why(why); !fault.empty()) return Error{ErrorKind::invalid_message, fault, {}, {}, "/why"};
    return why;
}

bool fits(std::string_view pattern, std::string_view path, std::map<std::string, std::string>& named) {
    std::map<std::string, std::string> found;
    while (!pattern.empty() && !path.empty()) {
        std::string_view expected = cut(pattern, '/'), actual = cut(path, '/');
        if (expected.starts_with('{')) {
            if (actual.empty()) return false;
            found[std::string(expected.substr(1, expected.size() - 2))] = decoded(actual);
        } else if (expected != actual) {
            return false;
        }
    }
    if (!pattern.empty() || !path.empty()) return false;
    named = std::move(found);
    return true;
}

}  // namespace headgate
