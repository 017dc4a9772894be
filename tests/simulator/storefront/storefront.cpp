// Errors are the platform's own kind: {"errorCode", "text"}, with the position of a line where one is at fault.
#include "tests/simulator/storefront/storefront.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/embedded.hpp"
#include "tests/simulator/http/json.hpp"
#include "tests/simulator/storefront/cart_answers.hpp"

namespace simulator {
namespace {

constexpr std::string_view base = "/api/carts";

KeptAnswer error(int status, const char* code, const std::string& text, int position = 0) {
    JsonText out;
    out.writer.StartObject();
    out.field("errorCode", code);
    out.field("text", text);
    if (position > 0) out.field("position", position);
    out.writer.EndObject();
    return {"", status, out.text()};
}

HttpAnswer http(const KeptAnswer& answer) { return {answer.status, "application/json", answer.body}; }

bool is_channel(const std::string& word) {
    return word == "WEB" || word == "POS" || word == "APP" || word == "EXTERNAL";
}

int position_of(std::string_view text) {
    int position = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), position);
    return failure == std::errc{} && end == text.data() + text.size() && position <= 99 ? position : 0;
}

std::string cart_id(std::uint64_t seed, std::uint64_t number) {
    char text[40];
    std::snprintf(text, sizeof text, "%016llx%016llx",
                  static_cast<unsigned long long>(number_for(seed, "cart", number)),
                  static_cast<unsigned long long>(number_for(seed, "cart's", number)));
    return text;
}

// "0007,0012"
std::vector<std::string> stores_of(const HttpRequest& request) {
    std::vector<std::string> out;
    const auto given = request.query.find("store");
    std::string_view rest = given == request.query.end() ? std::string_view() : std::string_view(given->second);
    while (!rest.empty()) {
        const auto cut = rest.find(',');
        out.emplace_back(rest.substr(0, cut));
        rest = cut == std::string_view::npos ? std::string_view() : rest.substr(cut + 1);
    }
    return out;
}

}  // namespace

HttpAnswer Storefront::busy(const HttpRequest&) const { return http(error(503, "OVERLOADED", "try again")); }

HttpAnswer Storefront::handle(const HttpRequest& request) {
    if (request.method == "GET" && request.path == "/api/openapi.yaml")
        return {200, "application/yaml", std::string(storefront_api)};
    if (request.path.compare(0, base.size(), base) != 0) return http(error(404, "NO_SUCH_RESOURCE", request.path));
    std::string id, part;  // of /api/carts/{id}/{part}
    if (request.path.size() > base.size() + 1) {
        const auto rest = request.path.substr(base.size() + 1);
        const auto cut = rest.find('/');
        id = rest.substr(0, cut);
        if (cut != std::string::npos) part = rest.substr(cut + 1);
    }
    if (request.method == "GET") return read(request, id, part);
    return change(request, id, part);
}

HttpAnswer Storefront::read(const HttpRequest& request, const std::string& id, const std::string& part) const {
    const auto cart = book_.find(id);
    if (!cart) return http(error(404, "CART_NOT_FOUND", id));
    if (part.empty()) return {200, "application/json", cart_json(*cart, quirks_)};
    if (part == "totals") return {200, "application/json", totals_json(*cart, catalog_)};
    if (part != "shippingOptions") return http(error(404, "NO_SUCH_RESOURCE", part));
    const auto query = [&](const char* name) {
        const auto given = request.query.find(name);
        return given == request.query.end() ? std::string() : given->second;
    };
    const auto country = query("country"), token = query("pageToken"), size = query("pageSize");
    const auto ways = shipping_ways(*cart, country.empty() ? "DE" : country, stores_of(request));
    std::size_t from = 0;
    if (!token.empty()) {
        from = static_cast<std::size_t>(token[0] == 'p' ? position_of(std::string_view(token).substr(1)) : 0);
        if (from == 0) return http(error(400, "PAGE_TOKEN_UNKNOWN", token));
    }
    const auto most = size.empty() ? 100 : static_cast<std::size_t>(std::max(1, std::atoi(size.c_str())));
    return {200, "application/json", shipping_page(*cart, ways, from, most)};
}

HttpAnswer Storefront::change(const HttpRequest& request, const std::string& id, const std::string& part) {
    const auto key = request.header("x-request-key");
    if (key.empty() || key.size() > 64) return http(error(400, "REQUEST_KEY_MISSING", "a header X-Request-Key"));
    const auto what = request.method + " " + request.path + "\n" + request.body;
    bool repeated = true;
    // A key is one of its resource: two carts may have the same.
    const auto answer = book_.once(request.method + " " + request.path + " " + key, what, [&](const auto& carts) -> Act {
        repeated = false;
        if (request.method == "POST" && id.empty()) return open(request.body, carts.size() + 1);
        const auto cart = carts.find(id);
        if (cart == carts.end()) return {error(404, "CART_NOT_FOUND", id), {}};
        if (cart->second.state != "OPEN") return {error(409, "CART_CLOSED", id), {}};
        return edit(cart->second, request.method, part, request.body);
    });
    if (answer.request != what) return http(error(409, "REQUEST_KEY_REUSED", "the key stands for another request"));
    auto told = http(answer);
    if (repeated) told.headers.emplace_back("X-Repeated", "1");
    return told;
}

