// A line is a cart as it stands, or an answer under its key; the last one of an id counts.
#include "tests/simulator/storefront/cart_book.hpp"

namespace simulator {
namespace {

void nullable(JsonText& out, const char* name, const std::string& text) {
    out.key(name);
    if (text.empty())
        out.writer.Null();
    else
        out.string(text);
}

void write_line(JsonText& out, const CartLine& line) {
    out.writer.StartObject();
    out.field("position", line.position);
    out.field("articleNumber", line.article);
    out.field("qty", line.pieces);
    out.field("gift", line.gift);
    out.writer.EndObject();
}

void write_shipping(JsonText& out, const std::optional<CartShipping>& shipping) {
    out.key("shipping");
    if (!shipping) {
        out.writer.Null();
        return;
    }
    out.writer.StartObject();
    out.field("option", shipping->option);
    out.field("kind", shipping->kind);
    if (!shipping->store.empty()) out.field("store", shipping->store);
    if (shipping->recipient) {
        out.key("recipient");
        out.writer.StartObject();
        out.field("name", shipping->recipient->name);
        out.field("street", shipping->recipient->street);
        out.field("zip", shipping->recipient->zip);
        out.field("town", shipping->recipient->town);
        out.field("country", shipping->recipient->country);
        out.writer.EndObject();
    }
    out.writer.EndObject();
}

}  // namespace

std::string cart_json(const Cart& cart, const Quirks& quirks) {
    JsonText out;
    out.writer.StartObject();
    out.field("cartId", cart.id);
    out.field("state", cart.state);
    out.field("channel", cart.channel);
    out.field("currency", cart.currency);
    nullable(out, "orderNumber", cart.order);
    nullable(out, "customerNumber", cart.customer);
    out.key("lineItems");
    const bool alone = cart.lines.size() == 1 && quirks.on(Quirk::one_or_list);
    if (!alone) out.writer.StartArray();
    for (const auto& line : cart.lines) write_line(out, line);
    if (!alone) out.writer.EndArray();
    out.strings("vouchers", cart.vouchers);
    write_shipping(out, cart.shipping);
    if (quirks.now_and_then(Quirk::unknown_element)) out.field("abTest", "B");
    out.field("opened", cart.opened);
    out.field("touched", cart.touched);
    out.writer.EndObject();
    return out.text();
}

bool read_line_item(const Json& json, CartLine& line) {
    line.article = text_member(json, "articleNumber");
    if (line.article.empty()) return false;
    line.pieces = static_cast<int>(integer_member(json, "qty"));
    const auto gift = json.FindMember("gift");
    line.gift = gift != json.MemberEnd() && gift->value.IsBool() && gift->value.GetBool();
    return line.pieces >= 1 && line.pieces <= 9999;
}

bool read_shipping(const Json& json, CartShipping& shipping) {
    shipping.option = text_member(json, "option");
    shipping.kind = text_member(json, "kind");
    shipping.store = text_member(json, "store");
    if (shipping.option.empty() || (shipping.kind != "PARCEL" && shipping.kind != "STORE")) return false;
    if (const auto to = json.FindMember("recipient"); to != json.MemberEnd() && to->value.IsObject())
        shipping.recipient =
            Recipient{text_member(to->value, "name"), text_member(to->value, "street"), text_member(to->value, "zip"),
                      text_member(to->value, "town"), text_member(to->value, "country")};
    return shipping.kind == "STORE" ? !shipping.store.empty() : shipping.recipient.has_value();
}

CartBook::CartBook(const std::string& path) : file_(path) {
    for (const auto& line : lines_of(path)) read(line);
}

void CartBook::read(const std::string& line) {
    rapidjson::Document json;
    if (json.Parse(line.data(), line.size()).HasParseError() || !json.IsObject() || answers_.read(json)) return;
    Cart cart;
    cart.id = text_member(json, "cartId");
    cart.state = text_member(json, "state");
    cart.channel = text_member(json, "channel");
    cart.currency = text_member(json, "currency");
    cart.order = text_member(json, "orderNumber");
    cart.customer = text_member(json, "customerNumber");
    cart.opened = text_member(json, "opened");
    cart.touched = text_member(json, "touched");
    for (const auto& item : json["lineItems"].GetArray()) {
        CartLine one;
        if (!read_line_item(item, one)) continue;
        one.position = static_cast<int>(integer_member(item, "position"));
        cart.lines.push_back(std::move(one));
    }
    for (const auto& voucher : json["vouchers"].GetArray()) cart.vouchers.push_back(text_of(voucher));
    CartShipping shipping;
    if (json["shipping"].IsObject() && read_shipping(json["shipping"], shipping)) cart.shipping = std::move(shipping);
    if (!cart.id.empty()) carts_[cart.id] = std::move(cart);
}

std::optional<Cart> CartBook::find(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    const auto known = carts_.find(id);
    return known == carts_.end() ? std::nullopt : std::optional(known->second);
}

KeptAnswer CartBook::once(const std::string& key, const std::string& request,
                          const std::function<Act(const std::unordered_map<std::string, Cart>&)>& act) {
    const std::lock_guard lock(mutex_);
    if (const auto known = answers_.find(key)) {
        ++repeated_;
        return *known;
    }
    auto done = act(carts_);
    done.answer.request = request;
    if (done.cart) {
        file_.append(cart_json(*done.cart));
        carts_[done.cart->id] = *done.cart;
    }
    file_.append(answers_.keep(key, done.answer));
    return done.answer;
}

CartBook::Counts CartBook::counts() const {
    const std::lock_guard lock(mutex_);
    return {carts_.size(), repeated_};
}

}  // namespace simulator
