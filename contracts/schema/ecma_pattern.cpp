#include "contracts/schema/ecma_pattern.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "contracts/document/utf8.hpp"
#include "contracts/schema/ecma_class.hpp"

namespace headgate::schema {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c | 32) >= 'a' && (c | 32) <= 'z'; }

// One pass over one pattern, by the grammar of ECMA-262, section 22.2.1, without its annex B.
class Reader {
  public:
    explicit Reader(std::string_view source) : source_(source) {}

    EcmaPattern read() {
        while (at_ < source_.size() && out_.fault.empty()) term();
        if (!groups_.empty()) fault("a group is not closed");
        if (highest_reference_ > captures_) fault("a back reference to a group that isn't there");
        for (const auto& name : referred_)
            if (std::find(names_.begin(), names_.end(), name) == names_.end())
                fault("a back reference to a group that isn't there");
        return std::move(out_);
    }

  private:
    struct Item {
        std::string re2;
        std::optional<std::uint32_t> character;  // else a class of its own
    };

    void fault(std::string why) {
        if (out_.fault.empty()) out_.fault = std::move(why) + " at character " + std::to_string(at_ + 1);
    }
    void unsupported(std::string what) {
        if (out_.unsupported.empty()) out_.unsupported = std::move(what);
    }
    bool next(std::string_view text) {
        if (!source_.substr(at_).starts_with(text)) return false;
        at_ += text.size();
        return true;
    }
    void atom(std::string_view re2) {
        out_.re2 += re2;
        repeatable_ = true;
    }
    void assertion(std::string_view re2) {
        out_.re2 += re2;
        repeatable_ = false;
    }

    void term() {
        char c = source_[at_];
        switch (c) {
            case '^': ++at_; return assertion("\\A");
            case '$': ++at_; return assertion("\\z");
            case '|': ++at_; return assertion("|");
            case '.': ++at_; return atom(re2_dot);
            case '(': return open();
            case ')': return close();
            case '[': return character_class();
            case '*':
            case '+':
            case '?':
            case '{': return quantifier();
            case ']':
            case '}': return fault(std::string("'") + c + "' without its counterpart");
            case '\\': ++at_; return escape();
            default: return atom(re2_character(read_code_point(source_, at_)));
        }
    }

    void open() {
        ++at_;
        bool repeatable = true;
        if (next("?<=") || next("?<!")) {
            unsupported("look-behind");
            repeatable = false;
        } else if (next("?=") || next("?!")) {
            unsupported("look-ahead");
            repeatable = false;
        } else if (next("?<")) {
            std::string name = group_name();
            if (std::find(names_.begin(), names_.end(), name) != names_.end()) fault("a group's name is used twice");
            names_.push_back(std::move(name));
            ++captures_;
        } else if (!next("?:")) {
            if (next("?")) return fault("an unknown kind of group");
            ++captures_;
        }
        groups_.push_back(repeatable);
        assertion("(?:");
    }

    void close() {
        if (groups_.empty()) return fault("')' without its counterpart");
        ++at_;
        out_.re2 += ')';
        repeatable_ = groups_.back();
        groups_.pop_back();
    }

    // Up to the '>'; ASCII names alone, and a name beyond them is taken as it is.
    std::string group_name() {
        std::size_t end = source_.find('>', at_);
        if (end == std::string_view::npos || end == at_) return fault("a group's name is expected"), std::string();
        std::string name(source_.substr(at_, end - at_));
        for (std::size_t i = 0; i < name.size(); ++i) {
            char c = name[i];
            bool good =
                is_letter(c) || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80 || (i > 0 && is_digit(c));
            if (!good) return fault("a group's name is expected"), std::string();
        }
        at_ = end + 1;
        return name;
    }

    // Saturates above what RE2 repeats.
    bool count(std::size_t& number) {
        std::size_t begin = at_;
        number = 0;
        for (; at_ < source_.size() && is_digit(source_[at_]); ++at_)
            number = std::min<std::size_t>(number * 10 + static_cast<std::size_t>(source_[at_] - '0'), 1'000'000);
        return at_ > begin;
    }

    void quantifier() {
        constexpr std::size_t most = 1000;
        std::size_t begin = at_, fewest = 0, largest = 0;
        if (source_[at_++] == '{') {
            if (!count(fewest)) return fault("a number is expected");
            largest = fewest;
            if (next(",") && count(largest) && largest < fewest) return fault("a repetition from more to fewer");
            if (!next("}")) return fault("'}' is expected");
        }
        if (!repeatable_) return fault("nothing to repeat");
        if (std::max(fewest, largest) > most) unsupported("a repetition above 1000");
        out_.re2 += source_.substr(begin, at_ - begin);
        if (next("?")) out_.re2 += '?';
        repeatable_ = false;
    }

    // After the backslash, outside of a class.
    void escape() {
        if (next("b")) return assertion("\\b");
        if (next("B")) {
            // RE2 finds one also between the bytes of a character.
            unsupported("\\B");
            return assertion("\\B");
        }
        if (next("k")) {
            if (!next("<")) return fault("'\\k' without a name");
            referred_.push_back(group_name());
            unsupported("a back reference");
            return atom("");
        }
        if (at_ < source_.size() && source_[at_] >= '1' && source_[at_] <= '9') {
            std::size_t reference = 0;
            count(reference);
            highest_reference_ = std::max(highest_reference_, reference);
            unsupported("a back reference");
            return atom("");
        }
        Item item = escaped(false);
        if (item.character) return atom(re2_character(*item.character));
        atom(item.re2.empty() ? std::string(re2_nothing) : "[" + item.re2 + "]");
    }

