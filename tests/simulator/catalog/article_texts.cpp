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
constexpr std::array<const char*, 4> brands{"Müller & Söhne", "Nordlicht", "L'Atelier", "HANSA"};

}  // namespace

const std::vector<Category>& categories() {
    static const std::vector<Category> all = {{"010100", "Küche & Haushalt"}, {"010200", "Heimtextilien"},
                                              {"020000", "Garten"},           {"030100", "Leuchten <innen/außen>"},
                                              {"040000", "Werkzeug"},         {"990000", "Spielwaren, Süßes"}};
    return all;
}

ArticleTexts texts_of(std::string_view sku) {
    Dice dice(number_for(world, sku));
    ArticleTexts texts;
    const auto category = dice.below(categories().size());
    texts.category = &categories()[category];
    texts.brand = brands[dice.below(brands.size())];
    texts.name = std::string(nouns[category].words[dice.below(4)]) + " " + adjectives[dice.below(adjectives.size())];
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
    return texts;
}

}  // namespace simulator
