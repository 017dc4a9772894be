#include "mappings/draft/codec_draft.hpp"

#include <algorithm>
#include <set>

namespace headgate::mappings {

TableDrafts::Entries table_entries(const std::vector<std::string_view>& words, const LegacyNode& legacy, bool& sure) {
    TableDrafts::Entries out;
    std::set<std::string> taken;
    sure = true;
    for (auto word : words) out.push_back({std::string(word), {}});
    auto give = [&](auto&& fits) {
        for (auto& [word, codes] : out)
            for (const auto& code : legacy.codes) {
                if (!codes.empty() || taken.contains(code) || !fits(word, code)) continue;
                codes.push_back(code);
                taken.insert(code);
            }
    };
    auto words_alike = [](const std::string& word, const std::string& code) {
        return likeness(words_of_path({word}), words_of_path({code})) >= 0.8;
    };
    give(words_alike);
    for (auto& [word, codes] : out) sure = sure && !codes.empty();
    give([](const std::string&, const std::string&) { return true; });
    // No code left, or none known: the words themselves, or their places where the field is too short for one.
    bool fit = std::all_of(words.begin(), words.end(), [&](auto word) {
        return legacy.length == 0 || word.size() <= static_cast<std::size_t>(legacy.length);
    });
    std::size_t number = 0;
    for (auto& [word, codes] : out) {
        ++number;
        if (codes.empty()) codes.push_back(fit && !taken.contains(word) ? word : std::to_string(number));
        taken.insert(codes.front());
    }
    return out;
}

namespace {

constexpr double likely = 0.95, plausible = 0.85, doubtful = 0.7;

std::string with_number(const char* name, int number) { return std::string(name) + "(" + std::to_string(number) + ")"; }

bool is_text(const LegacyNode& node) { return node.type == LegacyType::text || node.type == LegacyType::any; }

std::optional<CodecDraft> of_enumeration(const DraftField& contract, const LegacyNode& legacy,
                                         const CodecSetting& setting, TableDrafts& tables) {
    if (!is_text(legacy) && legacy.type != LegacyType::integer) return std::nullopt;
    CodecDraft out;
    bool sure = false;
    auto words = contract.shape->enumeration();
    auto entries = table_entries(words, legacy, sure);
    bool same = std::all_of(entries.begin(), entries.end(), [](const auto& e) { return e.second.front() == e.first; });
    if (sure && same && legacy.codes.size() == words.size()) return out;  // the words are the codes
    out.table = tables.add(contract.steps.back(), entries);
    out.codecs =
        std::string(setting.fixed_width ? (setting.writes ? "trim! | " : "trim | ") : "") + "table(" + out.table + ")";
    out.factor = legacy.codes.empty() ? plausible : likely;
    if (!sure) out.guess = "the codes";
    return out;
}

CodecDraft of_day(const LegacyNode& legacy, const CodecSetting& setting) {
    switch (legacy.type) {
        case LegacyType::date:
            if (legacy.typed) return {"", {}, 1, {}};
            return {setting.kind == LegacyKind::file ? "date(\"yyyyMMdd\")" : "date(\"yyyy-MM-dd\")", {}, 1, {}};
        case LegacyType::integer: return {"date(\"yyyyMMdd\")", "the pattern", likely, {}};
        default: break;
    }
    const char* pattern = legacy.length == 6   ? "date(\"yyMMdd\", pivot: 70)"
                          : legacy.length == 8 ? "date(\"yyyyMMdd\")"
                                               : "date(\"dd.MM.yyyy\")";
    return {pattern, "the pattern", likely, {}};
}

std::optional<CodecDraft> of_moment(const LegacyNode& legacy, const CodecSetting& setting) {
    auto local = [&](const char* pattern, const char* guess, double factor) {
        return CodecDraft{
            std::string("datetime(\"") + pattern + "\")" + (setting.writes ? "!" : ""), guess, factor, {}};
    };
    if (legacy.type == LegacyType::datetime && setting.kind == LegacyKind::query)
        return CodecDraft{"", "the zone", 1, {}};
    if (legacy.type == LegacyType::datetime && legacy.typed) return CodecDraft{setting.writes ? "" : "utc", {}, 1, {}};
    if (legacy.type == LegacyType::datetime)
        return CodecDraft{"rfc3339", "with its offset, else datetime(\"yyyy-MM-ddTHH:mm:ss\")!", 1, {}};
    if (legacy.type == LegacyType::date && setting.writes)
        return local(setting.kind == LegacyKind::file ? "yyyyMMdd" : "yyyy-MM-dd", "the day alone", doubtful);
    if (!is_text(legacy) || (legacy.length > 0 && legacy.length < 12)) return std::nullopt;
    return local(legacy.length > 0 && legacy.length < 19 ? "yyyyMMddHHmmss" : "dd.MM.yyyy HH:mm:ss", "the pattern",
                 likely);
}

std::optional<CodecDraft> of_text(const DraftField& contract, const LegacyNode& legacy, const CodecSetting& setting,
                                  TableDrafts& tables) {
    if (contract.shape->enumeration().size() > 1) return of_enumeration(contract, legacy, setting, tables);
    auto format = contract.shape->format();
    if (format == "date-time") return of_moment(legacy, setting);
    bool day = legacy.type == LegacyType::date || legacy.type == LegacyType::integer || is_text(legacy);
    if (format == "date") {
        bool short_one = is_text(legacy) && legacy.length > 0 && (legacy.length < 6 || legacy.length == 7);
        return day && !short_one ? std::optional(of_day(legacy, setting)) : std::nullopt;
    }
    if (legacy.type == LegacyType::integer)
        return CodecDraft{
            with_number("text", legacy.length > 0 ? legacy.length : 18), "a number as text", plausible, {}};
    if (legacy.type == LegacyType::date && setting.kind == LegacyKind::soap) return CodecDraft{"", "", doubtful, {}};
    if (!is_text(legacy)) return std::nullopt;
    if (setting.fixed_width) return CodecDraft{"padded(" + std::to_string(legacy.length) + ",' ',right)", {}, 1, {}};
    return CodecDraft{legacy.length > 0 ? with_number("text", legacy.length) : "", {}, 1, {}};
}

std::optional<CodecDraft> of_number(const DraftField& contract, const LegacyNode& legacy, const CodecSetting& setting) {
    bool whole = contract.shape->integer();
    bool text = is_text(legacy), decimal = legacy.type == LegacyType::decimal;
    if (!text && !decimal && legacy.type != LegacyType::integer) return std::nullopt;
    int places = legacy.fraction > 0 && legacy.fraction < 36 ? legacy.fraction : 2;
    bool known = decimal && legacy.fraction > 0 && legacy.fraction < 36;
    double factor = text ? plausible : 1;
    std::string guess = known ? "" : "the places";
    if (!setting.currency.empty() && whole && legacy.type != LegacyType::integer)
        return CodecDraft{
            with_number("decimal", places) + " | minor-units(" + setting.currency + ")", guess, factor, {}};
    if (legacy.type == LegacyType::integer) return CodecDraft{"", "", setting.currency.empty() ? 1 : doubtful, {}};
    if (whole && text) return CodecDraft{"int", "", factor, {}};
    if (whole && setting.kind != LegacyKind::soap) return CodecDraft{"exact-int", "", factor, {}};
    if (whole) return CodecDraft{with_number("decimal", known ? places : 0) + " | exact-int", "", factor, {}};
    if (decimal && !known) return CodecDraft{"", "", factor, {}};
    return CodecDraft{with_number("decimal", places), guess, factor, {}};
}

std::optional<CodecDraft> of_flag(const LegacyNode& legacy) {
    if (legacy.type == LegacyType::boolean) return CodecDraft{legacy.typed ? "" : "flag(true,false)", {}, 1, {}};
    if (legacy.type == LegacyType::integer) return CodecDraft{"flag(1,0)", "the codes", plausible, {}};
    if (!is_text(legacy) || (!legacy.codes.empty() && legacy.codes.size() != 2) || legacy.length > 5)
        return std::nullopt;
    if (legacy.codes.empty()) return CodecDraft{"flag(J,N)", "the codes", plausible, {}};
    static const std::set<std::string_view> yes = {"J",  "Y",   "1",    "T",  "X",   "S",
                                                   "ja", "yes", "true", "JA", "YES", "TRUE"};
    static const std::set<std::string_view> no = {"N", "0", "F", "", "nein", "no", "false", "NEIN", "NO", "FALSE"};
    bool first = yes.contains(legacy.codes[0]) || no.contains(legacy.codes[1]);
    bool second = yes.contains(legacy.codes[1]) || no.contains(legacy.codes[0]);
    auto written = [](const std::string& code) { return code.empty() || code == "true" ? '"' + code + '"' : code; };
    const auto& on = legacy.codes[first || !second ? 0 : 1];
    const auto& off = legacy.codes[first || !second ? 1 : 0];
    return CodecDraft{"flag(" + written(on) + "," + written(off) + ")", first == second ? "the codes" : "", likely, {}};
}

}  // namespace

std::string TableDrafts::add(const std::string& name, const Entries& entries) {
    std::string fresh = name;
    for (int number = 2; all_.contains(fresh); ++number) {
        if (all_[fresh] == entries) return fresh;
        fresh = name + std::to_string(number);
    }
    all_[fresh] = entries;
    return fresh;
}

std::optional<CodecDraft> draft_codecs(const DraftField& contract, const LegacyNode& legacy,
                                       const CodecSetting& setting, TableDrafts& tables) {
    const Shape& shape = *contract.shape;
    std::optional<CodecDraft> out;
    if (shape.allows(ValueKind::string)) out = of_text(contract, legacy, setting, tables);
    if (!out && shape.allows(ValueKind::number)) out = of_number(contract, legacy, setting);
    if (!out && shape.allows(ValueKind::boolean)) out = of_flag(legacy);
    // A number that must be there, of a column that may be NULL.
    bool null = setting.kind == LegacyKind::query && legacy.nillable && contract.required;
    if (out && null && shape.allows(ValueKind::number)) {
        out->codecs = "null(0)" + (out->codecs.empty() ? "" : " | " + out->codecs);
        out->guess += out->guess.empty() ? "NULL means 0" : ", NULL means 0";
    }
    return out;
}

std::optional<CodecDraft> draft_parameter(const DraftField& contract, const LegacyNode& column, bool fixed_width) {
    const Shape& shape = *contract.shape;
    if (shape.allows(ValueKind::string)) {
        auto format = shape.format();
        if (format == "date-time") return CodecDraft{"datetime", "the zone", 1, {}};
        if (format == "date")
            return CodecDraft{"date(\"yyyy-MM-dd\")", column.type == LegacyType::date ? "" : "the pattern", 1, {}};
        if (is_text(column) && fixed_width)
            return CodecDraft{"padded(" + std::to_string(column.length) + ",' ',right)", {}, 1, {}};
        return CodecDraft{"", {}, is_text(column) ? 1 : plausible, {}};
    }
    if (shape.allows(ValueKind::number))
        return CodecDraft{
            shape.integer() ? "int" : with_number("decimal", column.fraction > 0 ? column.fraction : 2), {}, 1, {}};
    return of_flag(column);
}

}  // namespace headgate::mappings
