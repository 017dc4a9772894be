// Scanner: walks one line of the language, keeps the offset for messages, reports the first fault alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mappings/language/rule_text.hpp"

namespace headgate::mappings {

// Borrows the line and the diagnostics for one parse.
class Scanner {
  public:
    Scanner(const RuleText& line, Diagnostics& diagnostics) : line_(line), diagnostics_(diagnostics) {}

    bool failed() const { return failed_; }
    bool at_end() { return skip_blanks(), position_ >= line_.text.size(); }
    SourceMark here() { return skip_blanks(), line_.at(position_); }
    bool accept(std::string_view token);  // skips blanks first
    bool accept_word(std::string_view word);
    bool expect(std::string_view token, std::string_view where);
    void expect_end();
    char peek() { return skip_blanks(), position_ < line_.text.size() ? line_.text[position_] : '\0'; }

    // [A-Za-z_][A-Za-z0-9_-]*; empty after a fault.
    std::string name(std::string_view what);
    // A quoted text ("..." or '...'; the quote doubled stands for itself), or a bare word up to , ) | or blank.
    std::optional<CodecArgument> argument();
    std::optional<Direction> direction();
    Path contract_path();
    Path legacy_path();
    std::vector<CodecCall> codecs();  // what follows the first |, if any
    Expression expression();          // sums of products

    void fault(std::string message, std::string hint = {});
    void fault_at(SourceMark mark, std::string message, std::string hint = {});

  private:
    void skip_blanks();
    bool is_name(char c) const;
    std::string_view rest() const { return line_.text.substr(std::min(position_, line_.text.size())); }
    std::string legacy_step();
    CodecCall codec();
    void codec_argument(CodecCall& call);
    Expression product(int depth);
    Expression sum(int depth);
    std::string number();
    Expression operand(int depth);

    const RuleText& line_;
    Diagnostics& diagnostics_;
    std::size_t position_ = 0;
    bool failed_ = false;
};

}  // namespace headgate::mappings
