// The keywords of a schema that hold plain values: types, bounds, sizes, names.
#include "contracts/document/source_value.hpp"
#include "contracts/schema/node_compiler.hpp"

namespace headgate::schema {
namespace {

// Of all patterns together, in the engine's instructions: about 16 MB.
constexpr std::size_t most_pattern_size = 1'000'000;
// Of a multipleOf; a message's numbers have at most 64.
constexpr std::size_t most_divisor_digits = 1'000;

}  // namespace

bool NodeCompiler::list(const Entry& entry, bool may_be_empty) {
    if (entry.value.is_sequence() && (may_be_empty || !entry.value.items.empty())) return true;
    fault(entry.value, entry.key + (may_be_empty ? " must be a list" : " must be a list that is not empty"));
    return false;
}

bool NodeCompiler::whole(const Entry& entry, std::uint32_t& out) {
    const SourceNode& value = entry.value;
    if (value.is_scalar() && !value.quoted && is_json_number(value.text)) {
        Decimal number(value.text);
        if (number.is_integer() && !number.negative()) {
            auto exact = number.as_int64();
            out = exact && *exact < unbounded ? static_cast<std::uint32_t>(*exact) : unbounded - 1;
            return true;
        }
    }
    fault(value, entry.key + " must be a whole number from 0 on");
    return false;
}

bool NodeCompiler::flag(const Entry& entry, bool& out) {
    const SourceNode& value = entry.value;
    if (value.is_scalar() && !value.quoted && (value.text == "true" || value.text == "false")) {
        out = value.text == "true";
        return true;
    }
    fault(value, entry.key + " must be true or false", flag_hint(value));
    return false;
}

bool NodeCompiler::number(const Entry& entry, std::optional<NumberRules::Bound>& out) {
    const SourceNode& value = entry.value;
    if (!value.is_scalar() || value.quoted || !is_json_number(value.text)) {
        fault(value, entry.key + " must be a number");
        return false;
    }
    out = NumberRules::Bound{value.text, Decimal(value.text).as_int64()};
    return true;
}

bool NodeCompiler::text(const SourceNode& node, std::string_view keyword) {
    if (node.is_scalar()) return true;
    fault(node, std::string(keyword) + " must be text");
    return false;
}

void NodeCompiler::read_type(const Entry& entry) {
    static const std::vector<std::pair<std::string_view, TypeMask>> types = {
        {"null", bit(ValueKind::null)},   {"boolean", bit(ValueKind::boolean)}, {"object", bit(ValueKind::object)},
        {"array", bit(ValueKind::array)}, {"number", bit(ValueKind::number)},   {"string", bit(ValueKind::string)},
        {"integer", integer_bit},
    };
    node_.types = 0;
    auto add = [&](const SourceNode& item) {
        if (item.kind == SourceKind::null) return fault(item, "type null must be quoted", "write \"null\"");
        std::vector<std::string_view> names;
        for (const auto& [name, mask] : types) {
            names.push_back(name);
            if (item.text != name) continue;
            if (node_.types & mask) fault(item, "the type '" + item.text + "' is there twice", "remove one of the two");
            node_.types |= mask;
            return;
        }
        std::string near = nearest(item.text, names);
        fault(item, "unknown type '" + item.text + "'", near.empty() ? "" : "did you mean '" + near + "'?");
    };
    if (!entry.value.is_sequence())
        add(entry.value);
    else if (list(entry))
        for (const auto& item : entry.value.items) add(item);
}

void NodeCompiler::read_values(const Entry& entry) {
    bool constant = entry.key == "const";
    if (!constant && !list(entry, !compiler_.options_.refuse_unknown)) return;
    Choice& choice = program_.choices.emplace_back();
    Builder builder(program_.arena);
    if (constant)
        choice.values.push_back(to_value(entry.value, builder));
    else
        for (const auto& item : entry.value.items) choice.values.push_back(to_value(item, builder));
    choice.sort();
    (constant ? node_.constant : node_.choice) = &choice;
}

void NodeCompiler::read_bound(const Entry& entry) {
    std::optional<NumberRules::Bound> bound;
    if (!number(entry, bound)) return;
    std::string_view key = entry.key;
    if (key == "multipleOf") {
        Decimal divisor(entry.value.text);
        if (divisor.is_zero() || divisor.negative()) return fault(entry.value, "multipleOf must be above 0");
        if (divisor.digits() > most_divisor_digits)
            return fault(entry.value, "multipleOf has more than " + std::to_string(most_divisor_digits) + " digits");
    }
    NumberRules& rules = numbers();
    auto& place = key == "minimum"            ? rules.minimum
                  : key == "maximum"          ? rules.maximum
                  : key == "exclusiveMinimum" ? rules.above
                  : key == "exclusiveMaximum" ? rules.below
                                              : rules.multiple_of;
    place = std::move(bound);
}

void NodeCompiler::read_size(const Entry& entry) {
    std::uint32_t size = 0;
    if (!whole(entry, size)) return;
    std::string_view key = entry.key;
    if (key == "minLength") strings().shortest = size;
    if (key == "maxLength") strings().longest = size;
    if (key == "minItems") arrays().fewest = size;
    if (key == "maxItems") arrays().most = size;
    if (key == "minContains") arrays().contains_fewest = size;
    if (key == "maxContains") arrays().contains_most = size;
    if (key == "minProperties") objects().fewest = size;
    if (key == "maxProperties") objects().most = size;
}

const Pattern* NodeCompiler::pattern(const std::string& source, const SourceNode& at) {
    auto& known = program_.patterns[source];
    if (known) return known.get();
    std::string why;
    known = Pattern::compile(source, why);
    if (!known) {
        fault(at, "the pattern '" + source + "' " + why, "look-around and back references are not supported");
    } else if ((program_.pattern_size += known->size()) > most_pattern_size) {
        program_.pattern_size = 0;  // told once
        fault(at, "the patterns of this load are too large together", "shorten repetitions such as {1,1000}");
    }
    return known.get();
}

void NodeCompiler::read_pattern(const Entry& entry) {
    if (text(entry.value, entry.key)) strings().pattern = pattern(entry.value.text, entry.value);
}

void NodeCompiler::read_format(const Entry& entry) {
    if (!text(entry.value, entry.key) || !format_) return;
    Format format = format_of(entry.value.text);
    if (format != Format::none) {
        strings().format = format;
    } else if (compiler_.options_.refuse_unknown) {
        std::string near = nearest(entry.value.text, format_names());
        fault(entry.value, "unknown format '" + entry.value.text + "'",
              near.empty() ? "use a pattern" : "did you mean '" + near + "'?");
    }
}

void NodeCompiler::read_unique(const Entry& entry) {
    bool unique = false;
    if (flag(entry, unique)) arrays().unique = unique;
}

std::vector<std::string> NodeCompiler::required_names(const Entry& entry) {
    std::vector<std::string> names;
    if (!list(entry, true)) return names;
    std::unordered_set<std::string_view> known;
    for (const auto& item : entry.value.items) {
        if (!text(item, "a required name")) continue;
        names.push_back(item.text);
        if (!known.insert(item.text).second)
            fault(item, "'" + item.text + "' is required twice", "remove one of the two");
    }
    return names;
}

void NodeCompiler::read_required(const Entry& entry) {
    for (const auto& name : required_names(entry)) property(name).required = true;
}

void NodeCompiler::read_dependent_required(const Entry& entry) {
    if (!entry.value.is_mapping()) return fault(entry.value, "dependentRequired must be a mapping of lists by name");
    for (const auto& each : entry.value.entries)
        for (auto& name : required_names(each)) dependency(each.key).required.push_back(std::move(name));
}

}  // namespace headgate::schema
