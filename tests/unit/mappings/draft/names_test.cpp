// What names mean, and how much they agree.
#include "mappings/draft/names.hpp"

#include <gtest/gtest.h>

namespace headgate::mappings {

namespace {

std::string words(std::string_view name) {
    std::string out;
    for (const auto& word : words_of(name)) out += (out.empty() ? "" : " ") + word;
    return out;
}

double alike(std::vector<std::string> a, std::vector<std::string> b) {
    return likeness(words_of_path(a), words_of_path(b));
}

}  // namespace

TEST(Names, AreTakenApartAndToldInOneVocabulary) {
    for (auto [name, expected] : {std::pair("artNr", "article number"),
                                  {"ARTNR", "article number"},
                                  {"article_number", "article number"},
                                  {"sku", "article number"},
                                  {"auftrNr", "order number"},
                                  {"auftragsNummer", "order number"},
                                  {"auftrnr", "order number"},
                                  {"gueltVon", "valid from"},
                                  {"gültigVon", "valid from"},
                                  {"listPreis", "list price"},
                                  {"onHand", "stock"},
                                  {"postalCode", "zip"},
                                  {"PLZ", "zip"},
                                  {"Straße", "street"},
                                  {"XMLName", "xml name"},
                                  {"name2", "name 2"},
                                  {"WE_DAT", "receipt time"},
                                  {"@nr", "number"},
                                  {"", ""}})
        EXPECT_EQ(words(name), expected) << name;
}

TEST(Names, AgreeAcrossLanguages) {
    const std::pair<std::vector<std::string>, std::vector<std::string>> pairs[] = {
        {{"sku"}, {"artnr"}},
        {{"quantity"}, {"menge"}},
        {{"channel"}, {"vkweg"}},
        {{"customer", "email"}, {"ord", "kunde", "mail"}},
        {{"delivery", "address", "city"}, {"ord", "lief", "ort"}},
        {{"promotion", "promotionId"}, {"aktion", "@nr"}},
        {{"validFrom"}, {"gueltVon"}},
        {{"safetyStock"}, {"SICH"}},
    };
    for (const auto& [contract, legacy] : pairs) EXPECT_GE(alike(contract, legacy), 0.6) << legacy.back();
}

TEST(Names, ThatMeanOtherThingsDoNotAgree) {
    const std::pair<std::vector<std::string>, std::vector<std::string>> pairs[] = {
        {{"sku"}, {"menge"}},       {{"delivery", "address", "city"}, {"lief", "land"}}, {{"validFrom"}, {"stand"}},
        {{"channel"}, {"mandant"}}, {{"customer", "lastName"}, {"lief", "plz"}},
    };
    for (const auto& [contract, legacy] : pairs) EXPECT_LT(alike(contract, legacy), 0.45) << legacy.back();
}

TEST(Names, ThatAreWrittenAlikeAreTheSame) {
    EXPECT_GE(alike({"Room_Code"}, {"Room.Code"}), 0.9);
    EXPECT_EQ(alike({"ord", "kunde", "kdnr"}, {"ord", "kunde", "kdnr"}), 1.0);
    EXPECT_EQ(alike({"x"}, {"y"}), 0.0);
    EXPECT_EQ(alike({}, {}), 0.0);
}

}  // namespace headgate::mappings
