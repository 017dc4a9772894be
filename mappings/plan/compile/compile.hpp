// Compiles one section of a mapping, held against both schemas, into a Transfer.
#pragma once

#include <memory>
#include <set>

#include "contracts/schema/schema.hpp"
#include "mappings/plan/report.hpp"
#include "mappings/plan/run/transfer.hpp"

namespace headgate::mappings {

struct CompileSetup {
    const Mapping& mapping;
    const Section& section;
    Direction direction = Direction::to_legacy;  // or to_contract
    const Shape* contract = nullptr;             // nullptr: the reply of a step: step.outcome and xref.* alone
    const Shape* request = nullptr;              // of the request message, for `missing`
    const LegacyNode* legacy = nullptr;          // nullptr: parameters of statements
    bool rows = false;                           // the legacy source is a list of `legacy`
    const date::time_zone* zone = nullptr;
    bool safe = true;                            // of a bridge: the other version's operation only reads
    std::set<const CannotSay*>* said = nullptr;  // of a bridge: the declarations that a rule took up
    MappingReport* report = nullptr;
};

// nullptr after diagnostics.
std::unique_ptr<Transfer> compile_transfer(const CompileSetup& setup, Diagnostics& diagnostics);

}  // namespace headgate::mappings
