#include "mappings/plan/laws/legacy_edges.hpp"

#include <algorithm>

#include "contracts/document/utf8.hpp"
#include "mappings/plan/codec.hpp"
#include "mappings/plan/time_pattern.hpp"

namespace headgate::mappings {

namespace {

// Days, nights when the clock is put back or forward in Europe, the last second of a year.
constexpr TimeFields moments[] = {{2026, 11, 23, 10, 15, 0},  {2026, 7, 1, 0, 15, 0}, {2028, 2, 29, 23, 59, 59},
                                  {2026, 10, 25, 2, 30, 0},   {2026, 3, 29, 3, 0, 0}, {2026, 3, 29, 2, 30, 0},
                                  {1999, 12, 31, 23, 59, 59}, {1970, 1, 1, 0, 0, 0},  {2026, 1, 1, 0, 0, 0}};

std::string number(int digits, int fraction, bool negative) {
    std::string out(static_cast<std::size_t>(digits - fraction), '9');
    if (out.empty()) out = "0";
    if (fraction > 0) out += "." + std::string(static_cast<std::size_t>(fraction), '9');
    return negative ? "-" + out : out;
}

std::vector<std::string> times(const std::string& pattern) {
    std::string problem;
    std::vector<std::string> out;
    Arena arena(1024);
    if (auto compiled = TimePattern::compile(pattern, problem))
        for (const auto& fields : moments) out.emplace_back(compiled->write(fields, arena));
    return out;
}

}  // namespace

std::vector<std::string> known_texts(const CodecCall& call, const Mapping& mapping) {
    std::vector<std::string> out;
    if (call.name == "table" && !call.arguments.empty()) {
        auto table = mapping.tables.find(call.arguments[0].text);
        if (table != mapping.tables.end())
            for (const auto& entry : table->second.entries)
                for (const auto& [code, mark] : entry.legacy) out.push_back(code);
    } else if (call.name == "flag" || call.name == "none" || call.name == "null") {
        for (const auto& argument : call.arguments) out.push_back(argument.text);
    } else if ((call.name == "date" || call.name == "datetime") && !call.arguments.empty()) {
        out = times(call.arguments[0].text);
    } else if (call.name == "decimal") {
        out = {"0", "1", "19.99", "-5.00", "10.1", "0.01"};
        // In the marks of the mapping: with groups those of a thousand alone are told apart.
        for (const auto& option : call.named)
            if (option.name == "point")
                for (auto& text : out) std::replace(text.begin(), text.end(), '.', option.value.text.front());
    } else if (call.name == "int") {
        out = {"0", "1", "42", "-7"};
    }
    return out;
}

std::vector<std::string> edges_of(const LegacyNode& field) {
    if (!field.codes.empty()) return field.codes;
    int length = field.length > 0 ? field.length : 12;
    int places = field.fraction < 36 ? field.fraction : length / 2;  // else as many as there are
    switch (field.type) {
        case LegacyType::integer: return {"0", "1", "-1", "42", number(length, 0, false), number(length, 0, true)};
        case LegacyType::decimal:
            return {"0", "1", "-1", number(length, places, false), number(length, places, true), "0.0", "5.0"};
        case LegacyType::date: return {"2026-12-01", "2028-02-29", "1970-01-01"};
        case LegacyType::datetime: {
            if (field.typed) return {"2026-11-23T10:15:00Z", "2028-02-29T23:59:59+01:00", "1970-01-01T00:00:00.125Z"};
            auto out = times("yyyy-MM-dd HH:mm:ss");
            out.insert(out.end(), {"2026-11-23T10:15:00", "2026-11-23 10:15:00.123"});
            return out;
        }
        case LegacyType::boolean: return {"true", "false"};
        default: break;
    }
    std::vector<std::string> out = {"A",       "7",      "Müller", "ß",   "Weiß, Jördis", "a b",
                                    "O'Brien", "<&>\"'", "x",      "EUR", "JPY",          "HG-1"};
    for (std::string_view of : {"W", "Ä", "0"}) {
        std::string text;
        for (int i = 0; i < std::min(length, 300); ++i) text += of;
        out.push_back(std::move(text));
    }
    std::erase_if(out, [&](const auto& text) { return count_code_points(text) > static_cast<std::size_t>(length); });
    return out;
}

Value legacy_value(const LegacyNode& field, std::string_view text) {
    if (field.typed && field.type == LegacyType::boolean) return Value::boolean(text == "true");
    bool number = field.type == LegacyType::integer || field.type == LegacyType::decimal;
    return field.typed && number ? Value::number(text) : Value::string(text);
}

}  // namespace headgate::mappings
