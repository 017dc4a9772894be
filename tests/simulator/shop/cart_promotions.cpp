// The percent ones are the catalogue's; prices of priceQuery know no others.
#include "tests/simulator/shop/cart_promotions.hpp"

namespace simulator {

const std::vector<ShopPromotion>& shop_promotions() {
    static const std::vector<ShopPromotion> all = [] {
        std::vector<ShopPromotion> list;
        for (const auto& promotion : promotions())
            list.push_back({promotion.id, promotion.name, 'P', promotion.permille, 0, 0, 0, 0, promotion.from,
                            promotion.to, "", true});
        list.push_back({"D10", "10 € ab 79,90 € - für Sie", 'B', 0, 1000, 7990, 0, 0, "2026-01-01 00:00:00", "", "",
                        false, "ZEHN-EURO"});
        list.push_back({"D11", "Frühjahrsputz: 5 €", 'B', 0, 500, 3000, 0, 0, "2026-03-01 00:00:00",
                        "2026-03-29 02:30:00", "010100", false, "FRUEHLING"});  // ends in the hour that never was
        list.push_back({"M32", "3 für 2: Süßes & Spiele", 'M', 0, 0, 0, 3, 2, "2026-11-01 00:00:00",
                        "2027-01-06 23:59:59", "990000", false, "", "01 03"});
        list.push_back(
            {"M21", "Zwei Größen, ein Preis", 'M', 0, 0, 0, 2, 1, "2030-01-01 00:00:00", "", "020000", false});
        return list;
    }();
    return all;
}

bool is_running(const ShopPromotion& promotion, const std::string& local) {
    return promotion.from <= local && (promotion.to.empty() || local <= promotion.to);
}

}  // namespace simulator
