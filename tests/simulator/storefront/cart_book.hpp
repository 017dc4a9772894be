// The storefront's carts, and the answers that were given under a request's key. Durable in a file of JSON lines.
#pragma once

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

struct CartLine {
    int position = 0;
    std::string article;
    int pieces = 0;
    bool gift = false;
};

struct Recipient {
    std::string name, street, zip, town, country;
};

struct CartShipping {
    std::string option, kind, store;  // kind: PARCEL, STORE
    std::optional<Recipient> recipient;
};

struct Cart {
    std::string id;       // 32 hexadecimal digits
    std::string state;    // OPEN, CHECKED_OUT
    std::string channel;  // WEB, POS, APP, EXTERNAL
    std::string currency, customer, order;
    std::vector<CartLine> lines;  // by position
    std::vector<std::string> vouchers;
    std::optional<CartShipping> shipping;
    std::string opened, touched;  // Berlin, with its offset
};

std::string cart_json(const Cart& cart, const Quirks& quirks = no_quirks());
bool read_line_item(const Json& json, CartLine& line);  // false: something is wrong with it
bool read_shipping(const Json& json, CartShipping& shipping);

// Thread-safe; `act` runs alone. One process owns the file.
class CartBook {
  public:
    explicit CartBook(const std::string& path);

    std::optional<Cart> find(const std::string& id) const;
    // The answer that stands under the key, or that of `act`; what it gives beside its answer is kept first.
    struct Act {
        KeptAnswer answer;
        std::optional<Cart> cart;
    };
    KeptAnswer once(const std::string& key, const std::string& request,
                    const std::function<Act(const std::unordered_map<std::string, Cart>&)>& act);
    struct Counts {
        std::uint64_t carts = 0, repeated = 0;
    };
    Counts counts() const;

  private:
    void read(const std::string& line);

    mutable std::mutex mutex_;
    std::unordered_map<std::string, Cart> carts_;
    KeptAnswers answers_;
    std::uint64_t repeated_ = 0;
    LineFile file_;
};

}  // namespace simulator
