// Numbers to try: the multiples of a step that lie nearest to the lower bound, in decimal text.
#include <cmath>
#include <numeric>
#include <optional>

#include "contracts/schema/sample_candidates.hpp"

namespace headgate::schema {
namespace {

constexpr int most_decimals = 6;
constexpr long double most = 4e18L;  // what fits an int64, with room

// A step of so many units, each the last decimal place.
struct Step {
    std::int64_t units = 1;
    int decimals = 0;
    long double size() const { return static_cast<long double>(units) / std::pow(10.0L, decimals); }
};

long double approximate(const std::string& text) { return std::strtold(text.c_str(), nullptr); }

std::optional<Step> step_of(const std::string& text) {
    long double value = approximate(text);
    for (int decimals = 0; decimals <= most_decimals; ++decimals) {
        long double units = value * std::pow(10.0L, decimals);
        if (units > 1e9L || units <= 0) return std::nullopt;
        if (units >= 0.5L && std::fabs(units - std::round(units)) < 1e-6L)
            return Step{static_cast<std::int64_t>(std::round(units)), decimals};
    }
    return std::nullopt;
}

std::string text_of(std::int64_t times, const Step& step) {
    std::int64_t units = 0;
    if (__builtin_mul_overflow(times, step.units, &units) || units == INT64_MIN) return {};
    std::string digits = std::to_string(units < 0 ? -units : units);
    auto decimals = static_cast<std::size_t>(step.decimals);
    if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
    std::string text = digits.substr(0, digits.size() - decimals), rest = digits.substr(digits.size() - decimals);
    while (!rest.empty() && rest.back() == '0') rest.pop_back();
    if (!rest.empty()) text += "." + rest;
    return units < 0 ? "-" + text : text;
}

// Everything that the demands say of a number.
struct Bounds {
    std::optional<long double> low, high;
    bool above = false, below = false;  // the bound itself is not allowed
    std::vector<Step> steps;
    std::vector<std::string_view> texts;  // of the bounds, to be tried as they are

    void read(const NumberRules& rules) {
        auto lower = [&](const NumberRules::Bound& bound, bool exclusive) {
            long double value = approximate(bound.text);
            texts.push_back(bound.text);
            if (low && (*low > value || (*low == value && above))) return;
            low = value;
            above = exclusive;
        };
        auto upper = [&](const NumberRules::Bound& bound, bool exclusive) {
            long double value = approximate(bound.text);
            texts.push_back(bound.text);
            if (high && (*high < value || (*high == value && below))) return;
            high = value;
            below = exclusive;
        };
        if (rules.minimum) lower(*rules.minimum, false);
        if (rules.above) lower(*rules.above, true);
        if (rules.maximum) upper(*rules.maximum, false);
        if (rules.below) upper(*rules.below, true);
        if (rules.multiple_of) {
            texts.push_back(rules.multiple_of->text);
            if (auto step = step_of(rules.multiple_of->text)) steps.push_back(*step);
        }
    }

    // How many steps from zero the first one lies that is allowed: 1 where that is.
    std::optional<std::int64_t> first(const Step& step) const {
        long double times = 1, size = step.size();
        if (low && (times * size < *low || (above && times * size <= *low)))
            times = above ? std::floor(*low / size) + 1 : std::ceil(*low / size);
        else if (high && (times * size > *high || (below && times * size >= *high)))
            times = below ? std::ceil(*high / size) - 1 : std::floor(*high / size);
        if (!(std::fabs(times) < most)) return std::nullopt;
        return static_cast<std::int64_t>(times);
    }
};

// A step that is a multiple of all.
std::optional<Step> common(const std::vector<Step>& steps) {
    Step all{1, 0};
    for (const Step& step : steps) all.decimals = std::max(all.decimals, step.decimals);
    for (const Step& step : steps) {
        auto units =
            step.units * static_cast<std::int64_t>(std::llround(std::pow(10.0L, all.decimals - step.decimals)));
        auto share = std::gcd(all.units, units);
        if (__builtin_mul_overflow(all.units / share, units, &all.units)) return std::nullopt;
    }
    return all;
}

}  // namespace

std::vector<Value> number_values(const Program& program, const Demands& demands, std::size_t variant, Arena& arena) {
    Bounds bounds;
    for (const Demand& demand : demands.all)
        if (const NumberRules* rules = program.nodes[demand.node].number) bounds.read(*rules);
    std::vector<Step> steps;
    if (bounds.steps.empty()) {
        for (int decimals = 0; decimals <= most_decimals; ++decimals) steps.push_back({1, decimals});
    } else if (auto all = common(bounds.steps)) {
        steps.push_back(*all);
        // A whole number that is a multiple of a step with decimals.
        auto ten = static_cast<std::int64_t>(std::llround(std::pow(10.0L, all->decimals)));
        steps.push_back({all->units / std::gcd(all->units, ten), 0});
    }
    std::vector<Value> out;
    auto add = [&](std::string_view text) {
        if (!text.empty()) out.push_back(Value::number(arena.copy(text)));
    };
    for (const Step& step : steps) {
        auto times = bounds.first(step);
        if (!times) continue;
        auto more = static_cast<std::int64_t>(variant);
        // Upwards from the lower bound, else downwards from the upper one.
        add(text_of(*times + more, step));
        add(text_of(*times - more, step));
    }
    for (std::string_view text : bounds.texts) add(text);
    add("0");
    return out;
}

}  // namespace headgate::schema