Storefront::Act Storefront::kept(Cart cart, int status) const {
    cart.touched = iso_local_text(now());
    return {{"", status, cart_json(cart, quirks_)}, std::move(cart)};
}

// One that the catalogue does not have, and the one that is sold out, which is not sold elsewhere.
bool Storefront::is_sold(const CartLine& line, const std::string& channel) const {
    return catalog_.find(line.article) != nullptr && (channel != "EXTERNAL" || line.article != sold_out_sku);
}

Storefront::Act Storefront::open(const std::string& body, std::size_t number) const {
    rapidjson::Document json;
    if (json.Parse(body.data(), body.size()).HasParseError() || !json.IsObject())
        return {error(400, "NOT_JSON", "a JSON object is wanted"), {}};
    Cart cart;
    cart.id = cart_id(catalog_.seed(), number);
    cart.state = "OPEN";
    cart.channel = text_member(json, "channel");
    cart.currency = text_member(json, "currency");
    cart.customer = text_member(json, "customerNumber");
    cart.opened = iso_local_text(now());
    if (!is_channel(cart.channel) || cart.currency != "EUR")
        return {error(422, "CHANNEL_OR_CURRENCY", "EUR alone, in WEB, POS, APP or EXTERNAL"), {}};
    const auto items = json.FindMember("lineItems");
    if (items != json.MemberEnd() && items->value.IsArray())
        for (const auto& item : items->value.GetArray()) {
            CartLine line;
            if (!item.IsObject() || !read_line_item(item, line))
                return {error(422, "LINE_INVALID", "articleNumber, qty from 1 to 9999"), {}};
            line.position = static_cast<int>(integer_member(item, "position"));
            if (!is_sold(line, cart.channel)) return {error(422, "ARTICLE_NOT_SOLD", line.article, line.position), {}};
            const auto same = [&](const CartLine& other) { return other.position == line.position; };
            if (line.position < 1 || std::any_of(cart.lines.begin(), cart.lines.end(), same))
                return {error(422, "LINE_INVALID", "each position once, from 1 on"), {}};
            cart.lines.push_back(std::move(line));
        }
    return kept(std::move(cart), 201);
}

Storefront::Act Storefront::edit(Cart cart, const std::string& method, const std::string& part,
                                 const std::string& body) const {
    constexpr std::string_view line_items = "lineItems/";
    if (part.compare(0, line_items.size(), line_items) == 0) {
        const int position = position_of(std::string_view(part).substr(line_items.size()));
        if (position < 1) return {error(404, "NO_SUCH_RESOURCE", part), {}};
        if (method == "PUT") return put_line(std::move(cart), position, body);
        const auto before = cart.lines.size();
        std::erase_if(cart.lines, [&](const CartLine& line) { return line.position == position; });
        if (cart.lines.size() == before) return {error(404, "LINE_NOT_FOUND", part, position), {}};
        return kept(std::move(cart), 200);
    }
    if (method == "PUT" && part == "shipping") return put_shipping(std::move(cart), body);
    if (method != "PUT" || part != "vouchers") return {error(404, "NO_SUCH_RESOURCE", part), {}};
    rapidjson::Document json;
    if (json.Parse(body.data(), body.size()).HasParseError() || !json.IsObject() || !json.HasMember("codes") ||
        !json["codes"].IsArray())
        return {error(400, "NOT_JSON", "codes is a list"), {}};
    cart.vouchers.clear();
    for (const auto& code : json["codes"].GetArray())
        if (code.IsString()) cart.vouchers.push_back(text_of(code));
    return kept(std::move(cart), 200);
}

Storefront::Act Storefront::put_line(Cart cart, int position, const std::string& body) const {
    rapidjson::Document json;
    CartLine line;
    if (json.Parse(body.data(), body.size()).HasParseError() || !json.IsObject() || !read_line_item(json, line))
        return {error(422, "LINE_INVALID", "articleNumber, qty from 1 to 9999", position), {}};
    line.position = position;
    if (!is_sold(line, cart.channel)) return {error(422, "ARTICLE_NOT_SOLD", line.article, position), {}};
    std::erase_if(cart.lines, [&](const CartLine& other) { return other.position == position; });
    const auto after = std::find_if(cart.lines.begin(), cart.lines.end(),
                                    [&](const CartLine& other) { return other.position > position; });
    cart.lines.insert(after, std::move(line));
    return kept(std::move(cart), 200);
}

Storefront::Act Storefront::put_shipping(Cart cart, const std::string& body) const {
    rapidjson::Document json;
    CartShipping shipping;
    if (json.Parse(body.data(), body.size()).HasParseError() || !json.IsObject() || !read_shipping(json, shipping))
        return {error(422, "SHIPPING_INVALID", "option, kind, and store or recipient"), {}};
    const auto ways = shipping_ways(cart, shipping.recipient ? shipping.recipient->country : "DE", {});
    const auto found = std::any_of(ways.begin(), ways.end(), [&](const ShippingWay& way) {
        return way.option == shipping.option && way.kind == shipping.kind && way.store == shipping.store;
    });
    if (!found) return {error(422, "OPTION_NOT_AVAILABLE", shipping.option), {}};
    cart.shipping = std::move(shipping);
    return kept(std::move(cart), 200);
}

}  // namespace simulator
