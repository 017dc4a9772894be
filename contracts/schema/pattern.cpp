#include "contracts/schema/pattern.hpp"

#include <re2/re2.h>

#include <cctype>

#include "contracts/schema/ecma_pattern.hpp"

namespace headgate::schema {
namespace {

// One character class of a simple pattern at `at`: a literal, an escape, or [...] without negation.
bool parse_class(std::string_view source, std::size_t& at, std::bitset<256>& characters) {
    auto single = [&](bool in_brackets, int& c) {
        if (at >= source.size()) return false;
        char next = source[at++];
        if (next == '\\') {
            if (at >= source.size() || std::isalnum(static_cast<unsigned char>(source[at]))) return false;
            next = source[at++];
        } else if (in_brackets ? next == '[' : std::string_view(".[](){}*+?|^$").find(next) != std::string_view::npos) {
            return false;
        }
        c = static_cast<unsigned char>(next);
        return c < 128;
    };
    int low = 0;
    if (source[at] != '[') {
        if (source.substr(at).starts_with("\\d")) {
            at += 2;
            for (char c = '0'; c <= '9'; ++c) characters.set(static_cast<std::size_t>(c));
            return true;
        }
        if (!single(false, low)) return false;
        characters.set(static_cast<std::size_t>(low));
        return true;
    }
    ++at;
    if (at < source.size() && (source[at] == '^' || source[at] == ']')) return false;
    while (at < source.size() && source[at] != ']') {
        if (!single(true, low)) return false;
        int high = low;
        if (at + 1 < source.size() && source[at] == '-' && source[at + 1] != ']') {
            ++at;
            if (!single(true, high) || high < low) return false;
        }
        for (int c = low; c <= high; ++c) characters.set(static_cast<std::size_t>(c));
    }
    if (at >= source.size()) return false;
    ++at;
    return true;
}

bool parse_count(std::string_view source, std::size_t& at, std::size_t& count) {
    std::size_t begin = at;
    count = 0;
    while (at < source.size() && std::isdigit(static_cast<unsigned char>(source[at])) && at - begin < 4)
        count = count * 10 + static_cast<std::size_t>(source[at++] - '0');
    return at > begin;
}

bool parse_repeat(std::string_view source, std::size_t& at, std::size_t& fewest, std::size_t& most) {
    char c = at < source.size() ? source[at] : '\0';
    if (c == '*' || c == '+' || c == '?') {
        fewest = c == '+' ? 1 : 0;
        most = c == '?' ? 1 : std::string_view::npos;
        ++at;
    } else if (c == '{') {
        ++at;
        if (!parse_count(source, at, fewest)) return false;
        most = fewest;
        if (at < source.size() && source[at] == ',') {
            ++at;
            if (!parse_count(source, at, most)) most = std::string_view::npos;
        }
        if (at >= source.size() || source[at++] != '}') return false;
    }
    return at >= source.size() || std::string_view("*+?{").find(source[at]) == std::string_view::npos;
}

}  // namespace

Pattern::~Pattern() = default;

bool Pattern::parse_runs(std::string_view source, std::vector<Run>& runs) {
    if (source.size() < 2 || source.front() != '^' || source.back() != '$') return false;
    source = source.substr(1, source.size() - 2);
    for (std::size_t at = 0; at < source.size();) {
        Run run;
        if (!parse_class(source, at, run.characters) || !parse_repeat(source, at, run.fewest, run.most)) return false;
        bool varies = !runs.empty() && runs.back().fewest != runs.back().most;
        if (varies && (runs.back().characters & run.characters).any()) return false;
        // A run that may be empty lets the one before it touch the one after it.
        if (varies && run.fewest == 0) return false;
        runs.push_back(run);
    }
    return true;
}

std::unique_ptr<Pattern> Pattern::compile(std::string_view source, std::string& why) {
    RE2::Options options(RE2::Quiet);
    options.set_encoding(RE2::Options::EncodingUTF8);
    options.set_never_capture(true);
    std::unique_ptr<Pattern> pattern(new Pattern);
    pattern->source_ = source;
    EcmaPattern read = read_ecma_pattern(source);
    if (!read.fault.empty()) {
        why = "is no regular expression of ECMA-262: " + read.fault;
        return nullptr;
    }
    if (read.unsupported.empty()) {
        pattern->engine_ = std::make_unique<RE2>(read.re2, options);
        if (!pattern->engine_->ok()) read.unsupported = pattern->engine_->error();
    }
    if (!read.unsupported.empty()) {
        why = "can't be run in linear time: " + read.unsupported;
        return nullptr;
    }
    pattern->simple_ = parse_runs(source, pattern->runs_);
    if (!pattern->simple_ && source.size() > 1 && source.back() == '$') {
        std::string_view literal = source.substr(0, source.size() - 1);
        bool plain = true;
        for (char c : literal) plain = plain && (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_');
        if (plain) pattern->suffix_ = literal;
    }
    return pattern;
}

bool Pattern::scan(std::string_view text) const {
    std::size_t at = 0;
    for (const Run& run : runs_) {
        std::size_t end = run.most >= text.size() - at ? text.size() : at + run.most;
        std::size_t begin = at;
        while (at < end && run.characters[static_cast<unsigned char>(text[at])]) ++at;
        if (at - begin < run.fewest) return false;
    }
    return at == text.size();
}

std::size_t Pattern::size() const { return static_cast<std::size_t>(engine_->ProgramSize()); }

bool Pattern::matches(std::string_view text) const {
    if (simple_) return scan(text);
    if (!suffix_.empty()) return text.ends_with(suffix_);
    return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *engine_);
}

}  // namespace headgate::schema
