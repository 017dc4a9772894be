// The text was checked when it came in.
#include "tests/simulator/shop/order_content.hpp"

#include <cstdlib>

#include "tests/simulator/shop/request.hpp"

namespace simulator {

ShopOrderContent content_of(const ShopOrder& order) {
    ShopOrderContent content;
    pugi::xml_document document;
    document.load_buffer(order.content.data(), order.content.size(), pugi::parse_default, pugi::encoding_utf8);
    const auto root = document.document_element();
    content.customer = text_at(named(root, "kunde"), "kdnr");
    content.name = text_at(named(root, "kunde"), "name");
    content.store = std::atoi(text_at(root, "filiale").c_str());
    content.total_cents = cents_of(text_at(root, "summe"));
    for (const auto& pos : all_named(root, "pos")) {
        ShopPosition position{pos.attribute("nr").value(), text_at(pos, "artnr"), text_at(pos, "lag"),
                              pieces_of(text_at(pos, "menge")), cents_of(text_at(pos, "preis"))};
        if (const auto known = order.lines.find(position.number); known != order.lines.end())
            position.state = known->second;
        content.positions.push_back(std::move(position));
    }
    return content;
}

}  // namespace simulator
