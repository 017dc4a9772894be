#include "gateway/pipeline/prefer.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/http_fields.hpp"

namespace headgate {
namespace {

void skip_blanks(std::string_view& text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
}

bool take(std::string_view& text, char c) {
    skip_blanks(text);
    if (text.empty() || text.front() != c) return false;
    text.remove_prefix(1);
    return true;
}

// A token or a quoted string, unescaped.
std::string take_word(std::string_view& text) {
    skip_blanks(text);
    std::string word;
    if (!take(text, '"')) {
        while (!text.empty() && std::string_view(" \t,;=").find(text.front()) == std::string_view::npos) {
            word += text.front();
            text.remove_prefix(1);
        }
        return word;
    }
    while (!text.empty() && text.front() != '"') {
        if (text.front() == '\\' && text.size() > 1) text.remove_prefix(1);
        word += text.front();
        text.remove_prefix(1);
    }
    take(text, '"');
    return word;
}

std::string word_of(const std::string& text) {
    if (is_token(text)) return text;
    std::string quoted = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

void read(std::string_view text, Preference& out) {
    while (!text.empty()) {
        std::string name = take_word(text), value;
        if (take(text, '=')) value = take_word(text);
        auto& slot = equals_ignoring_case(name, "code") ? out.code : out.example;
        if ((equals_ignoring_case(name, "code") || equals_ignoring_case(name, "example")) && !slot) slot = value;
        // Parameters of a preference change nothing for ours.
        while (take(text, ';')) {
            take_word(text);
            if (take(text, '=')) take_word(text);
        }
        // What is no list goes unread to the next comma.
        if (!take(text, ',')) text.remove_prefix(std::min(text.size(), text.find(',')));
    }
}

}  // namespace

std::string Preference::applied() const {
    std::string out;
    if (code) out = "code=" + word_of(*code);
    if (example) out += (out.empty() ? "" : ", ") + ("example=" + word_of(*example));
    return out;
}

Preference read_preference(const IncomingRequest& request) {
    Preference out;
    for (const auto& header : request.headers)
        if (equals_ignoring_case(header.name, "prefer")) read(header.value, out);
    return out;
}

}  // namespace headgate
