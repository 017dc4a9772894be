#include "contracts/document/source_format.hpp"

#include <algorithm>

namespace headgate {

SourceFormat source_format(std::string_view path) {
    auto ends_with = [&](std::string_view ending) {
        if (path.size() < ending.size()) return false;
        return std::equal(ending.begin(), ending.end(), path.end() - static_cast<std::ptrdiff_t>(ending.size()),
                          [](char small, char c) { return c == small || (c >= 'A' && c <= 'Z' && c + 32 == small); });
    };
    if (ends_with(".yaml") || ends_with(".yml")) return SourceFormat::yaml;
    return ends_with(".json") ? SourceFormat::json : SourceFormat::none;
}

}  // namespace headgate
