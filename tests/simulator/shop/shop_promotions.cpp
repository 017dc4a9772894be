// Promotions with all their terms: from one on, in the order of their numbers, and one alone.
#include <algorithm>
#include <cstdlib>

#include "tests/simulator/catalog/article_texts.hpp"
#include "tests/simulator/catalog/berlin_time.hpp"
#include "tests/simulator/shop/cart_promotions.hpp"
#include "tests/simulator/shop/prices.hpp"
#include "tests/simulator/shop/request.hpp"
#include "tests/simulator/shop/shop.hpp"

namespace simulator {
namespace {

constexpr int most_promotions = 501;

std::string amount(const char* name, std::int64_t cents) {
    return "<" + std::string(name) + " waehr=\"EUR\">" + euros(cents) + "</" + name + ">";
}

bool may_have(const ShopPromotion& promotion, const Article& article) {
    if (promotion.listed_articles) return article.promotion != nullptr && article.promotion->id == promotion.id;
    return promotion.wgr.empty() || is_in_category(texts_of(article.sku).category->wgr, promotion.wgr);
}

// As keys are compared: by their bytes.
std::vector<const ShopPromotion*> by_number() {
    std::vector<const ShopPromotion*> all;
    for (const auto& promotion : shop_promotions()) all.push_back(&promotion);
    std::sort(all.begin(), all.end(), [](const auto* a, const auto* b) { return a->id < b->id; });
    return all;
}

}  // namespace

std::string Shop::terms_xml(const ShopPromotion& promotion) const {
    std::string out = "\n   <aktion nr=\"" + promotion.id + "\">" + element("bez", promotion.name);
    for (const auto* channel : {"01", "02", "03", "04"})
        if (promotion.channels.empty() || promotion.channels.find(channel) != std::string::npos)
            out += element("vkweg", channel);
    out += element("art", std::string(1, promotion.kind));
    if (promotion.kind == 'P') out += element("prozent", euros(promotion.permille * 10));
    if (promotion.kind == 'B') out += amount("betrag", promotion.cents);
    if (promotion.kind == 'M')
        out += element("nimm", std::to_string(promotion.take)) + element("zahl", std::to_string(promotion.pay));
    if (promotion.from_cents > 0) out += amount("minWert", promotion.from_cents);
    out += element("gueltVon", german_text(promotion.from)) +
           point("gueltBis", promotion.to.empty() ? std::string() : german_text(promotion.to), "31.12.9999 23:59:59") +
           element_if("wgr", promotion.wgr);
    if (promotion.listed_articles)
        for (const auto& article : catalog_.articles())
            if (may_have(promotion, article)) out += artnr(article.sku);
    return out + element("kzGut", promotion.coupon.empty() ? "N" : "J") +
           element("kzKomb", promotion.kind == 'M' ? "J" : "N") + "</aktion>";
}

HttpAnswer Shop::search_promotions(pugi::xml_node query) const {
    const auto channel = text_at(query, "vkweg"), day = text_at(query, "stichtag"), sku = text_at(query, "artnr"),
               after = text_at(query, "nachNr");
    const int count = std::atoi(text_at(query, "anzahl").c_str());
    if (count < 1 || count > most_promotions) return refuse(wrong("aktionenSuche/anzahl", "1 to 501"));
    if (!day.empty() && !is_german_local_text(day))
        return refuse(wrong("aktionenSuche/stichtag", "not dd.MM.yyyy HH:mm:ss"));
    const auto at = day.empty() ? local_text(now()) : local_of_german(day);
    const auto* article = sku.empty() ? nullptr : catalog_.find(sku);
    std::string content;
    int told = 0;
    for (const auto* promotion : by_number()) {
        if (promotion->id <= after || told == count) continue;
        if (!channel.empty() && !promotion->channels.empty() && promotion->channels.find(channel) == std::string::npos)
            continue;
        // Without a day those to come are told too.
        if (day.empty() ? !promotion->to.empty() && promotion->to < at : !is_running(*promotion, at)) continue;
        if (!sku.empty() && (article == nullptr || !may_have(*promotion, *article))) continue;
        content += terms_xml(*promotion);
        ++told;
    }
    return answer("aktionenSucheAntwort", content);
}

HttpAnswer Shop::read_promotion(pugi::xml_node query) const {
    const auto number = text_at(query, "nr");
    for (const auto& promotion : shop_promotions())
        if (promotion.id == number) return answer("aktionAntwort", terms_xml(promotion));
    return refuse({"E1006", "Aktion unbekannt"});
}

}  // namespace simulator
