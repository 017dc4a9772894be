// What codecs check of their arguments and of the type that they are given.
#include "mappings/plan/codec.hpp"

#include <charconv>

namespace headgate::mappings {

std::string_view name(ChainType::Kind kind) {
    switch (kind) {
        case ChainType::Kind::text: return "text";
        case ChainType::Kind::integer: return "integer";
        case ChainType::Kind::decimal: return "decimal";
        case ChainType::Kind::boolean: return "boolean";
        case ChainType::Kind::date: return "date";
        case ChainType::Kind::datetime: return "date-time";
        case ChainType::Kind::time: return "time";
    }
    return "text";
}

int CodecSetup::number(const CodecArgument& argument, int least, int most) {
    int out = 0;
    const char* end = argument.text.data() + argument.text.size();
    auto [stop, error] = std::from_chars(argument.text.data(), end, out);
    if (error == std::errc{} && stop == end && out >= least && out <= most) return out;
    fail_at(argument.mark,
            "'" + argument.text + "' is no whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return -1;
}

const CodecArgument* CodecSetup::option(std::string_view option_name) const {
    for (const auto& given : call.named)
        if (given.name == option_name) return &given.value;
    return nullptr;
}

bool CodecSetup::arguments(std::size_t least, std::size_t most, const std::vector<std::string_view>& options) {
    for (const auto& given : call.named) {
        if (std::find(options.begin(), options.end(), given.name) != options.end()) continue;
        auto near = nearest(given.name, options);
        fail_at(given.mark, "codec '" + call.name + "' has no '" + given.name + "'",
                near.empty() ? "" : "did you mean '" + near + "'?");
        return false;
    }
    if (call.arguments.size() >= least && call.arguments.size() <= most) return true;
    const auto* definition = find_codec(call.name);
    fail("codec '" + call.name + "' takes " + std::to_string(least) +
             (most == least ? ""
              : most > 100  ? " or more"
                            : " to " + std::to_string(most)) +
             (most == 1 ? " argument" : " arguments"),
         definition ? std::string(definition->usage) : std::string());
    return false;
}

bool CodecSetup::behind_contract_text() {
    if (type.told_by.empty()) return false;
    fail("codec '" + call.name + "' stands behind '" + std::string(type.told_by) + "', and takes the legacy text",
         "what is told of the legacy text comes first: trim | table(state), int | digits(4) | prefix(\"ST-\")");
    return true;
}

bool CodecSetup::needs_text() {
    if (behind_contract_text()) return false;
    if (type.textual()) return true;
    fail("codec '" + call.name + "' takes a text, here it is given a value of type " + std::string(name(type.kind)));
    return false;
}

bool CodecSetup::fits_xml_schema(const CodecArgument* pattern, ChainType::Kind made) {
    bool day = type.kind == ChainType::Kind::date, moment = type.kind == ChainType::Kind::datetime;
    if (!type.xml_schema || (!day && !moment)) return true;
    std::string iso = day ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss";
    if (made == type.kind && (!pattern || pattern->text == iso)) return true;
    fail_at(
        pattern ? pattern->mark : call.mark,
        std::string("the legacy field is a ") + (day ? "date" : "dateTime") + " of XML Schema, whose texts are " + iso,
        day ? "leave the codec out" : "datetime, without a pattern");
    return false;
}

bool CodecSetup::needs_number() {
    if (type.numeric()) return true;
    fail("codec '" + call.name + "' takes a number, here it is given a value of type " + std::string(name(type.kind)),
         "begin with decimal(n) or int");
    return false;
}

}  // namespace headgate::mappings
