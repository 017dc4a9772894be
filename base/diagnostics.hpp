// Diagnostics: faults of configuration, contracts and mappings, each with its place; printed by `headgate check`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headgate {

// One-based; 0 when the fault belongs to the file as a whole.
struct SourceMark {
    std::string file;
    int line = 0, column = 0;
};

struct Diagnostic {
    SourceMark mark;
    std::string message;    // names the offending key or value
    std::string hint = {};  // what to do; may be empty
    bool error = true;      // else a warning
};

class Diagnostics {
  public:
    void error(SourceMark mark, std::string message, std::string hint = {});
    void warning(SourceMark mark, std::string message, std::string hint = {});
    void add(const Diagnostics& others);
    bool has_errors() const { return errors_ > 0; }
    std::size_t errors() const { return errors_; }  // how many, warnings left out
    const std::vector<Diagnostic>& all() const { return all_; }
    // file:line:column: error: message (hint)  -- one a line, in the order of file and place
    std::string text() const;

  private:
    std::vector<Diagnostic> all_;
    std::size_t errors_ = 0;
};

// The candidate nearest to `word` by edit distance, or empty when none is near: 'did you mean ...'.
std::string nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace headgate
