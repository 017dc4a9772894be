// Names are put together from a noun of the category and an adjective.
#include "tests/simulator/catalog/article_texts.hpp"

#include <array>

#include "tests/simulator/catalog/random.hpp"

namespace simulator {
namespace {

constexpr std::uint64_t world = 20;  // texts don't depend on the retailer's seed: an article number is what it is

struct Nouns {
    std::array<const char*, 4> words;
};
constexpr std::array<Nouns, 6> nouns{{
    {{"Küchenmesser", "Bräter", "Schüssel", "Kaffeemühle"}},
    {{"Kissenhülle", "Überwurf", "Bettwäsche", "Läufer"}},
    {{"Gießkanne", "Blumenkübel", "Gartenschere", "Hängematte"}},
    {{"Glühlampe", "Stehleuchte", "Lichterkette", "Außenstrahler"}},
    {{"Bohrer-Set", "Schraubendreher", "Säge", "Maßband"}},
    {{"Teddybär", "Würfelspiel", "Holzklötze", "Süßwaren-Kaufladen"}},
}};
constexpr std::array<const char*, 6> adjectives{"groß",           "klein, weiß", "natur",
                                                "schwarz & grau", "halbe Größe", "Zoë-Edition"};
constexpr std::array<const char*, 5> origins{"DE", "PT", "IT", "CN", "FR"};
constexpr std::array<const char*, 4> brands{"Müller & Söhne", "Nordlicht", "L'Atelier", "HANSA"};

std::string day(Dice& dice) {  // of the year 2026, up to October
    const auto two = [](std::uint64_t number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    const auto month = two(1 + dice.below(10));
    return "2026-" + month + "-" + two(1 + dice.below(28));
}

}  // namespace

const std::vector<Category>& categories() {
    static const std::vector<Category> all = {{"010100", "Küche & Haushalt"}, {"010200", "Heimtextilien"},
                                              {"020000", "Garten"},           {"030100", "Leuchten <innen/außen>"},
                                              {"040000", "Werkzeug"},         {"990000", "Spielwaren, Süßes"}};
    return all;
}

const std::vector<Category>& category_tree() {
    static const std::vector<Category> all = [] {
        std::vector<Category> tree;
        for (const auto& category : categories()) {
            if (category.wgr == "010100") tree.push_back({"010000", "Wohnen"});
            if (category.wgr == "030100") tree.push_back({"030000", "Licht & Strom"});
            tree.push_back(category);
        }
        return tree;
    }();
    return all;
}

std::string category_above(const std::string& wgr) {
    return wgr.substr(2) == "0000" ? std::string() : wgr.substr(0, 2) + "0000";
}

bool is_in_category(const std::string& wgr, const std::string& category) {
    return wgr == category || category_above(wgr) == category;
}

ArticleTexts texts_of(std::string_view sku) {
    Dice dice(number_for(world, sku));
    ArticleTexts texts;
    const auto category = dice.below(categories().size());
    texts.category = &categories()[category];
    texts.brand = brands[dice.below(brands.size())];
    const auto noun = dice.below(4), adjective = dice.below(adjectives.size());
    texts.name = std::string(nouns[category].words[noun]) + " " + adjectives[adjective];
    texts.text = texts.name + " von " + texts.brand + ". Pflege: nicht heißer als 30 °C; Maße ±" +
                 std::to_string(1 + dice.below(3)) + " mm. Preis in € inkl. <MwSt>.";
    texts.ean = "40" + std::to_string(1000000000 + dice.below(9000000000ULL));
    int sum = 0;
    for (std::size_t i = 0; i < 12; ++i) sum += (texts.ean[i] - '0') * (i % 2 == 0 ? 1 : 3);
    texts.ean += static_cast<char>('0' + (10 - sum % 10) % 10);
    const auto pictures = dice.below(4);
    for (std::uint64_t i = 1; i <= pictures; ++i)
        texts.pictures.push_back("https://media.handelshaus.example/" + std::string(sku) + "/" + std::to_string(i) +
                                 ".jpg?w=800&h=600");
    texts.weight_grams = 50 + static_cast<int>(dice.below(12000));
    texts.discontinued = dice.below(25) == 0;
    if (texts.brand == "HANSA") {
        texts.group = "V-" + texts.category->wgr + "-" + std::to_string(noun + 1);
        texts.variant = adjectives[adjective];
    }
    texts.length_mm = 40 + static_cast<int>(dice.below(1200));
    texts.width_mm = 30 + static_cast<int>(dice.below(600));
    texts.height_mm = 10 + static_cast<int>(dice.below(400));
    texts.origin = origins[dice.below(origins.size())];
    texts.reduced_tax = category == 5 && dice.below(3) == 0;
    texts.changed = day(dice) + (dice.below(2) == 0 ? " 07:30:00" : " 18:05:12");
    if (dice.below(4) != 0) texts.on_sale_from = day(dice);
    return texts;
}

}  // namespace simulator
