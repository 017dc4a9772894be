// The codecs' definitions, one function a file.
#pragma once

#include "mappings/plan/codec.hpp"
#include "mappings/plan/time_pattern.hpp"

namespace headgate::mappings {

CodecDefinition text_codec();
CodecDefinition int_codec();
CodecDefinition decimal_codec();
CodecDefinition implied_codec();
CodecDefinition exact_int_codec();
CodecDefinition at_most_codec();
CodecDefinition minor_units_codec();
CodecDefinition unit_codec();
CodecDefinition times_codec();
CodecDefinition padded_codec();
CodecDefinition digits_codec();
CodecDefinition prefix_codec();
CodecDefinition check_codec();
CodecDefinition charset_codec();
CodecDefinition trim_codec();
CodecDefinition upper_codec();
CodecDefinition lower_codec();
CodecDefinition split_codec();
CodecDefinition flag_codec();
CodecDefinition table_codec();
CodecDefinition else_codec();
CodecDefinition date_codec();
CodecDefinition time_codec();
CodecDefinition datetime_codec();
CodecDefinition utc_codec();
CodecDefinition rfc3339_codec();
CodecDefinition default_codec();
CodecDefinition null_codec();
CodecDefinition none_codec();

// The pattern of the first argument, by `pivot:` where there is one; nothing after a fault.
std::optional<TimePattern> pattern_of(CodecSetup& setup, const char* hint);

}  // namespace headgate::mappings
