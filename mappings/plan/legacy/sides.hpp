// The kinds of legacy side, one function each; nullptr after diagnostics.
#pragma once

#include "mappings/plan/legacy/legacy_side.hpp"

namespace headgate::mappings {

std::unique_ptr<LegacySide> open_soap(const Mapping& mapping, Diagnostics& diagnostics);
std::unique_ptr<LegacySide> open_api(const Mapping& mapping, Diagnostics& diagnostics);
std::unique_ptr<LegacySide> open_query(const Mapping& mapping, Diagnostics& diagnostics);
std::unique_ptr<LegacySide> open_file(const Mapping& mapping, Diagnostics& diagnostics);
std::unique_ptr<LegacySide> open_contract(const Mapping& mapping, const Registry& contracts, Diagnostics& diagnostics);
std::unique_ptr<LegacySide> open_store(const Mapping& mapping, const Registry& contracts, Diagnostics& diagnostics);
// A file that the mapping names, from its own folder.
std::string beside(const Mapping& mapping, const std::string& path);

}  // namespace headgate::mappings
