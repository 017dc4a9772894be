#include "contracts/schema/ecma_pattern.hpp"

#include <algorithm>
#include <vector>

#include "contracts/document/utf8.hpp"
#include "contracts/schema/ecma_characters.hpp"
#include "contracts/schema/ecma_class.hpp"

namespace headgate::schema {
namespace {

// One pass over one pattern, by the grammar of ECMA-262, section 22.2.1, without its annex B.
class Reader : EcmaCharacters {
  public:
    explicit Reader(std::string_view source) : EcmaCharacters(source) {}

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
            case '[': return atom(character_class());
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
