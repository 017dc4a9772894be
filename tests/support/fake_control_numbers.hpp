// FakeControlNumbers: control numbers that are kept in memory, and may be had or not.
#pragma once

#include <map>
#include <mutex>

#include "adapters/control_numbers.hpp"

namespace headgate {

class FakeControlNumbers : public ControlNumbers {
  public:
    Result<std::uint32_t> number_for(const std::string& sequence, const std::string& key, const std::string&) override {
        std::lock_guard lock(mutex_);
        if (broken) return Error{ErrorKind::system_unavailable, "no control number can be had now"};
        auto& numbers = given[sequence];
        return numbers.emplace(key, static_cast<std::uint32_t>(numbers.size() + 1)).first->second;
    }
    std::map<std::string, std::map<std::string, std::uint32_t>> given;
    bool broken = false;

  private:
    std::mutex mutex_;
};

}  // namespace headgate
