// Budget: how much work a comparison may be; hostile files end it, and the comparison says that it was cut.
#pragma once

#include <cstddef>

namespace headgate::evolution {

struct Limits {
    std::size_t work = 20'000'000;  // keywords and members looked at
    std::size_t pairs = 200'000;    // pairs of schemas
    std::size_t parts = 2'000;      // schemas that one schema is put together from
    std::size_t changes = 5'000;    // told
    std::size_t places = 16;        // at which one pair of schemas is told of in one message
};

class Budget {
  public:
    explicit Budget(const Limits& limits = {}) : limits_(limits) {}
    // False from the moment on at which there is nothing left.
    bool spend(std::size_t work = 1) {
        if (work > limits_.work - used_) cut_ = true;
        used_ = cut_ ? limits_.work : used_ + work;
        return !cut_;
    }
    void cut() { cut_ = true; }
    bool is_cut() const { return cut_; }
    const Limits& limits() const { return limits_; }

  private:
    Limits limits_;
    std::size_t used_ = 0;
    bool cut_ = false;
};

}  // namespace headgate::evolution
