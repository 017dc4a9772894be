#include "contracts/schema/sample_pattern.hpp"

#include <bitset>

#include "contracts/document/utf8.hpp"

namespace headgate::schema {
namespace {

constexpr std::size_t longest = 8 * 1024;
constexpr std::size_t most_repeats = 4 * 1024;
constexpr int most_depth = 50;

using Characters = std::bitset<128>;

Characters between(char first, char last) {
    Characters out;
    for (int c = first; c <= last; ++c) out.set(static_cast<std::size_t>(c));
    return out;
}
const Characters printable = between(' ', '~');
const Characters digits = between('0', '9');
const Characters words = between('a', 'z') | between('A', 'Z') | digits | between('_', '_');
const Characters preferred[] = {between('a', 'z'), between('A', 'Z'), digits, printable & ~(words & ~between('_', '_')),
                                ~printable};
const Characters spaces = between('\t', '\r') | between(' ', ' ');

// Reads the pattern and writes the text in one go; a repetition reads its atom once a time.
class Writer {
  public:
    Writer(std::string_view pattern, std::size_t more, std::size_t variant)
        : pattern_(pattern), more_(more), variant_(variant) {}

    std::optional<std::string> write() {
        alternatives(true, 0);
        if (failed_ || at_ != pattern_.size()) return std::nullopt;
        return std::move(out_);
    }

  private:
    bool more() const { return !failed_ && at_ < pattern_.size(); }
    char peek() const { return at_ < pattern_.size() ? pattern_[at_] : '\0'; }
    bool take(char c) {
        if (peek() != c || !more()) return false;
        ++at_;
        return true;
    }
    void fail() { failed_ = true; }

    // The first of them is written, all are read.
    void alternatives(bool writing, int depth) {
        if (depth > most_depth) return fail();
        sequence(writing, depth);
        while (take('|')) sequence(false, depth);
    }

    void sequence(bool writing, int depth) {
        while (more() && peek() != '|' && peek() != ')') {
            if (take('^') || take('$')) continue;
            std::size_t begin = at_, mark = out_.size();
            atom(writing, depth);
            if (failed_) return;
            std::size_t end = at_;
            auto [fewest, most] = repeats();
            if (failed_ || !writing) continue;
            std::size_t after = at_, times = std::min(most, std::min(fewest, most_repeats) + more_);
            if (fewest > most_repeats) return fail();
            if (times == 0) out_.resize(mark);
            for (std::size_t i = 1; i < times && !failed_; ++i) {
                at_ = begin;
                atom(true, depth);
                if (at_ != end || ++steps_ > most_repeats || out_.size() > longest) return fail();
            }
            at_ = after;
        }
    }

    // What follows an atom: how often.
    std::pair<std::size_t, std::size_t> repeats() {
        std::pair<std::size_t, std::size_t> out{1, 1};
        if (take('*'))
            out = {0, SIZE_MAX};
        else if (take('+'))
            out = {1, SIZE_MAX};
        else if (take('?'))
            out = {0, 1};
        else if (take('{')) {
            out.first = out.second = number();
            if (take(',')) out.second = peek() == '}' ? SIZE_MAX : number();
            if (!take('}') || out.second < out.first) fail();
        } else {
            return out;
        }
        take('?');
        return out;
    }

    std::size_t number() {
        std::size_t value = 0, begin = at_;
        while (more() && peek() >= '0' && peek() <= '9') {
            value = value * 10 + static_cast<std::size_t>(peek() - '0');
            if (value > 1'000'000) fail();
            ++at_;
        }
        if (at_ == begin) fail();
        return value;
    }

