// The table of all codecs: a new one is a line here.
#include "mappings/plan/codecs/codecs.hpp"

namespace headgate::mappings {

const std::vector<CodecDefinition>& codec_definitions() {
    static const std::vector<CodecDefinition> all = {
        text_codec(),    trim_codec(),      upper_codec(),   lower_codec(),       padded_codec(), digits_codec(),
        check_codec(),   prefix_codec(),    split_codec(),   charset_codec(),     int_codec(),    decimal_codec(),
        implied_codec(), exact_int_codec(), at_most_codec(), minor_units_codec(), times_codec(),  unit_codec(),
        flag_codec(),    table_codec(),     else_codec(),    date_codec(),        time_codec(),   datetime_codec(),
        rfc3339_codec(), utc_codec(),       default_codec(), null_codec(),        none_codec(),
    };
    return all;
}

const CodecDefinition* find_codec(std::string_view name) {
    for (const auto& definition : codec_definitions())
        if (definition.name == name) return &definition;
    return nullptr;
}

}  // namespace headgate::mappings
