// Prices over HTTP and JSON.
#include "tests/simulator/services/pricing_service.hpp"

#include <algorithm>
#include <vector>

#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/http/json.hpp"

namespace simulator {
namespace {

constexpr std::int64_t scale = 100;  // hundredths of a cent

std::int64_t to_cents(std::int64_t scaled, bool truncate) {
    const auto whole = scaled / scale, rest = scaled % scale;
    return !truncate && rest * 2 >= scale ? whole + 1 : whole;
}

void write_money(JsonText& out, const char* name, std::int64_t cents) {
    out.key(name);
    out.writer.StartObject();
    out.field("centAmount", cents);
    out.field("currencyCode", "EUR");
    out.writer.EndObject();
}

std::string utc_of_local(const std::string& local) { return utc_text(instant_of_local(local).value_or(Instant{})); }

void write_price(JsonText& out, const Article& article, const ServicePrice& price) {
    out.writer.StartObject();
    out.field("sku", article.sku);
    write_money(out, "listPrice", price.list_cents);
    write_money(out, "effectivePrice", price.effective_cents);
    if (article.promotion != nullptr) {
        out.key("promotion");
        out.writer.StartObject();
        out.field("promotionId", article.promotion->id);
        out.field("name", article.promotion->name);
        out.writer.EndObject();
        out.field("validFrom", utc_of_local(article.promotion->from));
        if (!article.promotion->to.empty()) out.field("validTo", utc_of_local(article.promotion->to));
    } else {
        out.field("validFrom", "2025-12-31T23:00:00Z");
    }
    out.writer.EndObject();
}

}  // namespace

ServicePrice service_price(const Article& article, std::string_view channel, bool truncate_a17) {
    ServicePrice price;
    const auto base = article.list_cents * scale;
    price.list_cents = channel == "marketplace" ? to_cents(base + base / 20, false) : article.list_cents;
    if (article.promotion == nullptr) {
        price.effective_cents = price.list_cents;
        return price;
    }
    // Promotions are whole per cents, so that this is exact.
    const auto scaled = price.list_cents * scale - price.list_cents * (article.promotion->permille / 10);
    price.effective_cents = to_cents(scaled, truncate_a17 && article.promotion->id == "A17");
    return price;
}

HttpAnswer PricingService::busy(const HttpRequest& request) const {
    return problem(request, 503, "Service Unavailable", "too busy");
}

HttpAnswer PricingService::handle(const HttpRequest& request) const {
    if (request.path != "/pricing/v1/prices/query") return problem(request, 404, "Not Found", request.path);
    if (request.method != "POST") return problem(request, 405, "Method Not Allowed", request.method);
    rapidjson::Document query;
    if (query.Parse(request.body.data(), request.body.size()).HasParseError() || !query.IsObject())
        return problem(request, 400, "Bad Request", "not a JSON object");
    const auto channel = text_member(query, "channel");
    if (channel != "web" && channel != "store" && channel != "app" && channel != "marketplace")
        return problem(request, 400, "Bad Request", "unknown channel", "/channel");
    if (text_member(query, "currencyCode") != "EUR")
        return problem(request, 400, "Bad Request", "only EUR", "/currencyCode");
    const auto lines = query.FindMember("lines");
    if (lines == query.MemberEnd() || !lines->value.IsArray() || lines->value.Empty() || lines->value.Size() > 100)
        return problem(request, 400, "Bad Request", "1 to 100 lines are wanted", "/lines");

    std::vector<const Article*> found;
    std::vector<std::string> unknown;
    for (const auto& line : lines->value.GetArray()) {
        const auto sku = text_member(line, "sku");
        if (sku.empty()) return problem(request, 400, "Bad Request", "sku is wanted", "/lines");
        const auto* article = catalog_.find(sku);
        if (article != nullptr)
            found.push_back(article);
        else if (std::find(unknown.begin(), unknown.end(), sku) == unknown.end())
            unknown.push_back(sku);
    }
    if (defects_.reorder) {
        std::reverse(found.begin(), found.end());
        std::reverse(unknown.begin(), unknown.end());
    }
    JsonText out;
    out.writer.StartObject();
    out.field("pricedAt", defects_.timestamp ? utc_text_now_ms() : utc_text(now()));
    out.key("prices");
    out.writer.StartArray();
    for (const auto* article : found) write_price(out, *article, service_price(*article, channel, defects_.rounding));
    out.writer.EndArray();
    if (!unknown.empty()) out.strings("unknownSkus", unknown);
    out.writer.EndObject();
    return {200, "application/json", out.text()};
}

}  // namespace simulator
