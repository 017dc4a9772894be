#include "gateway/orders/order_id.hpp"

#include "base/digest.hpp"

namespace headgate::orders {

std::string derive_order_id(std::string_view caller, std::string_view key, std::int64_t try_number) {
    static constexpr char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    std::string text(caller);
    text += '\0';
    text += key;
    if (try_number > 0) {
        text += '\0';
        text += std::to_string(try_number);
    }
    const auto digest = sha256(text);
    std::string id = "HO";
    unsigned bits = 0, have = 0;
    for (std::size_t at = 0; id.size() < 20;) {
        if (have < 5) {
            bits = (bits << 8) | digest[at++];
            have += 8;
        }
        have -= 5;
        id += alphabet[(bits >> have) & 31];
    }
    return id;
}

}  // namespace headgate::orders
