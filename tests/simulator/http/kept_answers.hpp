// What was answered under a key, and to what: a repetition gets it again, another request under the key is refused.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "tests/simulator/http/json.hpp"

namespace simulator {

struct KeptAnswer {
    std::string request;  // method, path and body
    int status = 0;
    std::string body;
};

// By key; whoever owns it writes the lines to a file of his, and is responsible for one thread at a time.
class KeptAnswers {
  public:
    std::optional<KeptAnswer> find(const std::string& key) const;
    // Also a line of JSON, to be read again.
    std::string keep(const std::string& key, const KeptAnswer& answer);
    bool read(const Json& line);  // false: it is none of ours

  private:
    std::unordered_map<std::string, KeptAnswer> by_key_;
};

std::int64_t integer_member(const Json& object, const char* name);  // 0 when absent or none

}  // namespace simulator
