// The shop's refunds, a line each in a file. A refund moves on by its age alone: the bookkeeping runs behind it.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/db/line_file.hpp"

namespace simulator {

struct RefundLine {
    std::string position;
    std::int64_t pieces = 0, cents = 0;
};

struct Refund {
    std::string ext_id;  // the caller's number: asked again, it is the same refund
    std::string number;  // ours: G and 9 digits
    std::string order;   // the order's extId
    std::string reason;
    std::int64_t cents = 0;
    Instant booked;
    std::vector<RefundLine> lines;
};

// OFN (open) up to 2 s, GEB (booked) up to 5 s, then AUS (paid out).
std::string refund_state(Instant booked, Instant at);

// Thread-safe. One process owns the file.
class RefundBook {
  public:
    explicit RefundBook(const std::string& path);
    // Gives the refund its number, or gives the one that stands under its ext_id.
    Refund book(Refund refund, bool& repeated);
    std::optional<Refund> find(const std::string& ext_id, const std::string& number) const;  // by what is not empty
    std::size_t count() const;

  private:
    mutable std::mutex mutex_;
    std::vector<Refund> refunds_;
    LineFile file_;
};

}  // namespace simulator
