#include "mappings/formats/rows/columns.hpp"

#include <charconv>

namespace headgate {

namespace {

bool number(std::string_view text, int least, int most, int& out) {
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() && out >= least && out <= most;
}

}  // namespace

std::optional<LegacyNode> parse_column(std::string_view name, std::string_view type, std::string& problem) {
    LegacyNode node;
    node.name = name;
    auto word = type;
    if (word.ends_with('?')) {
        node.optional = node.nillable = true;
        word.remove_suffix(1);
    }
    std::string_view first, second;
    if (auto open = word.find('('); open != std::string_view::npos) {
        if (!word.ends_with(')')) return problem = "'" + std::string(type) + "' lacks its ')'", std::nullopt;
        first = word.substr(open + 1, word.size() - open - 2);
        word = word.substr(0, open);
        if (auto comma = first.find(','); comma != std::string_view::npos) {
            second = first.substr(comma + 1);
            first = first.substr(0, comma);
        }
    }
    bool good = false;
    if (word == "char" || word == "varchar") {
        node.type = LegacyType::text;
        good = second.empty() && number(first, 1, 1'000'000, node.length);
    } else if (word == "decimal" || word == "numeric") {
        node.type = LegacyType::decimal;
        good = number(first, 1, 36, node.length) && (second.empty() || number(second, 0, node.length, node.fraction));
        // digits, and a point when there are places
        if (node.fraction == 0) node.type = LegacyType::integer;
    } else {
        good = first.empty();
        if (word == "int" || word == "bigint" || word == "smallint")
            node.type = LegacyType::integer;
        else if (word == "date")
            node.type = LegacyType::date;
        else if (word == "timestamp")
            node.type = LegacyType::datetime;
        else if (word == "text")
            node.type = LegacyType::text;
        else
            return problem = "unknown column type '" + std::string(word) + "'", std::nullopt;
    }
    if (!good) return problem = "'" + std::string(type) + "' has a wrong length", std::nullopt;
    return node;
}

}  // namespace headgate
