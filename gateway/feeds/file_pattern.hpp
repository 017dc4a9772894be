// FilePattern: which files of a folder a feed takes, by their names: `945-*.945`, `return-{number}.csv`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace headgate::feeds {

// One `*` stands for any characters, `{number}` for digits, by which files without an interchange are counted.
class FilePattern {
  public:
    // What is wrong with the text, empty when nothing is; `out` is filled then.
    static std::string parse(const std::string& text, FilePattern& out);

    struct Fit {
        std::optional<std::uint32_t> number;
    };
    std::optional<Fit> fits(std::string_view name) const;
    const std::string& text() const { return text_; }

  private:
    std::string text_, before_, after_;
    bool open_ = false, numbered_ = false;
};

}  // namespace headgate::feeds
