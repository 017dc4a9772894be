// The body of an order, as a shop's front end would send it.
#include <array>
#include <cstdio>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/http/json.hpp"
#include "tests/simulator/traffic/shopping.hpp"

namespace simulator {
namespace {

struct Person {
    const char *first, *last, *street, *postal_code, *city, *country;
};
// Letters that ISO-8859-15 knows and ASCII does not, as customers have them.
constexpr std::array<Person, 6> people{{
    {"Jürgen", "Müßig", "Große Straße 7", "49074", "Osnabrück", "DE"},
    {"Zoë", "Lefèvre", "Rue de l'Église 12", "67000", "Strasbourg", "FR"},
    {"Anna", "O'Neill & Co", "Am Markt 3, Hof", "28195", "Bremen", "DE"},
    {"Björn", "Ångström", "Kölner Allee 150a", "50667", "Köln", "DE"},
    {"María", "Núñez", "Gänsemarkt 1", "20354", "Hamburg", "DE"},
    {"Ida", "Vogel", "Dorfplatz 4", "4020", "Linz", "AT"},
}};

void write_money(JsonText& out, const char* name, std::int64_t cents) {
    out.key(name);
    out.writer.StartObject();
    out.field("centAmount", cents);
    out.field("currencyCode", "EUR");
    out.writer.EndObject();
}

std::string customer_id(int customer) {
    char text[16];
    std::snprintf(text, sizeof text, "c-%06d", customer);
    return text;
}

}  // namespace

std::string order_body(int customer, const std::string& channel, bool pickup, const std::vector<OrderLine>& lines,
                       Dice& dice) {
    const auto& person = people[static_cast<std::size_t>(customer) % people.size()];
    JsonText out;
    out.writer.StartObject();
    out.field("channel", channel);
    out.field("placedAt", iso_local_text(now()));
    out.key("customer");
    out.writer.StartObject();
    out.field("customerId", customer_id(customer));
    out.field("firstName", person.first);
    out.field("lastName", person.last);
    out.field("email", customer_id(customer) + "@example.org");
    out.writer.EndObject();
    out.key("delivery");
    out.writer.StartObject();
    out.field("method", pickup ? "pickup" : "home");
    if (pickup) {
        out.field("locationId", lines.front().location);
    } else {
        out.key("address");
        out.writer.StartObject();
        out.field("name", std::string(person.first) + " " + person.last);
        out.field("street", person.street);
        out.field("postalCode", person.postal_code);
        out.field("city", person.city);
        out.field("countryCode", person.country);
        out.writer.EndObject();
    }
    out.writer.EndObject();
    out.key("lines");
    out.writer.StartArray();
    std::int64_t total = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& line = lines[i];
        out.writer.StartObject();
        out.field("lineId", std::to_string(i + 1));
        out.field("sku", line.sku);
        out.field("quantity", line.quantity);
        out.field("locationId", line.location);
        write_money(out, "unitPrice", line.cents);
        if (dice.below(10) == 0) out.field("giftWrap", true);
        out.writer.EndObject();
        total += line.cents * line.quantity;
    }
    out.writer.EndArray();
    write_money(out, "total", total);
    out.writer.EndObject();
    return out.text();
}

}  // namespace simulator
