#include "mappings/draft/names.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/ascii.hpp"

namespace headgate::mappings {

namespace {

bool upper(char c) { return c >= 'A' && c <= 'Z'; }
bool lower(char c) { return c >= 'a' && c <= 'z'; }
bool digit(char c) { return c >= '0' && c <= '9'; }

// camelCase, XMLName, snake_case, name2.
std::vector<std::string> pieces(std::string_view written) {
    auto name = without_umlauts(written);
    std::vector<std::string> out;
    bool open = false;
    for (std::size_t i = 0; i < name.size(); ++i) {
        char c = name[i], before = i > 0 ? name[i - 1] : '\0', after = i + 1 < name.size() ? name[i + 1] : '\0';
        if (!upper(c) && !lower(c) && !digit(c)) {
            open = false;
            continue;
        }
        bool begins = (upper(c) && (lower(before) || digit(before))) || (upper(c) && upper(before) && lower(after)) ||
                      (digit(c) != digit(before));
        if (!open || begins) out.emplace_back();
        out.back() += to_lower(c);
        open = true;
    }
    return out;
}

// A word that runs together of known ones, in the fewest: `auftrnr`; empty: it does not.
std::vector<std::string> taken_apart(const std::string& word) {
    constexpr std::size_t shortest = 2, longest = 40;
    if (word.size() < 2 * shortest || word.size() > longest) return {};
    struct Way {
        std::size_t parts = 0, from = 0;  // 0 parts: there is none
    };
    std::vector<Way> ways(word.size() + 1);
    for (std::size_t end = shortest; end <= word.size(); ++end)
        for (std::size_t begin = 0; begin + shortest <= end; ++begin) {
            if (begin > 0 && ways[begin].parts == 0) continue;
            if (meaning_of(std::string_view(word).substr(begin, end - begin)).empty()) continue;
            auto parts = (begin > 0 ? ways[begin].parts : 0) + 1;
            if (ways[end].parts == 0 || parts < ways[end].parts) ways[end] = {parts, begin};
        }
    std::vector<std::string> out;
    if (ways[word.size()].parts == 0 || ways[word.size()].parts > 3) return out;
    for (std::size_t end = word.size(); end > 0; end = ways[end].from)
        out.push_back(word.substr(ways[end].from, end - ways[end].from));
    std::reverse(out.begin(), out.end());
    return out;
}

// 1: the same; less for one that begins the other, or is written nearly alike.
double alike(std::string_view a, std::string_view b) {
    if (a == b) return 1;
    if (a.size() > b.size()) std::swap(a, b);
    if (a.size() < 3) return 0;
    if (b.starts_with(a)) return 0.75;
    if (4 * (b.size() - a.size()) > b.size()) return 0;  // too far apart whatever they hold
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, changed});
        }
    }
    double same = 1 - static_cast<double>(row.back()) / static_cast<double>(b.size());
    return same >= 0.75 ? 0.9 * same : 0;
}

// How much of a's weight b has, too.
double share(const FieldWords& a, const FieldWords& b) {
    double all = 0, found = 0;
    for (const auto& word : a.words) {
        double best = 0;
        for (const auto& other : b.words) best = std::max(best, alike(word.text, other.text));
        all += word.weight;
        found += word.weight * best;
    }
    return all > 0 ? found / all : 0;
}

}  // namespace

std::string without_umlauts(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> spellings = {
        {{"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "Ae"}, {"Ö", "Oe"}, {"Ü", "Ue"}, {"ß", "ss"}}};
    std::string out;
    while (!name.empty()) {
        auto found = std::find_if(spellings.begin(), spellings.end(),
                                  [&](const auto& one) { return name.starts_with(one.first); });
        out += found == spellings.end() ? name.substr(0, 1) : found->second;
        name.remove_prefix(found == spellings.end() ? 1 : found->first.size());
    }
    return out;
}

std::vector<std::string> words_of(std::string_view name) {
    auto parts = pieces(name);
    std::vector<std::string> out;
    auto add = [&](const std::vector<std::string>& words) {
        for (const auto& word : words)
            if (std::find(out.begin(), out.end(), word) == out.end()) out.push_back(word);
    };
    for (std::size_t i = 0; i < parts.size(); ++i) {
        // `on hand`, `postal code`: two that mean one.
        if (i + 1 < parts.size())
            if (const auto& both = meaning_of(parts[i] + parts[i + 1]); !both.empty()) {
                add(both);
                ++i;
                continue;
            }
        if (const auto& known = meaning_of(parts[i]); !known.empty()) {
            add(known);
            continue;
        }
        auto inner = taken_apart(parts[i]);
        if (inner.empty()) add({parts[i]});
        for (const auto& word : inner) add(meaning_of(word));
    }
    return out;
}

FieldWords words_of_path(const std::vector<std::string>& path, std::string_view about) {
    FieldWords out;
    double weight = 1;
    bool little = true;
    auto add = [&](std::string_view name) {
        for (const auto& word : words_of(name)) {
            auto known =
                std::find_if(out.words.begin(), out.words.end(), [&](const auto& w) { return w.text == word; });
            bool generic = says_little(word);
            little = little && generic;
            if (known == out.words.end()) out.words.push_back({word, weight * (generic ? 0.4 : 1)});
        }
    };
    for (auto name = path.rbegin(); name != path.rend() && weight > 0.1; ++name) {
        bool own = name == path.rbegin();
        add(own && !about.empty() ? about : std::string_view(*name));
        // A name that says nothing by itself means what is around it.
        if (own && !little && !about.empty()) break;
        weight *= own && little ? 0.9 : 0.25;
    }
    if (!path.empty())
        for (char c : path.back())
            if (std::isalnum(static_cast<unsigned char>(c))) out.plain += to_lower(c);
    return out;
}

double likeness(const FieldWords& a, const FieldWords& b) {
    double one = share(a, b), other = share(b, a);
    double both = one + other > 0 ? 2 * one * other / (one + other) : 0;
    // What is called the same is the same, unless all that is around it differs.
    return !a.plain.empty() && a.plain == b.plain ? std::max(both, 0.9 + both / 10) : both;
}

}  // namespace headgate::mappings
