// PathTemplate: the paths that a key of `paths` stands for, and what two of them have in common.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headgate::evolution {

// A parameter stands for one character or more of its segment. Immutable.
class PathTemplate {
  public:
    explicit PathTemplate(std::string_view path);

    // Without the names of parameters: "orders", "{}", "report.{}".
    const std::vector<std::string>& segments() const { return segments_; }
    // Whether there may be a path that both stand for.
    bool meets(const PathTemplate& other) const;
    // Whether this stands for each path that the other stands for; said only where it is certain.
    bool covers(const PathTemplate& other) const;
    // A path that both stand for goes to the narrower one, as a concrete path comes before a template; to nobody knows
    // which where neither is.
    bool is_narrower_than(const PathTemplate& other) const { return other.covers(*this) && !covers(other); }

  private:
    std::vector<std::string> segments_;
};

// `/orders/{id}` -> `/orders/{}`
std::string without_names(std::string_view path);

}  // namespace headgate::evolution
