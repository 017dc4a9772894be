// Compiles one section of a mapping, held against both schemas, into a Transfer.
#pragma once

#include <memory>
#include <set>

#include "contracts/schema/schema.hpp"
#include "mappings/plan/report.hpp"
#include "mappings/plan/run/transfer.hpp"

namespace headgate::mappings {

class Ledger;

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
    // Of one of several calls: what the section says of the contract's message is given here and accounted for together
    // with the others'.
    Ledger* contract_ledger = nullptr;
    // Of what a step keeps: what it uses of the answer is given here, and nothing is accounted for.
    Ledger* legacy_ledger = nullptr;
    const Ledger* used = nullptr;  // what has been used of the answer already
};

// nullptr after diagnostics.
std::unique_ptr<Transfer> compile_transfer(const CompileSetup& setup, Diagnostics& diagnostics);
// A condition over the whole message that the section reads, as the tests of a scope (run/transfer.hpp: tests_hold).
// nullptr after a diagnostic.
std::unique_ptr<Scope> compile_condition(const CompileSetup& setup, const Condition& condition,
                                         Diagnostics& diagnostics);

}  // namespace headgate::mappings
