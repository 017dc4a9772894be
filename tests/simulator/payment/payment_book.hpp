// The payment provider's books: authorisations, captures and cancellations in minor units, and the answers that were
// given under an idempotency key. Durable in a file of JSON lines.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "tests/simulator/db/line_file.hpp"
#include "tests/simulator/http/kept_answers.hpp"
#include "tests/simulator/quirks/quirks.hpp"

namespace simulator {

struct Capture {
    std::string id;
    std::int64_t value = 0;
};

struct Payment {
    std::string id;         // PAY-000000001
    std::string reference;  // the caller's, an order's number mostly
    std::string status;     // AUTHORISED, DECLINED, CANCELLED, CAPTURED (whole), PARTLY_CAPTURED
    std::string currency;
    std::int64_t value = 0;  // authorised, in the currency's minor unit: 1234 is 12.34 EUR and 1,234 JPY
    std::string decline_code, decline_text;  // of a declined one
    std::string at;                          // UTC
    std::vector<Capture> captures;
    std::int64_t captured() const;
};

// Thread-safe; `act` runs alone. One process owns the file.
class PaymentBook {
  public:
    explicit PaymentBook(const std::string& path);

    // The answer that stands under the key, or that of `act`, which may change payments through the given functions.
    struct Hand {
        std::function<Payment*(const std::string& id)> find;  // nullptr: unknown
        std::function<Payment&(Payment)> open;                // gives the payment its id
        std::function<void(const Payment&)> keep;             // after each change, before the answer leaves
        std::function<std::string()> new_capture_id;
    };
    KeptAnswer once(const std::string& key, const std::string& request, const std::function<KeptAnswer(Hand&)>& act);

    std::optional<Payment> find(const std::string& id) const;
    std::vector<Payment> of_reference(const std::string& reference) const;
    struct Counts {
        std::uint64_t payments = 0, declined = 0, captured = 0, repeated = 0;
    };
    Counts counts() const;

  private:
    void read(const std::string& line);

    mutable std::mutex mutex_;
    std::unordered_map<std::string, Payment> payments_;
    KeptAnswers answers_;
    std::uint64_t captures_ = 0, repeated_ = 0;
    LineFile file_;
};

std::string payment_json(const Payment& payment, const Quirks& quirks = no_quirks());

}  // namespace simulator
