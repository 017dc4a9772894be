// What articles cost, and which promotions there are.
#include <algorithm>

#include "tests/simulator/catalog/article_texts.hpp"
#include "tests/simulator/shop/cart_promotions.hpp"
#include "tests/simulator/shop/prices.hpp"
#include "tests/simulator/shop/request.hpp"
#include "tests/simulator/shop/shop.hpp"

namespace simulator {
namespace {

constexpr const char* no_end = "31.12.9999 23:59:59";

std::string german_or_none(const std::string& local) { return local.empty() ? std::string() : german_text(local); }

}  // namespace

HttpAnswer Shop::price_query(pugi::xml_node query) const {
    const auto channel = text_at(query, "vkweg");
    if (!is_channel(channel)) return refuse(wrong("preisAnfrage/vkweg", "unknown code"));
    if (text_at(query, "waehr") != "EUR") return refuse(wrong("preisAnfrage/waehr", "only EUR"));
    std::string found;
    std::vector<std::string> missing;
    for (const auto& pos : all_named(query, "pos")) {
        const auto number = text_at(pos, "artnr");
        if (!is_positive(text_at(pos, "menge"))) return refuse(wrong("preisAnfrage/pos/menge", "not positive"));
        const auto* article = catalog_.find(number);
        if (article == nullptr) {
            if (std::find(missing.begin(), missing.end(), number) == missing.end()) missing.push_back(number);
            continue;
        }
        const auto price = shop_price(*article, channel);
        found += "\n   <pos>" + artnr(number) + element("listPreis", euros(price.list_cents)) +
                 element("aktPreis", euros(price.effective_cents)) + "<waehr>EUR</waehr>";
        if (const auto* promotion = article->promotion) {
            found += "<aktion nr=\"" + promotion->id + "\">" + element("bez", promotion->name) + "</aktion>";
            found += element("gueltVon", german_text(promotion->from)) +
                     point("gueltBis", german_or_none(promotion->to), no_end);
        } else {
            found += "<gueltVon>01.01.2026 00:00:00</gueltVon>";
        }
        found += "</pos>";
    }
    std::string content =
        "\n   " + element("mandant", text_at(query, "mandant")) + element("stand", german_local_text(now())) + found;
    for (const auto& number : missing) content += "\n   " + element("fehlend", number);
    return answer("preisAntwort", content + "\n  ");
}

HttpAnswer Shop::promotion_list(pugi::xml_node query) const {
    const auto day = text_at(query, "stichtag"), kind = text_at(query, "art");
    if (!day.empty() && !is_german_local_text(day))
        return refuse(wrong("aktionenLesen/stichtag", "not dd.MM.yyyy HH:mm:ss"));
    const auto local = day.empty() ? std::string() : local_of_german(day);
    std::string content = element("stand", german_local_text(now()));
    for (const auto& promotion : shop_promotions()) {
        if (!kind.empty() && kind[0] != promotion.kind) continue;
        if (!local.empty() && !is_running(promotion, local)) continue;
        content += "\n   <aktion nr=\"" + promotion.id + "\">" + element("bez", promotion.name) +
                   element("art", std::string(1, promotion.kind));
        if (promotion.kind == 'P') content += element("wert", euros(promotion.permille * 10));  // per cent
        if (promotion.kind == 'B')
            content += element("wert", euros(promotion.cents)) + element("abBetrag", euros(promotion.from_cents));
        if (promotion.kind == 'M')
            content += element("nimm", std::to_string(promotion.take)) + element("zahl", std::to_string(promotion.pay));
        content += element("gueltVon", german_text(promotion.from)) +
                   point("gueltBis", german_or_none(promotion.to), no_end) + element_if("wgr", promotion.wgr);
        if (promotion.listed_articles)
            for (const auto& article : catalog_.articles())
                if (article.promotion != nullptr && article.promotion->id == promotion.id)
                    content += artnr(article.sku);
        content += "</aktion>";
    }
    return answer("aktionenAntwort", content);
}

}  // namespace simulator
