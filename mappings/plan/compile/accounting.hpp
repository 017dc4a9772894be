// Accounting: every part of both messages is mapped, computed, set or dropped with a reason.
#pragma once

#include "mappings/plan/compile/compile.hpp"
#include "mappings/plan/compile/ledger.hpp"

namespace headgate::mappings {

// Holds what the rules of a section say (settled) against both messages: gaps are told, warnings where the mapping is a
// draft, and counted into setup.report. `mark`: of the section.
void account_contract(const CompileSetup& setup, const Ledger& contract, const SourceMark& mark,
                      Diagnostics& diagnostics);
void account_legacy(const CompileSetup& setup, const Ledger& legacy, const SourceMark& mark, Diagnostics& diagnostics);

// A gap is an error unless the mapping is a draft.
void tell_gap(const Mapping& mapping, Diagnostics& diagnostics, const SourceMark& mark, std::string message,
              std::string hint);

}  // namespace headgate::mappings
