#include "contracts/schema/pattern_length.hpp"

#include <algorithm>

namespace headgate::schema {
namespace {

constexpr std::size_t most = 1'000'000;
constexpr int most_depth = 50;

// Reads a pattern and adds up what each part is at most. `open_` once there is no bound.
class Measure {
  public:
    explicit Measure(std::string_view pattern) : pattern_(pattern) {}

    std::size_t of_all() {
        if (!take('^')) return 0;
        auto length = sequence(0, true);
        return at_ != pattern_.size() || open_ || !ended_ ? 0 : length;
    }

  private:
    bool more() const { return at_ < pattern_.size(); }
    bool take(char c) { return more() && pattern_[at_] == c && (++at_, true); }
    std::size_t fail() { return open_ = true, 0; }

    std::size_t alternatives(int depth) {
        if (depth > most_depth) return fail();
        auto length = sequence(depth, false);
        while (!open_ && take('|')) length = std::max(length, sequence(depth, false));
        return length;
    }
    // Of the top: up to the `$` that ends the pattern; alternatives there are not looked into.
    std::size_t sequence(int depth, bool top) {
        std::size_t length = 0;
        while (!open_ && more() && pattern_[at_] != '|' && pattern_[at_] != ')') {
            if (top && pattern_.substr(at_) == "$") {
                ended_ = true;
                ++at_;
                break;
            }
            auto one = atom(depth);
            length += std::min(one * repeats(), most + 1);
            if (length > most) return fail();
        }
        return length;
    }
    std::size_t atom(int depth) {
        char c = pattern_[at_++];
        if (c == '(') {
            if (take('?') && !take(':')) {
                if (!take('<') || !more() || pattern_[at_] == '=' || pattern_[at_] == '!') return fail();
                while (more() && !take('>')) ++at_;
            }
            auto length = alternatives(depth + 1);
            return take(')') ? length : fail();
        }
        if (c == '[') {
            take('^');
            while (more() && pattern_[at_] != ']') at_ += pattern_[at_] == '\\' ? 2 : 1;
            return take(']') ? 1 : fail();
        }
        if (c == '\\') return escape();
        if (c == '^' || c == '$') return 0;
        if (std::string_view("*+?{").find(c) != std::string_view::npos) return fail();
        while (more() && (static_cast<unsigned char>(pattern_[at_]) & 0xC0) == 0x80)
            ++at_;  // the rest of one character
        return 1;
    }
    std::size_t escape() {
        if (!more()) return fail();
        char c = pattern_[at_++];
        if (c == 'b' || c == 'B') return 0;
        if ((c >= '1' && c <= '9') || c == 'k') return fail();
        if (c == 'x') at_ += 2;
        if (c == 'u' || c == 'p' || c == 'P') {
            if (take('{')) {
                while (more() && !take('}')) ++at_;
            } else if (c == 'u') {
                at_ += 4;
            }
        }
        return at_ <= pattern_.size() ? 1 : fail();
    }
    std::size_t repeats() {
        std::size_t times = 1;
        if (take('*') || take('+')) return fail();
        if (take('{')) {
            times = number();
            if (take(',')) times = more() && pattern_[at_] == '}' ? fail() : number();
            if (!take('}')) return fail();
        }
        take('?');  // once at most, or lazily: no longer for it
        return times;
    }
    std::size_t number() {
        std::size_t value = 0;
        while (more() && pattern_[at_] >= '0' && pattern_[at_] <= '9')
            value = std::min(value * 10 + static_cast<std::size_t>(pattern_[at_++] - '0'), most);
        return value;
    }

    std::string_view pattern_;
    std::size_t at_ = 0;
    bool open_ = false, ended_ = false;
};

}  // namespace

std::size_t longest_match(std::string_view pattern) { return Measure(pattern).of_all(); }

}  // namespace headgate::schema
