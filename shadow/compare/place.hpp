// Place: where the walk stands, as a path with keys and as a folded path, grown and cut in step with it.
#pragma once

#include <string>
#include <string_view>

namespace headgate {

// Each step is bounded, so that hostile member names cost little; depth is bounded by the parser.
class Place {
  public:
    // Goes one step down for as long as it lives.
    class Step {
      public:
        explicit Step(Place& place) : place_(place), path_(place.path_.size()), folded_(place.folded_.size()) {}
        ~Step() {
            place_.path_.resize(path_);
            place_.folded_.resize(folded_);
        }
        Step(const Step&) = delete;
        Step& operator=(const Step&) = delete;

      private:
        Place& place_;
        std::size_t path_, folded_;
    };

    void member(std::string_view key) {
        std::size_t from = path_.size();
        path_ += '/';
        for (char c : cut(key)) {  // escaped as in a JSON Pointer (RFC 6901)
            if (c == '~')
                path_ += "~0";
            else if (c == '/')
                path_ += "~1";
            else
                path_ += c;
        }
        folded_.append(path_, from, std::string::npos);
    }
    void index(std::size_t at) { element(std::to_string(at)); }
    // Inside the brackets: sku=HG-100234
    void element(std::string_view label) {
        path_.append("[").append(cut(label)).append("]");
        folded_ += "[]";
    }

    const std::string& path() const { return path_; }
    const std::string& folded() const { return folded_; }

  private:
    // Whole characters of UTF-8.
    static std::string_view cut(std::string_view text) {
        constexpr std::size_t bound = 96;
        if (text.size() <= bound) return text;
        std::size_t at = bound;
        while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80) --at;
        return text.substr(0, at);
    }

    std::string path_, folded_;
};

}  // namespace headgate
