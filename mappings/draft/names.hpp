// Names: what the names of fields mean, in one vocabulary, and how much two of them agree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headgate::mappings {

// The words of one name: camelCase, snake_case and German run together or cut short, told in English where the
// vocabulary knows them: `artNr`, `ARTNR`, `article_number` and `sku` are {article, number}.
std::vector<std::string> words_of(std::string_view name);

// A field's words with their weight: its own count most, those of what is around it less.
struct FieldWords {
    struct Word {
        std::string text;
        double weight;
    };
    std::vector<Word> words;
    std::string plain;  // the last name without case and separators
};
// `about`: what people call the field, where its name says nothing (an element of a guide): that counts then, and what is
// around it only where that says little.
FieldWords words_of_path(const std::vector<std::string>& path, std::string_view about = {});

// 0 to 1.
double likeness(const FieldWords& a, const FieldWords& b);

// ä as ae: as names without umlauts are written.
std::string without_umlauts(std::string_view name);

// vocabulary.cpp: the words that stand for a lower-case word; empty: unknown.
const std::vector<std::string>& meaning_of(std::string_view word);
// Words that say little by themselves: number, code, amount.
bool says_little(std::string_view word);

}  // namespace headgate::mappings
