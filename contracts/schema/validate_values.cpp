// How numbers, strings, arrays and objects are judged by their own keywords.
#include <algorithm>

#include "contracts/document/equal.hpp"
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

bool Validator::unique(const Value& array) const {
    constexpr std::uint32_t few = 16;
    if (array.size() <= few) {
        for (std::uint32_t i = 0; i < array.size(); ++i)
            for (std::uint32_t j = 0; j < i; ++j)
                if (equal(array[i], array[j])) return false;
        return true;
    }
    // Kept for its memory; a run of equal hashes is looked at pair by pair, and nobody outside can make one.
    thread_local std::vector<std::pair<std::uint64_t, std::uint32_t>> hashes;
    hashes.clear();
    for (std::uint32_t i = 0; i < array.size(); ++i) hashes.emplace_back(hash(array[i]), i);
    std::sort(hashes.begin(), hashes.end());
    for (std::size_t i = 1; i < hashes.size(); ++i)
        for (std::size_t j = i; j-- > 0 && hashes[j].first == hashes[i].first;)
            if (equal(array[hashes[i].second], array[hashes[j].second])) return false;
    constexpr std::size_t kept = 4096;
    if (hashes.capacity() > kept) hashes = {};
    return true;
}

template <bool collect>
bool Validator::check_array(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    const ArrayRules& rules = *node.array;
    bool ok = true;
    if (value.size() < rules.fewest || value.size() > rules.most) {
        if constexpr (!collect) return false;
        bool few = value.size() < rules.fewest;
        ok = report(node, few ? "minItems" : "maxItems", path,
                    few ? text::counted("must have at least", rules.fewest, "item")
                        : text::counted("must have at most", rules.most, "item"));
    }
    auto prefix = static_cast<std::uint32_t>(rules.prefix.size());
    std::uint32_t judged = rules.items != no_node ? value.size() : std::min(prefix, value.size());
    for (std::uint32_t i = 0; i < judged; ++i) {
        Path at{path, {}, i, false};
        ok = check<collect>(i < prefix ? rules.prefix[i] : rules.items, value[i], &at, nullptr, scope) && ok;
        if (seen) seen->mark(i);
        if (!ok && (!collect || full())) return false;
    }
    if (rules.contains != no_node) {
        std::uint32_t count = 0;
        for (std::uint32_t i = 0; i < value.size(); ++i) {
            Path at{path, {}, i, false};
            if (!check<false>(rules.contains, value[i], &at, nullptr, scope)) continue;
            ++count;
            if (seen) seen->mark(i);
        }
        if (count < rules.contains_fewest || count > rules.contains_most) {
            if constexpr (!collect) return false;
            bool few = count < rules.contains_fewest;
            ok = report(node, few ? (rules.contains_fewest == 1 ? "contains" : "minContains") : "maxContains", path,
                        few ? text::counted("must contain at least", rules.contains_fewest, "such item")
                            : text::counted("must contain at most", rules.contains_most, "such item"));
        }
    }
    if (rules.unique && !unique(value)) {
        if constexpr (!collect) return false;
        ok = report(node, "uniqueItems", path, "must not hold the same item twice");
    }
    return ok;
}

template <bool collect>
bool Validator::check_object(const Node& node, const Value& value, const Path* path, Seen* seen, const Scope* scope) {
    const ObjectRules& rules = *node.object;
    bool ok = true;
    if (value.size() < rules.fewest || value.size() > rules.most) {
        if constexpr (!collect) return false;
        bool few = value.size() < rules.fewest;
        ok = report(node, few ? "minProperties" : "maxProperties", path,
                    few ? text::counted("must have at least", rules.fewest, "member")
                        : text::counted("must have at most", rules.most, "member"));
    }
    std::size_t hint = 0;
    std::uint32_t required = 0, index = 0;
    for (const Member& member : value.members()) {
        Path at{path, member.key, 0, true};
        bool known = false;
        auto judge = [&](NodeId id) {
            known = true;
            ok = check<collect>(id, member.value, &at, nullptr, scope) && ok;
        };
        if (std::size_t found = rules.find(member.key, hint); found < rules.properties.size()) {
            hint = found + 1;
            required += rules.properties[found].required;
            if (rules.properties[found].schema != no_node) judge(rules.properties[found].schema);
        }
        for (const auto& [pattern, id] : rules.patterns)
            if (pattern->matches(member.key)) judge(id);
        if (!known && rules.additional != no_node) {
            if (collect && program_.nodes[rules.additional].never) {
                report_unknown(node, "additionalProperties", &at);
                ok = false;
            } else {
                judge(rules.additional);
            }
        }
        if (rules.names != no_node)
            ok = check<collect>(rules.names, Value::string(member.key), &at, nullptr, scope) && ok;
        if (known && seen) seen->mark(index);
        ++index;
        if (!ok && (!collect || full())) return false;
    }
    if (required < rules.required) {
        if constexpr (!collect) return false;
        report_missing(node, value, path);
        ok = false;
    }
    for (const auto& dependency : rules.dependencies) {
        if (!value.find(dependency.name)) continue;
        for (const auto& name : dependency.required) {
            if (value.find(name)) continue;
            if constexpr (!collect) return false;
            ok = report(node, "dependentRequired", path, "must have '" + name + "' beside '" + dependency.name + "'");
        }
        if (dependency.schema == no_node) continue;
        ok = check<collect>(dependency.schema, value, path, seen, scope) && ok;
        if (!ok && (!collect || full())) return false;
    }
    return ok;
}

template bool Validator::check_number<true>(const Node&, const Value&, const Path*);
template bool Validator::check_number<false>(const Node&, const Value&, const Path*);
template bool Validator::check_string<true>(const Node&, const Value&, const Path*);
template bool Validator::check_string<false>(const Node&, const Value&, const Path*);
template bool Validator::check_array<true>(const Node&, const Value&, const Path*, Seen*, const Scope*);
template bool Validator::check_array<false>(const Node&, const Value&, const Path*, Seen*, const Scope*);
template bool Validator::check_object<true>(const Node&, const Value&, const Path*, Seen*, const Scope*);
template bool Validator::check_object<false>(const Node&, const Value&, const Path*, Seen*, const Scope*);

}  // namespace headgate::schema
