// Awkward habits of real estates that can be switched on one by one. Unlike faults they are no outage, and unlike
// defects they are the legacy systems' own: whoever integrates them has to live with them.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace simulator {

enum class Quirk : std::size_t {
    padded_keys,      // shop: article numbers come padded with blanks to 18
    recycled_keys,    // shop: order numbers begin again after 500 orders
    two_codes,        // shop: half of the orders say 60 for VS and 90 for ST
    date_sentinels,   // shop: 31.12.9999 23:59:59 for no end, 01.01.0001 00:00:00 for never, instead of xsi:nil
    decimal_pieces,   // shop: pieces as 12.000
    cp850,            // warehouse: return receipts in CP850 instead of ISO-8859-15
    fault_200,        // shop: faults come with status 200
    one_or_list,      // payment, storefront: captures, line items are an object when there is one, else a list
    unknown_element,  // shop, payment, storefront: now and then an element that no schema knows
    unknown_code,     // shop: now and then the order state Q7; payment: PENDING_REVIEW
    slow_files,       // warehouse: a file takes its time, piece by piece
    bare_files,       // warehouse: and does so under its final name
    double_files,     // warehouse: each file is dropped once more, a second later
    number_gaps,      // warehouse: now and then a number is left out
    count
};

// Thread-safe.
class Quirks {
  public:
    bool on(Quirk quirk) const { return switches_[static_cast<std::size_t>(quirk)]; }
    // On, and it is every fifth time that this one is asked for.
    bool now_and_then(Quirk quirk) const;
    // "padded_keys,cp850": exactly these; "none", "all". False, and nothing changed, for an unknown one.
    bool choose(std::string_view list);
    // {"cp850": true}: what is not named stays. Nothing changes when `problem` is told.
    bool switch_by(std::string_view json, std::string& problem);
    std::string json() const;

  private:
    static constexpr auto many = static_cast<std::size_t>(Quirk::count);
    std::array<std::atomic<bool>, many> switches_{};
    mutable std::array<std::atomic<std::uint64_t>, many> asked_{};
};

const Quirks& no_quirks();

}  // namespace simulator
