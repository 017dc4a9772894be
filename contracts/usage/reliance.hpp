// Reliance: what a caller says that it reads of an operation's answers: a partial schema of its own, held against the
// contract at load, so that a contract can't take away what a caller needs without being told.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostics.hpp"
#include "contracts/registry/registry.hpp"

namespace headgate {

struct Reliance {
    const Operation* operation = nullptr;  // of the registry
    int status = 200;
    std::shared_ptr<const Schema> response;
    std::vector<std::string> fields = {};  // the places that the schema names, in its order (field_index.hpp)
};

// Immutable once loaded; lives no longer than the registry.
struct CallerContract {
    std::string caller;
    std::vector<Reliance> relies_on = {};
};

// Reads `caller: NAME, relies-on: [{operation, status, response}]`. Every field must be in the contract's answer, must
// be required there when the caller requires it, and must allow nothing that the caller does not expect; the contract's
// examples must be valid. Every fault is told at its place in the caller's file.
CallerContract load_caller_contract(const std::string& path, std::string_view caller, const Registry& registry,
                                    Diagnostics& diagnostics);

// Holds one reliance against its operation, and fills its fields. `file` and `response` are where it is written.
void check_reliance(Reliance& reliance, const SourceFile& file, const SourceNode& response, Diagnostics& diagnostics);

}  // namespace headgate
