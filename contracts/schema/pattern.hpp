// Pattern: a `pattern` of a schema, run in linear time by RE2, or by a plain scan where the pattern is as simple as
// most of a contract's are.
#pragma once

#include <array>
#include <bitset>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace headgate::schema {

// Immutable and thread-safe. ECMA-262's syntax and meaning, as far as RE2 can run it: see ecma_pattern.hpp.
class Pattern {
  public:
    // nullptr, and why, when it can't be run: "is no ..." or "can't be ...".
    static std::unique_ptr<Pattern> compile(std::string_view source, std::string& why);
    ~Pattern();

    const std::string& source() const { return source_; }
    // Whether the pattern matches anywhere in the text (valid UTF-8).
    bool matches(std::string_view text) const;
    // Instructions of the engine's program, 16 bytes each.
    std::size_t size() const;

  private:
    // `^` then classes of ASCII characters, each repeated a number of times, then `$`: where no class shares a
    // character with the next one, taking as many as possible is the only way to match, so no way back is needed.
    struct Run {
        std::bitset<256> characters;  // no byte of a longer character is in it
        std::size_t fewest = 1, most = 1;
    };
    Pattern() = default;
    bool scan(std::string_view text) const;
    static bool parse_runs(std::string_view source, std::vector<Run>& runs);

    std::string source_;
    bool simple_ = false;
    std::vector<Run> runs_;
    std::string suffix_;  // `Z$`
    std::unique_ptr<re2::RE2> engine_;
};

}  // namespace headgate::schema
