#include "contracts/document/source_format.hpp"

#include "base/ascii.hpp"

namespace headgate {

SourceFormat source_format(std::string_view path) {
    auto ends_with = [&](std::string_view ending) {
        return path.size() >= ending.size() && equals_ignoring_case(path.substr(path.size() - ending.size()), ending);
    };
    if (ends_with(".yaml") || ends_with(".yml")) return SourceFormat::yaml;
    return ends_with(".json") ? SourceFormat::json : SourceFormat::none;
}

}  // namespace headgate
