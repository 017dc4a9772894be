// Texts to try: of a format, of a pattern, or plain words, drawn to the length that is asked for.
#include <algorithm>
#include <cstdio>

#include "contracts/document/utf8.hpp"
#include "contracts/schema/sample_candidates.hpp"
#include "contracts/schema/sample_pattern.hpp"

namespace headgate::schema {
namespace {

constexpr std::uint32_t longest = 64 * 1024;

template <class... Arguments>
std::string printed(const char* form, Arguments... arguments) {
    char room[80];
    int size = std::snprintf(room, sizeof room, form, arguments...);
    return std::string(room, static_cast<std::size_t>(std::max(0, size)));
}

std::string text_of(Format format, unsigned n) {
    switch (format) {
        case Format::none: return {};
        case Format::date_time: return printed("2026-01-01T%02u:%02u:%02uZ", n / 3600 % 24, n / 60 % 60, n % 60);
        case Format::date: return printed("2026-%02u-%02u", n / 28 % 12 + 1, n % 28 + 1);
        case Format::time: return printed("%02u:%02u:%02uZ", n / 3600 % 24, n / 60 % 60, n % 60);
        case Format::duration: return printed("P%uD", n + 1);
        case Format::email: return printed("name%u@example.com", n + 1);
        case Format::hostname: return printed("host%u.example.com", n + 1);
        case Format::ipv4: return printed("192.0.2.%u", n % 254 + 1);
        case Format::ipv6: return printed("2001:db8::%x", n % 0xFFFF + 1);
        case Format::uri: return printed("https://example.com/%u", n + 1);
        case Format::uri_reference:
        case Format::json_pointer: return printed("/%u", n + 1);
        case Format::uuid: return printed("00000000-0000-4000-8000-%012x", n + 1);
        case Format::regex: return printed("^a{%u}$", n + 1);
    }
    return {};
}

// Everything that the demands say of a text.
struct Texts {
    std::uint32_t shortest = 0, longest = unbounded;
    std::vector<Format> formats;
    std::vector<const Pattern*> patterns;
};

void add_of_pattern(const Pattern& pattern, const Texts& texts, std::size_t variant, std::vector<std::string>& out) {
    for (std::size_t more = 0, tries = 0; tries < 24; ++tries, more = more < 8 ? more + 1 : more * 2) {
        auto text = text_of_pattern(pattern.source(), more, variant);
        if (!text) return;
        std::size_t length = count_code_points(*text);
        if (length > texts.longest) return;
        out.push_back(*text);
        if (length < texts.shortest) {
            // Where the pattern is open at an end.
            out.push_back(*text + std::string(texts.shortest - length, 'a'));
            out.push_back(std::string(texts.shortest - length, 'a') + *text);
            continue;
        }
        if (more > 0) return;  // long enough; once more where an empty text may be refused by another pattern
    }
}

}  // namespace

std::vector<Value> string_values(const Program& program, const Demands& demands, std::size_t variant,
                                 std::string_view name, Arena& arena) {
    Texts texts;
    for (const Demand& demand : demands.all) {
        const StringRules* rules = program.nodes[demand.node].string;
        if (!rules) continue;
        texts.shortest = std::max(texts.shortest, rules->shortest);
        texts.longest = std::min(texts.longest, rules->longest);
        if (rules->format != Format::none) texts.formats.push_back(rules->format);
        if (rules->pattern) texts.patterns.push_back(rules->pattern);
    }
    if (texts.shortest > longest || texts.shortest > texts.longest) return {};
    std::vector<std::string> proposed;
    for (Format format : texts.formats) proposed.push_back(text_of(format, static_cast<unsigned>(variant % 1'000'000)));
    for (const Pattern* pattern : texts.patterns) add_of_pattern(*pattern, texts, variant, proposed);
    std::string number = variant > 0 ? std::to_string(variant + 1) : std::string();
    std::string word = (name.empty() || name.size() > 100 ? "text" : std::string(name)) + number;
    if (count_code_points(word) > texts.longest) {
        word = std::string(texts.longest, 'a');
        // Another one of the same length, as far as letters go.
        for (std::size_t i = 0, rest = variant; i < word.size() && rest > 0; ++i, rest /= 26)
            word[i] = static_cast<char>('a' + rest % 26);
    }
    std::size_t length = count_code_points(word);
    if (length < texts.shortest) word.insert(0, texts.shortest - length, 'a');
    proposed.push_back(word);
    // What only a longer or a shorter one can be: one of two alternatives, not the other.
    if (2 * count_code_points(word) <= texts.longest) proposed.push_back(word + word);
    proposed.push_back("a");
    proposed.emplace_back();
    std::vector<Value> out;
    for (const std::string& text : proposed)
        if (find_invalid_utf8(text) == std::string::npos)
            out.push_back(Value::string(text.empty() ? std::string_view("", 0) : arena.copy(text)));
    return out;
}

}  // namespace headgate::schema