    // After the backslash: a class or a character.
    Item escaped(bool in_class) {
        if (at_ >= source_.size()) return fault("'\\' at the end"), Item{};
        char c = source_[at_++];
        switch (c) {
            case 'd':
            case 'D':
            case 'w':
            case 'W':
            case 's':
            case 'S': return {re2_class_escape(c), {}};
            case 'p':
            case 'P': return property(c == 'P');
            case 't': return {{}, '\t'};
            case 'n': return {{}, '\n'};
            case 'v': return {{}, '\v'};
            case 'f': return {{}, '\f'};
            case 'r': return {{}, '\r'};
            case '0':
                if (at_ < source_.size() && is_digit(source_[at_])) fault("an octal escape");
                return {{}, 0};
            case 'c':
                if (at_ < source_.size() && is_letter(source_[at_])) return {{}, source_[at_++] & 31};
                return fault("'\\c' without a letter"), Item{};
            case 'x': return {{}, hex(2)};
            case 'u': return {{}, unicode()};
            default: break;
        }
        if (in_class && c == 'b') return {{}, '\b'};
        bool syntax = std::string_view("^$\\.*+?()[]{}|/").find(c) != std::string_view::npos || (in_class && c == '-');
        if (!syntax) fault(std::string("'\\") + c + "' is no escape");
        return {{}, static_cast<unsigned char>(c)};
    }

    Item property(bool negated) {
        std::size_t end = next("{") ? source_.find('}', at_) : std::string_view::npos;
        if (end == std::string_view::npos) return fault("'\\p' without {...}"), Item{};
        EcmaProperty found = ecma_property(source_.substr(at_, end - at_), negated);
        if (found.kind == EcmaProperty::Kind::unknown) fault("an unknown property");
        if (found.kind == EcmaProperty::Kind::unsupported)
            unsupported("the property " + std::string(source_.substr(at_, end - at_)));
        at_ = end + 1;
        return {std::move(found.re2), {}};
    }

    std::uint32_t hex(int length) {
        std::uint32_t number = 0;
        for (int i = 0; i < length; ++i) {
            char c = at_ < source_.size() ? source_[at_] : '\0';
            if (!is_digit(c) && ((c | 32) < 'a' || (c | 32) > 'f')) return fault("a hexadecimal digit is expected"), 0;
            number = number * 16 + static_cast<std::uint32_t>(is_digit(c) ? c - '0' : (c | 32) - 'a' + 10);
            ++at_;
        }
        return number;
    }

    // After \u: four digits, two surrogates of them, or {...}.
    std::uint32_t unicode() {
        if (next("{")) {
            std::uint32_t number = 0;
            do {
                number = number * 16 + hex(1);
                if (number > 0x10FFFF) return fault("a code point above 10FFFF"), 0;
            } while (out_.fault.empty() && !next("}"));
            return number;
        }
        std::uint32_t unit = hex(4);
        if (unit < 0xD800 || unit >= 0xDC00 || !source_.substr(at_).starts_with("\\u") ||
            source_.substr(at_ + 2, 1) == "{")
            return unit;
        std::size_t before = at_;
        at_ += 2;
        std::uint32_t low = hex(4);
        if (low >= 0xDC00 && low < 0xE000) return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        at_ = before;
        return unit;
    }

    Item class_item() {
        if (next("\\")) return escaped(true);
        return {{}, read_code_point(source_, at_)};
    }

    void character_class() {
        ++at_;
        bool negated = next("^");
        std::string inside;
        while (out_.fault.empty() && !next("]")) {
            if (at_ >= source_.size()) return fault("']' is expected");
            Item first = class_item();
            bool range =
                source_.substr(at_).starts_with('-') && source_.substr(at_ + 1, 1) != "]" && at_ + 1 < source_.size();
            if (!range) {
                inside += first.character ? re2_range(*first.character, *first.character) : first.re2;
                continue;
            }
            ++at_;
            Item last = class_item();
            if (!first.character || !last.character) return fault("a range that ends in a class");
            if (*first.character > *last.character) return fault("a range from higher to lower");
            inside += re2_range(*first.character, *last.character);
        }
        if (inside.empty()) return atom(negated ? re2_anything : re2_nothing);
        atom((negated ? "[^" : "[") + inside + "]");
    }

    std::string_view source_;
    std::size_t at_ = 0;
    EcmaPattern out_;
    std::vector<bool> groups_;  // the open ones: whether what closes them can be repeated, which look-around can't
    bool repeatable_ = false;
    std::size_t captures_ = 0, highest_reference_ = 0;
    std::vector<std::string> names_, referred_;
};

}  // namespace

EcmaPattern read_ecma_pattern(std::string_view source) {
    constexpr std::size_t longest = 10'000;
    if (source.size() > longest) return {{}, "more than 10000 bytes", {}};
    return Reader(source).read();
}

}  // namespace headgate::schema
