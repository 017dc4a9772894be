// How single values are judged by their own keywords.
#include "contracts/document/utf8.hpp"
#include "contracts/schema/validate_text.hpp"
#include "contracts/schema/validator.hpp"

namespace headgate::schema {
namespace {

// A plain integer of at most 18 digits, which is what nearly every number of a contract is.
std::optional<std::int64_t> small_integer(std::string_view text) {
    bool negative = text.front() == '-';
    std::string_view digits = text.substr(negative);
    if (digits.size() > 18) return std::nullopt;
    std::int64_t value = 0;
    for (char c : digits) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
}

std::strong_ordering compare(std::string_view text, std::optional<std::int64_t> small,
                             const NumberRules::Bound& bound) {
    if (small && bound.whole) return *small <=> *bound.whole;
    return Decimal(text) <=> Decimal(bound.text);
}

}  // namespace

template <bool collect>
bool Validator::check_choice(const Node& node, const Value& value, const Path* path) {
    bool ok = true;
    for (const Choice* choice : {node.choice, node.constant}) {
        if (!choice || choice->has(value)) continue;
        if constexpr (!collect) return false;
        ok = report(node, choice == node.constant ? "const" : "enum", path, text::of_values(choice->values));
    }
    return ok;
}

template <bool collect>
bool Validator::check_scalar(const Node& node, const Value& value, const Path* path) {
    bool ok = true;
    if (node.choice || node.constant) {
        ok = check_choice<collect>(node, value, path);
        if (!collect && !ok) return false;
    }
    if (node.string && value.is_string()) return check_string<collect>(node, value, path) && ok;
    if (node.number && value.is_number()) return check_number<collect>(node, value, path) && ok;
    return ok;
}

template <bool collect>
bool Validator::check_number(const Node& node, const Value& value, const Path* path) {
    const NumberRules& rules = *node.number;
    std::string_view number = value.text();
    auto small = small_integer(number);
    bool ok = true;
    auto must = [&](bool holds, const char* keyword, const char* words, const NumberRules::Bound& bound) {
        if (holds) return true;
        ok = false;
        if constexpr (collect) report(node, keyword, path, words + bound.text);
        return collect;
    };
    if (rules.minimum &&
        !must(compare(number, small, *rules.minimum) >= 0, "minimum", "must be at least ", *rules.minimum))
        return false;
    if (rules.maximum &&
        !must(compare(number, small, *rules.maximum) <= 0, "maximum", "must be at most ", *rules.maximum))
        return false;
    if (rules.above &&
        !must(compare(number, small, *rules.above) > 0, "exclusiveMinimum", "must be above ", *rules.above))
        return false;
    if (rules.below &&
        !must(compare(number, small, *rules.below) < 0, "exclusiveMaximum", "must be below ", *rules.below))
        return false;
    if (rules.multiple_of && !must(Decimal(number).is_multiple_of(Decimal(rules.multiple_of->text)), "multipleOf",
                                   "must be a multiple of ", *rules.multiple_of))
        return false;
    return ok;
}

template <bool collect>
bool Validator::check_string(const Node& node, const Value& value, const Path* path) {
    const StringRules& rules = *node.string;
    std::string_view string = value.text();
    bool ok = true;
    if (rules.shortest > 0 || rules.longest != unbounded) {
        // Code points are at most the bytes, and at least a quarter of them.
        bool decided = string.size() <= rules.longest && string.size() / 4 >= rules.shortest;
        std::size_t length = decided ? 0 : count_code_points(string);
        if (!decided && (length < rules.shortest || length > rules.longest)) {
            if constexpr (!collect) return false;
            bool few = length < rules.shortest;
            ok = report(node, few ? "minLength" : "maxLength", path,
                        few ? text::counted("must have at least", rules.shortest, "character")
                            : text::counted("must have at most", rules.longest, "character"));
        }
    }
    if (rules.pattern && !rules.pattern->matches(string)) {
        if constexpr (!collect) return false;
        ok = report(node, "pattern", path, "must match " + rules.pattern->source());
    }
    if (rules.format != Format::none && !conforms(rules.format, string)) {
        if constexpr (!collect) return false;
        ok = report(node, "format", path, "must be of the format " + std::string(name(rules.format)));
    }
    return ok;
}

template bool Validator::check_scalar<true>(const Node&, const Value&, const Path*);
template bool Validator::check_scalar<false>(const Node&, const Value&, const Path*);
template bool Validator::check_choice<true>(const Node&, const Value&, const Path*);
template bool Validator::check_choice<false>(const Node&, const Value&, const Path*);

}  // namespace headgate::schema