    void atom(bool writing, int depth) {
        if (take('(')) {
            // (?:...) and (?<name>...) are groups; what looks around is not for us.
            if (take('?') && !take(':')) {
                if (!take('<') || peek() == '=' || peek() == '!') return fail();
                while (more() && !take('>')) ++at_;
            }
            alternatives(writing, depth + 1);
            if (!take(')')) fail();
            return;
        }
        if (take('[')) return write_one(set(), writing);
        if (take('.')) return write_one(printable, writing);
        if (take('\\')) {
            Characters several;
            std::string one;
            if (escape(several, one)) return write_one(several, writing);
            if (writing) out_ += one;
            return;
        }
        char c = peek();
        if (!more() || std::string_view("*+?{}])").find(c) != std::string_view::npos) return fail();
        // One character may be several bytes, and is repeated as a whole.
        do {
            if (writing) out_ += pattern_[at_];
            ++at_;
        } while (more() && (static_cast<unsigned char>(pattern_[at_]) & 0xC0) == 0x80);
    }

    // True: a class, in `several`; else one character, in `one`.
    bool escape(Characters& several, std::string& one) {
        if (!more()) return fail(), false;
        char c = pattern_[at_++];
        switch (c) {
            case 'd': return several = digits, true;
            case 'D': return several = printable & ~digits, true;
            case 'w': return several = words, true;
            case 'W': return several = printable & ~words, true;
            case 's': return several = spaces, true;
            case 'S': return several = printable & ~spaces, true;
            case 'n': one = "\n"; break;
            case 'r': one = "\r"; break;
            case 't': one = "\t"; break;
            case 'f': one = "\f"; break;
            case 'v': one = "\v"; break;
            case 'x': hexadecimal(2, one); break;
            case 'u': hexadecimal(4, one); break;
            default:
                if (static_cast<unsigned char>(c) >= 0x80 || words.test(static_cast<std::size_t>(c)))
                    return fail(), false;
                one = c;
        }
        return false;
    }

    void hexadecimal(std::size_t count, std::string& one) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < count; ++i, ++at_) {
            char c = peek();
            bool letter = (c | 32) >= 'a' && (c | 32) <= 'f';
            if (!more() || !(letter || (c >= '0' && c <= '9'))) return fail();
            value = value * 16 + static_cast<std::uint32_t>(letter ? (c | 32) - 'a' + 10 : c - '0');
        }
        if (value == 0 || (value >= 0xD800 && value <= 0xDFFF)) return fail();
        append_utf8(value, one);
    }

    // After '['. Characters beyond ASCII are allowed to be there and are not chosen.
    Characters set() {
        bool negated = take('^');
        Characters out;
        while (more() && peek() != ']') {
            Characters several;
            std::string first, last;
            if (member(several, first)) {
                out |= several;
                continue;
            }
            if (at_ + 1 < pattern_.size() && peek() == '-' && pattern_[at_ + 1] != ']') {
                ++at_;
                if (member(several, last)) return fail(), out;
            } else {
                last = first;
            }
            if (first.size() != 1 || failed_) continue;
            out |= between(first[0], last.size() == 1 ? last[0] : '~');
        }
        if (!take(']')) fail();
        return negated ? printable & ~out : out;
    }
    bool member(Characters& several, std::string& one) {
        if (take('\\')) {
            if (take('-')) return one = "-", false;
            return escape(several, one);
        }
        do one += pattern_[at_++];
        while (more() && (static_cast<unsigned char>(pattern_[at_]) & 0xC0) == 0x80);
        return false;
    }

    // Letters and digits before the rest; the variant's digits choose, the first place changes fastest.
    void write_one(const Characters& from, bool writing) {
        if (failed_ || !writing) return;
        if (out_.size() >= longest) return fail();
        std::string choice;
        for (const auto& some : preferred)
            for (std::size_t c = 0; c < from.size(); ++c)
                if (from.test(c) && some.test(c)) choice += static_cast<char>(c);
        if (choice.empty()) return fail();
        out_ += choice[variant_ % choice.size()];
        variant_ /= choice.size();
    }

    std::string_view pattern_;
    std::size_t more_, variant_;
    std::size_t at_ = 0, steps_ = 0;
    bool failed_ = false;
    std::string out_;
};

}  // namespace

std::optional<std::string> text_of_pattern(std::string_view pattern, std::size_t more, std::size_t variant) {
    return Writer(pattern, more, variant).write();
}

}  // namespace headgate::schema
