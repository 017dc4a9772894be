#include "tests/simulator/storefront/cart_answers.hpp"

#include <algorithm>
#include <numeric>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/http/json.hpp"
#include "tests/simulator/shop/prices.hpp"

namespace simulator {
namespace {

constexpr std::int64_t free_from_cents = 5000, voucher_cents = 500, voucher_from_cents = 3000;
constexpr int vat_percent = 19, valid_minutes = 30;

std::string day_text(int from_today) { return local_text(now() + std::chrono::hours(24 * from_today)).substr(0, 10); }

void nullable(JsonText& out, const char* name, const std::string& text) {
    out.key(name);
    if (text.empty())
        out.writer.Null();
    else
        out.string(text);
}

void write_amount(JsonText& out, const char* name, std::int64_t cents, const Cart& cart) {
    out.key(name);
    out.writer.StartObject();
    out.field("value", euros(cents));
    out.field("currency", cart.currency);
    out.writer.EndObject();
}

struct Priced {
    CartLine line;
    std::int64_t list = 0, each = 0;
};

std::vector<Priced> priced_lines(const Cart& cart, const Catalog& catalog, std::vector<int>& unpriced) {
    std::vector<Priced> out;
    for (const auto& line : cart.lines) {
        const auto* article = catalog.find(line.article);
        if (article == nullptr) {
            unpriced.push_back(line.position);
            continue;
        }
        const auto price = shop_price(*article, cart.channel == "EXTERNAL" ? "04" : "01");
        out.push_back({line, price.list_cents, price.effective_cents});
    }
    return out;
}

void write_position(JsonText& out, const Priced& one, const Cart& cart) {
    out.writer.StartObject();
    out.field("position", one.line.position);
    out.field("articleNumber", one.line.article);
    out.field("qty", one.line.pieces);
    write_amount(out, "list", one.list, cart);
    write_amount(out, "each", one.each, cart);
    write_amount(out, "sum", one.each * one.line.pieces, cart);
    out.writer.EndObject();
}

// One voucher counts; each says for itself why it doesn't.
std::int64_t write_rebates(JsonText& out, const Cart& cart, std::int64_t goods,
                           std::vector<std::pair<std::string, std::string>>& refused) {
    std::int64_t taken = 0;
    out.key("rebates");
    out.writer.StartArray();
    for (const auto& code : cart.vouchers) {
        const char* why = code != "FUENF-EURO"         ? (code == "SOMMER-2024" ? "EXPIRED" : "UNKNOWN")
                          : goods < voucher_from_cents ? "CONDITIONS"
                                                       : nullptr;
        if (why != nullptr) {
            refused.emplace_back(code, why);
            continue;
        }
        taken = voucher_cents;
        out.writer.StartObject();
        out.field("promotion", "V5");
        out.field("label", "5 € Gutschein");
        write_amount(out, "amount", voucher_cents, cart);
        out.writer.EndObject();
    }
    out.writer.EndArray();
    return taken;
}

void write_vat(JsonText& out, std::int64_t payable, const Cart& cart) {
    out.key("vat");
    out.writer.StartArray();
    if (payable > 0) {
        const auto net = (payable * 100 + (100 + vat_percent) / 2) / (100 + vat_percent);
        out.writer.StartObject();
        out.key("rate");
        out.raw("19.00");
        write_amount(out, "net", net, cart);
        write_amount(out, "tax", payable - net, cart);
        out.writer.EndObject();
    }
    out.writer.EndArray();
}

}  // namespace

std::vector<ShippingWay> shipping_ways(const Cart& cart, const std::string& country,
                                       const std::vector<std::string>& stores) {
    std::vector<ShippingWay> ways;
    for (int store = 1; store <= store_count; ++store) {
        const auto number = location_id(store).substr(3);
        if (stores.empty() || std::find(stores.begin(), stores.end(), number) != stores.end())
            ways.push_back({"store-" + number, "STORE", "Filiale " + number, number, "", 0, 0, 1});
    }
    const auto pieces = std::accumulate(cart.lines.begin(), cart.lines.end(), 0,
                                        [](int sum, const CartLine& line) { return sum + line.pieces; });
    if (country == "DE" || country == "AT") {
        ways.push_back({"home-standard", "PARCEL", "Paket", "", "DHLC", country == "DE" ? 495 : 995, 1, 3});
        if (pieces <= 20) ways.push_back({"home-express", "PARCEL", "Express", "", "UPSN", 1295, 1, 1});
    }
    std::stable_sort(ways.begin(), ways.end(), [](const auto& a, const auto& b) { return a.cents < b.cents; });
    return ways;
}

std::string shipping_page(const Cart& cart, const std::vector<ShippingWay>& ways, std::size_t from, std::size_t size) {
    JsonText out;
    out.writer.StartObject();
    out.key("options");
    out.writer.StartArray();
    const auto end = std::min(ways.size(), from + size);
    for (auto i = from; i < end; ++i) {
        const auto& way = ways[i];
        out.writer.StartObject();
        out.field("option", way.option);
        out.field("kind", way.kind);
        out.field("label", way.label);
        nullable(out, "store", way.store);
        nullable(out, "carrier", way.carrier);
        write_amount(out, "price", way.cents, cart);
        out.field("from", day_text(way.first_day));
        out.field("to", day_text(way.last_day));
        out.writer.EndObject();
    }
    out.writer.EndArray();
    nullable(out, "nextPageToken", end < ways.size() ? "p" + std::to_string(end) : "");
    out.writer.EndObject();
    return out.text();
}

std::string totals_json(const Cart& cart, const Catalog& catalog) {
    std::vector<int> unpriced;
    const auto lines = priced_lines(cart, catalog, unpriced);
    std::int64_t goods = 0, shipping = 0;
    for (const auto& one : lines) goods += one.each * one.line.pieces;
    if (cart.shipping)
        for (const auto& way :
             shipping_ways(cart, cart.shipping->recipient ? cart.shipping->recipient->country : "DE", {}))
            if (way.option == cart.shipping->option) shipping = goods >= free_from_cents ? 0 : way.cents;
    JsonText out;
    out.writer.StartObject();
    out.field("cartId", cart.id);
    out.field("computed", iso_local_text(now()));
    out.key("positions");
    out.writer.StartArray();
    for (const auto& one : lines) write_position(out, one, cart);
    out.writer.EndArray();
    write_amount(out, "goods", goods, cart);
    std::vector<std::pair<std::string, std::string>> refused;
    const auto payable = goods - write_rebates(out, cart, goods, refused) + shipping;
    if (cart.shipping)
        write_amount(out, "shipping", shipping, cart);
    else
        nullable(out, "shipping", "");
    write_vat(out, payable, cart);
    write_amount(out, "payable", payable, cart);
    out.key("unpriced");
    out.writer.StartArray();
    for (const int position : unpriced) out.writer.Int(position);
    out.writer.EndArray();
    out.key("refused");
    out.writer.StartArray();
    for (const auto& [code, why] : refused) {
        out.writer.StartObject();
        out.field("code", code);
        out.field("why", why);
        out.writer.EndObject();
    }
    out.writer.EndArray();
    out.field("validUntil", iso_local_text(now() + std::chrono::minutes(valid_minutes)));
    out.writer.EndObject();
    return out.text();
}

}  // namespace simulator
