#include "contracts/schema/generator_values.hpp"

#include <algorithm>

#include "contracts/document/equal.hpp"
#include "contracts/document/utf8.hpp"
#include "contracts/schema/sample_pattern.hpp"

namespace headgate::schema {
namespace {

constexpr std::size_t most_values = 96, most_plain = 12;
constexpr std::uint32_t longest_free = 300;  // where the schema sets no bound

const char* const words[] = {"Jördis",
                             "Weiß",
                             "O'Brien",
                             "A",
                             "Ä",
                             "é",
                             "a b",
                             "<&>\"'",
                             "x|y;z",
                             "0",
                             "007",
                             "Lange Straße 12",
                             "A-1",
                             "Kovač",
                             "日本",
                             "EUR",
                             "JPY",
                             "KWD",
                             "ß",
                             "\xF0\x9F\x98\x80",
                             "N/A",
                             "null",
                             "-",
                             "a@B.de",
                             "JANE.DOE@EXAMPLE.COM",
                             "müller"};
const char* const moments[] = {"2026-11-23T10:15:00+01:00", "2026-07-01T11:15:00+02:00", "2026-11-23T09:15:00Z",
                               "2026-03-29T00:59:59Z",      "2026-03-29T01:00:00Z",      "2026-10-25T00:30:00Z",
                               "2026-10-25T01:30:00Z",      "2028-02-29T23:59:59.999Z",  "2026-11-23T10:15:00.250Z",
                               "1999-12-31T23:59:59-11:30", "2026-12-31T23:30:00Z",      "2026-11-23t10:15:00z",
                               "1970-01-01T00:00:00Z",      "2099-12-31T23:59:59+14:00", "2026-01-01T00:00:00+05:30"};
const char* const days[] = {"2026-12-01", "2028-02-29", "1970-01-01", "2026-10-25", "2099-12-31", "9999-12-31"};
const char* const numbers[] = {"1",
                               "2",
                               "12",
                               "0",
                               "-1",
                               "10",
                               "99",
                               "100",
                               "999",
                               "1000",
                               "9999",
                               "2.0",
                               "1e1",
                               "-0",
                               "0.5",
                               "1.5",
                               "0.01",
                               "10.10",
                               "19.99",
                               "-19.99",
                               "1799",
                               "4950",
                               "999999999999",
                               "9007199254740991",
                               "123456789012345678901234567890",
                               "0.001",
                               "1E-2"};

// A text of exactly so many characters.
std::string of_length(std::string_view of, std::size_t length) {
    std::string out;
    for (std::size_t i = 0, at = 0; i < length; ++i) {
        if (at >= of.size()) at = 0;
        do out += of[at++];
        while (at < of.size() && (static_cast<unsigned char>(of[at]) & 0xC0) == 0x80);
    }
    return out;
}

class Values {
  public:
    Values(const Program& program, const Demands& demands, Arena& arena)
        : program_(program), demands_(demands), arena_(arena) {}

    std::vector<Value> find(std::size_t& plain) {
        if (allows(ValueKind::null)) add(Value::null());
        if (allows(ValueKind::boolean)) add(Value::boolean(true)), add(Value::boolean(false));
        for (std::size_t variant = 0; variant < 8; ++variant)
            for (const Value& one : written_values(program_, demands_, variant, arena_))
                if (!one.is_object() && !one.is_array()) add(one);
        if (out_.empty())  // of an enumeration of objects
            for (const Value& one : written_values(program_, demands_, 0, arena_)) add(one);
        plain = out_.size();
        if (allows(ValueKind::string)) texts(plain);
        if (demands_.types & (bit(ValueKind::number) | integer_bit)) all_numbers(plain);
        return std::move(out_);
    }

  private:
    bool allows(ValueKind kind) const { return (demands_.types & bit(kind)) != 0; }
    void add(const Value& value) {
        if (out_.size() >= most_values) return;
        for (const Demand& demand : demands_.all)
            if (!validate(program_, demand.node, value, nullptr, 0)) return;
        if (std::none_of(out_.begin(), out_.end(), [&](const Value& other) { return same(other, value); }))
            out_.push_back(value);
    }
    // 2.0 is another text than 2, and worth trying too.
    static bool same(const Value& a, const Value& b) {
        return a.is_number() && b.is_number() ? a.text() == b.text() : equal(a, b);
    }
    void add_text(std::string_view text) {
        add(Value::string(text.empty() ? std::string_view("", 0) : arena_.copy(text)));
    }
    void mark_plain(std::size_t& plain) { plain = std::min(out_.size(), std::max(plain, most_plain)); }

    void texts(std::size_t& plain) {
        std::uint32_t shortest = 0, longest = unbounded;
        std::vector<const Pattern*> patterns;
        for (const Demand& demand : demands_.all) {
            const StringRules* rules = program_.nodes[demand.node].string;
            if (!rules) continue;
            shortest = std::max(shortest, rules->shortest);
            longest = std::min(longest, rules->longest);
            if (rules->pattern) patterns.push_back(rules->pattern);
        }
        for (std::size_t variant = 0; variant < 4; ++variant)
            for (const Value& one : string_values(program_, demands_, variant, {}, arena_)) add(one);
        for (const Pattern* pattern : patterns)
            for (std::size_t variant = 0; variant < 40; ++variant)
                if (auto text = text_of_pattern(pattern->source(), variant % 4, variant)) add_text(*text);
        for (auto* text : {"Jördis", "Lange Straße 12"}) add_text(text);
        mark_plain(plain);
        for (const Pattern* pattern : patterns)
            for (std::size_t more : {5u, 9u, 15u, 40u, 120u})
                if (auto text = text_of_pattern(pattern->source(), more, more)) add_text(*text);
        for (auto* one : moments) add_text(one);
        for (auto* one : days) add_text(one);
        for (auto* one : words) add_text(one);
        auto most = std::min(longest, longest_free);
        for (auto* of : {"W", "ÄÖÜß", "Straße ", "0"})
            for (auto length : {most, most - std::min(most, 1u), shortest, std::min(most, 81u), std::min(most, 19u)})
                add_text(of_length(of, length));
        add_text(of_length("x", most - std::min(most, 7u)) + "@y.de");
    }
    void all_numbers(std::size_t& plain) {
        for (std::size_t variant = 0; variant < 4; ++variant)
            for (const Value& one : number_values(program_, demands_, variant, arena_)) add(one);
        for (auto* one : {"1", "2", "12", "1799"}) add(Value::number(one));
        mark_plain(plain);
        for (const Demand& demand : demands_.all) {
            const NumberRules* rules = program_.nodes[demand.node].number;
            if (!rules) continue;
            for (const auto* bound : {&rules->minimum, &rules->maximum})
                if (*bound) add(Value::number((*bound)->text));
        }
        for (auto* one : numbers) add(Value::number(one));
    }

    const Program& program_;
    const Demands& demands_;
    Arena& arena_;
    std::vector<Value> out_;
};

}  // namespace

std::vector<Value> single_values(const Program& program, const Demands& demands, std::size_t& plain, Arena& arena) {
    return Values(program, demands, arena).find(plain);
}

}  // namespace headgate::schema
